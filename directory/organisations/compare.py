"""How two states of an entry differ, unit by unit, and what an entry becomes when some of it is applied."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from directory.organisations.details import OrganisationDetails
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
class Difference:
    """One unit that differs. `old` is None for a record that was added, `new` for one that was removed.

    A unit of several fields has a tuple of their values, an order the keys of its records (ids, languages, numbers).
    """

    path: Path
    old: Any
    new: Any


def differences(old: OrganisationDetails, new: OrganisationDetails) -> tuple[Difference, ...]:
    """All units in which two states differ, in the order of the fields; nothing if they are equal."""
    return tuple(_differences(ORGANISATION, old, new, ()))


def apply(details: OrganisationDetails, changes: Iterable[Difference]) -> OrganisationDetails:
    """The details with each of these units as its difference has it new.

    All differences between two states make the old one into the new one. Some may be applied alone, and to a third
    state: units inside a record that is not there are left out, and a service loses a location that is not there.
    """
    by_path = {change.path: change for change in changes}
    return without_lost_places(_applied(ORGANISATION, details, by_path, ()))


def _differences(shape: Shape, old: Any, new: Any, path: Path) -> Iterator[Difference]:
    for unit, names in shape.units.items():
        before, after = read_unit(old, names), read_unit(new, names)
        if before != after:
            yield Difference((*path, unit), before, after)
    for field, items in shape.lists.items():
        held, wanted = keyed(old, field, items), keyed(new, field, items)
        yield from _differences_in_list(items, held, wanted, path)
        appended = [key for key in held if key in wanted] + [key for key in wanted if key not in held]
        if appended != list(wanted) and not items.is_sorted:
            yield Difference((*path, field), tuple(held), tuple(wanted))


def _differences_in_list(
    items: ItemList, old: Mapping[str, Any], new: Mapping[str, Any], path: Path
) -> Iterator[Difference]:
    for key in {**old, **new}:
        before, after, here = old.get(key), new.get(key), (*path, items.word, key)
        if before is not None and after is not None and items.shape is not None:
            yield from _differences(items.shape, before, after, here)
        elif before != after:
            yield Difference(here, before, after)


def _applied(shape: Shape, record: Any, changes: Mapping[Path, Difference], path: Path) -> Any:
    values: dict[str, Any] = {}
    for unit, names in shape.units.items():
        if change := changes.get((*path, unit)):
            values |= unit_fields(names, change.new)
    for field, items in shape.lists.items():
        kept = _applied_in_list(items, keyed(record, field, items), changes, path)
        order = changes.get((*path, field))
        keys = sorted(kept) if items.is_sorted else _in_order(kept, order.new if order else ())
        values[field] = tuple(kept[key] for key in keys)
    return replace(record, **values)


def _applied_in_list(
    items: ItemList, held: Mapping[str, Any], changes: Mapping[Path, Difference], path: Path
) -> dict[str, Any]:
    start = (*path, items.word)
    whole = {change.path[-1]: change.new for change in changes.values() if change.path[:-1] == start}
    kept = {key: item for key, item in {**held, **whole}.items() if item is not None}
    if items.shape is None:
        return kept
    return {key: _applied(items.shape, item, changes, (*start, key)) for key, item in kept.items()}


def _in_order(kept: Iterable[str], order: Iterable[str]) -> list[str]:
    """What is kept: first what the order speaks of, then the rest as it stands."""
    left = dict.fromkeys(kept)
    first = [key for key in order if key in left]
    return first + [key for key in left if key not in first]
