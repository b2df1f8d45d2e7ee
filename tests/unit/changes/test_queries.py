"""The queue, the page of one change, and the history of an entry with the way back."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory.changes.operations import add_proposed, approve, propose, restore, withdraw
from directory.changes.outcome import Fit
from directory.changes.queries import (
    RevisionUnknown,
    answer_outcome,
    change_view,
    history,
    load_entry,
    waiting_changes,
)
from directory.changes.rules import (
    NEW_ORGANISATION,
    ChangeState,
    ChangeUnknown,
    EntryMovedOn,
    HowChecked,
    NothingChanged,
    Origin,
    Risk,
)
from directory.changes.slugs import slug_of
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import UnknownCodes, hide, publish
from directory.organisations.queries import OrganisationNotFound
from directory.organisations.rules import StateRefused
from directory.people.operations import erase_person, remember_person
from directory.taxonomy.models import TermRow
from tests.factories import NOW, details, published, put_taxonomy, saved, service, with_service

BASE = details(service(id=UUID(int=1), areas=("haringey",)), website="https://harbour.example.org/")
HOURS = with_service(BASE, opening_hours="24/7")
TEXT = replace(BASE, description="Stands by you.")
NAME = replace(HOURS, name="Haven", description="Stands by you.")
TODAY = date(2026, 6, 8)
LATER = NOW + timedelta(days=1)
OFFICER = "officer:1"


@pytest.fixture(autouse=True)
def terms(session: Session) -> None:
    put_taxonomy(session)


@pytest.fixture
def entry(session: Session) -> UUID:
    return published(session, BASE)


def proposed(session: Session, entry: UUID | None, held: OrganisationDetails, **given: object) -> UUID:
    base: dict[str, object] = {"base_revision": 1 if entry else 0, "origin": Origin.OFFICER, "by": OFFICER, "now": NOW}
    return propose(session, entry, proposed=held, **{**base, **given}).id  # type: ignore[arg-type]


def test_the_worst_comes_first_and_of_equal_risk_the_oldest(session: Session, entry: UUID) -> None:
    hours = proposed(session, entry, HOURS)
    younger = proposed(session, entry, TEXT, now=LATER)
    older = proposed(session, entry, TEXT)
    new = proposed(session, None, details(name="Haven"), origin=Origin.SUGGESTION, by="public", now=LATER)
    decided = proposed(session, entry, NAME)
    withdraw(session, decided, by=OFFICER, now=LATER)
    waiting = waiting_changes(session, today=TODAY)
    assert [view.id for view in waiting] == [new, older, younger, hours]
    assert [view.risk for view in waiting] == [Risk.CONTACT, Risk.CONTENT, Risk.CONTENT, Risk.ROUTINE]
    assert [(view.name, view.slug, view.age) for view in waiting[:2]] == [("Haven", None, 2), ("Harbour", "harbour", 3)]


def test_a_change_shows_each_unit_with_what_the_entry_has_now(session: Session, entry: UUID) -> None:
    person = remember_person(session, name="Ayla", role="Worker", email="ayla@example.org", now=NOW)
    change = proposed(session, entry, NAME, origin=Origin.LINK, by="link:one", person_id=person)
    publish(session, entry, replace(BASE, name="Port"), by=OFFICER, why="edit", now=NOW)
    view = change_view(session, change, today=TODAY)
    assert (view.origin, view.through, view.base_revision, view.revision) == (Origin.LINK, "link:one", 1, 2)
    assert view.sender is not None
    assert (view.sender.name, view.sender.role, view.sender.has_email) == ("Ayla", "Worker", True)
    assert [(unit.difference.path[-1], unit.risk, unit.fit, unit.now) for unit in view.units] == [
        ("name", Risk.CONTACT, Fit.COLLIDES, "Port"),
        ("description", Risk.CONTENT, Fit.UNCHANGED, ""),
        ("hours", Risk.ROUTINE, Fit.UNCHANGED, ("", "")),
    ]
    assert sorted(unit.number for unit in view.units) == [1, 2, 3]
    erase_person(session, person, by=OFFICER, now=LATER)
    assert "Ayla" not in str(change_view(session, change, today=TODAY))


def test_the_risk_of_a_change_is_that_of_what_still_waits(session: Session, entry: UUID) -> None:
    change = proposed(session, entry, NAME)
    approve(session, change, revision=1, units={("name",)}, how_checked=HowChecked.WEBSITE, by=OFFICER, now=LATER)
    view = change_view(session, change, today=TODAY)
    assert view.risk is Risk.CONTENT
    assert [unit.state for unit in view.units] == [ChangeState.APPROVED, ChangeState.WAITING, ChangeState.WAITING]
    assert (view.units[0].how_checked, view.units[0].revision) == (HowChecked.WEBSITE, 2)


def test_a_new_organisation_is_one_unit_before_and_after_its_approval(session: Session) -> None:
    change = proposed(session, None, BASE)
    for _ in range(2):
        (unit,) = change_view(session, change, today=TODAY).units
        assert (unit.difference.path, unit.difference.new, unit.now) == (NEW_ORGANISATION, BASE, None)
        if unit.state is ChangeState.WAITING:
            add_proposed(session, change, how_checked=HowChecked.WEBSITE, by=OFFICER, now=LATER)
    assert change_view(session, change, today=TODAY).slug == "harbour"


def test_a_change_that_is_not_there_is_unknown(session: Session) -> None:
    with pytest.raises(ChangeUnknown):
        change_view(session, uuid4(), today=TODAY)
    with pytest.raises(OrganisationNotFound):
        load_entry(session, uuid4())
    assert answer_outcome(session, uuid4()) is None


def test_what_nobody_would_see_is_no_change(session: Session, entry: UUID) -> None:
    with pytest.raises(NothingChanged):
        proposed(session, entry, BASE)


def test_the_history_says_what_each_revision_changed(session: Session, entry: UUID) -> None:
    change = proposed(session, entry, TEXT)
    approve(session, change, revision=1, by=OFFICER, now=LATER)
    second, first = history(session, entry)
    assert (first.number, first.made_by, first.why, first.differences) == (1, "seed", "first", ())
    assert (second.number, second.made_by, second.made_at, second.why) == (2, OFFICER, LATER, f"change {change}")
    assert [difference.path for difference in second.differences] == [("description",)]


def test_any_revision_comes_back_as_a_new_one(session: Session, entry: UUID) -> None:
    publish(session, entry, TEXT, by=OFFICER, why="edit", now=NOW)
    assert restore(session, entry, 1, revision=2, by=OFFICER, now=LATER) == 3
    assert load_entry(session, entry).details == BASE
    assert [view.why for view in history(session, entry)] == ["restored 1", "edit", "first"]


def test_a_restore_that_is_stale_empty_or_of_nothing_is_refused(session: Session, entry: UUID) -> None:
    publish(session, entry, TEXT, by=OFFICER, why="edit", now=NOW)
    with pytest.raises(EntryMovedOn):
        restore(session, entry, 1, revision=1, by=OFFICER, now=LATER)
    with pytest.raises(NothingChanged):
        restore(session, entry, 2, revision=2, by=OFFICER, now=LATER)
    with pytest.raises(RevisionUnknown):
        restore(session, entry, 7, revision=2, by=OFFICER, now=LATER)
    hide(session, entry, by=OFFICER, now=NOW)
    with pytest.raises(StateRefused):
        restore(session, entry, 1, revision=2, by=OFFICER, now=LATER)


def test_a_restore_names_the_terms_that_are_gone(session: Session, entry: UUID) -> None:
    publish(session, entry, with_service(BASE, areas=()), by=OFFICER, why="edit", now=NOW)
    session.execute(delete(TermRow).where(TermRow.code == "haringey"))
    session.expire_all()
    with pytest.raises(UnknownCodes, match="area haringey"):
        restore(session, entry, 1, revision=2, by=OFFICER, now=LATER)


def test_a_draft_has_no_history(session: Session) -> None:
    assert history(session, saved(session, details(), slug="other")) == ()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harbour & Haven's Café", "harbour-havens-cafe"),
        ("  ", "organisation"),
        ("مرفأ", "organisation"),
        ("x" * 80, "x" * 60),
    ],
)
def test_a_slug_is_made_of_the_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug
