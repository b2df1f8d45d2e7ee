"""CSV: written so that no program takes a cell for a formula, read in whatever way it was written."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from directory.exchange.guarded_text import guarded
from directory.exchange.tables import MOST_COLUMNS, FileRefused, Limit, heading_key

DELIMITERS: Final = (",", ";", "\t")
SAMPLE: Final = 20
"""Rows by which the delimiter is guessed."""

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class CsvManner:
    """How a file is written. `is_guessed` tells that another encoding would fit its bytes too."""

    encoding: str
    delimiter: str
    is_guessed: bool = False


class _Echo:
    """Gives back what is written to it: so a row becomes text without a file between."""

    def write(self, text: str) -> str:
        """The same text."""
        return text


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows as CSV, one after the other: UTF-8 with a mark that Excel needs, commas, every cell guarded."""
    writer = csv.writer(_Echo())
    yield _BYTE_ORDER_MARK
    for row in rows:
        yield str(writer.writerow([guarded(text) for text in row]))


def guess_manner(content: bytes, known: frozenset[str] = frozenset()) -> CsvManner:
    """How a file seems to be written; `known` are headings that it may have. Raises FileRefused for what is no text."""
    encoding, is_guessed = _guess_encoding(content)
    text = _text(content, encoding)
    return CsvManner(encoding, _guess_delimiter(text, known), is_guessed)


def read_csv(content: bytes, manner: CsvManner) -> Iterator[tuple[int, list[str]]]:
    """The numbered rows of a file. Raises FileRefused."""
    reader = _reader(_text(content, manner.encoding), manner.delimiter)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        too_long = "field larger" in str(error)
        raise FileRefused(Limit.CELL if too_long else Limit.BROKEN, reader.line_num) from error


def _reader(text: str, delimiter: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _text(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise FileRefused(Limit.TEXT) from error


def _guess_encoding(content: bytes) -> tuple[str, bool]:
    """The encoding that the first bytes name; else one that fits, and whether that is but a guess."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, False
    if b"\0" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        return ("utf-16-be" if even > odd else "utf-16-le"), True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", True
    return "utf-8", False


def _guess_delimiter(text: str, known: frozenset[str]) -> str:
    """The sign by which the first rows have the most known headings; else the most cells, in rows alike."""

    def fits(delimiter: str) -> tuple[int, int]:
        try:
            rows = [row for row, _ in zip(_reader(text, delimiter), range(SAMPLE), strict=False) if row]
        except csv.Error:
            return 0, 0
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        headings = max((sum(heading_key(cell) in known for cell in row) for row in rows), default=0)
        return headings, (widths.count(usual) * usual if 1 < usual <= MOST_COLUMNS else 0)

    return max(DELIMITERS, key=fits)
