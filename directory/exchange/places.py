"""The places that rows tell of: which is which, which are ours, and what becomes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from directory.exchange.cells import CellUnreadable
from directory.exchange.columns import Part
from directory.exchange.findings import Fault
from directory.exchange.record_cells import Appearance, Line, Mode, RecordCells
from directory.exchange.term_words import folded
from directory.organisations.details import LocationDetails

NewId = Callable[[str], UUID]
"""The id of a new record, always the same for the same words."""

_WHERE = ("name", "address", "town", "postcode", "latitude", "longitude")
"""What tells where a place is: all that a withheld one keeps to itself."""


@dataclass
class _Place:
    """One place, with the rows in which it stands."""

    id: UUID
    before: LocationDetails | None
    appearances: list[Appearance] = field(default_factory=list)


class Places:
    """All places of one entry, in the order in which the rows have them."""

    def __init__(
        self, cells: RecordCells, lines: Sequence[Line], held: tuple[LocationDetails, ...], new_id: NewId
    ) -> None:
        self._cells, self._held, self._new_id = cells, held, new_id
        self._places: dict[UUID, _Place] = {}
        self._of_lines: dict[int, list[UUID]] = {}
        for line in lines:
            for number in cells.numbers(Part.PLACE):
                if cells.is_said(Part.PLACE, (line, number)):
                    self._add(line, number)

    def of(self, lines: Sequence[Line]) -> tuple[UUID, ...]:
        """The places in these rows, each once."""
        return tuple(dict.fromkeys(place for line in lines for place in self._of_lines.get(line.row, ())))

    def details(self) -> tuple[LocationDetails, ...]:
        """The places that the entry is to have."""
        read = {place.id: self._read(place) for place in self._places.values()}
        if self._cells.mode is Mode.WHOLE:
            return tuple(read.values()) if self._cells.has(Part.PLACE) else self._held
        held = {place.id: place for place in self._held}
        return tuple({**held, **read}.values())

    def appearance(self, place: UUID) -> Appearance | None:
        """Where a place first stands, if it stands in the file."""
        return self._places[place].appearances[0] if place in self._places else None

    def _add(self, line: Line, number: int) -> None:
        identity = self._id(line, number)
        before = next((held for held in self._held if held.id == identity), None)
        place = self._places.setdefault(identity, _Place(identity, before))
        place.appearances.append((line, number))
        self._of_lines.setdefault(line.row, []).append(identity)

    def _id(self, line: Line, number: int) -> UUID:
        """The id that stands there if it is one of ours; else that of our place at this address, or a new one."""
        slot = self._cells.slot(Part.PLACE, "id", number)
        if slot and line.text(slot):
            try:
                identity: UUID = slot.column.cell.read(line.text(slot), self._cells.manner)
            except CellUnreadable as error:
                self._cells.note(line.row, error.fault, slot, line.text(slot))
            else:
                is_ours = any(held.id == identity for held in self._held)
                return identity if is_ours else self._new_id(f"place/{identity}")
        where = _key(self._text(line, number, "postcode"), self._text(line, number, "address"))
        for held in self._held:
            if where[0] and where == _key(held.postcode, "\n".join(held.address)):
                return held.id
        return self._new_id(f"place/{'/'.join(where)}/{folded(self._text(line, number, 'name'))}")

    def _text(self, line: Line, number: int, attribute: str) -> str:
        slot = self._cells.slot(Part.PLACE, attribute, number)
        return line.text(slot) if slot else ""

    def _read(self, place: _Place) -> LocationDetails:
        values = self._cells.values(Part.PLACE, place.appearances)
        before = place.before
        if before is None:
            return LocationDetails(**{**values, "id": place.id})
        if before.withheld:
            values = self._kept_private(place, values)
        if folded("\n".join(values.get("address", ()))) == folded("\n".join(before.address)):
            values.pop("address", None)  # the same one, in other letters
        after = replace(before, **{**values, "id": place.id})
        if _address(after) != _address(before):
            after = replace(after, **_without_old_position(values))
        return after

    def _kept_private(self, place: _Place, values: dict[str, Any]) -> dict[str, Any]:
        """A file for the public does not have a private address: what is empty there stays. Nor does it publish one."""
        line, number = place.appearances[0]
        if values.get("withheld") is False:
            self._cells.note(line.row, Fault.WITHHELD, self._cells.slot(Part.PLACE, "withheld", number))
        if any(values.get(name) for name in _WHERE):
            return values
        return {name: value for name, value in values.items() if name not in _WHERE}


def _key(postcode: str, address: str) -> tuple[str, str]:
    """Postcode and address as they are compared."""
    return "".join(folded(postcode).split()), folded(address)


def _address(place: LocationDetails) -> tuple[Any, ...]:
    return place.address, place.town, place.postcode


def _without_old_position(values: dict[str, Any]) -> dict[str, Any]:
    """The coordinates and the doubt of the old address are not those of the new one."""
    return {name: values.get(name) for name in ("latitude", "longitude", "last_seen")}
