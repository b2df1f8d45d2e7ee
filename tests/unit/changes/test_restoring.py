"""Going back to an earlier revision: what was confirmed since is taken back, and all that an edit asks is asked."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes.models import ChangeUnitRow
from directory.changes.operations import restore
from directory.changes.queries import load_entry
from directory.changes.rules import CheckNeeded, HowChecked
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.keeping import confirm, day_of
from directory.checks.queries import keeping_of
from directory.directory_revision import directory_revision
from directory.organisations.operations import publish
from directory.organisations.queries import public_organisation
from directory.organisations.rules import ConfirmedBy
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from tests.factories import NOW, details, published, put_taxonomy, service

BASE = details(service(id=UUID(int=1), areas=("haringey",)), website="https://harbour.example.org/")
NEWER = replace(BASE, description="Stands by you.")
ELSEWHERE = replace(NEWER, website="https://quay.example.org/")
LATER = NOW + timedelta(days=1)
OFFICER = "officer:1"


@pytest.fixture
def entry(session: Session) -> UUID:
    """An entry with two revisions, the newer one confirmed."""
    put_taxonomy(session)
    identity = published(session, BASE)
    publish(session, identity, NEWER, by=OFFICER, why="edit", now=NOW)
    confirm(session, identity, at=NOW, by=ConfirmedBy.ORGANISATION, now=NOW)
    return identity


def test_what_they_confirmed_is_not_said_of_what_it_said_before(session: Session, entry: UUID) -> None:
    before = directory_revision(session)
    restore(session, entry, 1, revision=2, by=OFFICER, now=LATER)
    standing = public_organisation(session, "harbour").standing
    assert (standing.confirmed_at, standing.confirmed_by) == (None, None)
    assert directory_revision(session) > before


def test_they_are_asked_soon_whether_it_is_right(session: Session, entry: UUID) -> None:
    restore(session, entry, 1, revision=2, by=OFFICER, now=LATER)
    kept = keeping_of(session, entry)
    assert kept is not None
    assert kept.due_on == day_of(LATER) + timedelta(days=7)


def test_going_back_in_how_people_reach_it_asks_how_it_was_checked(session: Session, entry: UUID) -> None:
    publish(session, entry, ELSEWHERE, by=OFFICER, why="edit", now=NOW)
    with pytest.raises(CheckNeeded):
        restore(session, entry, 2, revision=3, by=OFFICER, now=LATER)
    assert load_entry(session, entry).details == ELSEWHERE
    restore(session, entry, 2, revision=3, by=OFFICER, now=LATER, how_checked=HowChecked.WEBSITE)
    assert load_entry(session, entry).details == NEWER
    units = session.scalars(select(ChangeUnitRow).where(ChangeUnitRow.decided_at == LATER)).all()
    assert [(unit.path, unit.how_checked, unit.revision) for unit in units] == [("website", HowChecked.WEBSITE, 4)]


def test_the_update_contact_is_told_how_people_reach_them_now(session: Session, entry: UUID) -> None:
    add_contact(session, entry, Mailbox(email="one@harbour.example.org", language="tr"), by=OFFICER, now=NOW)
    restore(session, entry, 1, revision=2, by=OFFICER, now=LATER)
    told = select(OutboxRow.facts["to"].as_string()).where(OutboxRow.kind == MailKind.APPROVED)
    assert session.scalars(told).all() == []  # its words alone are others
    publish(session, entry, ELSEWHERE, by=OFFICER, why="edit", now=NOW)
    restore(session, entry, 2, revision=4, by=OFFICER, now=LATER, how_checked=HowChecked.WEBSITE)
    assert session.scalars(told).all() == ["contact"]
