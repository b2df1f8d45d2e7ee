"""The pages of entries: hostile words stay words, and posting every column changes only what a form lists."""

import unicodedata
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from directory import clock
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.keeping import pause
from directory.checks.models import ContactRow, KeepingRow
from directory.listing.acts import note_entry
from directory.listing.hiding import hide
from directory.listing.inclusion import log_inclusion_check, remember_not_listed
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import OrganisationRow
from tests.factories import details, published, service
from tests.page import Page
from tests.web.admin.desk import Desk
from tests.web.hostile import SCRIPTS
from tests.web.update.test_hostile import harmless

BY = "officer:9"
EACH = 6
TYPED = [words for words in SCRIPTS if not any(unicodedata.category(c) == "Cc" for c in words)]
BATCHES = [TYPED[start : start + EACH] for start in range(0, len(TYPED), EACH)]
SEEN = ("", "edit", "call", "source-check", "history", "inclusion", "keeping", "hide", "slug", "preview", "join")
OWN_COLUMNS = {"edited_at", "edited_by", "revision"}


def written(words: list[str]) -> OrganisationDetails:
    """An entry whose words are these."""
    one, two, *_ = words
    return details(service(name=one, description=two), name=two, description=one, other_names=(words[-1],))


@pytest.mark.parametrize("words", BATCHES, ids=range(len(BATCHES)))
def test_trust_18_what_was_typed_is_shown_as_words_on_every_page(desk: Desk, words: list[str]) -> None:
    held = [*words, *BATCHES[0]][:EACH]
    now = clock.now()
    with desk.writing() as session:
        identity = published(session, written(held), slug=uuid4().hex)
        note_entry(session, identity, held[0], by=BY, now=now)
        mailbox = Mailbox(email="a@b.example", language="en", name=held[1], role=held[2])
        add_contact(session, identity, mailbox, by=BY, now=now)
        pause(session, identity, until=clock.today(), reason=held[3], by=BY, now=now)
        log_inclusion_check(session, identity, met=(), note=held[4], by=BY, now=now)
        remember_not_listed(session, name=held[1], reason=held[5], by=BY, now=now)
    for below in SEEN:
        harmless(desk.manager.get(f"/desk/entries/{identity}/{below}".rstrip("/")))
    for address in ("/desk/entries", "/desk/entries/not-listed", f"/desk/entries/chosen?act=send&e={identity}"):
        harmless(desk.manager.get(address))
    with desk.writing() as session:
        hide(session, identity, reason=held[5], by=BY, now=now)
    harmless(desk.manager.get(f"/desk/entries/{identity}"))
    harmless(desk.manager.get(f"/desk/entries/{identity}/history"))


@pytest.mark.parametrize(
    "form", ["call", "contacts/new", "hide", "inclusion", "keeping", "notes", "pause", "slug", "../chosen", "../new"]
)
def test_trust_18_what_is_sent_back_is_words(desk: Desk, form: str) -> None:
    with desk.writing() as session:
        identity = published(session, slug=uuid4().hex)
    address = f"/desk/entries/{identity}/{form}" if not form.startswith("..") else f"/desk/entries/{form[3:]}"
    names = ("name", "role", "email", "reason", "note", "slug", "source", "period", "phone", "website", "heard", "way")
    for words in BATCHES:
        typed = {name: words[place % len(words)] for place, name in enumerate(names)}
        data = {
            **typed,
            "act": "pause",
            "e": str(identity),
            "note": typed["note"] * 400,
            "reason": typed["reason"] * 400,
        }
        harmless(Page(address, desk.officer.post(address, status=422, data=data)))


def columns(*tables: Any) -> dict[str, str]:
    """A value for every column there is, by its name."""
    held: list[Table] = [table.__table__ for table in tables]
    return {column.name: "1" for table in held for column in table.columns}


def stored(session: Session, identity: UUID) -> dict[str, object]:
    """What the tables say of an entry and how it is kept."""
    found: dict[str, object] = {}
    for table, key in ((OrganisationRow.__table__, "id"), (KeepingRow.__table__, "organisation_id")):
        row = session.execute(select(table).where(table.c[key] == identity)).mappings().one()  # type: ignore[arg-type]
        found |= {f"{table.name}.{name}": value for name, value in row.items()}  # type: ignore[attr-defined]
    session.rollback()
    return found


@pytest.mark.parametrize(
    ("form", "typed", "changes"),
    [
        ("notes", {"note": "Rang"}, set()),
        ("inclusion", {"met": "reachable", "note": "x"}, set()),
        ("slug", {"slug": f"s-{uuid4().hex[:8]}"}, {f"organisation.{name}" for name in OWN_COLUMNS}),
        ("contacts/new", {"email": "a@b.example", "language": "en"}, {"keeping.looked_on"}),
        ("pause", {"act": "end"}, {"keeping.looked_on", "keeping.paused_until", "keeping.pause_reason"}),
        (
            "hide",
            {"reason": "closed"},
            {"organisation.state", "organisation.edited_at", "organisation.edited_by", "keeping.due_on"},
        ),
    ],
)
def test_trust_21_posting_every_column_changes_what_the_form_lists_alone(
    desk: Desk, reading: Session, form: str, typed: dict[str, str], changes: set[str]
) -> None:
    with desk.writing() as session:
        identity = published(session, slug=uuid4().hex)
        pause(session, identity, until=clock.today(), reason="Moving", by=BY, now=clock.now())
    before = stored(reading, identity)
    every = columns(OrganisationRow, KeepingRow, ContactRow)
    desk.officer.post(f"/desk/entries/{identity}/{form}", data={**every, **typed})
    after = stored(reading, identity)
    assert {name for name in before if before[name] != after[name]} <= changes
