"""Hiding with a reason: alone, with a second officer where nobody else offers the same, and showing again."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.changes.operations import decline, propose
from directory.changes.rules import Origin
from directory.checks.models import CheckRow, KeepingRow
from directory.checks.operations import do_round
from directory.checks.rules import CheckOutcome, Ladder, ReasonMissing
from directory.directory_revision import directory_revision
from directory.listing.coverage import only_match
from directory.listing.hiding import confirm_hiding, hide, refuse_hiding, show_again
from directory.listing.models import HidingRow
from directory.listing.queries import hidings_of, open_hiding
from directory.listing.rules import AnotherOfficerNeeded, ChangesWaiting, HidingAsked, HidingDecided, HidingState
from directory.organisations.details import Phone
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import mark_told_closed
from directory.organisations.queries import OrganisationGone, public_organisation
from directory.organisations.rules import State, StateRefused
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from directory.taxonomy.terms import TermKind
from tests.factories import NOW, details, published, put_taxonomy, saved, service

ONE, OTHER = "officer:1", "officer:2"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def harbour(session: Session) -> UUID:
    """A public entry that offers nothing in particular."""
    put_taxonomy(session)
    return published(session)


def state(session: Session, organisation_id: UUID) -> State:
    return session.scalars(select(OrganisationRow.state).where(OrganisationRow.id == organisation_id)).one()


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEventRow.action).order_by(AuditEventRow.id)))


def the_only_one(session: Session) -> tuple[UUID, HidingRow]:
    """An entry that alone speaks Turkish, and that somebody wants to hide."""
    put_taxonomy(session)
    identity = published(session, details(service(languages=("tr",))))
    return identity, hide(session, identity, reason="They have closed", by=ONE, now=NOW)


def test_an_entry_is_hidden_at_once_with_its_reason(session: Session, harbour: UUID) -> None:
    before = directory_revision(session)
    row = hide(session, harbour, reason="  They have closed ", by=ONE, now=NOW)
    assert (row.state, row.reason, row.decided_by) == (HidingState.HIDDEN, "They have closed", ONE)
    assert state(session, harbour) is State.HIDDEN
    assert directory_revision(session) > before
    assert "entry_hidden" in actions(session)
    with pytest.raises(OrganisationGone):
        public_organisation(session, "harbour")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_reason_is_needed(session: Session, harbour: UUID, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        hide(session, harbour, reason=reason, by=ONE, now=NOW)


def test_only_a_public_entry_is_hidden(session: Session) -> None:
    draft = saved(session)
    with pytest.raises(StateRefused):
        hide(session, draft, reason="closed", by=ONE, now=NOW)


def test_what_waits_is_decided_first(session: Session, harbour: UUID) -> None:
    change = propose(
        session,
        harbour,
        base_revision=1,
        proposed=details(name="Harbour House"),
        origin=Origin.LINK,
        by="link:1",
        now=NOW,
    )
    with pytest.raises(ChangesWaiting):
        hide(session, harbour, reason="closed", by=ONE, now=NOW)
    decline(session, change.id, reason="It has closed", by=ONE, now=NOW)
    hide(session, harbour, reason="closed", by=ONE, now=NOW)
    assert state(session, harbour) is State.HIDDEN


def test_nobody_asks_a_hidden_organisation_and_its_tasks_are_done(session: Session, harbour: UUID) -> None:
    do_round(session, NOW, ladder=Ladder(at_any_time=True))
    session.get_one(KeepingRow, harbour).due_on = NOW.date()
    do_round(session, NOW, ladder=Ladder(at_any_time=True))
    assert [task.kind for task in open_tasks(session, organisation_id=harbour)] == [TaskKind.FIND_KEEPER]
    hide(session, harbour, reason="closed", by=ONE, now=NOW)
    assert not open_tasks(session, organisation_id=harbour)
    check = session.scalars(select(CheckRow).where(CheckRow.organisation_id == harbour)).one()
    assert check.outcome is CheckOutcome.HIDDEN


def test_the_only_match_waits_for_a_second_officer(session: Session) -> None:
    identity, row = the_only_one(session)
    assert (row.state, row.only_match) == (HidingState.WAITING, ["language:tr"])
    assert state(session, identity) is State.PUBLIC
    (task,) = open_tasks(session, organisation_id=identity)
    assert (task.kind, task.key) == (TaskKind.CONFIRM_HIDING, str(row.id))
    with pytest.raises(HidingAsked):
        hide(session, identity, reason="closed", by=OTHER, now=NOW)


def test_whoever_asked_cannot_agree(session: Session) -> None:
    identity, row = the_only_one(session)
    with pytest.raises(AnotherOfficerNeeded):
        confirm_hiding(session, row.id, by=ONE, now=LATER)
    assert state(session, identity) is State.PUBLIC


def test_a_second_officer_agrees_once(session: Session) -> None:
    identity, row = the_only_one(session)
    confirm_hiding(session, row.id, by=OTHER, now=LATER)
    assert state(session, identity) is State.HIDDEN
    assert (row.state, row.decided_by, row.decided_at) == (HidingState.HIDDEN, OTHER, LATER)
    assert not open_tasks(session, organisation_id=identity)
    with pytest.raises(HidingDecided):
        confirm_hiding(session, row.id, by="officer:3", now=LATER)


def test_a_second_officer_may_say_no_and_it_can_be_asked_again(session: Session) -> None:
    identity, row = the_only_one(session)
    refuse_hiding(session, row.id, by=OTHER, now=LATER)
    assert (row.state, state(session, identity)) == (HidingState.REFUSED, State.PUBLIC)
    assert not open_tasks(session, organisation_id=identity)
    again = hide(session, identity, reason="Closed for good", by=OTHER, now=LATER)
    assert [held.id for held in hidings_of(session, identity)] == [again.id, row.id]


def test_a_change_that_came_meanwhile_is_decided_first(session: Session) -> None:
    identity, row = the_only_one(session)
    propose(
        session,
        identity,
        base_revision=1,
        proposed=details(name="We are still here"),
        origin=Origin.LINK,
        by="link:1",
        now=NOW,
    )
    with pytest.raises(ChangesWaiting):
        confirm_hiding(session, row.id, by=OTHER, now=LATER)


def test_it_is_shown_again_as_it_was_and_checked_soon(session: Session, harbour: UUID) -> None:
    mark_told_closed(session, harbour, on=NOW.date())
    hide(session, harbour, reason="closed", by=ONE, now=NOW)
    assert show_again(session, harbour, by=OTHER, now=LATER) == 2
    entry = public_organisation(session, "harbour")
    assert (entry.revision, entry.standing.told_closed_on) == (2, None)
    assert session.get_one(KeepingRow, harbour).due_on == NOW.date()
    (row,) = hidings_of(session, harbour)
    assert (row.state, row.ended_by) == (HidingState.ENDED, OTHER)
    assert open_hiding(session, harbour) is None


def test_what_is_public_is_not_shown_again(session: Session, harbour: UUID) -> None:
    with pytest.raises(StateRefused):
        show_again(session, harbour, by=ONE, now=NOW)


def test_what_only_one_offers(session: Session) -> None:
    put_taxonomy(session)
    line = service(
        grounds=("race.turkish",),
        kinds=("helpline", "report"),
        languages=("tr",),
        phones=(Phone(number="+442084891000", languages=("kmr",)),),
    )
    own = published(session, details(line))
    assert only_match(session, own) == (
        (TermKind.GROUND, "race"),
        (TermKind.GROUND, "race.turkish"),
        (TermKind.KIND, "report"),
        (TermKind.KIND, "helpline"),
        (TermKind.LANGUAGE, "tr"),
        (TermKind.LANGUAGE, "kmr"),
    )
    published(session, details(service(all_grounds=True, kinds=("report",))), slug="quay")
    saved(session, details(service(kinds=("helpline",))), slug="draft")
    assert only_match(session, own) == (
        (TermKind.KIND, "helpline"),
        (TermKind.LANGUAGE, "tr"),
        (TermKind.LANGUAGE, "kmr"),
    )
