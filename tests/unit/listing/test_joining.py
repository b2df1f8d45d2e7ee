"""Two entries that are the same organisation made one: by choice, with what they were kept, and undone."""

from dataclasses import replace
from uuid import UUID, uuid4, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.changes.history import restore
from directory.changes.operations import propose
from directory.changes.queries import load_entry
from directory.changes.rules import CheckNeeded, EntryMovedOn, HowChecked, Origin
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.queries import contacts_of
from directory.listing.combining import Choice, combined, differing_units
from directory.listing.hiding import show_again, take_up_again
from directory.listing.joining import Seen, join
from directory.listing.models import HidingRow
from directory.listing.queries import joined_with, open_hiding
from directory.listing.rules import ChangesWaiting, HidingState, SameEntry
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.operations import hide
from directory.organisations.queries import OrganisationMoved, public_organisation
from directory.organisations.rules import State, StateRefused
from directory.organisations.validity import violations
from directory.tasks.operations import open_task
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from tests.factories import NOW, details, location, published, put_taxonomy, saved, service
from tests.strategies import few_examples, well_formed

BY = "officer:1"
KEPT, OTHER = UUID(int=1), UUID(int=2)
PLACE = location(name="Hall", address=("1 High Road",), postcode="N15 3QL")
ADVICE, MEALS = service(), service(name="Meals", locations=(PLACE.id,), phones=(Phone(number="+442079460000"),))
HARBOUR = details(ADVICE, description="Advice.", website="https://harbour.example/")
QUAY = details(MEALS, name="Quay", other_names=("Kai",), email="q@quay.example", locations=(PLACE,))
ALL = Choice(services=frozenset({ADVICE.id, MEALS.id}))


def joined(choice: Choice) -> OrganisationDetails:
    return combined(HARBOUR, QUAY, choice, kept_id=KEPT, other_id=OTHER)


def test_services_and_places_are_joined_under_ids_of_their_own() -> None:
    made = joined(ALL)
    assert [one.name for one in made.services] == ["Advice line", "Meals"]
    assert made.services[0] == ADVICE
    (place,) = made.locations
    assert (place.id, made.services[1].locations) == (uuid5(KEPT, str(PLACE.id)), (place.id,))
    assert made.services[1].id not in {MEALS.id, ADVICE.id}
    assert made == joined(ALL)


def test_only_what_was_chosen_is_taken() -> None:
    assert differing_units(HARBOUR, QUAY) == ("name", "description", "website", "email")
    made = joined(Choice(units=frozenset({"email"}), services=frozenset({ADVICE.id})))
    assert (made.name, made.email, made.website) == ("Harbour", "q@quay.example", "https://harbour.example/")
    assert (made.services, made.locations) == ((ADVICE,), ())


def test_what_it_was_called_stays_as_another_name() -> None:
    assert joined(ALL).other_names == ("Quay", "Kai")
    assert joined(replace(ALL, units=frozenset({"name"}))).other_names == ("Harbour", "Kai")
    assert joined(replace(ALL, with_names=False)).other_names == ()


def test_a_place_goes_with_the_only_service_at_it() -> None:
    made = combined(QUAY, HARBOUR, Choice(services=frozenset({ADVICE.id})), kept_id=OTHER, other_id=KEPT)
    assert (made.locations, len(made.services)) == ((), 1)


def test_none_is_part_of_itself() -> None:
    part = replace(HARBOUR, part_of=OTHER)
    assert combined(part, QUAY, ALL, kept_id=KEPT, other_id=OTHER).part_of is None


@given(kept=well_formed, other=well_formed, data=st.data())
@settings(parent=few_examples)
def test_what_comes_of_two_well_formed_entries_is_well_formed(
    kept: OrganisationDetails, other: OrganisationDetails, data: st.DataObject
) -> None:
    ids = [one.id for one in (*kept.services, *other.services)]
    services = frozenset(data.draw(st.sets(st.sampled_from(ids)) if ids else st.just(set())))
    units = frozenset(data.draw(st.sets(st.sampled_from(("name", "description", "website", "email")))))
    choice = Choice(units=units, services=services, with_names=data.draw(st.booleans()))
    made = combined(kept, other, choice, kept_id=KEPT, other_id=OTHER)
    hidden = {place.postcode for one in (kept, other) for place in one.locations if place.withheld}
    assert hidden or not violations(made)  # a text of one may tell where a withheld place of the other is


@pytest.fixture
def two(session: Session) -> tuple[Seen, Seen]:
    """Two public entries as an officer sees them."""
    put_taxonomy(session)
    kept, other = published(session, HARBOUR), published(session, QUAY, slug="quay")
    return Seen(kept, "1"), Seen(other, "1")


