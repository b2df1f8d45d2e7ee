"""How careful one must be with each unit, what replaces what, and what becomes of a change."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from directory.changes.rules import (
    TRANSITIONS,
    ChangeState,
    Risk,
    is_at_once,
    is_warning,
    overlap,
    risk_of,
    severity,
    state_of,
    words_in,
    worst,
)
from directory.organisations.compare import Difference, differences
from directory.organisations.details import (
    LocationDetails,
    Notice,
    OrganisationDetails,
    Phone,
    PhoneKind,
    ServiceDetails,
    TakingNewPeople,
    TranslatedText,
)
from directory.organisations.units import Path
from tests.factories import details, full_details, location, service, with_service

A, PLACE, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
ONE, TWO = Phone(number="999"), Phone(number="101")
HERE = location(id=PLACE, address=("12 High Road",), postcode="N15 3QL")
BASE = details(
    service(id=A, phones=(ONE, TWO), email="line@example.org", locations=(PLACE,)),
    email="hello@example.org",
    locations=(HERE,),
)
TURKISH = (TranslatedText(language="tr", text="Merhaba", revision=1),)


def only(base: OrganisationDetails, new: OrganisationDetails) -> Difference:
    (difference,) = differences(base, new)
    return difference


@pytest.mark.parametrize(
    ("new", "risk"),
    [
        (replace(BASE, name="Haven"), Risk.CONTACT),
        (replace(BASE, other_names=("Haven",)), Risk.CONTACT),
        (replace(BASE, email="other@example.org"), Risk.CONTACT),
        (replace(BASE, website="https://example.org/"), Risk.CONTACT),
        (replace(BASE, part_of=OTHER), Risk.CONTACT),
        (replace(BASE, locations=(HERE, location(id=OTHER))), Risk.CONTACT),
        (replace(BASE, locations=(replace(HERE, town="London"),)), Risk.CONTACT),
        (replace(BASE, locations=(replace(HERE, withheld=True),)), Risk.CONTACT),
        (replace(BASE, locations=(replace(HERE, name="Library"),)), Risk.CONTACT),
        (replace(BASE, services=(*BASE.services, service())), Risk.CONTACT),
        (replace(BASE, services=()), Risk.CONTACT),
        (with_service(BASE, name="Line"), Risk.CONTACT),
        (with_service(BASE, phones=(ONE,)), Risk.CONTACT),
        (with_service(BASE, phones=(ONE, TWO, Phone(number="111"))), Risk.CONTACT),
        (with_service(BASE, phones=(ONE, replace(TWO, label="Night"))), Risk.CONTACT),
        (with_service(BASE, email=""), Risk.CONTACT),
        (with_service(BASE, web_chat="https://example.org/"), Risk.CONTACT),
        (with_service(BASE, form="https://example.org/"), Risk.CONTACT),
        (with_service(BASE, referral_form="https://example.org/"), Risk.CONTACT),
        (with_service(BASE, locations=()), Risk.CONTACT),
        (with_service(BASE, takes_reports=True), Risk.CONTACT),
        (with_service(BASE, anonymous_reports=True), Risk.CONTACT),
        (with_service(BASE, immigration_safe=True), Risk.CONTACT),
        (with_service(BASE, withheld_number=True), Risk.CONTACT),
        (with_service(BASE, opening_hours="24/7"), Risk.ROUTINE),
        (with_service(BASE, hours_note="Later by arrangement"), Risk.ROUTINE),
        (with_service(BASE, taking_new_people=TakingNewPeople.CLOSED), Risk.ROUTINE),
        (replace(BASE, notice=Notice(text="Closed for a week", until=date(2026, 8, 1))), Risk.ROUTINE),
        (replace(BASE, notice=Notice(text="Ring 020 8489 1000", until=date(2026, 8, 1))), Risk.CONTACT),
        (with_service(BASE, hours_note="Else ring 020 8489 1000"), Risk.CONTACT),
        (with_service(BASE, how_to_get_help="Just walk in"), Risk.CONTENT),
        (with_service(BASE, how_to_get_help="Write to us at help@example.org"), Risk.CONTACT),
        (replace(BASE, description="We help."), Risk.CONTENT),
        (replace(BASE, description="See example dot org"), Risk.CONTACT),
        (replace(BASE, translations=TURKISH), Risk.CONTENT),
        (replace(BASE, translations=(replace(TURKISH[0], text="0208 489"),)), Risk.CONTACT),
        (replace(BASE, charity_number="1000001"), Risk.CONTENT),
        (with_service(BASE, phones=(TWO, ONE)), Risk.CONTENT),
        (with_service(BASE, areas=("district.n15",)), Risk.CONTENT),
        (with_service(BASE, cost="£5"), Risk.CONTENT),
        (with_service(BASE, grounds=("race",)), Risk.CONTENT),
        (with_service(BASE, minimum_age=18), Risk.CONTENT),
        (replace(BASE, locations=(replace(HERE, access=("step_free",)),)), Risk.CONTENT),
    ],
)
def test_every_unit_has_its_risk(new: OrganisationDetails, risk: Risk) -> None:
    assert risk_of(only(BASE, new)) is risk


def test_what_reaches_an_organisation_is_contact_in_every_field_that_is_a_link_or_an_address() -> None:
    risky = {"email", "website", "web_chat", "form", "referral_form", "phones", "address", "postcode", "town", "area"}
    reached = {
        field.name for kind in (OrganisationDetails, ServiceDetails, LocationDetails) for field in fields(kind)
    } & risky
    assert reached == risky
    empty = OrganisationDetails(name="x", kind=BASE.kind)
    found = {risk_of(difference) for difference in differences(empty, full_details()) if difference.path[0] != "name"}
    assert found == set(Risk)


def test_the_worst_comes_first() -> None:
    assert sorted([Risk.ROUTINE, Risk.CONTACT, Risk.CONTENT], key=severity) == [*Risk]
    assert worst([Risk.ROUTINE, Risk.CONTENT]) is Risk.CONTENT


@pytest.mark.parametrize(
    ("new", "warns"),
    [
        (with_service(BASE, phones=(ONE,)), True),
        (with_service(BASE, phones=(ONE, TWO, Phone(number="111"))), False),
        (with_service(BASE, phones=(ONE, replace(TWO, label="Night"))), False),
        (with_service(BASE, email=""), True),
        (replace(BASE, email="other@example.org"), True),
        (replace(BASE, locations=(replace(HERE, address=("14 High Road",)),)), True),
        (replace(BASE, locations=(replace(HERE, withheld=True),)), True),
        (with_service(BASE, locations=()), True),
        (replace(BASE, services=()), True),
        (replace(BASE, services=(*BASE.services, service())), False),
        (replace(BASE, name="Haven"), False),
        (replace(BASE, website="https://example.org/"), False),
    ],
)
def test_the_public_is_warned_of_what_is_wrong_and_not_of_what_is_new(new: OrganisationDetails, *, warns: bool) -> None:
    assert is_warning(only(BASE, new)) is warns


def test_a_number_that_becomes_one_for_texts_only_warns() -> None:
    new = with_service(BASE, phones=(ONE, replace(TWO, kind=PhoneKind.TEXT)))
    assert [is_warning(difference) for difference in differences(BASE, new)] == [True, False]


def test_the_first_address_of_a_place_warns_nobody() -> None:
    base = replace(BASE, locations=(location(id=PLACE),))
    assert not is_warning(only(base, replace(base, locations=(location(id=PLACE, postcode="N15"),))))


@pytest.mark.parametrize(
    ("new", "at_once"),
    [
        (with_service(BASE, taking_new_people=TakingNewPeople.CLOSED), True),
        (replace(BASE, notice=Notice(text="Closed for a week", until=date(2026, 8, 1))), True),
        (replace(BASE, notice=Notice(text="Ring 020 8489 1000", until=date(2026, 8, 1))), False),
        (with_service(BASE, opening_hours="24/7"), False),
        (replace(BASE, name="Haven"), False),
    ],
)
def test_only_a_plain_notice_and_whether_it_takes_new_people_are_public_at_once(
    new: OrganisationDetails, *, at_once: bool
) -> None:
    assert is_at_once(only(BASE, new)) is at_once


def test_a_notice_that_is_taken_away_is_taken_away_at_once() -> None:
    base = replace(BASE, notice=Notice(text="Closed", until=date(2026, 8, 1)))
    assert is_at_once(only(base, BASE))


def test_hours_as_rules_are_no_words() -> None:
    assert words_in(only(BASE, with_service(BASE, opening_hours="Mo-Fr 09:00-17:00", hours_note="x"))) == ("x",)


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        (("name",), ("name",), True),
        (("name",), ("email",), False),
        (("service", "1"), ("service", "1", "phone", "999 voice"), True),
        (("service", "1", "cost"), ("service", "1"), True),
        (("service", "1", "cost"), ("service", "2", "cost"), False),
        (("service", "1", "phone", "999 voice"), ("service", "1", "phone", "101 voice"), False),
        (("services",), ("service", "1"), False),
    ],
)
def test_units_overlap_when_one_is_the_other_or_lies_in_it(one: Path, other: Path, *, do: bool) -> None:
    assert overlap(one, other) is do


@pytest.mark.parametrize(
    ("units", "state"),
    [
        ("waiting approved", "waiting"),
        ("approved declined", "approved"),
        ("declined replaced", "declined"),
        ("replaced withdrawn", "withdrawn"),
        ("replaced replaced", "replaced"),
    ],
)
def test_a_change_stands_as_its_units_do(units: str, state: Any) -> None:
    assert state_of(map(ChangeState, units.split())) is ChangeState(state)


def test_what_is_decided_stays_so() -> None:
    assert TRANSITIONS[ChangeState.WAITING] == set(ChangeState) - {ChangeState.WAITING}
    assert not any(TRANSITIONS[state] for state in ChangeState if state is not ChangeState.WAITING)
