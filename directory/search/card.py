"""What a result card shows of one service, as plain JSON kept with its index document, so that pages read no table."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, TypedDict, cast

from directory.organisations import phones
from directory.organisations.details import LocationDetails, OrganisationDetails, Phone, ServiceDetails
from directory.organisations.queries import PublicOrganisation
from directory.organisations.rules import ConfirmedBy
from directory.organisations.standing import Standing

_SUMMARY_LENGTH: Final = 180
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])")


class CardPhone(TypedDict):
    """A number as it is shown and linked, with when it is answered."""

    shown: str
    link: str
    kind: str
    label: str
    languages: list[str]
    text_relay: bool | None
    opening_hours: str
    hours_note: str
    last_seen: int | None


class CardPlace(TypedDict):
    """Where a service is given; of a withheld place nothing but its area."""

    address: str
    postcode: str
    area: str
    withheld: bool
    last_seen: int | None


class CardNotice(TypedDict):
    """A temporary notice and the last day it is shown."""

    text: str
    until: str


class Card(TypedDict):
    """Everything a result card shows. Empty, `None` and an empty list mean that it is not known."""

    slug: str
    organisation: str
    service_id: str
    service: str
    summary: str
    summaries: dict[str, str]
    """The summary in other languages, by language code."""
    phones: list[CardPhone]
    email: str
    website: str
    web_chat: str
    form: str
    in_person: bool | None
    home_visits: bool | None
    has_way: bool
    """Whether there is any way at all to reach it."""
    opening_hours: str
    hours_note: str
    kinds: list[str]
    grounds: list[str]
    all_grounds: bool
    languages: list[str]
    interpreting: list[str]
    areas: list[str]
    places: list[CardPlace]
    eligibility: str
    minimum_age: int | None
    maximum_age: int | None
    women_only: bool | None
    lgbt_only: bool | None
    tenants_of: str
    free: bool | None
    referral: str
    taking_new_people: str
    taking_new_people_until: str
    takes_reports: bool | None
    third_party_reporting: bool | None
    anonymous_reports: bool | None
    independent_of_police: bool | None
    passes_to_police: str
    notice: CardNotice | None
    last_seen: int | None
    confirmed_at: str
    """The moment of the last confirmation, ISO 8601 in UTC; empty if there was none."""
    confirmed_by: str
    overdue_since: str
    """The day since which a confirmation is overdue; this and the next two are empty where all is well."""
    told_changed_on: str
    told_closed_on: str
    fingerprint: str
    """Equal for equal cards and different for different ones: the key under which a drawn card may be kept."""


def card(organisation: PublicOrganisation, service: ServiceDetails) -> dict[str, object]:
    """The card of one of the organisation's services, ready to be stored as JSON."""
    details = organisation.details
    content: dict[str, object] = {
        "slug": organisation.slug,
        "organisation": details.name,
        "service_id": str(service.id),
        "service": service.name,
        **_words(details, service),
        **_ways(details, service),
        **_reach(details, service),
        **_reporting(service),
        "notice": details.notice and {"text": details.notice.text, "until": details.notice.until.isoformat()},
        "last_seen": service.last_seen or details.last_seen,
        **_standing(organisation.standing),
    }
    return {**content, "fingerprint": _fingerprint(content)}


def standing_of(card: Card) -> Standing:
    """How far the entry can be trusted, as its card says."""
    return Standing(
        confirmed_at=datetime.fromisoformat(card["confirmed_at"]) if card["confirmed_at"] else None,
        confirmed_by=ConfirmedBy(card["confirmed_by"]) if card["confirmed_by"] else None,
        overdue_since=_day(card["overdue_since"]),
        told_changed_on=_day(card["told_changed_on"]),
        told_closed_on=_day(card["told_closed_on"]),
    )


def read(stored: Mapping[str, object]) -> Card:
    """A stored card by the types of its fields."""
    return cast(Card, stored)


