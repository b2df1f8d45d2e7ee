"""A public service as the search holds it: the fields of its Whoosh document."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from directory.lexicon.folding import words
from directory.organisations.details import (
    LocationDetails,
    OrganisationDetails,
    PassesToPolice,
    PhoneKind,
    ServiceDetails,
)
from directory.organisations.queries import PublicOrganisation
from directory.organisations.rules import audiences
from directory.organisations.standing import Standing
from directory.search import concepts
from directory.search.analyzers import english
from directory.search.card import card
from directory.search.vocabulary import WIDER_LANGUAGES
from directory.taxonomy.terms import Taxonomy, TermKind

FORMAT = 6
"""Raised when the fields, what a card holds or their meaning change, so that an older index is built anew."""

_LOCAL_AREAS = ("haringey", "ward.", "place.", "district.")
_BOROUGH = ("london", "north_london", "borough.")
TEXT_FIELDS = {"name": 3.0, "service": 1.6, "text": 1.0, "more": 0.6, "place": 0.8}
"""The fields that words are searched in, with the weight of each."""


def schema() -> Schema:
    """The fields of a document. `features` holds what filters and understood concepts look for."""
    prose = english()
    return Schema(
        id=ID(unique=True, stored=True),
        organisation=ID(stored=True),
        version=STORED(),
        features=KEYWORD(stored=True),
        shown=STORED(),
        spelling=STORED(),
        names=STORED(),
        where=STORED(),
        **{field: TEXT(analyzer=prose, field_boost=weight) for field, weight in TEXT_FIELDS.items()},
    )


def documents(organisation: PublicOrganisation, taxonomy: Taxonomy) -> Iterator[dict[str, Any]]:
    """One document for each service of a public organisation."""
    for service in organisation.details.services:
        yield _document(organisation, service, taxonomy)


def _document(organisation: PublicOrganisation, service: ServiceDetails, taxonomy: Taxonomy) -> dict[str, Any]:
    details = organisation.details
    locations = [place for place in details.locations if place.id in service.locations]
    text = {
        "name": " ".join((details.name, *details.other_names)),
        "service": " ".join((service.name, *_term_names(service, taxonomy))),
        "text": f"{details.description} {service.description}",
        "more": " ".join(_more(service)),
        "place": " ".join(_places(service, locations, taxonomy)),
    }
    return {
        "id": str(service.id),
        "organisation": str(organisation.id),
        "version": organisation.version,
        "features": " ".join(sorted(features(details, service, taxonomy) | doubts(organisation.standing))),
        "shown": json.dumps(card(organisation, service), ensure_ascii=False),
        "spelling": " ".join(sorted({word for part in text.values() for word in words(part)})),
        "names": [*_front_names(details), *details.other_names],
        "where": [point for place in locations if (point := _point(place, taxonomy))],
        **text,
    }


def _point(place: LocationDetails, taxonomy: Taxonomy) -> tuple[float, float] | None:
    """Where a location is; the centre of its area where no more is known."""
    if place.latitude is not None and place.longitude is not None:
        return place.latitude, place.longitude
    if not taxonomy.has(TermKind.AREA, place.area):
        return None
    area = taxonomy.term(TermKind.AREA, place.area)
    return None if area.latitude is None or area.longitude is None else (area.latitude, area.longitude)


def features(details: OrganisationDetails, service: ServiceDetails, taxonomy: Taxonomy) -> frozenset[str]:
    """What filters and understood concepts may ask of a service, as `kind:value`."""
    return frozenset(
        [
            *(f"ground:{code}" for code in service.grounds),
            *(f"kind:{code}" for code in service.kinds),
            *(f"language:{tag}" for tag in _spoken(service)),
            *(f"interpreting:{way}" for way in service.interpreting),
            *(f"area:{above}" for code in service.areas for above in _and_above(code, taxonomy)),
            *(f"access:{code}" for code in service.access),
            *(f"for:{audience}" for audience in audiences(service)),
            *(f"report:{way}" for way in _report_ways(details, service)),
            *(f"more:{code}" for code in _extras(service)),
            *_standing(details, service),
        ]
    )


def doubts(standing: Standing) -> frozenset[str]:
    """What is known against an entry, so that it ranks lower."""
    known = {
        "is:overdue": standing.overdue_since,
        "is:told_changed": standing.told_changed_on,
        "is:told_closed": standing.told_closed_on,
    }
    return frozenset(doubt for doubt, since in known.items() if since)


def _spoken(service: ServiceDetails) -> set[str]:
    """The languages of the staff, with the interface's wider codes: ku for Kurmanji and Sorani, zh for Chinese."""
    own = {*service.languages, *(tag for phone in service.phones for tag in phone.languages)}
    return own | {WIDER_LANGUAGES[tag] for tag in own if tag in WIDER_LANGUAGES}


