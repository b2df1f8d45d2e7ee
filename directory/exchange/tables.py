"""A file as a table of texts, whatever it was, and how much of it may be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from directory.errors import DomainError
from directory.exchange.guarded_text import unguarded

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 5_000
"""Rows that hold something, below the headings."""
MOST_COLUMNS = 100
LARGEST_CELL = 10 * 1024
"""Bytes of UTF-8."""
DEEPEST_HEADINGS = 10
"""Rows in which the headings are looked for: titles may stand above them."""


class Limit(StrEnum):
    """Why a file is not taken."""

    BYTES = "bytes"
    ROWS = "rows"
    COLUMNS = "columns"
    CELL = "cell"
    EMPTY = "empty"
    """It has no headings, or nothing below them."""
    KIND = "kind"
    """It is neither CSV nor Excel (`.xlsx`)."""
    TEXT = "text"
    """Its text cannot be read in the chosen encoding."""
    BROKEN = "broken"
    """It says that it is a spreadsheet, and cannot be read as one."""
    UNSAFE = "unsafe"
    """It holds things that only files made to do harm hold."""


class FileRefused(DomainError):
    """A file is too large, or no spreadsheet."""

    def __init__(self, limit: Limit, row: int = 0) -> None:
        """Keep why, and in which row if it is one."""
        super().__init__(f"{limit} {row}" if row else limit.value)
        self.limit = limit
        self.row = row


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as people count, and its texts."""

    number: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and the rows below them that hold something."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def check_size(content: bytes) -> None:
    """Raise FileRefused for a file that is too large, before anything of it is read."""
    if len(content) > LARGEST_FILE:
        raise FileRefused(Limit.BYTES)


def table_of(rows: Iterable[tuple[int, Iterable[str]]], known: frozenset[str]) -> Table:
    """The table that numbered rows make; its headings are the first row with the most `known` ones.

    Raises FileRefused as soon as there is too much of anything.
    """
    held = list(_within_limits(rows))
    first = max(held[:DEEPEST_HEADINGS], key=lambda row: _known_in(row, known), default=None)
    if first is None or held[-1] is first:
        raise FileRefused(Limit.EMPTY)
    if not _known_in(first, known):
        first = held[0]
    below = tuple(held[held.index(first) + 1 :])
    if len(below) > MOST_ROWS:
        raise FileRefused(Limit.ROWS, below[MOST_ROWS].number)
    width = max(len(row.texts) for row in (first, *below))
    return Table(_widened(first, width), tuple(Row(row.number, _widened(row, width)) for row in below))


def _within_limits(rows: Iterable[tuple[int, Iterable[str]]]) -> Iterator[Row]:
    """The rows that hold something, without the quotes that guard them and the empty cells at their ends."""
    held = 0
    for number, cells in rows:
        texts = [unguarded(text) for text in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        if not texts:
            continue
        held += 1
        if held > MOST_ROWS + DEEPEST_HEADINGS:
            raise FileRefused(Limit.ROWS, number)
        if len(texts) > MOST_COLUMNS:
            raise FileRefused(Limit.COLUMNS, number)
        if any(len(text) * 4 > LARGEST_CELL and len(text.encode()) > LARGEST_CELL for text in texts):
            raise FileRefused(Limit.CELL, number)
        yield Row(number, tuple(texts))


def _known_in(row: Row, known: frozenset[str]) -> int:
    return sum(heading_key(text) in known for text in row.texts)


def _widened(row: Row, width: int) -> tuple[str, ...]:
    return (*row.texts, *("",) * (width - len(row.texts)))


def heading_key(text: str) -> str:
    """A heading as it is compared: without case, gaps and signs."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
