"""Every form of the desk changes what it lists and nothing else, whatever is sent with it.

Each form is sent twice, the second time with the name of every column of every table and of every field of every other
form besides. What is in the database afterwards is the same.
"""

import io
from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, Enum, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from directory import clock
from directory.accounts.codes import current_code
from directory.accounts.invitations import JOIN
from directory.accounts.models import InvitationRow
from directory.accounts.rules import Purpose, Role
from directory.checks.links import LinkSigner
from directory.database import Base
from directory.web.entry_form.sections import ALL
from tests.checks.test_routes import table
from tests.furnished.explorer import Explorer, post, tries
from tests.furnished.forms import Form, Sent
from tests.furnished.snapshot import Row, Snapshot
from tests.furnished.valid import NEW, VALID
from tests.officers import OFFICERS, code_at
from tests.page import Pages
from tests.web.admin.desk import ORIGIN, Desk
from tests.web.conftest import LINK_KEY

POSTS = sorted({route.endpoint for route in table() if "POST" in route.methods and route.endpoint.startswith("admin.")})
WITH_A_CODE = frozenset({"admin.make_recovery_codes", "admin.send_sign_in"})
ELSEWHERE = {
    "admin.find_person": "writes nothing: shows who was found",
    "admin.tick_people": "writes nothing: leads to those who were ticked",
    "admin.send_demo": "is there in development alone, and has no fields",
    "admin.send_entry_edit": "writes nothing of a public entry: shows what will change",
    "admin.send_import": "takes a file: tried below",
    "admin.send_join": "shows a secret and asks for its code: tried below",
    "admin.try_policy": "writes nothing: shows what numbers would come to",
    "admin.try_search": "writes nothing: shows what is found",
}


@pytest.fixture(scope="module")
def besides(explorer: Explorer) -> Sent:
    """A value for the name of every column of every table, and for every field of every form."""
    sent: Sent = {}
    for column in (column for held in Base.metadata.sorted_tables for column in held.columns):
        sent.setdefault(column.name, []).append(_value(column))
    for endpoint in sorted(explorer.posted):
        for name, values in next(explorer.forms(endpoint)).filled().items():
            sent.setdefault(name, []).extend(values)
    return sent


def _value(column: "Column[Any]") -> str:
    if isinstance(column.type, Enum):
        return str(column.type.enums[-1])
    values = {UUID: str(OFFICERS[Role.VIEWER]), bool: "1", int: "7", date: "2027-01-01", datetime: "2027-01-01T10:00"}
    return values.get(column.type.python_type, "Sent besides")


def test_every_form_of_the_desk_is_found(explorer: Explorer) -> None:
    assert explorer.posted == set(POSTS) - {"admin.send_demo"}


@pytest.mark.parametrize("endpoint", [endpoint for endpoint in POSTS if endpoint not in ELSEWHERE])
def test_trust_21_a_form_changes_what_it_lists_and_nothing_else(
    furnished: Desk, kept: Snapshot, explorer: Explorer, besides: Sent, endpoint: str
) -> None:
    form, address, sent = _taken(furnished, kept, explorer, endpoint)
    more = {name: values for name, values in besides.items() if name not in form.names}
    assert len(more) > 200
    both = {**more, **sent}
    alone, with_more = (_outcome(furnished, kept, address, given, both) for given in (sent, both))
    assert alone == with_more


def test_trust_21_a_section_changes_its_own_fields_alone(furnished: Desk, kept: Snapshot, explorer: Explorer) -> None:
    whole = max(explorer.forms("admin.send_entry_edit"), key=lambda form: len(form.fields))
    others = {field.name: [f"{field.held[0]} besides"] for field in whole.fields if field.kind in {"text", "textarea"}}
    statuses = []
    for section in ALL:
        (own,) = explorer.forms_of(f"{whole.address}/{section}")
        sent = own.changed() | {"action": ["continue"], "how": ["website"]}
        sent["seen"] = sent["version"]
        both = {**{name: values for name, values in others.items() if name not in own.names}, **sent}
        address = f"{whole.address}/{section}".replace("/edit/", "/review/")
        alone, with_more = (_outcome(furnished, kept, address, given, both) for given in (sent, both))
        assert alone == with_more, section
        statuses.append(alone[0])
    assert statuses.count(303) >= 2


