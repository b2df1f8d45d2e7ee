"""Two changes of one entry made one: units that do not collide merge, those that do are shown three ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from directory.organisations.details import LocationDetails, OrganisationDetails
from directory.organisations.units import (
    ORGANISATION,
    ItemList,
    Path,
    Shape,
    keyed,
    read_unit,
    unit_fields,
    without_lost_places,
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A unit that both sides changed, and differently. None stands for a record that is not there."""

    path: Path
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged details, with our side of every conflict, and the conflicts."""

    details: OrganisationDetails
    conflicts: tuple[Conflict, ...]


def merge(base: OrganisationDetails, ours: OrganisationDetails, theirs: OrganisationDetails) -> Merge:
    """Both changes of `base` in one.

    A unit that one side left alone is as the other side has it; one that both changed alike is so. A location that
    one side removed while the other began to use it is a conflict too.
    """
    conflicts: list[Conflict] = []
    merged: OrganisationDetails = _merged(ORGANISATION, (base, ours, theirs), (), conflicts)
    merged = _with_used_places(merged, (base, ours, theirs), conflicts)
    return Merge(without_lost_places(merged), tuple(conflicts))


Sides = tuple[Any, Any, Any]
"""The same thing in base, ours and theirs."""


def _merged(shape: Shape, sides: Sides, path: Path, conflicts: list[Conflict]) -> Any:
    values: dict[str, Any] = {}
    for unit, names in shape.units.items():
        base, ours, theirs = (read_unit(side, names) for side in sides)
        values |= unit_fields(names, _decided((base, ours, theirs), (*path, unit), conflicts))
    for field, items in shape.lists.items():
        base, ours, theirs = (keyed(side, field, items) for side in sides)
        kept = _merged_items(items, (base, ours, theirs), path, conflicts)
        orders = tuple(base), tuple(ours), tuple(theirs)
        keys = sorted(kept) if items.is_sorted else _merged_order(orders, kept, (*path, field), conflicts)
        values[field] = tuple(kept[key] for key in keys)
    return replace(sides[1], **values)


def _decided(sides: Sides, path: Path, conflicts: list[Conflict]) -> Any:
    base, ours, theirs = sides
    if ours in (base, theirs):
        return theirs
    if theirs != base:
        conflicts.append(Conflict(path, base, ours, theirs))
    return ours


def _merged_items(
    items: ItemList, sides: tuple[Mapping[str, Any], ...], path: Path, conflicts: list[Conflict]
) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for key in {key: None for side in sides for key in side}:
        base, ours, theirs = (side.get(key) for side in sides)
        here = (*path, items.word, key)
        if items.shape is None or None in (base, ours, theirs):
            merged[key] = _decided((base, ours, theirs), here, conflicts)
        else:
            merged[key] = _merged(items.shape, (base, ours, theirs), here, conflicts)
    return {key: item for key, item in merged.items() if item is not None}


def _merged_order(
    orders: tuple[Sequence[str], Sequence[str], Sequence[str]],
    kept: Mapping[str, Any],
    path: Path,
    conflicts: list[Conflict],
) -> list[str]:
    """The keys that are kept: as the side that moved some has them, with what the other added after what it follows."""
    common = set(orders[0]) & set(orders[1]) & set(orders[2])
    base, ours, theirs = ([key for key in order if key in common] for order in orders)
    if ours not in (base, theirs) and theirs != base:
        conflicts.append(Conflict(path, *orders))
    leading, following = (orders[2], orders[1]) if ours == base else (orders[1], orders[2])
    merged = [key for key in leading if key in kept]
    added = [key for key in following if key in kept]
    for place, key in enumerate(added):
        if key not in merged:
            merged.insert(merged.index(added[place - 1]) + 1 if place else 0, key)
    return merged


def _with_used_places(
    merged: OrganisationDetails,
    sides: tuple[OrganisationDetails, OrganisationDetails, OrganisationDetails],
    conflicts: list[Conflict],
) -> OrganisationDetails:
    """Note each location that is used but gone as a conflict; one that our side uses is kept."""
    known = {location.id for location in merged.locations}
    used = {place: None for service in merged.services for place in service.locations if place not in known}
    restored: list[LocationDetails] = []
    for place in used:
        found = [next((location for location in side.locations if location.id == place), None) for side in sides]
        path = ("location", str(place))
        if all(conflict.path != path for conflict in conflicts):
            conflicts.append(Conflict(path, *found))
        restored += [location for location in found[1:2] if location is not None]
    return replace(merged, locations=(*merged.locations, *restored))
