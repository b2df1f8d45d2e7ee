"""States, being fit for the public, and for whom a service is."""

import pytest

from directory.lexicon.meanings import AUDIENCES
from directory.organisations.details import OrganisationDetails, ServiceDetails
from directory.organisations.rules import (
    Confidence,
    NoWayToReach,
    State,
    StateRefused,
    audiences,
    check_publishable,
    check_transition,
    first_state,
)
from tests.factories import details, location, service, withheld_location

UNREACHABLE = service(phones=())
PLACE = location(address=("12 High Road",))
HIDDEN_PLACE = withheld_location()


@pytest.mark.parametrize("old", State)
@pytest.mark.parametrize("new", State)
def test_a_state_leads_only_to_certain_others(old: State, new: State) -> None:
    allowed = {"draft draft", "draft public", "public public", "public hidden", "hidden public"}
    if f"{old} {new}" in allowed:
        check_transition(old, new)
    else:
        with pytest.raises(StateRefused):
            check_transition(old, new)


@pytest.mark.parametrize(
    "reachable",
    [
        details(service()),
        details(service(phones=(), email="a@example.org")),
        details(service(phones=(), website="https://example.org/")),
        details(service(phones=(), web_chat="https://example.org/")),
        details(service(phones=(), form="https://example.org/")),
        details(service(phones=(), how_to_get_help="Ask at any library.")),
        details(service(phones=(), locations=(PLACE.id,)), locations=(PLACE,)),
        details(UNREACHABLE, website="https://example.org/"),
        details(UNREACHABLE, email="a@example.org"),
        details(UNREACHABLE, service()),
    ],
)
def test_any_way_of_reaching_it_makes_an_entry_fit_for_the_public(reachable: OrganisationDetails) -> None:
    check_publishable(reachable)


@pytest.mark.parametrize(
    "unreachable",
    [
        details(UNREACHABLE),
        details(UNREACHABLE, locations=(PLACE,)),
        details(service(phones=(), locations=(HIDDEN_PLACE.id,)), locations=(HIDDEN_PLACE,)),
        details(service(phones=(), how_to_refer="By letter.")),
    ],
)
def test_an_entry_that_nobody_can_reach_stays_a_draft(unreachable: OrganisationDetails) -> None:
    assert first_state(State.PUBLIC, Confidence.HIGH, unreachable) is State.DRAFT
    with pytest.raises(NoWayToReach):
        check_publishable(unreachable)


@pytest.mark.parametrize(
    ("wanted", "confidence", "state"),
    [
        (State.PUBLIC, Confidence.HIGH, State.PUBLIC),
        (State.PUBLIC, Confidence.MEDIUM, State.PUBLIC),
        (State.PUBLIC, None, State.PUBLIC),
        (State.PUBLIC, Confidence.LOW, State.DRAFT),
        (State.DRAFT, Confidence.HIGH, State.DRAFT),
    ],
)
def test_what_nobody_is_sure_of_begins_as_a_draft(wanted: State, confidence: Confidence | None, state: State) -> None:
    assert first_state(wanted, confidence, details()) is state


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (service(kinds=("young_people",)), {"young_people"}),
        (service(maximum_age=25), {"young_people"}),
        (service(maximum_age=26), set()),
        (service(grounds=("age.young",)), {"young_people"}),
        (service(minimum_age=50), {"older_people"}),
        (service(minimum_age=49), set()),
        (service(grounds=("age", "age.older")), {"older_people"}),
        (service(women_only=True), {"women"}),
        (service(women_only=False), set()),
        (service(grounds=("gender.women",)), {"women"}),
        (service(grounds=("gender.men",)), {"men"}),
        (service(lgbt_only=True), {"lgbt"}),
        (service(grounds=("sexuality.gay",)), {"lgbt"}),
        (service(grounds=("sexuality",)), {"lgbt"}),
        (service(grounds=("race", "sexuality")), set()),
        (service(grounds=("gender.trans",)), {"trans"}),
        (service(grounds=("disability",)), {"disabled"}),
        (service(grounds=("disability",), all_grounds=True), set()),
        (service(grounds=("disability.deaf",)), {"disabled", "deaf"}),
        (service(grounds=("disability.learning_disability",)), {"disabled", "learning_disability"}),
        (service(all_grounds=True), set()),
    ],
)
def test_for_whom_a_service_is_follows_from_its_facts(held: ServiceDetails, expected: set[str]) -> None:
    assert audiences(held) == expected
    assert audiences(held) <= set(AUDIENCES)
