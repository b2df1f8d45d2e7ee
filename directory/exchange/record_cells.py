"""Reads what the cells of one record say, wherever its rows stand, and collects what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Any

from directory.exchange.cells import CellFault, CellUnreadable, Manner
from directory.exchange.columns import Part, Slot, Use
from directory.exchange.findings import Fault, Finding, Remark
from directory.exchange.term_words import TermsUnknown
from directory.organisations.details import LocationDetails, OrganisationDetails, Phone, ServiceDetails
from directory.organisations.hours_syntax import is_readable

LONGEST_QUOTE = 80
"""Characters of a wrong cell that are shown."""
RECORDS: Mapping[Part, type[Any]] = {
    Part.ORGANISATION: OrganisationDetails,
    Part.SERVICE: ServiceDetails,
    Part.PHONE: Phone,
    Part.PLACE: LocationDetails,
}
_EMPTY: Mapping[Part, Mapping[str, Any]] = {
    part: {field.name: field.default for field in fields(record) if field.default is not MISSING}
    for part, record in RECORDS.items()
}
"""What each field of a record is if nothing is known."""


class Mode(StrEnum):
    """What it means that a file says nothing."""

    ADDS = "adds"
    """What it leaves empty, or out, stays as the entry has it."""
    WHOLE = "whole"
    """What it leaves empty, or out, is taken away, in the columns that it has."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: the texts of those columns that are known, by the keys of their slots."""

    row: int
    cells: Mapping[str, str]

    def text(self, slot: Slot) -> str:
        """What stands in this column, nothing where the file has no such column."""
        return self.cells.get(slot.key, "").strip()


Appearance = tuple[Line, int]
"""A row in which a record stands, and in which of its numbered columns (0 for those that have no number)."""


class RecordCells:
    """Reads records one after another; `findings` are what is wrong, or was done, so far."""

    def __init__(self, slots: Sequence[Slot], manner: Manner, mode: Mode) -> None:
        self.manner, self.mode = manner, mode
        self.findings: list[Finding] = []
        self._slots: dict[tuple[Part, int], list[Slot]] = {}
        for slot in slots:
            if slot.column.use is not Use.OUT:
                self._slots.setdefault((slot.column.part, slot.number), []).append(slot)

    @property
    def is_broken(self) -> bool:
        """Whether anything is wrong."""
        return any(not finding.is_remark for finding in self.findings)

    def has(self, part: Part) -> bool:
        """Whether the file has any column about this part."""
        return any(held is part for held, _ in self._slots)

    def numbers(self, part: Part) -> list[int]:
        """The numbers of the columns about this part."""
        return sorted(number for held, number in self._slots if held is part)

    def is_said(self, part: Part, appearance: Appearance) -> bool:
        """Whether anything about this part stands there."""
        line, number = appearance
        return any(line.text(slot) for slot in self._slots.get((part, number), ()))

    def values(self, part: Part, appearances: Sequence[Appearance]) -> dict[str, Any]:
        """The facts that rows say about one record, by attribute; what is wrong is left out and noted.

        Where the file is the whole entry, an empty cell says that nothing is known.
        """
        values: dict[str, Any] = {}
        for attribute, found in self._texts(part, appearances).items():
            line, slot, text = found
            if text:
                values |= self._read(line.row, slot, text)
            elif self.mode is Mode.WHOLE:
                values |= _nothing(part, attribute)
        return self._with_hours(appearances[0][0].row, values)

    def note(self, row: int, what: str, slot: Slot | None = None, text: str = "", words: tuple[str, ...] = ()) -> None:
        """Something is wrong there."""
        column = slot.key if slot else ""
        self.findings.append(Finding(row=row, what=what, column=column, text=text[:LONGEST_QUOTE], words=words))

    def remark(self, row: int, what: Remark, column: str = "", text: str = "") -> None:
        """Something there was taken otherwise than it stands."""
        self.findings.append(Finding(row=row, what=what, column=column, text=text[:LONGEST_QUOTE], is_remark=True))

    def slot(self, part: Part, attribute: str, number: int) -> Slot | None:
        """The slot of an attribute, if the file has it."""
        held = self._slots.get((part, number), ())
        return next((slot for slot in held if slot.column.attribute == attribute), None)

    def _texts(self, part: Part, appearances: Sequence[Appearance]) -> dict[str, tuple[Line, Slot, str]]:
        """The one text of each attribute; a row that says something else than an earlier one is wrong."""
        found: dict[str, tuple[Line, Slot, str]] = {}
        for line, number in appearances:
            for slot in self._slots.get((part, number), ()):
                attribute, text = slot.column.attribute, line.text(slot)
                if attribute not in found or not found[attribute][2]:
                    found[attribute] = (line, slot, text)
                elif text and text != found[attribute][2]:
                    self.note(line.row, Fault.DISAGREES, slot, text)
        return found

    def _read(self, row: int, slot: Slot, text: str) -> dict[str, Any]:
        try:
            value = slot.column.cell.read(text, self.manner)
        except CellUnreadable as error:
            self.note(row, error.fault, slot, text, error.choices)
            return {}
        except TermsUnknown as error:
            self.note(row, CellFault.TERM, slot, text, error.words)
            return {}
        if slot.column.attribute == "position":
            return {"latitude": value[0], "longitude": value[1]}
        if slot.column.attribute == "opening_hours" and not is_readable(value):
            return {"hours_in_words": (row, slot, value)}
        return {slot.column.attribute: value}

    def _with_hours(self, row: int, values: dict[str, Any]) -> dict[str, Any]:
        """Hours that only a person understands, kept as words; unless other words stand beside them."""
        row, slot, text = values.pop("hours_in_words", (row, None, ""))
        if text and values.get("hours_note"):
            self.note(row, "hours", slot, text)
        elif text:
            values["hours_note"] = text
            self.remark(row, Remark.HOURS_AS_WORDS, slot.key if slot else "", text)
        return values


def _nothing(part: Part, attribute: str) -> dict[str, Any]:
    if attribute == "position":
        return {"latitude": None, "longitude": None}
    if attribute in ("notice_text", "notice_until"):
        return {attribute: None}
    return {attribute: _EMPTY[part][attribute]} if attribute in _EMPTY[part] else {}
