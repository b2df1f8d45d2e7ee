"""Reads the public register of charities, and finds those of ours that were removed or renamed since the last time.

The file is the Charity Commission's "publicextract.charity", tab-separated with a row of headings (`.txt`) or JSON
(`.json`), as it is published. These columns are read, whatever else there is: `registered_charity_number`,
`linked_charity_number` (0 for the charity itself; others are its subsidiaries and are passed over; the column may be
missing), `charity_name`, `charity_registration_status` (`Registered` or `Removed`) and `date_of_removal` (ISO, with or
without a time; empty while registered).
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy.orm import Session

from directory.clock import LONDON
from directory.errors import DomainError
from directory.organisations.likeness import words_of
from directory.organisations.rules import State
from directory.signals.models import CharityRow
from directory.signals.queries import Known, known_organisations
from directory.signals.rules import RegisterChange
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind

COLUMNS = ("registered_charity_number", "charity_name", "charity_registration_status", "date_of_removal")
REMOVED = "removed"
PIECE = 1 << 16
LONGEST_CELL = 1 << 20


class RegisterUnreadable(DomainError):
    """The file is not the register's extract: a column is missing, or a row cannot be read."""


@dataclass(frozen=True, slots=True)
class Charity:
    """What the register says about one charity."""

    number: str
    name: str
    removed_on: date | None


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What came of an import: our numbers found in the file, those not in it, and the tasks that follow."""

    found: int
    missing: tuple[str, ...]
    removed: int
    renamed: int


def import_register(session: Session, path: Path, now: datetime) -> RegisterReport:
    """Compare the register with what it said before, and open tasks. Raises RegisterUnreadable.

    The first import only remembers names: entries go by the names that people know, which no register has.
    """
    ours: dict[str, list[Known]] = {}
    for known in known_organisations(session):
        if known.charity_number and known.state is not State.HIDDEN:
            ours.setdefault(_digits(known.charity_number), []).append(known)
    listed = {charity.number: charity for charity in read_register(path) if charity.number in ours}
    changes = [
        (change, charity, known)
        for charity in listed.values()
        for change in _remember(session, charity, now)
        for known in ours[charity.number]
    ]
    for change, charity, known in changes:
        _open(session, change, charity, known, now)
    kinds = [change for change, _, _ in changes]
    return RegisterReport(
        found=len(listed),
        missing=tuple(sorted(set(ours) - set(listed))),
        removed=kinds.count(RegisterChange.REMOVED),
        renamed=kinds.count(RegisterChange.RENAMED),
    )


def read_register(path: Path) -> Iterator[Charity]:
    """The charities of a file, one after the other, however long it is. Raises RegisterUnreadable."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = _json_rows(file) if path.suffix.lower() == ".json" else _tab_separated_rows(file)
        for row in rows:
            try:
                if str(row.get("linked_charity_number") or "0") == "0":
                    yield _charity(row)
            except (KeyError, ValueError, AttributeError) as error:
                raise RegisterUnreadable(f"{path.name}: {error}") from error


def _remember(session: Session, charity: Charity, now: datetime) -> tuple[RegisterChange, ...]:
    """Keep what the register says now; what of it is news."""
    held = session.get(CharityRow, charity.number)
    if held is None:
        session.add(CharityRow(number=charity.number, name=charity.name, removed_on=charity.removed_on, seen_at=now))
        return (RegisterChange.REMOVED,) if charity.removed_on else ()
    news = []
    if charity.removed_on and not held.removed_on:
        news.append(RegisterChange.REMOVED)
    if words_of(charity.name) != words_of(held.name):
        news.append(RegisterChange.RENAMED)
    held.name, held.removed_on, held.seen_at = charity.name, charity.removed_on, now
    return tuple(news)


def _open(session: Session, change: RegisterChange, charity: Charity, known: Known, now: datetime) -> None:
    open_task(
        session,
        kind=TaskKind.REGISTER_CHANGED,
        key=f"{known.id} {change}",
        due_on=now.astimezone(LONDON).date(),
        now=now,
        organisation_id=known.id,
        change=change.value,
        charity_number=charity.number,
        registered_name=charity.name,
        removed_on=charity.removed_on.isoformat() if charity.removed_on else "",
    )


def _charity(row: Mapping[str, Any]) -> Charity:
    number, name, status, removed = (str(row[column] or "").strip() for column in COLUMNS)
    is_removed = status.casefold() == REMOVED
    return Charity(_digits(number), name, date.fromisoformat(removed[:10]) if is_removed else None)


def _digits(number: str) -> str:
    """A charity's number as both sides write it: digits, without the zeros before them."""
    return "".join(character for character in number if character.isdigit()).lstrip("0")


def _tab_separated_rows(file: TextIO) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        yield from reader
    except csv.Error as error:
        raise RegisterUnreadable(str(error)) from error


def _json_rows(file: TextIO) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON array, read piece by piece: the whole register would fill the memory."""
    decoder, text, ended = json.JSONDecoder(), "", False
    while True:
        text = text.lstrip("[, \r\n\t")
        if text.startswith("]") or (ended and not text):
            return
        try:
            row, end = decoder.raw_decode(text)
        except json.JSONDecodeError as error:
            if ended or len(text) > LONGEST_CELL:
                raise RegisterUnreadable(str(error)) from error
            piece = file.read(PIECE)
            text, ended = text + piece, not piece
            continue
        yield row
        text = text[end:]
