"""What an entry becomes when units of a change are approved, and how they stand to the entry as it is now."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from directory.changes.rules import overlap
from directory.organisations.codes import Successors, in_todays_terms
from directory.organisations.compare import Difference, apply, differences
from directory.organisations.details import OrganisationDetails
from directory.organisations.merge import merge
from directory.organisations.units import ORGANISATION, ItemList, Path, Shape, keyed, read_unit


class Fit(StrEnum):
    """How a unit stands to the entry as it is now."""

    UNCHANGED = "unchanged"
    """The entry still says what the change began with."""
    MERGES = "merges"
    """The entry has moved on here too, and both can stand."""
    COLLIDES = "collides"
    """The entry has moved on here, to something else than is proposed."""


@dataclass(frozen=True)
class Proposal:
    """What an entry said, and what it is to say."""

    base: OrganisationDetails
    proposed: OrganisationDetails
    paths: tuple[Path, ...] | None = None
    """The units that were found to differ when it was proposed, where terms have been merged since."""

    @cached_property
    def units(self) -> Mapping[Path, Difference]:
        """The units that are to change, by their paths, in the order of the fields."""
        if self.paths is None:
            return {difference.path: difference for difference in differences(self.base, self.proposed)}
        return {path: Difference(path, value_at(self.base, path), value_at(self.proposed, path)) for path in self.paths}

    def in_todays_terms(self, successors: Successors) -> "Proposal":
        """The same units, with today's terms for those merged since."""
        if not successors:
            return self
        base, proposed = (in_todays_terms(state, successors) for state in (self.base, self.proposed))
        return Proposal(base, proposed, tuple(self.units))


def fits(proposal: Proposal, entry: OrganisationDetails) -> dict[Path, Fit]:
    """How each unit stands to the entry, by its path."""
    moved = [difference.path for difference in differences(proposal.base, entry)]
    conflicts = [conflict.path for conflict in merge(proposal.base, proposal.proposed, entry).conflicts]
    gone = _places(proposal.base) - _places(entry)
    found = {}
    for path, unit in proposal.units.items():
        if any(overlap(path, conflict) for conflict in conflicts) or gone & places_used(unit):
            found[path] = Fit.COLLIDES
        else:
            found[path] = Fit.MERGES if any(overlap(path, other) for other in moved) else Fit.UNCHANGED
    return found


def outcome(
    proposal: Proposal, entry: OrganisationDetails, chosen: Collection[Path], approved: Collection[Path] = ()
) -> OrganisationDetails:
    """The entry with the chosen units as the proposal has them, and all else as it is.

    `approved` are the units of the same change that the entry has already. In whatever steps units are chosen, the
    end is the same: a record that is added gets the place among the others that the proposal gives it.
    """
    changes = {path: proposal.units[path] for path in chosen}
    in_force = {*chosen, *approved}
    for path, order in _orders(ORGANISATION, (proposal.base, proposal.proposed, entry), (), changes, in_force):
        changes[path] = Difference(path, (), order)
    return apply(entry, changes.values())


def places_used(unit: Difference) -> frozenset[UUID]:
    """The locations at which a unit puts a service."""
    match unit.path:
        case ("service", _) if unit.new is not None:
            return frozenset(unit.new.locations)
        case ("service", _, "locations"):
            return frozenset(unit.new)
    return frozenset()


def missing_places(proposal: Proposal, entry: OrganisationDetails, chosen: Collection[Path]) -> tuple[Path, ...]:
    """The units that would add a place which a chosen service uses, and which is neither in the entry nor chosen."""
    used = {place for path in chosen for place in places_used(proposal.units[path])} - _places(entry)
    paths = (("location", str(place)) for place in sorted(used))
    return tuple(path for path in paths if path in proposal.units and path not in chosen)


def without_record(entry: OrganisationDetails, chosen: Collection[Path]) -> tuple[Path, ...]:
    """The chosen units that lie in a service or at a location which the entry no longer has."""
    held = {("service", str(service.id)) for service in entry.services}
    held |= {("location", str(location.id)) for location in entry.locations}
    return tuple(path for path in chosen if path[0] in ("service", "location") and path[2:] and path[:2] not in held)


def _places(details: OrganisationDetails) -> frozenset[UUID]:
    return frozenset(location.id for location in details.locations)


Sides = tuple[Any, Any, Any]
"""The same record in base, proposal and entry."""


def _orders(
    shape: Shape, sides: Sides, path: Path, changes: Mapping[Path, Difference], in_force: Collection[Path]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The order of every list to which a chosen unit adds a record, or which a chosen unit orders anew."""
    for field, items in shape.lists.items():
        base, proposed, entry = (keyed(side, field, items) for side in sides)
        start, here = (*path, items.word), (*path, field)
        added = [key for key in proposed if (*start, key) in changes and key not in entry]
        if not items.is_sorted and (added or here in changes):
            wanted = tuple(proposed) if here in in_force else _appended(base, proposed)
            known = _sorted_by(entry, wanted) if here in changes else list(entry)
            yield here, _with_added(known, added, wanted)
        yield from _orders_inside(items, (base, proposed, entry), start, changes, in_force)


def _orders_inside(
    items: ItemList,
    sides: tuple[Mapping[str, Any], ...],
    start: Path,
    changes: Mapping[Path, Difference],
    in_force: Collection[Path],
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    base, proposed, entry = sides
    if items.shape is not None:
        for key in entry:
            if key in base and key in proposed:
                yield from _orders(
                    items.shape, (base[key], proposed[key], entry[key]), (*start, key), changes, in_force
                )


def _appended(base: Mapping[str, Any], proposed: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of the proposal in the order of the base, with what is added at the end."""
    return (*(key for key in base if key in proposed), *(key for key in proposed if key not in base))


def _sorted_by(entry: Mapping[str, Any], wanted: tuple[str, ...]) -> list[str]:
    return [key for key in wanted if key in entry] + [key for key in entry if key not in wanted]


def _with_added(known: list[str], added: list[str], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The known keys with each added one after what it follows in the wanted order, or before what follows it."""
    keys = list(known)
    for key in added:
        place = wanted.index(key)
        before = next((other for other in reversed(wanted[:place]) if other in keys), None)
        after = next((other for other in wanted[place:] if other in keys), None)
        if before is not None:
            keys.insert(keys.index(before) + 1, key)
        else:
            keys.insert(len(keys) if after is None else keys.index(after), key)
    return tuple(keys)


def value_at(details: OrganisationDetails, path: Path) -> Any:
    """What the details have at this unit, as a difference would show it; None where the record is not there."""
    shape: Shape | None = ORGANISATION
    record: Any = details
    while len(path) > 1 and shape is not None and record is not None:
        word, key, *rest = path
        field, items = next((field, items) for field, items in shape.lists.items() if items.word == word)
        record, shape, path = keyed(record, field, items).get(key), items.shape, tuple(rest)
    if not path or record is None or shape is None:
        return record
    (unit,) = path
    if unit in shape.units:
        return read_unit(record, shape.units[unit])
    return tuple(keyed(record, unit, shape.lists[unit]))
