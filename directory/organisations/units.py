"""The units in which an entry is compared, decided and merged: one phone, one address, one week of hours, one text.

A path names a unit: `("name",)`, `("service", id, "hours")`, `("service", id, "phone", "+442084891000 voice")`; a whole
service is `("service", id)`; `("services",)` is the order in which the services stand. Paths are strings, fit for JSON.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from directory.organisations.details import LocationDetails, OrganisationDetails, ServiceDetails

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """A field that holds records: the word for one of them, what tells one from another, and what is inside it."""

    word: str
    key: Callable[[Any], str]
    shape: "Shape | None"
    """None where an item is a unit by itself."""
    is_sorted: bool = False
    """Whether the records stand in the order of their keys, so that their order is no unit."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a record is made of: units, each of one or more fields, and lists of records."""

    units: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, ItemList]


def read_unit(record: Any, names: tuple[str, ...]) -> Any:
    """The value of a unit: that of its field, or a tuple of the values of its fields."""
    values = tuple(getattr(record, name) for name in names)
    return values[0] if len(names) == 1 else values


def unit_fields(names: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The fields that hold this value of a unit."""
    return dict(zip(names, (value,) if len(names) == 1 else value, strict=True))


def keyed(record: Any, field: str, items: ItemList) -> dict[str, Any]:
    """The records of a list by their keys, in their order."""
    return {items.key(item): item for item in getattr(record, field)}


def without_lost_places(details: OrganisationDetails) -> OrganisationDetails:
    """The details with no service at a location that is not there (any more)."""
    known = {location.id for location in details.locations}
    return replace(
        details,
        services=tuple(
            replace(service, locations=tuple(place for place in service.locations if place in known))
            for service in details.services
        ),
    )


def _shape(record: type[Any], groups: Mapping[str, tuple[str, ...]], lists: Mapping[str, ItemList]) -> Shape:
    """A shape with a unit for every field that is in no group and no list; an id never changes and is no unit."""
    grouped = {name for names in groups.values() for name in names} | set(lists) | {"id"}
    single = {field.name: (field.name,) for field in fields(record) if field.name not in grouped}
    return Shape(units={**single, **groups}, lists=lists)


_TRANSLATIONS = ItemList("translation", lambda text: text.language, None, is_sorted=True)

_LOCATION = _shape(
    LocationDetails,
    # Whether a place is withheld is decided together with where it is: nobody may publish half of such a change.
    {"address": ("address", "town", "postcode", "area", "latitude", "longitude", "withheld")},
    {},
)
_SERVICE = _shape(
    ServiceDetails,
    {
        "grounds": ("grounds", "all_grounds"),
        "hours": ("opening_hours", "hours_note"),
        "ages": ("minimum_age", "maximum_age"),
        "taking_new_people": ("taking_new_people", "taking_new_people_until"),
        "cost": ("free", "cost"),
    },
    {
        "translations": _TRANSLATIONS,
        "phones": ItemList("phone", lambda phone: f"{phone.number} {phone.kind}", None),
    },
)
ORGANISATION = _shape(
    OrganisationDetails,
    {},
    {
        "translations": _TRANSLATIONS,
        "services": ItemList("service", lambda service: str(service.id), _SERVICE),
        "locations": ItemList("location", lambda location: str(location.id), _LOCATION),
    },
)
