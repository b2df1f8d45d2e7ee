"""One entry made of two that are the same organisation, by choice: unit by unit, service by service."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from directory.organisations.details import LocationDetails, OrganisationDetails, ServiceDetails
from directory.organisations.units import ORGANISATION, read_unit, unit_fields

NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of two entries the one that stays is to hold; all that is not named is as it has it."""

    units: frozenset[str] = frozenset()
    """The organisation's own units that are taken from the other one."""
    services: frozenset[UUID] = frozenset()
    """The services that stay, of either."""
    with_names: bool = True
    """Whether what the other one is called stays as another name."""


def differing_units(kept: OrganisationDetails, other: OrganisationDetails) -> tuple[str, ...]:
    """The organisation's own units in which two entries differ, but for other names, which are joined."""
    return tuple(
        unit
        for unit, names in ORGANISATION.units.items()
        if unit != "other_names" and read_unit(kept, names) != read_unit(other, names)
    )


def combined(
    kept: OrganisationDetails, other: OrganisationDetails, choice: Choice, *, kept_id: UUID, other_id: UUID
) -> OrganisationDetails:
    """The entry that stays, with what was chosen of the other.

    What is taken gets ids of its own, always the same ones, since the other entry keeps its services and places.
    """
    values: dict[str, Any] = {}
    for unit in choice.units & set(differing_units(kept, other)):
        names = ORGANISATION.units[unit]
        values |= unit_fields(names, read_unit(other, names))
    taken = [service for service in other.services if service.id in choice.services]
    joined = replace(
        kept,
        **values,
        translations=other.translations if "description" in choice.units else kept.translations,
        other_names=tuple(_names(kept, other, choice)),
        services=(
            *(service for service in kept.services if service.id in choice.services),
            *(_renewed_service(service, kept_id) for service in taken),
        ),
        locations=(*_still_used(kept, choice), *(_renewed(place, kept_id) for place in _places_of(taken, other))),
    )
    part_of = None if joined.part_of in {kept_id, other_id} else joined.part_of
    return replace(joined, part_of=part_of)


def _names(kept: OrganisationDetails, other: OrganisationDetails, choice: Choice) -> Iterator[str]:
    """All names but the one that it has."""
    name = other.name if NAME in choice.units else kept.name
    names = [*kept.other_names, kept.name, *((other.name, *other.other_names) if choice.with_names else ())]
    seen = {name.casefold()}
    for one in names:
        if one.casefold() not in seen:
            seen.add(one.casefold())
            yield one


def _still_used(kept: OrganisationDetails, choice: Choice) -> Iterator[LocationDetails]:
    """Its places, but for those at which only services were that go."""
    gone = {place for service in kept.services if service.id not in choice.services for place in service.locations}
    used = {place for service in kept.services if service.id in choice.services for place in service.locations}
    return (place for place in kept.locations if place.id in used or place.id not in gone)


def _places_of(services: Iterable[ServiceDetails], other: OrganisationDetails) -> Collection[LocationDetails]:
    used = {place for service in services for place in service.locations}
    return [place for place in other.locations if place.id in used]


def _renewed(place: LocationDetails, kept_id: UUID) -> LocationDetails:
    return replace(place, id=uuid5(kept_id, str(place.id)))


def _renewed_service(service: ServiceDetails, kept_id: UUID) -> ServiceDetails:
    places = tuple(uuid5(kept_id, str(place)) for place in service.locations)
    return replace(service, id=uuid5(kept_id, str(service.id)), locations=places)
