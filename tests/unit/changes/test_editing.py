"""An officer's own edit: a change like any other, decided at once, and refused if the entry moved on meanwhile."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.changes.editing import edit, publish_draft
from directory.changes.queries import changes_of, load_entry, revision_details
from directory.changes.rules import (
    ChangeState,
    CheckNeeded,
    EntryMovedOn,
    HowChecked,
    NothingChanged,
    Origin,
)
from directory.checks.contacts import Mailbox, add_contact
from directory.organisations.operations import hide, save_draft
from directory.organisations.rules import NoWayToReach, State, StateRefused
from directory.organisations.validity import DetailsInvalid
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.tasks.queries import open_tasks
from tests.factories import NOW, details, published, put_taxonomy, saved, service

BY = "officer:1"
BASE = details(service(id=UUID(int=1)), description="Stands beside people.")
SAID = replace(BASE, description="Stands beside you.")
MOVED = replace(BASE, website="https://harbour.example/")


@pytest.fixture
def harbour(session: Session) -> UUID:
    put_taxonomy(session)
    return published(session, BASE)


def test_it_is_public_at_once_and_kept_as_a_change(session: Session, harbour: UUID) -> None:
    approval = edit(session, harbour, version="1", details=SAID, by=BY, now=NOW)
    assert (approval.revision, [change.path for change in approval.differences]) == (2, [("description",)])
    assert load_entry(session, harbour).details == SAID == revision_details(session, harbour, 2)
    (change,) = changes_of(session, harbour)
    assert (change.origin, change.state, change.decided_by) == (Origin.OFFICER, ChangeState.APPROVED, BY)
    assert not open_tasks(session, organisation_id=harbour)
    assert {"change_proposed", "change_approved"} <= set(session.scalars(select(AuditEventRow.action)))


def test_how_people_reach_it_is_changed_only_with_how_it_was_checked(session: Session, harbour: UUID) -> None:
    with pytest.raises(CheckNeeded):
        edit(session, harbour, version="1", details=MOVED, by=BY, now=NOW)


def test_its_contacts_are_told_when_people_reach_it_otherwise(session: Session, harbour: UUID) -> None:
    add_contact(session, harbour, Mailbox(email="first@harbour.example", language="en"), by=BY, now=NOW)
    edit(session, harbour, version="1", details=MOVED, by=BY, now=NOW, how_checked=HowChecked.WEBSITE)
    assert session.scalars(select(OutboxRow.kind)).all() == [MailKind.APPROVED]


def test_a_stale_one_is_refused_with_what_it_would_change_now(session: Session, harbour: UUID) -> None:
    edit(session, harbour, version="1", details=SAID, by="officer:2", now=NOW)
    wanted = replace(BASE, other_names=("The Harbour",))
    with pytest.raises(EntryMovedOn) as refused:
        edit(session, harbour, version="1", details=wanted, by=BY, now=NOW, how_checked=HowChecked.WEBSITE)
    assert refused.value.revision == 2
    assert {change.path for change in refused.value.differences} == {("description",), ("other_names",)}


def test_the_same_again_is_no_edit(session: Session, harbour: UUID) -> None:
    with pytest.raises(NothingChanged):
        edit(session, harbour, version="1", details=BASE, by=BY, now=NOW)


def test_what_no_entry_could_hold_is_refused(session: Session, harbour: UUID) -> None:
    with pytest.raises(DetailsInvalid):
        edit(session, harbour, version="1", details=replace(BASE, name=""), by=BY, now=NOW)


def test_a_hidden_entry_is_not_edited(session: Session, harbour: UUID) -> None:
    hide(session, harbour, by=BY, now=NOW)
    with pytest.raises(StateRefused):
        edit(session, harbour, version="1", details=SAID, by=BY, now=NOW)


def test_a_draft_stays_one_and_is_refused_when_it_moved_on(session: Session) -> None:
    put_taxonomy(session)
    draft = saved(session, BASE)
    seen = load_entry(session, draft).version
    edit(session, draft, version=seen, details=SAID, by=BY, now=NOW)
    entry = load_entry(session, draft)
    assert (entry.state, entry.revision, entry.details) == (State.DRAFT, 0, SAID)
    assert entry.version != seen
    with pytest.raises(EntryMovedOn):
        edit(session, draft, version=seen, details=MOVED, by=BY, now=NOW, how_checked=HowChecked.WEBSITE)


def test_a_draft_is_published_as_it_was_seen(session: Session) -> None:
    put_taxonomy(session)
    draft = saved(session, BASE)
    seen = load_entry(session, draft).version
    with pytest.raises(CheckNeeded):
        publish_draft(session, draft, version=seen, how_checked=None, by=BY, now=NOW)
    assert publish_draft(session, draft, version=seen, how_checked=HowChecked.WEBSITE, by=BY, now=NOW) == 1
    assert load_entry(session, draft).state is State.PUBLIC
    with pytest.raises(StateRefused):
        publish_draft(session, draft, version="1", how_checked=HowChecked.WEBSITE, by=BY, now=NOW)


def test_a_draft_that_changed_meanwhile_is_not_published(session: Session) -> None:
    put_taxonomy(session)
    draft = saved(session, BASE)
    seen = load_entry(session, draft).version
    save_draft(session, draft, SAID, by="officer:2", now=NOW)
    with pytest.raises(EntryMovedOn):
        publish_draft(session, draft, version=seen, how_checked=HowChecked.WEBSITE, by=BY, now=NOW)


def test_a_draft_that_nobody_could_reach_stays_one(session: Session) -> None:
    put_taxonomy(session)
    draft = saved(session, details(service(phones=())))
    seen = load_entry(session, draft).version
    with pytest.raises(NoWayToReach):
        publish_draft(session, draft, version=seen, how_checked=HowChecked.WEBSITE, by=BY, now=NOW)
