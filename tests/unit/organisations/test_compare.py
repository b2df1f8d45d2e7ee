"""Differences: which units differ, and that applying them gives the new state."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from directory.organisations.compare import Difference, apply, differences
from directory.organisations.details import OrganisationDetails, Phone, PhoneKind, TakingNewPeople
from tests.factories import details, full_details, location, service, with_service
from tests.strategies import few_examples, well_formed

A, B, PLACE = UUID(int=1), UUID(int=2), UUID(int=3)
ONE, TWO = Phone(number="999"), Phone(number="101")
BASE = details(service(id=A, phones=(ONE, TWO)), service(id=B), locations=(location(id=PLACE),))
IN_A = ("service", str(A))
HELD = BASE.services[0]


@pytest.mark.parametrize(
    ("new", "path", "before", "after"),
    [
        (replace(BASE, name="Haven"), ("name",), "Harbour", "Haven"),
        (with_service(BASE, cost="A fee"), (*IN_A, "cost"), (None, ""), (None, "A fee")),
        (with_service(BASE, hours_note="Late"), (*IN_A, "hours"), ("", ""), ("", "Late")),
        (with_service(BASE, minimum_age=18), (*IN_A, "ages"), (None, None), (18, None)),
        (with_service(BASE, grounds=("race",)), (*IN_A, "grounds"), ((), False), (("race",), False)),
        (
            with_service(BASE, taking_new_people=TakingNewPeople.CLOSED),
            (*IN_A, "taking_new_people"),
            (None, None),
            (TakingNewPeople.CLOSED, None),
        ),
        (with_service(BASE, locations=(PLACE,)), (*IN_A, "locations"), (), (PLACE,)),
        (
            with_service(BASE, phones=(replace(ONE, label="Day"), TWO)),
            (*IN_A, "phone", "999 voice"),
            ONE,
            replace(ONE, label="Day"),
        ),
        (with_service(BASE, phones=(ONE,)), (*IN_A, "phone", "101 voice"), TWO, None),
        (
            with_service(BASE, phones=(TWO, ONE)),
            (*IN_A, "phones"),
            ("999 voice", "101 voice"),
            ("101 voice", "999 voice"),
        ),
        (
            replace(BASE, locations=(location(id=PLACE, postcode="N15", withheld=True),)),
            ("location", str(PLACE), "address"),
            ((), "", "", "", None, None, False),
            ((), "", "N15", "", None, None, True),
        ),
        (replace(BASE, services=(HELD,)), ("service", str(B)), BASE.services[1], None),
        (replace(BASE, locations=()), ("location", str(PLACE)), BASE.locations[0], None),
        (replace(BASE, services=BASE.services[::-1]), ("services",), (str(A), str(B)), (str(B), str(A))),
    ],
)
def test_one_change_is_one_difference(new: OrganisationDetails, path: tuple[str, ...], before: Any, after: Any) -> None:
    assert differences(BASE, new) == (Difference(path, before, after),)


def test_a_number_that_becomes_a_text_number_is_another_phone() -> None:
    new = with_service(BASE, phones=(ONE, replace(TWO, kind=PhoneKind.TEXT)))
    assert {difference.path[-1] for difference in differences(BASE, new)} == {"101 voice", "101 text"}


def test_an_added_service_is_one_difference_whatever_it_holds() -> None:
    full = full_details()
    added = replace(BASE, services=(*BASE.services, replace(full.services[0], locations=())))
    assert [difference.path for difference in differences(BASE, added)] == [("service", str(full.services[0].id))]


def test_one_of_several_differences_can_be_applied_alone() -> None:
    new = replace(with_service(BASE, cost="A fee", phones=(ONE,)), name="Haven")
    (chosen,) = (difference for difference in differences(BASE, new) if difference.path == (*IN_A, "cost"))
    assert apply(BASE, [chosen]) == with_service(BASE, cost="A fee")


def test_a_difference_inside_a_service_that_is_gone_is_left_out() -> None:
    without = replace(BASE, services=BASE.services[1:])
    assert apply(without, differences(BASE, with_service(BASE, cost="A fee"))) == without


def test_removing_a_location_alone_takes_it_from_the_services_that_used_it() -> None:
    used = with_service(BASE, locations=(PLACE,))
    (removal,) = differences(BASE, replace(BASE, locations=()))
    assert apply(used, [removal]) == replace(BASE, locations=())


@given(well_formed)
@few_examples
def test_a_state_does_not_differ_from_itself(state: OrganisationDetails) -> None:
    assert differences(state, state) == ()


@given(well_formed, well_formed)
@few_examples
def test_applying_all_differences_gives_the_new_state(old: OrganisationDetails, new: OrganisationDetails) -> None:
    assert apply(old, differences(old, new)) == new


@given(well_formed, well_formed)
@few_examples
def test_each_unit_differs_at_most_once(old: OrganisationDetails, new: OrganisationDetails) -> None:
    paths = [difference.path for difference in differences(old, new)]
    assert len(paths) == len(set(paths))
