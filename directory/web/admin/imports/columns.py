"""Saying what the columns of a file are, and how the file is to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import redirect, url_for

from directory import clock
from directory.exchange.columns import Part, Slot, Use
from directory.exchange.csv_files import CsvManner
from directory.exchange.imports import operations
from directory.exchange.imports.models import ImportRow
from directory.exchange.imports.queries import load_import
from directory.exchange.imports.rules import ImportState, ImportStateRefused, NoNameColumn
from directory.exchange.matching import all_slots, guess_matching, was_taken_out_here
from directory.exchange.record_cells import Mode
from directory.exchange.tables import FileRefused
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.imports.background import begin_work
from directory.web.admin.imports.words import DELIMITERS, ENCODINGS, MODES, refusal
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.typed_text import isolated

COLUMN = "column-{}"
PARTS: Mapping[Part, str] = {
    Part.ORGANISATION: "The organisation",
    Part.SERVICE: "A service of it",
    Part.PHONE: "Phones",
    Part.PLACE: "Places",
}
NO_NAME = "Say which column holds the name of the organisation, or its id"
NO_SOURCE = "Say where the file comes from, like “Haringey Gold directory, June 2026”"
FEW = 2
"""Phones and places that can be chosen from; more of each where the file has them."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a column can be, about one part of an entry."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file, with what it can be."""

    name: str
    heading: str
    like: str
    """What stands in it."""
    groups: tuple[Group, ...]


@admin.post("/import/<uuid:import_id>/columns")
def choose_columns(import_id: UUID) -> Page:
    """Take what was said of the columns, and have the rows checked."""
    row = load_import(db.session(), import_id)
    if row.state is not ImportState.COLUMNS:  # somebody was faster: the page shows how it stands
        return _back(import_id)
    typed = _sent(row)
    if typed.errors:
        return columns_page(row, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    chosen = operations.Columns(
        matching=_matching(row, typed),
        mode=Mode(typed.get("mode")),
        day_first=typed.get("dates") != "month",
        source=typed.get("source"),
    )
    try:
        with transaction() as session:
            operations.choose_columns(session, import_id, chosen, by=actor(), now=clock.now())
    except NoNameColumn:
        refused = typed.wrong(**{COLUMN.format(0): NO_NAME})
        return columns_page(load_import(db.session(), import_id), refused), HTTPStatus.UNPROCESSABLE_ENTITY
    except ImportStateRefused:
        return _back(import_id)
    begin_work(import_id)
    return _back(import_id)


@admin.post("/import/<uuid:import_id>/reading")
def read_import_otherwise(import_id: UUID) -> Page:
    """Read the file in another encoding, or with another sign between its cells."""
    typed = sent("encoding", "delimiter")
    encoding = typed.get("encoding") if typed.get("encoding") in ENCODINGS else "utf-8"
    delimiter = DELIMITER_NAMES.get(typed.get("delimiter"), ",")
    try:
        with transaction() as session:
            operations.read_otherwise(session, import_id, CsvManner(encoding, delimiter))
    except FileRefused as error:
        row = load_import(db.session(), import_id)
        return columns_page(row, Typed().wrong(encoding=refusal(error))), HTTPStatus.UNPROCESSABLE_ENTITY
    except ImportStateRefused:
        return _back(import_id)
    return _back(import_id)


@admin.post("/import/<uuid:import_id>/back")
def back_to_columns(import_id: UUID) -> Page:
    """Say once more what the columns are."""
    try:
        with transaction() as session:
            operations.back_to_columns(session, import_id)
    except ImportStateRefused:
        return _back(import_id)
    return _back(import_id)


def columns_page(row: ImportRow, typed: Typed) -> str:
    """The form, as it was typed or as the import has it."""
    keys = _matching(row, typed) if typed.values else row.matching
    is_ours = was_taken_out_here(row.headings)
    mode = typed.get("mode") or row.mode.value
    first = typed.get("dates") or ("day" if row.day_first else "month")
    return render(
        "admin/imports/columns.html",
        row=row,
        typed=typed,
        source=typed.get("source") or row.source,
        is_ours=is_ours,
        columns=() if is_ours else [_column(row, place, keys[place]) for place in range(len(row.headings))],
        modes=[Option(value.value, words, value.value == mode) for value, words in MODES.items()],
        dates=[Option("day", "3 April", first == "day"), Option("month", "4 March", first == "month")],
        encodings=[Option(value, words, value == row.encoding) for value, words in ENCODINGS.items()],
        delimiters=[Option(words.lower(), words, sign == row.delimiter) for sign, words in DELIMITERS.items()],
    )


def _sent(row: ImportRow) -> Typed:
    names = [COLUMN.format(place) for place in range(len(row.headings))]
    typed = sent("mode", "dates", "source", *names)
    return typed.wrong(
        mode="" if typed.get("mode") in set(Mode) else "Say what it means that the file leaves something empty",
        source="" if typed.get("source") else NO_SOURCE,
    )


def _matching(row: ImportRow, typed: Typed) -> Sequence[str]:
    """What was said of each column; of a file that was taken out here nobody is asked."""
    if was_taken_out_here(row.headings):
        return [slot.key if slot else "" for slot in guess_matching(row.headings)]
    return [typed.get(COLUMN.format(place)) for place in range(len(row.headings))]


def _column(row: ImportRow, place: int, key: str) -> Column:
    groups = tuple(Group(PARTS[part], _options(part, key)) for part in Part)
    heading = row.headings[place] or f"Column {place + 1}, without a heading"
    return Column(COLUMN.format(place), heading, " · ".join(map(isolated, row.samples[place])) or "Empty", groups)


def _options(part: Part, key: str) -> tuple[Option, ...]:
    return tuple(
        Option(slot.key, slot.heading, slot.key == key)
        for slot in all_slots()
        if slot.column.part is part and (_is_offered(slot) or slot.key == key)
    )


def _is_offered(slot: Slot) -> bool:
    return slot.number <= FEW and slot.column.use is not Use.OUT


def _back(import_id: UUID) -> Page:
    return redirect(url_for("admin.import_page", import_id=import_id), HTTPStatus.SEE_OTHER)


DELIMITER_NAMES = {words.lower(): sign for sign, words in DELIMITERS.items()}
