"""The shape of every field."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.organisations.details import OrganisationDetails, Phone, PhoneKind, TranslatedText
from directory.organisations.validity import (
    DetailsInvalid,
    Problem,
    Violation,
    check_details,
    is_link,
    normalise_postcode,
    violations,
)
from tests.factories import details, full_details, location, service, withheld_location

PLACE = location()
TURKISH = TranslatedText(language="tr", text="Yardım", revision=1)


def test_full_details_are_well_formed() -> None:
    check_details(full_details())


@pytest.mark.parametrize(
    ("held", "field", "problem"),
    [
        (details(name=""), "name", Problem.EMPTY),
        (details(name=" Harbour"), "name", Problem.UNTIDY),
        (details(name="Har\nbour"), "name", Problem.UNTIDY),
        (details(name="Har\x00bour"), "name", Problem.UNTIDY),
        (details(description="Here\x1b[31m"), "description", Problem.UNTIDY),
        (details(other_names=("",)), "other_names", Problem.EMPTY),
        (details(website="ftp://example.org/"), "website", Problem.LINK),
        (details(email="nobody"), "email", Problem.EMAIL),
        (details(email="a@example.org\nBcc: b@example.org"), "email", Problem.UNTIDY),
        (details(last_seen=1066), "last_seen", Problem.OUT_OF_RANGE),
        (details(translations=(TURKISH, TURKISH)), "translations", Problem.UNSORTED),
        (details(translations=(replace(TURKISH, language="Turkish"),)), "translations[0].language", Problem.LANGUAGE),
        (details(translations=(replace(TURKISH, text=""),)), "translations[0].text", Problem.EMPTY),
        (details(translations=(replace(TURKISH, revision=-1),)), "translations[0].revision", Problem.OUT_OF_RANGE),
        (details(service(name="")), "services[0].name", Problem.EMPTY),
        (details(service(kinds=("report", "helpline"))), "services[0].kinds", Problem.UNSORTED),
        (details(service(grounds=("race", "race"))), "services[0].grounds", Problem.UNSORTED),
        (details(service(languages=("tr_TR",))), "services[0].languages", Problem.LANGUAGE),
        (details(service(opening_hours="9 to 5")), "services[0].opening_hours", Problem.HOURS),
        (details(service(minimum_age=-1)), "services[0].minimum_age", Problem.OUT_OF_RANGE),
        (details(service(minimum_age=26, maximum_age=25)), "services[0].minimum_age", Problem.OUT_OF_RANGE),
        (
            details(service(taking_new_people_until=date(2026, 1, 1))),
            "services[0].taking_new_people_until",
            Problem.INCOMPLETE,
        ),
        (details(service(phones=(Phone(number="020 8489 1000"),))), "services[0].phones[0].number", Problem.PHONE),
        (details(service(phones=(Phone(number="+020848910"),))), "services[0].phones[0].number", Problem.PHONE),
        (details(service(phones=(Phone(number=""),))), "services[0].phones[0].number", Problem.EMPTY),
        (
            details(service(phones=(Phone(number="999"), Phone(number="999", label="x")))),
            "services[0].phones",
            Problem.REPEATED,
        ),
        (details(service(locations=(PLACE.id,))), "services[0].locations", Problem.UNKNOWN_LOCATION),
        (
            details(service(locations=(PLACE.id, PLACE.id)), locations=(PLACE,)),
            "services[0].locations",
            Problem.REPEATED,
        ),
        (details(locations=(PLACE, PLACE)), "locations", Problem.REPEATED),
        (details(locations=(replace(PLACE, postcode="n15 3ql"),)), "locations[0].postcode", Problem.POSTCODE),
        (details(locations=(replace(PLACE, latitude=51.5),)), "locations[0].latitude", Problem.INCOMPLETE),
        (
            details(locations=(replace(PLACE, latitude=91.0, longitude=0.0),)),
            "locations[0].latitude",
            Problem.OUT_OF_RANGE,
        ),
        (
            details(locations=(replace(PLACE, latitude=0.0, longitude=181.0),)),
            "locations[0].longitude",
            Problem.OUT_OF_RANGE,
        ),
        (
            details(description="Come to 77 canary walk!", locations=(withheld_location(),)),
            "description",
            Problem.TELLS_WITHHELD_PLACE,
        ),
        (
            details(service(how_to_get_help="We are at N159ZX."), locations=(withheld_location(),)),
            "services[0].how_to_get_help",
            Problem.TELLS_WITHHELD_PLACE,
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_field(held: OrganisationDetails, field: str, problem: Problem) -> None:
    assert Violation(field, problem) in violations(held)
    with pytest.raises(DetailsInvalid) as raised:
        check_details(held)
    assert raised.value.violations == violations(held)


def test_one_number_may_be_for_calls_and_for_texts() -> None:
    check_details(
        details(service(phones=(Phone(number="+447700900123"), Phone(number="+447700900123", kind=PhoneKind.TEXT))))
    )


@pytest.mark.parametrize("number", ["+442084891000", "999", "116123", "85258", "18000", "18001101", "1800102084891000"])
def test_international_numbers_short_codes_and_text_relay_are_numbers(number: str) -> None:
    check_details(details(service(phones=(Phone(number=number),))))


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "//example.org/",
        "http:example.org",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://",
        "https://example.org:port/",
        "https://exa mple.org/",
        "https://example.org/\u00a0",
        "https://example.org/<script>",
        "https:\\\\example.org",
        "https://[::1",
        "data:text/html,x",
    ],
)
def test_only_plain_web_addresses_are_links(text: str) -> None:
    assert not is_link(text)


@pytest.mark.parametrize("text", ["https://example.org/", "http://example.org", "https://example.org:8443/x?y=z#w"])
def test_web_addresses_are_links(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("n153ql", "N15 3QL"),
        (" N15  3ql ", "N15 3QL"),
        ("wc2h9ld", "WC2H 9LD"),
        ("n15", "N15"),
        ("E1W", "E1W"),
        ("m1 1ae", "M1 1AE"),
    ],
)
def test_postcodes_are_stored_in_one_form(typed: str, stored: str) -> None:
    assert normalise_postcode(typed) == stored


@pytest.mark.parametrize("typed", ["", "London", "N15 3Q", "15 3QL", "N15 3QLX"])
def test_what_is_no_postcode_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a postcode"):
        normalise_postcode(typed)


@given(st.text(max_size=40))
def test_no_text_at_all_makes_the_checks_fail_by_accident(text: str) -> None:
    held = details(service(name=text, website=text, email=text, phones=(Phone(number=text),)), name=text, website=text)
    violations(held)