def _and_above(code: str, taxonomy: Taxonomy) -> Iterator[str]:
    above: str | None = code
    while above:
        yield above
        above = taxonomy.term(TermKind.AREA, above).parent


def _report_ways(details: OrganisationDetails, service: ServiceDetails) -> Iterator[str]:
    if not service.takes_reports:
        return
    yield "reports"
    ways = {
        "third_party": service.third_party_reporting,
        "anonymous": service.anonymous_reports,
        "independent": service.independent_of_police or service.third_party_reporting,
        "online": service.form or service.email or service.web_chat or service.website or details.website,
        "phone": service.phones,
        "in_person": service.in_person or service.locations,
    }
    yield from (way for way, there in ways.items() if there)


def _extras(service: ServiceDetails) -> Iterator[str]:
    texts = any(phone.kind in {PhoneKind.TEXT, PhoneKind.WHATSAPP} for phone in service.phones)
    extras = {
        "free": service.free,
        "text_or_chat": texts or service.web_chat or service.text_instead,
        "home_visits": service.home_visits,
        "step_free": "step_free" in service.access,
        "taking_new_people": service.taking_new_people == "yes",
    }
    yield from (extra for extra, there in extras.items() if there)


def _standing(details: OrganisationDetails, service: ServiceDetails) -> Iterator[str]:
    if service.all_grounds:
        yield "ground:all"
    is_local = any(code.startswith(_LOCAL_AREAS) for code in service.areas)
    is_near = any(code.startswith(_BOROUGH) for code in service.areas)
    if is_local:
        yield concepts.LOCAL
    elif is_near:
        yield "is:london"
    if service.passes_to_police is PassesToPolice.IS_THE_POLICE:
        yield concepts.POLICE if is_local or is_near else concepts.POLICE_ELSEWHERE
    if service.opening_hours == "24/7" or any(phone.opening_hours == "24/7" for phone in service.phones):
        yield concepts.ALWAYS_OPEN
    if any(phone.kind is PhoneKind.VOICE for phone in service.phones):
        yield "is:phone"
    online = service.email or service.form or service.web_chat or service.website or details.website or details.email
    if service.phones or service.locations or online:
        yield "is:reachable"
    if service.tenants_of:
        yield "is:tenants_only"


def _term_names(service: ServiceDetails, taxonomy: Taxonomy) -> Iterator[str]:
    yield from (taxonomy.name(TermKind.KIND, code, "en") for code in service.kinds)
    yield from (taxonomy.name(TermKind.GROUND, code, "en") for code in service.grounds)
    yield from (taxonomy.name(TermKind.LANGUAGE, tag, "en") for tag in service.languages)


def _more(service: ServiceDetails) -> Iterable[str]:
    yield from (service.how_to_get_help, service.how_to_refer, service.eligibility, service.cost, service.tenants_of)
    yield from (service.access_note, service.after_reporting, service.perpetrators, service.hours_note)
    for phone in service.phones:
        yield phone.label
        yield _as_dialled(phone.number)


def _as_dialled(number: str) -> str:
    return "0" + number.removeprefix("+44") if number.startswith("+44") else number


def _places(service: ServiceDetails, locations: Iterable[LocationDetails], taxonomy: Taxonomy) -> Iterator[str]:
    for place in locations:
        yield from (*place.address, place.name, place.town, place.postcode)
        if place.area:
            yield taxonomy.name(TermKind.AREA, place.area, "en")
    yield from (taxonomy.name(TermKind.AREA, code, "en") for code in service.areas)


def _front_names(details: OrganisationDetails) -> list[str]:
    """The whole name, and what stands before a dash or bracket in it: what people say for it."""
    front = details.name.split(" – ")[0].split(" (")[0]  # noqa: RUF001 - the dash of names
    return list(dict.fromkeys((details.name, front)))
