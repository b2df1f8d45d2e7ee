"""Merging two changes of one entry."""

from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.organisations.compare import apply, differences
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.merge import Conflict, Merge, merge
from directory.organisations.units import without_lost_places
from directory.organisations.validity import Problem, violations
from tests.factories import details, location, service, with_service
from tests.strategies import changed, few_examples, well_formed

A, B, PLACE = UUID(int=1), UUID(int=2), UUID(int=3)
ONE, TWO, THREE = Phone(number="999"), Phone(number="101"), Phone(number="111")
BASE = details(service(id=A, phones=(ONE, TWO)), service(id=B), locations=(location(id=PLACE),))
IN_A = ("service", str(A))
HELD = BASE.services[0]
WITHOUT_A = replace(BASE, services=BASE.services[1:])


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        (replace(BASE, name="Haven"), replace(BASE, email="a@b.org"), replace(BASE, name="Haven", email="a@b.org")),
        (
            with_service(BASE, cost="1"),
            replace(BASE, name="Haven"),
            replace(with_service(BASE, cost="1"), name="Haven"),
        ),
        (
            with_service(BASE, phones=(ONE, TWO, THREE)),
            with_service(BASE, phones=(replace(ONE, label="Day"), TWO)),
            with_service(BASE, phones=(replace(ONE, label="Day"), TWO, THREE)),
        ),
        (
            with_service(BASE, phones=(TWO, ONE)),
            with_service(BASE, phones=(ONE, THREE, TWO)),
            with_service(BASE, phones=(TWO, ONE, THREE)),
        ),
        (WITHOUT_A, replace(BASE, name="Haven"), replace(WITHOUT_A, name="Haven")),
        (WITHOUT_A, WITHOUT_A, WITHOUT_A),
    ],
)
def test_changes_of_different_units_merge(
    ours: OrganisationDetails, theirs: OrganisationDetails, merged: OrganisationDetails
) -> None:
    outcome = merge(BASE, ours, theirs)
    assert outcome.conflicts == ()
    assert outcome.details == merged


@pytest.mark.parametrize(
    ("ours", "theirs", "path", "values"),
    [
        (replace(BASE, name="Haven"), replace(BASE, name="Port"), ("name",), ("Harbour", "Haven", "Port")),
        (
            with_service(BASE, opening_hours="24/7"),
            with_service(BASE, hours_note="Late"),
            (*IN_A, "hours"),
            (("", ""), ("24/7", ""), ("", "Late")),
        ),
        (
            with_service(BASE, phones=(TWO,)),
            with_service(BASE, phones=(replace(ONE, label="Day"), TWO)),
            (*IN_A, "phone", "999 voice"),
            (ONE, None, replace(ONE, label="Day")),
        ),
        (
            WITHOUT_A,
            with_service(BASE, cost="A fee"),
            IN_A,
            (HELD, None, replace(HELD, cost="A fee")),
        ),
        (
            with_service(BASE, phones=(ONE, TWO, THREE)),
            with_service(BASE, phones=(ONE, TWO, replace(THREE, label="Night"))),
            (*IN_A, "phone", "111 voice"),
            (None, THREE, replace(THREE, label="Night")),
        ),
        (
            replace(BASE, locations=()),
            with_service(BASE, locations=(PLACE,)),
            ("location", str(PLACE)),
            (BASE.locations[0], None, BASE.locations[0]),
        ),
    ],
)
def test_different_changes_of_one_unit_collide_and_ours_stands(
    ours: OrganisationDetails, theirs: OrganisationDetails, path: tuple[str, ...], values: tuple[Any, Any, Any]
) -> None:
    outcome = merge(BASE, ours, theirs)
    assert outcome.conflicts == (Conflict(path, *values),)
    assert outcome.details == ours


def test_a_location_that_we_use_and_they_removed_stays() -> None:
    ours = with_service(BASE, locations=(PLACE,))
    outcome = merge(BASE, ours, replace(BASE, locations=()))
    assert outcome.details == ours
    assert [conflict.path for conflict in outcome.conflicts] == [("location", str(PLACE))]


def test_two_different_new_orders_collide() -> None:
    base = with_service(BASE, phones=(ONE, TWO, THREE))
    ours, theirs = with_service(BASE, phones=(TWO, ONE, THREE)), with_service(BASE, phones=(THREE, TWO, ONE))
    outcome = merge(base, ours, theirs)
    assert [conflict.path for conflict in outcome.conflicts] == [(*IN_A, "phones")]
    assert outcome.details == ours


@given(well_formed, st.data())
@few_examples
def test_a_change_of_one_side_alone_is_taken_whole(base: OrganisationDetails, data: st.DataObject) -> None:
    new = data.draw(changed(base))
    for outcome in (merge(base, new, base), merge(base, base, new), merge(base, new, new)):
        assert outcome.details == new
        assert outcome.conflicts == ()


@given(well_formed, st.data())
@few_examples
def test_a_merge_is_well_formed_and_collides_alike_from_both_sides(
    base: OrganisationDetails, data: st.DataObject
) -> None:
    ours, theirs = data.draw(changed(base)), data.draw(changed(base))
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert outside_locations(one) == outside_locations(other)
    assert {violation.problem for violation in violations(one.details)} <= {Problem.TELLS_WITHHELD_PLACE}


def outside_locations(outcome: Merge) -> set[tuple[str, ...]]:
    """The paths in conflict but for locations, which collide only if the service that stays uses them."""
    return {conflict.path for conflict in outcome.conflicts if conflict.path[0] != "location"}


unplaced = well_formed.map(lambda state: without_lost_places(replace(state, locations=())))
"""Entries without locations: taking a location away changes every service that is given there."""


@given(unplaced, unplaced, st.randoms(use_true_random=False))
@few_examples
def test_two_parts_of_one_change_do_not_collide(
    base: OrganisationDetails, new: OrganisationDetails, randomly: Random
) -> None:
    one, other = [], []
    for difference in differences(base, new):
        randomly.choice((one, other)).append(difference)
    assert merge(base, apply(base, one), apply(base, other)).conflicts == ()
