"""Approving and declining: what is published is what was chosen, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.changes.models import ChangeRow
from directory.changes.operations import add_proposed, approve, decline, propose, withdraw
from directory.changes.queries import load_change, load_entry
from directory.changes.rules import (
    ChangeDecided,
    ChangeState,
    CheckNeeded,
    EntryMovedOn,
    HowChecked,
    NothingChanged,
    Origin,
    ReasonNeeded,
    UnitsBelongTogether,
    UnitsCollide,
    UnitUnknown,
)
from directory.directory_revision import directory_revision
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import hide, publish
from directory.organisations.queries import public_organisation
from directory.organisations.rules import NoWayToReach, State, StateRefused
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from tests.factories import NOW, details, location, published, put_taxonomy, saved, service, with_service

ID = UUID(int=1)
OLD, NEW = Phone(number="+442084891000"), Phone(number="+442084892000")
BASE = details(service(id=ID, phones=(OLD,)), website="https://harbour.example.org/")
SERVICE = ("service", str(ID))
OLD_PHONE, NEW_PHONE = (*SERVICE, "phone", "+442084891000 voice"), (*SERVICE, "phone", "+442084892000 voice")
DESCRIPTION, HOURS = ("description",), (*SERVICE, "hours")
MOVED = replace(with_service(BASE, phones=(NEW,), opening_hours="24/7"), description="Stands beside you.")
LATER = NOW + timedelta(days=1)
OFFICER = "officer:1"
CHECKED = HowChecked.RANG_OLD_NUMBER


@pytest.fixture(autouse=True)
def terms(session: Session) -> None:
    put_taxonomy(session)


def proposed(
    session: Session,
    organisation_id: UUID | None,
    details: OrganisationDetails = MOVED,
    *,
    origin: Origin = Origin.LINK,
    revision: int = 1,
) -> ChangeRow:
    return propose(
        session, organisation_id, base_revision=revision, proposed=details, origin=origin, by="link:one", now=NOW
    )


def now_says(session: Session, organisation_id: UUID) -> OrganisationDetails:
    return load_entry(session, organisation_id).details


def told(session: Session, organisation_id: UUID) -> date | None:
    return session.scalar(select(OrganisationRow.told_changed_on).where(OrganisationRow.id == organisation_id))


def test_approving_publishes_what_was_proposed_as_a_new_revision(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    approval = approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert (approval.organisation_id, approval.revision) == (entry, 2)
    assert public_organisation(session, "harbour").details == MOVED
    row = load_change(session, change.id)
    assert (row.state, row.decided_by, row.decided_at) == (ChangeState.APPROVED, OFFICER, LATER)
    assert {(unit.state, unit.revision, unit.how_checked) for unit in row.units} == {(ChangeState.APPROVED, 2, CHECKED)}


def test_units_are_approved_alone_and_the_rest_goes_on_waiting(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    approve(session, change.id, revision=1, by=OFFICER, units={DESCRIPTION}, now=LATER)
    assert now_says(session, entry) == replace(BASE, description=MOVED.description)
    decline(session, change.id, reason="We rang: nobody knows it.", units={OLD_PHONE, NEW_PHONE}, by=OFFICER, now=LATER)
    assert load_change(session, change.id).state is ChangeState.WAITING
    approve(session, change.id, revision=2, by=OFFICER, now=LATER)
    assert now_says(session, entry) == replace(MOVED, services=(replace(MOVED.services[0], phones=(OLD,)),))
    row = load_change(session, change.id)
    assert row.state is ChangeState.APPROVED
    assert [unit.state for unit in row.units if unit.key in (OLD_PHONE, NEW_PHONE)] == [ChangeState.DECLINED] * 2


def test_a_declined_change_leaves_the_entry_as_it_is(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    decline(session, change.id, reason=" We rang: nobody knows it. ", by=OFFICER, now=LATER)
    assert (load_entry(session, entry).revision, now_says(session, entry)) == (1, BASE)
    row = load_change(session, change.id)
    assert (row.state, row.reason) == (ChangeState.DECLINED, "We rang: nobody knows it.")
    assert session.get_one(OrganisationRow, entry).confirmed_at is None


def test_declining_needs_a_reason(session: Session) -> None:
    change = proposed(session, published(session, BASE))
    with pytest.raises(ReasonNeeded):
        decline(session, change.id, reason=" ", by=OFFICER, now=LATER)


def test_contact_units_need_to_say_how_they_were_checked(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    with pytest.raises(CheckNeeded):
        approve(session, change.id, revision=1, by=OFFICER, now=LATER)
    assert now_says(session, entry) == BASE


def test_a_stale_approval_is_refused_with_what_it_would_change_now(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    publish(session, entry, replace(MOVED, services=BASE.services), by="officer:2", why="edit", now=NOW)
    with pytest.raises(EntryMovedOn) as moved:
        approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert moved.value.revision == 2
    assert {difference.path for difference in moved.value.differences} == {OLD_PHONE, NEW_PHONE, HOURS}
    assert load_change(session, change.id).state is ChangeState.WAITING
    approve(session, change.id, revision=2, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert now_says(session, entry) == MOVED


def test_what_others_changed_meanwhile_stays(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    publish(session, entry, replace(BASE, charity_number="1000001"), by="officer:2", why="edit", now=NOW)
    approve(session, change.id, revision=2, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert now_says(session, entry) == replace(MOVED, charity_number="1000001")


def test_a_unit_that_collides_wins_only_if_it_is_named(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    publish(session, entry, replace(BASE, description="Something else."), by="officer:2", why="edit", now=NOW)
    with pytest.raises(UnitsCollide) as collision:
        approve(session, change.id, revision=2, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert collision.value.paths == (DESCRIPTION,)
    approve(session, change.id, revision=2, by=OFFICER, units={DESCRIPTION}, now=LATER)
    assert now_says(session, entry) == replace(BASE, description=MOVED.description)


def test_a_unit_of_a_service_that_is_gone_cannot_win_at_all(session: Session) -> None:
    held = replace(BASE, services=(*BASE.services, service(id=UUID(int=2))))
    entry = published(session, held)
    change = proposed(session, entry, with_service(held, cost="A fee"))
    publish(session, entry, replace(held, services=held.services[1:]), by="officer:2", why="edit", now=NOW)
    with pytest.raises(UnitsCollide):
        approve(session, change.id, revision=2, by=OFFICER, units={(*SERVICE, "cost")}, now=LATER)


def test_a_service_is_not_sent_to_a_place_that_still_waits(session: Session) -> None:
    place = location(postcode="N15", area="district.n15")
    entry = published(session, BASE)
    change = proposed(session, entry, replace(with_service(BASE, locations=(place.id,)), locations=(place,)))
    here, there = (*SERVICE, "locations"), ("location", str(place.id))
    with pytest.raises(UnitsBelongTogether) as together:
        approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, units={here}, now=LATER)
    assert together.value.paths == (there,)
    approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, units={there}, now=LATER)
    approve(session, change.id, revision=2, by=OFFICER, how_checked=CHECKED, units={here}, now=LATER)
    assert now_says(session, entry).services[0].locations == (place.id,)


def test_approving_the_loss_of_the_only_number_is_refused(session: Session) -> None:
    held = replace(BASE, website="")
    entry = published(session, held)
    change = proposed(session, entry, with_service(held, phones=(NEW,)))
    with pytest.raises(NoWayToReach):
        approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, units={OLD_PHONE}, now=LATER)


def test_the_second_of_two_decisions_is_told_who_was_faster(session: Session) -> None:
    change = proposed(session, published(session, BASE))
    decline(session, change.id, reason="No.", by="officer:2", now=LATER)
    for decide in (
        lambda: approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, now=LATER),
        lambda: approve(session, change.id, revision=1, by=OFFICER, units={DESCRIPTION}, now=LATER),
        lambda: decline(session, change.id, reason="No.", by=OFFICER, now=LATER),
        lambda: withdraw(session, change.id, by=OFFICER, now=LATER),
    ):
        with pytest.raises(ChangeDecided) as decided:
            decide()
        assert (decided.value.state, decided.value.by) == (ChangeState.DECLINED, "officer:2")


def test_an_officer_may_publish_something_else_than_was_proposed(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    edited = replace(MOVED, description="Stands by you.")
    approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, edited=edited, now=LATER)
    assert now_says(session, entry) == edited
    assert all(unit.is_edited for unit in load_change(session, change.id).units)


def test_edits_that_leave_everything_as_it_is_are_no_approval(session: Session) -> None:
    change = proposed(session, published(session, BASE))
    with pytest.raises(NothingChanged):
        approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, edited=BASE, now=LATER)


def test_a_unit_that_the_change_does_not_have_is_refused(session: Session) -> None:
    change = proposed(session, published(session, BASE))
    for units in ({("charity_number",)}, set[tuple[str, ...]]()):
        with pytest.raises(UnitUnknown):
            approve(session, change.id, revision=1, by=OFFICER, units=units, now=LATER)


def test_what_the_entry_says_already_is_approved_without_a_revision(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    publish(session, entry, MOVED, by="officer:2", why="edit", now=NOW)
    assert approve(session, change.id, revision=2, by=OFFICER, now=LATER).revision == 2
    assert load_change(session, change.id).state is ChangeState.APPROVED


def test_a_draft_stays_a_draft(session: Session) -> None:
    entry = saved(session, BASE)
    change = proposed(session, entry, revision=0)
    approve(session, change.id, revision=0, by=OFFICER, how_checked=CHECKED, now=LATER)
    held = load_entry(session, entry)
    assert (held.state, held.revision, held.details) == (State.DRAFT, 0, MOVED)


def test_a_hidden_entry_does_not_come_back_by_an_approval(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    hide(session, entry, by=OFFICER, now=NOW)
    with pytest.raises(StateRefused):
        approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, now=LATER)


def test_a_new_organisation_is_added_and_public(session: Session) -> None:
    change = proposed(session, None, BASE, origin=Origin.SUGGESTION, revision=0)
    with pytest.raises(CheckNeeded):
        add_proposed(session, change.id, by=OFFICER, now=LATER)
    approval = add_proposed(session, change.id, by=OFFICER, how_checked=CHECKED, now=LATER)
    seen = public_organisation(session, "harbour")
    assert (seen.id, seen.revision, seen.details) == (approval.organisation_id, 1, BASE)
    assert load_change(session, change.id).organisation_id == seen.id


@pytest.mark.parametrize(
    ("held", "as_draft"), [(BASE, True), (replace(with_service(BASE, phones=()), website=""), False)]
)
def test_a_new_organisation_may_stay_a_draft(session: Session, held: OrganisationDetails, *, as_draft: bool) -> None:
    change = proposed(session, None, held, origin=Origin.SUGGESTION, revision=0)
    approval = add_proposed(session, change.id, by=OFFICER, as_draft=as_draft, now=LATER)
    assert load_entry(session, approval.organisation_id).state is State.DRAFT


def test_a_new_organisation_gets_a_slug_that_nobody_has(session: Session) -> None:
    published(session, details(), slug="harbour")
    change = proposed(session, None, BASE, origin=Origin.SUGGESTION, revision=0)
    add_proposed(session, change.id, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert public_organisation(session, "harbour-2").details == BASE


def test_new_organisations_and_changes_of_entries_are_decided_each_in_its_way(session: Session) -> None:
    new = proposed(session, None, details(), origin=Origin.SUGGESTION, revision=0)
    change = proposed(session, published(session, BASE))
    with pytest.raises(UnitUnknown):
        approve(session, new.id, revision=0, by=OFFICER, how_checked=CHECKED, now=LATER)
    with pytest.raises(UnitUnknown):
        add_proposed(session, change.id, by=OFFICER, how_checked=CHECKED, now=LATER)


def test_the_public_is_told_until_nothing_waits_that_warned_it(session: Session) -> None:
    entry = published(session, BASE)
    counted = directory_revision(session)
    change = proposed(session, entry)
    assert (told(session, entry), directory_revision(session)) == (date(2026, 6, 3), counted + 1)
    approve(session, change.id, revision=1, by=OFFICER, units={DESCRIPTION}, now=LATER)
    assert told(session, entry) == date(2026, 6, 3)
    decline(session, change.id, units={OLD_PHONE}, reason="They answer.", by=OFFICER, now=LATER)
    assert told(session, entry) is None
    assert load_change(session, change.id).state is ChangeState.WAITING


def test_a_decided_change_leaves_no_task(session: Session) -> None:
    entry = published(session, BASE)
    change = proposed(session, entry)
    assert [task.kind for task in open_tasks(session)] == [TaskKind.TOLD_OF_CHANGE]
    approve(session, change.id, revision=1, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert open_tasks(session) == []


def test_decisions_are_in_the_audit_trail(session: Session) -> None:
    change = proposed(session, published(session, BASE))
    approve(session, change.id, revision=1, by=OFFICER, units={DESCRIPTION}, now=LATER)
    decline(session, change.id, reason="No.", by=OFFICER, now=LATER)
    events = session.scalars(select(AuditEventRow).order_by(AuditEventRow.id)).all()
    assert [(event.action, event.actor) for event in events if event.subject == str(change.id)] == [
        ("change_proposed", "link:one"),
        ("change_approved", OFFICER),
        ("change_declined", OFFICER),
    ]
