"""The codes of terms that the details of an entry hold: naming them, and putting others in their place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from directory.organisations.details import LocationDetails, OrganisationDetails, ServiceDetails
from directory.taxonomy.terms import TermKind

SERVICE_TERMS = {
    "kinds": TermKind.KIND,
    "grounds": TermKind.GROUND,
    "languages": TermKind.LANGUAGE,
    "areas": TermKind.AREA,
    "access": TermKind.ACCESS,
}
"""The fields of a service that hold codes of terms, and of which kind."""

Change = Callable[[TermKind, str], str | None]
"""What stands for a code now; None where nothing does."""
Successors = Mapping[tuple[TermKind, str], str]
"""Of each term that was merged into another, the code of that one."""


def codes_in(details: OrganisationDetails) -> Iterator[tuple[TermKind, str]]:
    """Name every term that the details refer to, by kind and code."""
    for location in details.locations:
        yield from ((TermKind.ACCESS, code) for code in location.access)
        if location.area:
            yield TermKind.AREA, location.area
    for service in details.services:
        yield from service_terms(service)
        yield from ((TermKind.LANGUAGE, tag) for phone in service.phones for tag in phone.languages)


def service_terms(service: ServiceDetails) -> list[tuple[TermKind, str]]:
    """Name the terms that describe a service itself."""
    return [(kind, code) for field, kind in SERVICE_TERMS.items() for code in getattr(service, field)]


def with_codes(details: OrganisationDetails, change: Change) -> OrganisationDetails:
    """The same details with what `change` makes of each code, nothing twice."""
    return replace(
        details,
        services=tuple(_service(service, change) for service in details.services),
        locations=tuple(_location(location, change) for location in details.locations),
    )


def in_todays_terms(details: OrganisationDetails, successors: Successors) -> OrganisationDetails:
    """Details that were stored some time ago, with today's terms for those merged since."""
    if not successors:
        return details
    return with_codes(details, lambda kind, code: successors.get((kind, code), code))


def _service(service: ServiceDetails, change: Change) -> ServiceDetails:
    phones = tuple(
        replace(phone, languages=_several(phone.languages, partial(change, TermKind.LANGUAGE)))
        for phone in service.phones
    )
    terms: dict[str, Any] = {
        field: _several(getattr(service, field), partial(change, kind)) for field, kind in SERVICE_TERMS.items()
    }
    return replace(service, phones=phones, **terms)


def _location(location: LocationDetails, change: Change) -> LocationDetails:
    area = change(TermKind.AREA, location.area) if location.area else ""
    return replace(location, area=area or "", access=_several(location.access, partial(change, TermKind.ACCESS)))


def _several(codes: Iterable[str], change: Callable[[str], str | None]) -> tuple[str, ...]:
    return tuple(sorted({now for code in codes if (now := change(code)) is not None}))
