"""The services that rows tell of, with their phones: which is which, which are ours, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from directory.exchange.cells import CellUnreadable
from directory.exchange.columns import Part
from directory.exchange.findings import Fault, Remark
from directory.exchange.places import NewId, Places
from directory.exchange.record_cells import Appearance, Line, Mode, RecordCells
from directory.exchange.term_words import folded
from directory.organisations.details import Phone, PhoneKind, ServiceDetails


@dataclass
class _Service:
    """One service, with the rows in which it stands, and where each of its phones does."""

    id: UUID
    before: ServiceDetails | None
    lines: list[Line] = field(default_factory=list)
    phones: dict[tuple[str, PhoneKind], Appearance] = field(default_factory=dict)


class Services:
    """All services of one entry, in the order in which the rows have them."""

    def __init__(
        self,
        cells: RecordCells,
        lines: Sequence[Line],
        held: tuple[ServiceDetails, ...],
        places: Places,
        new_id: NewId,
    ) -> None:
        self._cells, self._held, self._places, self._new_id = cells, held, places, new_id
        self._services: dict[UUID, _Service] = {}
        self._by_name: dict[str, UUID] = {}
        for line in lines:
            if self._is_about_one(line):
                self._add(line)
        has_ids = cells.slot(Part.SERVICE, "id", 0) is not None
        if not self._services and not held and not has_ids:  # a list of organisations: what it offers is one service
            identity = new_id("service/")
            self._services[identity] = _Service(identity, None, list(lines))

    def details(self, organisation: str) -> tuple[ServiceDetails, ...]:
        """The services that the entry is to have."""
        read = {service.id: self._read(service, organisation) for service in self._services.values()}
        if self._cells.mode is Mode.WHOLE:
            return tuple(read.values()) if self._cells.has(Part.SERVICE) or read else self._held
        held = {service.id: service for service in self._held}
        return tuple({**held, **read}.values())

    def appearance(self, service: UUID, phone: Phone | None) -> Appearance | None:
        """Where a service, or a phone of it, first stands, if it stands in the file."""
        found = self._services.get(service)
        if found is None:
            return None
        first = (found.lines[0], 0)
        return first if phone is None else found.phones.get((phone.number, phone.kind), first)

    def _is_about_one(self, line: Line) -> bool:
        return self._cells.is_said(Part.SERVICE, (line, 0)) or any(
            self._cells.is_said(Part.PHONE, (line, number)) for number in self._cells.numbers(Part.PHONE)
        )

    def _add(self, line: Line) -> None:
        identity = self._id(line)
        before = next((held for held in self._held if held.id == identity), None)
        self._services.setdefault(identity, _Service(identity, before)).lines.append(line)

    def _id(self, line: Line) -> UUID:
        """The id that stands there if it is one of ours; else that of our service of this name, or a new one."""
        slot = self._cells.slot(Part.SERVICE, "id", 0)
        if slot and line.text(slot):
            try:
                identity: UUID = slot.column.cell.read(line.text(slot), self._cells.manner)
            except CellUnreadable as error:
                self._cells.note(line.row, error.fault, slot, line.text(slot))
            else:
                is_ours = any(held.id == identity for held in self._held)
                return identity if is_ours else self._new_id(f"service/{identity}")
        slot = self._cells.slot(Part.SERVICE, "name", 0)
        name = folded(line.text(slot)) if slot else ""
        if name not in self._by_name:
            ours = [held.id for held in self._held if folded(held.name) == name or (not name and len(self._held) == 1)]
            self._by_name[name] = ours[0] if ours else self._new_id(f"service/{name}")
        return self._by_name[name]

    def _read(self, service: _Service, organisation: str) -> ServiceDetails:
        values = self._cells.values(Part.SERVICE, [(line, 0) for line in service.lines])
        values["id"] = service.id
        values["phones"] = self._phones(service)
        values["locations"] = self._places_of(service)
        if service.before is not None:
            return replace(service.before, **values)
        if not values.get("name"):
            values["name"] = organisation
            self._cells.remark(service.lines[0].row, Remark.SERVICE_NAMED)
        return ServiceDetails(**values)

    def _places_of(self, service: _Service) -> tuple[UUID, ...]:
        before = service.before.locations if service.before else ()
        places = self._places.of(service.lines)
        if self._cells.mode is Mode.WHOLE:
            return places if self._cells.has(Part.PLACE) else before
        return tuple(dict.fromkeys((*before, *places)))

    def _phones(self, service: _Service) -> tuple[Phone, ...]:
        before = service.before.phones if service.before else ()
        held = {(phone.number, phone.kind): phone for phone in before}
        read: list[Phone] = []
        for line in service.lines:
            for number in self._cells.numbers(Part.PHONE):
                phone = self._phone((line, number), before)
                if phone is not None and phone not in read:
                    read.append(phone)
                    service.phones.setdefault((phone.number, phone.kind), (line, number))
        if self._cells.mode is Mode.WHOLE:
            return tuple(read) if self._cells.has(Part.PHONE) else before
        keys = [(phone.number, phone.kind) for phone in read]
        if len(keys) != len(set(keys)):
            return (*(phone for key, phone in held.items() if key not in keys), *read)
        return tuple({**held, **dict(zip(keys, read, strict=True))}.values())

    def _phone(self, appearance: Appearance, before: tuple[Phone, ...]) -> Phone | None:
        """The phone that stands there; one of ours is found by its number, and by its kind if the file has that."""
        if not self._cells.is_said(Part.PHONE, appearance):
            return None
        values: dict[str, Any] = self._cells.values(Part.PHONE, [appearance])
        line, number = appearance
        if "number" not in values:
            slot = self._cells.slot(Part.PHONE, "number", number)
            if slot is None or not line.text(slot):
                self._cells.note(line.row, Fault.NO_NUMBER, slot)
            return None
        for phone in before:
            if phone.number == values["number"] and phone.kind == values.get("kind", phone.kind):
                return replace(phone, **values)
        return Phone(**values)
