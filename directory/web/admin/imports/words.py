"""Imports in plain English: where one stands, what is wrong with a file or a cell, what a word was taken for."""

from collections.abc import Mapping

from directory.exchange.cells import CellFault
from directory.exchange.findings import Fault, Finding, Remark
from directory.exchange.imports.rules import EntryState, ImportState
from directory.exchange.matching import all_slots
from directory.exchange.record_cells import Mode
from directory.exchange.tables import LARGEST_CELL, LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, FileRefused, Limit
from directory.organisations.validity import Problem
from directory.taxonomy.terms import TermKind

STATES: Mapping[ImportState, str] = {
    ImportState.COLUMNS: "Waits for you to say what its columns are",
    ImportState.CHECKING: "Being checked",
    ImportState.CHECKED: "Checked, waits for your decision",
    ImportState.SENDING: "Being sent",
    ImportState.UNDOING: "Being taken back",
    ImportState.DONE: "Done",
    ImportState.CANCELLED: "Stopped, nothing of it is left",
    ImportState.FAILED: "Failed, nothing of it is left",
}
ENTRY_STATES: Mapping[EntryState, str] = {
    EntryState.WAITING: "Not checked yet",
    EntryState.SAME: "Says what our entry says",
    EntryState.CHANGED: "Would change our entry",
    EntryState.NEW: "New",
    EntryState.BROKEN: "Has something wrong",
    EntryState.LEFT_OUT: "Left out",
    EntryState.SENT: "Waits for approval",
    EntryState.PUBLISHED: "Taken over",
    EntryState.UNCHANGED: "Our entry says it already",
    EntryState.TAKEN_BACK: "Taken back",
    EntryState.DECIDED: "Decided by somebody meanwhile",
}
MODES: Mapping[Mode, str] = {
    Mode.ADDS: "It adds and corrects: what it leaves empty stays as our entry has it",
    Mode.WHOLE: "It is the whole entry: what it leaves empty is taken away, and services and places that it leaves out",
}
LIMITS: Mapping[Limit, str] = {
    Limit.BYTES: f"The file is too large. It can be {LARGEST_FILE // 1024 // 1024} MB at most. Divide it",
    Limit.ROWS: f"The file has too many rows. It can have {MOST_ROWS:,} at most. Divide it",
    Limit.COLUMNS: f"The file has too many columns. It can have {MOST_COLUMNS} at most. Take some away",
    Limit.CELL: f"A cell holds too much. It can hold {LARGEST_CELL // 1024} KB at most. Shorten it",
    Limit.EMPTY: "The file has no headings, or no row below them",
    Limit.KIND: "This is no spreadsheet that we can read. Save it as CSV or as Excel (.xlsx)",
    Limit.TEXT: "The text cannot be read in this encoding. Choose another one",
    Limit.BROKEN: "The file is damaged. Save it once more, as CSV if you can",
    Limit.UNSAFE: "This file is built in a way that could do harm. Save it as CSV",
}
FAULTS: Mapping[str, str] = {
    CellFault.NUMBER: "This is no whole number",
    CellFault.DATE: "This is no clear date. Write it like 2026-06-03",
    CellFault.YES_NO: "Write yes or no, or leave it empty",
    CellFault.CHOICE: "This is none of the words for it",
    CellFault.TERM: "No term is called so",
    CellFault.PHONE: "This number cannot be rung in the UK",
    CellFault.POSTCODE: "This is no postcode",
    CellFault.ID: "This is no id",
    CellFault.POSITION: "Write latitude and longitude like 51.58, -0.07",
    CellFault.TRANSLATION: "Write a line like [tr 1] above each text",
    Fault.DISAGREES: "Another row of the same organisation, service or place says something else",
    Fault.NO_NUMBER: "There are facts about a phone, and no number",
    Fault.WITHHELD: "A private address cannot be made public by a file. Do it in the entry",
    Fault.NO_SUCH_ENTRY: "We have no such entry. Empty the cell to add a new one",
    Fault.NO_SUCH_REVISION: "Our entry never had this revision",
    Fault.HIDDEN: "Our entry is hidden. Show it again first",
    Fault.IN_FUTURE: "This day is yet to come",
    Fault.NO_NAME: "The row does not say which organisation it is about",
    Fault.UNKNOWN_ORGANISATION: "We have no entry with this id",
    Fault.TOO_MANY_ROWS: "So many rows are about one organisation that a column must have been taken for another",
    Remark.HOURS_AS_WORDS: "Kept as words",
    Remark.KIND_ASSUMED: "The kind of organisation is not said. It is taken for a voluntary one",
    Remark.SERVICE_NAMED: "The service has no name. It is called as its organisation",
    Problem.EMPTY: "This must not be empty",
    Problem.UNTIDY: "There are line breaks or signs in it that do not belong there",
    Problem.LINK: "This is no web address",
    Problem.EMAIL: "This is no email address",
    Problem.HOURS: "These are no opening hours that we can read, and there are words beside them",
    Problem.LANGUAGE: "This is no language tag",
    Problem.OUT_OF_RANGE: "This number is too small or too large",
    Problem.UNSORTED: "Something stands here twice",
    Problem.REPEATED: "Something stands here twice",
    Problem.INCOMPLETE: "Something that belongs to it is missing",
    Problem.UNKNOWN_LOCATION: "This place is not there",
    Problem.TELLS_WITHHELD_PLACE: "This tells where a private place is",
}
KINDS: Mapping[TermKind, str] = {
    TermKind.GROUND: "reason",
    TermKind.KIND: "kind of service",
    TermKind.LANGUAGE: "language",
    TermKind.AREA: "area",
    TermKind.ACCESS: "access feature",
}
ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8 (most files today)",
    "cp1252": "Windows-1252 (older files of Excel)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1250": "Windows-1250 (Polish, Romanian, Albanian)",
    "utf-16-le": "UTF-16 (Excel's “Unicode text”)",
    "utf-16-be": "UTF-16, the other byte order",
}
DELIMITERS: Mapping[str, str] = {",": "Commas", ";": "Semicolons", "\t": "Tabs"}


def refusal(error: FileRefused) -> str:
    """Why a file is not taken, and what to do."""
    where = f" Look at row {error.row}." if error.row else ""
    return f"{LIMITS[error.limit]}.{where}"


def failure_in_words(failure: str) -> str:
    """Why an import failed."""
    return LIMITS.get(Limit(failure), "") if failure in set(Limit) else f"Something went wrong ({failure})"


def finding_in_words(finding: Finding, headings: Mapping[str, str]) -> str:
    """One finding with its row, its column and what stands there."""
    column = headings.get(finding.column) or _OWN.get(finding.column, "")
    where = f"Row {finding.row}" + (f", {column}" if column else "")
    held = f" (“{finding.text}”)" if finding.text else ""
    more = f": {', '.join(finding.words)}" if finding.words else ""
    return f"{where}: {FAULTS.get(finding.what, finding.what)}{more}{held}."


_OWN = {slot.key: slot.heading for slot in all_slots()}
"""Our own headings, where the file has no such column."""
