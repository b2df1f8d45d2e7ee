"""Each role, each route, each object: whoever asks for whatever, in whatever state it is, is answered, and sees what they may see."""

from itertools import groupby

import pytest
from sqlalchemy import select

from directory.accounts.models import InvitationRow, OfficerRow, OfficerSessionRow
from directory.accounts.rules import Role
from directory.checks.models import ContactChangeRow, LinkRow
from directory.web.admin.access import LEAST_ROLE, OPEN_ENDPOINTS
from directory.web.extensions import db
from tests.furnished.addresses import Address, addresses, spread
from tests.furnished.explorer import Explorer, post
from tests.furnished.snapshot import Snapshot
from tests.furnished.valid import VALID
from tests.web.admin.desk import ORIGIN, Desk

ANSWERED = {200, 303, 400, 404, 409, 410, 413, 422, 429}
"""What somebody may be answered whose role is enough."""
A_FEW = 12
"""Objects that are tried by those who may do less than a manager."""


def by_endpoint(found: list[Address], most: int) -> list[Address]:
    groups = (list(group) for _, group in groupby(found, key=lambda one: one.endpoint))
    return [address for group in groups for address in spread(group, most)]


def secrets(desk: Desk) -> set[str]:
    """What opens something: no page may hold any of it, whoever asks."""
    columns = (
        OfficerRow.password_hash,
        OfficerRow.sealed_secret,
        OfficerSessionRow.id,
        InvitationRow.id,
        LinkRow.id,
        ContactChangeRow.id,
    )
    with desk.app.app_context():
        return {secret for column in columns for secret in db.session.scalars(select(column)) if secret}


@pytest.mark.parametrize("role", Role)
def test_trust_21_a_role_sees_every_object_that_it_may_see_and_no_secret(furnished: Desk, role: Role) -> None:
    pages, hidden = furnished.by_role[role], secrets(furnished)
    found = addresses(furnished.app, "GET")
    for address in found if role is Role.MANAGER else by_endpoint(found, A_FEW):
        answer = pages.client.get(address.path, base_url=ORIGIN, buffered=True)
        enough = address.endpoint in OPEN_ENDPOINTS or role.may(LEAST_ROLE[address.endpoint])
        assert answer.status_code in (ANSWERED if enough else {403}), (address, answer.status)
        if address.endpoint not in {"admin.join", "admin.board_pdf"}:  # an invitation's page holds its own link
            text = answer.get_data(as_text=True)
            assert not [secret for secret in hidden if secret in text], address


def test_trust_21_nobody_sees_anything_of_any_object(furnished: Desk) -> None:
    for address in addresses(furnished.app, "GET"):
        if address.endpoint not in OPEN_ENDPOINTS:
            answer = furnished.nobody.client.get(address.path, base_url=ORIGIN, buffered=True)
            assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/desk/sign-in"), address


def test_an_object_in_any_state_is_an_answer_to_every_form(furnished: Desk, kept: Snapshot, explorer: Explorer) -> None:
    """Forms that are sent for what they were not made for: to an entry that is hidden, a task that is done."""
    found = addresses(furnished.app, "POST")
    for endpoint, group in groupby(found, key=lambda one: one.endpoint):
        form = next(explorer.forms(endpoint), None)
        typed = {name: [words] for name, words in VALID.get(endpoint, {}).items()}
        for address in group:
            pages = furnished.same_browser(furnished.manager)
            for sent in ({}, {**form.filled(), **typed} if form else {}):
                answer = post(pages, address.path, sent)
                assert answer.status_code in ANSWERED, (address, sent, answer.status)
        kept.restore()