def test_trust_21_a_file_brings_nothing_with_it(furnished: Desk, kept: Snapshot, besides: Sent) -> None:
    given = ({}, {name: besides[name][0] for name in sorted(besides)[:200]})
    alone, with_more = (_sent_file(furnished, kept, more, besides) for more in given)
    assert alone == with_more


def test_trust_21_joining_gives_no_more_than_was_offered(furnished: Desk, kept: Snapshot, besides: Sent) -> None:
    with furnished.writing() as session:
        invited = session.scalars(select(InvitationRow.id).where(InvitationRow.purpose == Purpose.INVITE)).one()
    path = f"/desk/join/{LinkSigner([LINK_KEY], JOIN).token(invited)}"
    pages = Pages(furnished.app, ORIGIN)
    secret = pages.get(path).one("code").text or ""
    code = current_code(secret.replace(" ", ""), clock.now())
    own = {"passphrase": [NEW], "code": [code]}
    with pages.client.session_transaction("/desk/", base_url=ORIGIN) as cookie:
        held = dict(cookie)
    outcomes = []
    for sent in (own, {**besides, **own}):
        with pages.client.session_transaction("/desk/", base_url=ORIGIN) as cookie:
            cookie.update(held)
        outcomes.append(_outcome(furnished, kept, path, sent, besides, pages))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0] == 200


def test_the_comparison_sees_what_is_other(furnished: Desk, kept: Snapshot, explorer: Explorer) -> None:
    _, address, sent = _taken(furnished, kept, explorer, "admin.send_note")
    one, other = (_outcome(furnished, kept, address, sent | {"note": [words]}, sent) for words in ("one", "other"))
    assert one != other


def _sent_file(desk: Desk, kept: Snapshot, fields: dict[str, Any], known: Sent) -> tuple[int, Counter[Row]]:
    pages = desk.same_browser(desk.manager)
    file = FileStorage(io.BytesIO(b"Name\nQuiet Cove\n"), "list.csv")
    boundary, body = encode_multipart({**fields, "file": file, "csrf_token": pages.token()})
    form = f"multipart/form-data; boundary={boundary}"
    status = pages.client.post("/desk/import", data=body, content_type=form, base_url=ORIGIN).status_code
    return status, _changes(kept, known)


def _taken(desk: Desk, kept: Snapshot, explorer: Explorer, endpoint: str) -> tuple[Form, str, Sent]:
    """A form of this kind, filled in so that it changes something."""
    typed = dict(VALID.get(endpoint, {}))
    if endpoint in WITH_A_CODE:
        typed["code"] = code_at(clock.now())
    for form in explorer.forms(endpoint):
        for sent, address in tries(form, **typed):
            status, changes = _outcome(desk, kept, address, sent, sent)
            assert status < 500, (endpoint, address, sent)
            if status in {200, 303} and changes:
                return form, address, sent
    raise AssertionError(f"{endpoint}: no form of this kind was taken; say in VALID what it needs")


def _outcome(
    desk: Desk, kept: Snapshot, address: str, sent: Sent, known: Sent, pages: Pages | None = None
) -> tuple[int, Counter[Row]]:
    """The status of the answer, and what is other than it was; values of `known` are told from chance."""
    sender = desk.nobody if address == "/desk/sign-in" else desk.same_browser(desk.manager)
    return post(pages or sender, address, sent).status_code, _changes(kept, known)


def _changes(kept: Snapshot, known: Sent) -> Counter[Row]:
    found = kept.changes({value for values in known.values() for value in values})
    kept.restore()
    return found