def summary(text: str) -> str:
    """The first sentences of a text that fit two lines, or its first words and an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= _SUMMARY_LENGTH:
        return text
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > _SUMMARY_LENGTH:
            break
        kept = longer
    return kept or text[:_SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def has_way(details: OrganisationDetails, service: ServiceDetails) -> bool:
    """Whether the public has any way to reach the service, be it only a website or a door with an address."""
    remote = (service.phones, service.email, service.website, service.web_chat, service.form)
    return any(remote) or bool(details.email or details.website) or _has_open_door(details, service)


def _has_open_door(details: OrganisationDetails, service: ServiceDetails) -> bool:
    doors = (place for place in _places(details, service) if place.address and not place.withheld)
    return service.in_person is not False and any(doors)


def _words(details: OrganisationDetails, service: ServiceDetails) -> dict[str, object]:
    translations = service.translations or (() if service.description else details.translations)
    return {
        "summary": summary(service.description or details.description),
        "summaries": {translation.language: summary(translation.text) for translation in translations},
        "kinds": list(service.kinds),
        "grounds": list(service.grounds),
        "all_grounds": service.all_grounds,
        "languages": list(service.languages),
        "interpreting": [str(way) for way in service.interpreting],
        "eligibility": service.eligibility,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "women_only": service.women_only,
        "lgbt_only": service.lgbt_only,
        "tenants_of": service.tenants_of,
    }


def _ways(details: OrganisationDetails, service: ServiceDetails) -> dict[str, object]:
    return {
        "phones": [_phone(number) for number in service.phones],
        "email": service.email or details.email,
        "website": service.website or details.website,
        "web_chat": service.web_chat,
        "form": service.form,
        "in_person": service.in_person,
        "home_visits": service.home_visits,
        "has_way": has_way(details, service),
        "opening_hours": service.opening_hours,
        "hours_note": service.hours_note,
    }


def _reach(details: OrganisationDetails, service: ServiceDetails) -> dict[str, object]:
    until = service.taking_new_people_until
    return {
        "areas": list(service.areas),
        "places": [_place(place) for place in _places(details, service)],
        "free": service.free,
        "referral": str(service.referral or ""),
        "taking_new_people": str(service.taking_new_people or ""),
        "taking_new_people_until": until.isoformat() if until else "",
    }


def _reporting(service: ServiceDetails) -> dict[str, object]:
    return {
        "takes_reports": service.takes_reports,
        "third_party_reporting": service.third_party_reporting,
        "anonymous_reports": service.anonymous_reports,
        "independent_of_police": service.independent_of_police,
        "passes_to_police": str(service.passes_to_police or ""),
    }


def _standing(standing: Standing) -> dict[str, object]:
    return {
        "confirmed_at": _iso(standing.confirmed_at),
        "confirmed_by": str(standing.confirmed_by or ""),
        "overdue_since": _iso(standing.overdue_since),
        "told_changed_on": _iso(standing.told_changed_on),
        "told_closed_on": _iso(standing.told_closed_on),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _phone(number: Phone) -> CardPhone:
    return {
        "shown": phones.shown(number.number),
        "link": phones.link(number.number, number.kind),
        "kind": str(number.kind),
        "label": number.label,
        "languages": list(number.languages),
        "text_relay": number.text_relay,
        "opening_hours": number.opening_hours,
        "hours_note": number.hours_note,
        "last_seen": number.last_seen,
    }


def _places(details: OrganisationDetails, service: ServiceDetails) -> list[LocationDetails]:
    by_id = {location.id: location for location in details.locations}
    return [by_id[location_id] for location_id in service.locations if location_id in by_id]


def _place(location: LocationDetails) -> CardPlace:
    if location.withheld:
        return {"address": "", "postcode": "", "area": location.area, "withheld": True, "last_seen": None}
    lines = (location.name, *location.address, location.town)
    return {
        "address": ", ".join(line for line in lines if line),
        "postcode": location.postcode,
        "area": location.area,
        "withheld": False,
        "last_seen": location.last_seen,
    }


def _fingerprint(content: dict[str, object]) -> str:
    return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=12).hexdigest()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
