"""Rows of a spreadsheet as an entry: what it is to say, and what is wrong at which row and column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from directory.exchange.cells import CellFault, Manner
from directory.exchange.columns import Part, Slot
from directory.exchange.findings import Finding, Remark
from directory.exchange.places import NewId, Places
from directory.exchange.record_cells import Line, Mode, RecordCells
from directory.exchange.service_rows import Services
from directory.organisations.details import Notice, OrganisationDetails, OrganisationKind
from directory.organisations.phones import UnreadableNumber, normalise
from directory.organisations.units import without_lost_places
from directory.organisations.validity import violations

_PATH = re.compile(r"(?:(services|locations)\[(\d+)\]\.?)?(?:phones\[(\d+)\]\.?)?(\w*)")
_COLUMN_OF = {"latitude": "position", "longitude": "position", "notice": "notice_text"}


@dataclass(frozen=True, slots=True)
class EntryReading:
    """What came of the rows of one organisation: details only where nothing is wrong."""

    details: OrganisationDetails | None
    findings: tuple[Finding, ...]
    last_checked: date | None = None


def read_entry(
    lines: Sequence[Line],
    slots: Sequence[Slot],
    base: OrganisationDetails | None,
    *,
    manner: Manner,
    mode: Mode,
    new_id: NewId,
) -> EntryReading:
    """The entry that the rows of one organisation make of `base`, which is what it said when the file was made."""
    cells = RecordCells(slots, manner, mode)
    reader = _EntryReader(cells, lines, base, new_id)
    details, last_checked = reader.details()
    if details is not None and not cells.is_broken:
        reader.judge(details)
    findings = tuple(sorted(cells.findings, key=lambda finding: (finding.is_remark, finding.row)))
    return EntryReading(None if cells.is_broken else details, findings, last_checked)


class _EntryReader:
    """Reads one entry."""

    def __init__(
        self, cells: RecordCells, lines: Sequence[Line], base: OrganisationDetails | None, new_id: NewId
    ) -> None:
        self._cells, self._lines, self._base = cells, lines, base
        self._places = Places(cells, lines, base.locations if base else (), new_id)
        self._services = Services(cells, lines, base.services if base else (), self._places, new_id)

    def details(self) -> tuple[OrganisationDetails | None, date | None]:
        """The entry as the rows have it, as far as it can be read, and when another directory checked it."""
        values = self._cells.values(Part.ORGANISATION, [(line, 0) for line in self._lines])
        for name in ("id", "slug", "revision"):
            values.pop(name, None)
        last_checked = values.pop("last_checked", None)
        values |= self._notice(values.pop("notice_text", ...), values.pop("notice_until", ...))
        name = values.get("name") or (self._base.name if self._base else "")
        values["locations"] = self._places.details()
        values["services"] = self._services.details(name)
        if self._base is not None:
            return without_lost_places(replace(self._base, **values)), last_checked
        if not values.get("kind") and not self._cells.is_broken:
            self._cells.remark(self._lines[0].row, Remark.KIND_ASSUMED)
        details = OrganisationDetails(**{"name": "", "kind": OrganisationKind.VOLUNTARY, **values})
        return without_lost_places(details), last_checked

    def _notice(self, text: Any, until: Any) -> dict[str, Notice | None]:
        """The notice, if the rows say anything of one: half of it is as it was."""
        if text is ... and until is ...:
            return {}
        before = self._base.notice if self._base else None
        words = (before.text if before else "") if text is ... else text or ""
        day = (before.until if before else None) if until is ... else until
        if words and day:
            return {"notice": Notice(text=words, until=day)}
        if words or (day and until is not ...):
            missing = "notice_until" if words else "notice_text"
            self._cells.note(
                self._lines[0].row, "incomplete", self._cells.slot(Part.ORGANISATION, missing, 0), words or str(day)
            )
        return {"notice": None}

    def judge(self, details: OrganisationDetails) -> None:
        """Note what no entry could hold, and new numbers that nobody could ring, each at its cell."""
        for violation in violations(details):
            self._note(violation.field, violation.problem, details)
        for path, number in _new_numbers(details, self._base):
            try:
                normalise(number)
            except UnreadableNumber:
                self._note(path, CellFault.PHONE, details)

    def _note(self, path: str, what: str, details: OrganisationDetails) -> None:
        """Note it at the row and column of a field; at the first row where the file does not have the field."""
        found = _PATH.match(path)
        kind, index, phone, attribute = found.groups(default="") if found else ("", "", "", "")
        part, appearance = Part.ORGANISATION, None
        if kind == "locations":
            part, appearance = Part.PLACE, self._places.appearance(details.locations[int(index)].id)
        elif kind == "services":
            service = details.services[int(index)]
            part = Part.PHONE if phone else Part.SERVICE
            appearance = self._services.appearance(service.id, service.phones[int(phone)] if phone else None)
        line, number = appearance or (self._lines[0], 0)
        slot = self._cells.slot(part, _COLUMN_OF.get(attribute, attribute), number)
        self._cells.note(line.row, what, slot, line.text(slot) if slot else "")


def _new_numbers(details: OrganisationDetails, base: OrganisationDetails | None) -> Iterator[tuple[str, str]]:
    """The numbers that the entry does not have yet, each with the path of its field."""
    held = {phone.number for service in base.services for phone in service.phones} if base else set()
    for place, service in enumerate(details.services):
        for number, phone in enumerate(service.phones):
            if phone.number not in held:
                yield f"services[{place}].phones[{number}].number", phone.number
