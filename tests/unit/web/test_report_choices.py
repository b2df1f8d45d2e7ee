"""Which services are offered to somebody who thinks of reporting, and in which order."""

from typing import Any
from uuid import uuid4

from directory.organisations.details import PassesToPolice, Phone, PhoneKind
from directory.organisations.queries import PublicOrganisation
from directory.organisations.standing import Standing
from directory.web.public.report_choices import SHOWN, Choice, Way, report_choices
from tests.factories import details, service

NUMBER = Phone(number="+442084891000")
EMERGENCY = Phone(number="999")


def entry(slug: str, **facts: Any) -> PublicOrganisation:
    return PublicOrganisation(
        id=uuid4(),
        slug=slug,
        revision=1,
        details=details(service(**{"takes_reports": True, **facts})),
        standing=Standing(),
    )


def choices(*entries: PublicOrganisation) -> dict[Way, Choice]:
    return {choice.way: choice for choice in report_choices(entries)}


def slugs(choice: Choice) -> list[str]:
    return [place.slug for place in choice.places]


def test_only_services_that_are_known_to_take_reports_are_offered() -> None:
    assert report_choices([entry("a", takes_reports=None), entry("b", takes_reports=False)]) == ()


def test_a_way_that_nobody_offers_is_left_out() -> None:
    assert set(choices(entry("a"))) == {Way.PHONE}


def test_each_fact_makes_its_way() -> None:
    found = choices(
        entry("police", passes_to_police=PassesToPolice.IS_THE_POLICE),
        entry("centre", third_party_reporting=True),
        entry("apart", independent_of_police=True),
        entry("nameless", anonymous_reports=True),
        entry("form", phones=(), form="https://example.org/report"),
        entry("desk", phones=(), in_person=True),
    )
    assert slugs(found[Way.POLICE]) == ["police"]
    assert slugs(found[Way.INDEPENDENT]) == ["apart", "centre"]
    assert slugs(found[Way.ANONYMOUS]) == ["nameless"]
    assert slugs(found[Way.ONLINE]) == ["form"]
    assert slugs(found[Way.IN_PERSON]) == ["desk"]
    assert slugs(found[Way.PHONE]) == ["apart", "centre", "nameless", "police"]


def test_a_text_number_is_no_way_to_report_by_phone() -> None:
    text = Phone(number="+447717989025", kind=PhoneKind.TEXT)
    assert Way.PHONE not in choices(entry("a", phones=(text,), anonymous_reports=True))


def test_numbers_for_danger_now_are_no_choice() -> None:
    assert report_choices([entry("a", phones=(EMERGENCY,), anonymous_reports=True)]) == ()
    found = choices(entry("b", phones=(EMERGENCY, NUMBER)))
    assert found[Way.PHONE].places[0].phones == (NUMBER,)


def test_local_ones_come_first_and_those_for_everyone_before_those_for_some() -> None:
    found = choices(
        entry("national", areas=("uk",), all_grounds=True),
        entry("of-london", areas=("london",), all_grounds=True),
        entry("here-for-some", areas=("haringey",), grounds=("race",)),
        entry("here-for-all", areas=("haringey",), all_grounds=True),
        entry("in-a-ward", areas=("ward.noel-park",), grounds=("race",)),
    )
    assert slugs(found[Way.PHONE]) == ["here-for-all", "here-for-some", "in-a-ward", "of-london", "national"]


def test_only_the_first_few_are_shown_and_all_are_counted() -> None:
    choice = choices(*(entry(f"entry-{number}") for number in range(SHOWN + 3)))[Way.PHONE]
    assert (len(choice.places), choice.total) == (SHOWN, SHOWN + 3)


def test_a_landlord_s_line_for_its_own_tenants_is_not_offered_to_everyone() -> None:
    assert report_choices([entry("a", tenants_of="Elm Homes")]) == ()
