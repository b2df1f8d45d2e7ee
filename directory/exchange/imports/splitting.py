"""The rows of a file as organisations: which rows are of one, and which of ours it says it is."""

from collections.abc import Iterable
from uuid import UUID

from directory.exchange.csv_files import CsvManner
from directory.exchange.imports.models import ImportEntryRow, ImportRow
from directory.exchange.imports.rules import EntryState, Treatment
from directory.exchange.matching import lines_in, matching_of
from directory.exchange.record_cells import Line
from directory.exchange.spreadsheet_files import read_table
from directory.exchange.term_words import folded

NAMES = ("organisation.id", "organisation.slug", "organisation.name")
"""The slots that say which organisation a row is about, the surest first."""


def split(row: ImportRow) -> list[ImportEntryRow]:
    """The organisations of a file, in the order of their first rows. Raises FileRefused."""
    manner = CsvManner(row.encoding, row.delimiter) if row.encoding else None
    table = read_table(row.content or b"", manner)
    lines = lines_in(table, matching_of(row.matching, row.headings))
    return [_entry(row.id, position, held) for position, held in enumerate(_by_organisation(lines).values())]


def lines_of_entry(entry: ImportEntryRow) -> list[Line]:
    """The rows of one organisation as they were kept."""
    return [Line(number, cells) for number, cells in entry.lines]


def _by_organisation(lines: Iterable[Line]) -> dict[tuple[str, str], list[Line]]:
    """The rows by the id of their organisation, else by its name in addresses, else by its name."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        for key in NAMES:
            said = folded(line.cells.get(key, ""))
            if said:
                found.setdefault((key, said), []).append(line)
                break
        else:
            found[("", str(line.row))] = [line]
    return found


def _entry(run_id: UUID, position: int, lines: list[Line]) -> ImportEntryRow:
    first = lines[0]
    name = next((name for line in lines if (name := line.cells.get("organisation.name", "").strip())), "")
    return ImportEntryRow(
        run_id=run_id,
        position=position,
        state=EntryState.WAITING,
        treatment=Treatment.UNDECIDED,
        first_row=first.row,
        name=name,
        lines=[[line.row, _held(line)] for line in lines],
        proposed=None,
        findings=[],
        alike=[],
        has_alike=False,
        organisation_id=None,
        base_revision=0,
        differences=0,
        last_checked=None,
        change_id=None,
    )


def _held(line: Line) -> dict[str, str]:
    """The texts of a row that hold something."""
    return {key: text for key, text in line.cells.items() if text.strip()}
