"""What a result card holds."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from directory.organisations.details import OrganisationDetails, Phone, PhoneKind, ServiceDetails
from directory.organisations.public_view import public_view
from directory.organisations.queries import PublicOrganisation
from directory.organisations.rules import ConfirmedBy
from directory.organisations.standing import Standing
from directory.search.card import Card, card, has_way, read, summary
from tests.factories import CENTRE, details, full_details, location, service, withheld_location

CONFIRMED = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


def entry(held: OrganisationDetails, confirmed_at: datetime | None = CONFIRMED) -> PublicOrganisation:
    return PublicOrganisation(
        id=uuid4(),
        slug="harbour",
        revision=3,
        details=public_view(held, {"district.n15": CENTRE}),
        standing=Standing(confirmed_at=confirmed_at, confirmed_by=ConfirmedBy.ORGANISATION if confirmed_at else None),
    )


def card_of(held: OrganisationDetails, confirmed_at: datetime | None = CONFIRMED) -> Card:
    return read(json.loads(json.dumps(card(entry(held, confirmed_at), held.services[0]))))


def test_a_card_holds_every_field_it_promises_and_comes_back_from_json_as_it_was() -> None:
    held = full_details()
    made = card(entry(held), held.services[0])
    assert json.loads(json.dumps(made)) == made
    assert made.keys() == Card.__annotations__.keys()


def test_a_card_says_who_it_is_and_how_to_reach_them() -> None:
    shown = card_of(full_details())
    assert (shown["slug"], shown["organisation"], shown["service"]) == ("harbour", "Harbour", "Reporting line")
    voice, text = shown["phones"]
    assert (voice["shown"], voice["link"], voice["kind"]) == ("020 8489 1000", "tel:+442084891000", "voice")
    assert voice["opening_hours"] == "Mo-Fr 09:00-17:00"
    assert (text["shown"], text["link"], text["kind"]) == ("85258", "sms:85258", "text")
    assert shown["website"] == "https://harbour.example.org/line"
    assert shown["confirmed_at"] == CONFIRMED.isoformat()


def test_a_card_of_an_entry_that_nobody_confirmed_says_nothing_of_when() -> None:
    assert card_of(details(), confirmed_at=None)["confirmed_at"] == ""


def test_a_service_without_its_own_website_and_email_shows_the_organisations() -> None:
    shown = card_of(details(service(), website="https://example.org/", email="a@example.org"))
    assert (shown["website"], shown["email"]) == ("https://example.org/", "a@example.org")


def test_nothing_but_the_area_of_a_withheld_place_is_on_a_card() -> None:
    hidden = withheld_location()
    shown = card(entry(details(service(locations=(hidden.id,)), locations=(hidden,))), service(locations=(hidden.id,)))
    assert shown["places"] == [
        {"address": "", "postcode": "", "area": "district.n15", "withheld": True, "last_seen": None}
    ]
    for secret in ("Quiet", "Canary", "9ZX", "51.123", "0.654", "2019"):
        assert secret not in json.dumps(shown)


def test_a_place_on_a_card_keeps_the_year_in_which_it_was_last_seen() -> None:
    door = location(address=("386 West Green Road",), last_seen=2013)
    (place,) = card_of(details(service(locations=(door.id,)), locations=(door,)))["places"]
    assert (place["address"], place["last_seen"]) == ("386 West Green Road", 2013)


def test_even_an_unfiltered_withheld_place_keeps_its_secret() -> None:
    hidden = withheld_location()
    raw = replace(entry(details()), details=details(service(locations=(hidden.id,)), locations=(hidden,)))
    assert "Canary" not in json.dumps(card(raw, raw.details.services[0]))


@pytest.mark.parametrize(
    ("given", "reachable"),
    [
        ({}, False),
        ({"phones": (Phone(number="85258", kind=PhoneKind.TEXT),)}, True),
        ({"email": "a@example.org"}, True),
        ({"website": "https://example.org/"}, True),
        ({"web_chat": "https://example.org/"}, True),
        ({"form": "https://example.org/"}, True),
        ({"in_person": True}, False),
    ],
)
def test_a_card_says_whether_there_is_any_way_to_reach_the_service(
    given: dict[str, object], *, reachable: bool
) -> None:
    alone: ServiceDetails = service(**{"phones": (), **given})
    assert card_of(details(alone))["has_way"] is reachable


def test_a_public_door_is_a_way_and_a_withheld_one_is_not() -> None:
    public, hidden = location(address=("1 High Road",)), withheld_location()
    for place, reachable in ((public, True), (hidden, False)):
        alone = service(phones=(), locations=(place.id,))
        assert has_way(details(alone, locations=(place,)), alone) is reachable


def test_cards_have_one_fingerprint_exactly_when_they_are_equal() -> None:
    held = full_details()
    renamed = replace(held, name="Harbour Two")
    assert card_of(held)["fingerprint"] == card_of(held)["fingerprint"]
    assert card_of(held)["fingerprint"] != card_of(renamed)["fingerprint"]
    assert card_of(held)["fingerprint"] != card_of(held, confirmed_at=None)["fingerprint"]


LONG = "They listen. " + "They help with many things, by phone and in person, and they go with you. " * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("They listen.", "They listen."),
        ("They\n\nlisten.", "They listen."),
        ("They listen. " + "X" * 300, "They listen."),
        ("word " * 60, "word " * 35 + "word…"),
        (LONG, LONG[:160].rstrip()),
    ],
)
def test_a_summary_is_whole_sentences_that_fit_two_lines(text: str, expected: str) -> None:
    assert summary(text) == expected


def test_a_summary_in_another_language_stands_beside_the_english_one() -> None:
    shown = card_of(full_details())
    assert shown["summary"] == "Takes reports."
    assert shown["summaries"] == {"ar": "بلاغات"}


def test_a_card_holds_how_the_entry_stands() -> None:
    held = details()
    plain = card_of(held)
    assert (plain["confirmed_by"], plain["overdue_since"], plain["told_changed_on"]) == ("organisation", "", "")
    standing = Standing(
        overdue_since=date(2026, 1, 5), told_changed_on=date(2026, 3, 2), told_closed_on=date(2026, 3, 3)
    )
    doubtful = read(card(replace(entry(held), standing=standing), held.services[0]))
    assert (doubtful["confirmed_at"], doubtful["confirmed_by"], doubtful["overdue_since"]) == ("", "", "2026-01-05")
    assert (doubtful["told_changed_on"], doubtful["told_closed_on"]) == ("2026-03-02", "2026-03-03")
    assert doubtful["fingerprint"] != plain["fingerprint"]