def done(session: Session, two: tuple[Seen, Seen], **given: object) -> HidingRow:
    held = {"choice": ALL, "reason": "The same", "how_checked": HowChecked.WEBSITE, **given}
    return join(session, *two, by=BY, now=NOW, **held)  # type: ignore[arg-type]


def test_one_stays_and_the_others_address_leads_to_it(session: Session, two: tuple[Seen, Seen]) -> None:
    kept, other = two
    row = done(session, two)
    assert (row.state, row.joined_into) == (HidingState.HIDDEN, kept.id)
    entry = public_organisation(session, "harbour")
    assert [one.name for one in entry.details.services] == ["Advice line", "Meals"]
    with pytest.raises(OrganisationMoved):
        public_organisation(session, "quay")
    assert joined_with(session, kept.id) == [other.id]
    assert load_entry(session, other.id).details == QUAY


def test_it_is_undone_by_going_back_and_showing_the_other_again(session: Session, two: tuple[Seen, Seen]) -> None:
    kept, other = two
    done(session, two)
    restore(session, kept.id, 1, revision=2, by=BY, now=NOW, how_checked=HowChecked.WEBSITE)
    show_again(session, other.id, by=BY, now=NOW)
    assert public_organisation(session, "harbour").details == HARBOUR
    assert public_organisation(session, "quay").details == QUAY
    assert not joined_with(session, kept.id)


def test_contacts_of_the_other_are_asked_if_chosen(session: Session, two: tuple[Seen, Seen]) -> None:
    kept, other = two
    held = add_contact(session, other.id, Mailbox(email="q@quay.example", language="tr"), by=BY, now=NOW)
    done(session, two, contacts=[held.id])
    (row,) = contacts_of(session, kept.id)
    assert (row.language, row.id == held.id) == ("tr", False)
    assert [one.id for one in contacts_of(session, other.id)] == [held.id]


def test_tasks_that_asked_whether_they_are_one_are_done(session: Session, two: tuple[Seen, Seen]) -> None:
    kept, other = two
    key = f"{kept.id} {other.id}"
    open_task(session, kind=TaskKind.DUPLICATE, key=key, due_on=NOW.date(), now=NOW, organisation_id=kept.id)
    done(session, two)
    assert not open_tasks(session)


def test_how_people_reach_it_asks_how_it_was_checked(session: Session, two: tuple[Seen, Seen]) -> None:
    with pytest.raises(CheckNeeded):
        done(session, two, how_checked=None)
    done(session, two, how_checked=None, choice=Choice(services=frozenset({ADVICE.id}), with_names=False))
    assert load_entry(session, two[0].id).revision == 1


@pytest.mark.parametrize("stale", [0, 1])
def test_neither_may_have_moved_on(session: Session, two: tuple[Seen, Seen], stale: int) -> None:
    seen = list(two)
    seen[stale] = Seen(two[stale].id, "0")
    with pytest.raises(EntryMovedOn):
        done(session, (seen[0], seen[1]))


def test_none_is_joined_with_itself_or_with_a_hidden_one(session: Session, two: tuple[Seen, Seen]) -> None:
    with pytest.raises(SameEntry):
        done(session, (two[0], two[0]))
    hide(session, two[1].id, by=BY, now=NOW)
    with pytest.raises(StateRefused):
        done(session, two)


def test_what_waits_for_the_other_is_decided_first(session: Session, two: tuple[Seen, Seen]) -> None:
    propose(
        session,
        two[1].id,
        base_revision=1,
        proposed=replace(QUAY, name="Quay House"),
        origin=Origin.LINK,
        by="link:1",
        now=NOW,
    )
    with pytest.raises(ChangesWaiting):
        done(session, two)


def test_a_service_that_is_dropped_may_need_a_second_officer(session: Session, two: tuple[Seen, Seen]) -> None:
    alone = details(service(languages=("kmr",)), name="Third")
    third = published(session, alone, slug="third")
    row = join(
        session,
        two[0],
        Seen(third, "1"),
        choice=Choice(services=frozenset({ADVICE.id}), with_names=False),
        reason="The same",
        by=BY,
        now=NOW,
    )
    assert (row.state, row.only_match) == (HidingState.WAITING, ["language:kmr"])
    assert load_entry(session, third).state is State.PUBLIC


def test_a_draft_is_set_aside_and_taken_up_again(session: Session, two: tuple[Seen, Seen]) -> None:
    draft = saved(session, details(service(id=uuid4()), name="Draft"), slug="draft")
    seen = Seen(draft, load_entry(session, draft).version)
    with pytest.raises(StateRefused):
        done(session, (seen, two[0]))
    done(session, (two[0], seen))
    assert load_entry(session, draft).state is State.DRAFT
    assert joined_with(session, two[0].id) == [draft]
    take_up_again(session, draft, by=BY, now=NOW)
    assert open_hiding(session, draft) is None
    assert not joined_with(session, two[0].id)
