"""Excel files: written as text cells alone, read as texts."""

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import IO, Any, Final
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from directory.exchange.cells import NO, YES
from directory.exchange.guarded_text import guarded
from directory.exchange.tables import DEEPEST_HEADINGS, MOST_COLUMNS, MOST_ROWS, FileRefused, Limit
from directory.exchange.workbook_guard import check_workbook

SHEET: Final = "Organisations"
AS_TEXT: Final = "@"
"""The format of a cell that stays text when somebody edits it."""
MOST_READ: Final = MOST_ROWS + DEEPEST_HEADINGS + 1
IS_EXCEL: Final = b"PK\x03\x04"
"""How such a file begins."""

_NOT_XML: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def write_excel(rows: Iterable[Sequence[str]], file: IO[bytes]) -> None:
    """Write the rows, the first of which are headings, as they come; every cell is guarded, and text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, text, is_heading=number == 0) if text else None for text in row])
    book.save(file)


def read_excel(content: bytes) -> list[tuple[int, list[str]]]:
    """The numbered rows of the first sheet that holds anything, one more than may be at most. Raises FileRefused."""
    check_workbook(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl passes over: drawings, rules, links to other files
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            return next(filter(None, (list(islice(_rows(sheet), MOST_READ)) for sheet in book.worksheets)), [])
    except (BadZipFile, LookupError, TypeError, ValueError, AttributeError, OSError, SyntaxError) as error:
        raise FileRefused(Limit.BROKEN) from error


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # which the file may state wrongly
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        texts = [_text(value) for value in row]
        width = max((place for place, text in enumerate(texts, start=1) if text), default=0)
        if width:
            yield number, texts[:width]


def _cell(sheet: Any, text: str, *, is_heading: bool) -> Any:
    cell = WriteOnlyCell(sheet, _NOT_XML.sub(_escape, guarded(text)))
    cell.data_type = "s"  # whatever it looks like
    cell.number_format = AS_TEXT
    if is_heading:
        cell.font = Font(bold=True)
    return cell


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _text(value: Any) -> str:
    """A value as a person sees it; dates as 2026-06-03."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if is_whole else value)
