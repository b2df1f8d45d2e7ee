"""Looks through an Excel file before anything opens it, and refuses one that would fill the memory or never end.

An Excel file is XML in a zip file. Each part is read once here, piece by piece, and nothing of it is kept; the first
thing that no honest file has ends it.
"""

import io
import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - it is one

from directory.exchange.tables import MOST_COLUMNS, MOST_ROWS, FileRefused, Limit

MOST_PARTS: Final = 1_000
MOST_XML: Final = 64 * 1024 * 1024
"""Bytes of XML in all, unpacked."""
MOST_ELEMENTS: Final = 1_500_000
"""In all: what a sheet of as many rows and columns as may be has, three of four cells filled."""
MOST_ELEMENTS_BESIDE: Final = 30_000
"""In all parts that are no sheet and no list of texts, since each of them costs more."""
MOST_CELLS: Final = MOST_ROWS * MOST_COLUMNS
"""Filled or not; and as many texts that cells share."""
MOST_CELLS_IN_A_ROW: Final = 16_384
LAST_ROW: Final = 1_048_576
LONGEST_TEXT: Final = 256 * 1024
"""Bytes from one element to the next."""
PIECE: Final = 64 * 1024

_BULK: Final = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_XML: Final = (".xml", ".rels")
_COLUMN: Final = re.compile(r"[A-Z]+")


def check_workbook(content: bytes) -> None:
    """Raise FileRefused unless this is an Excel file that can be opened without harm."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise FileRefused(Limit.BROKEN) from error


def _check_parts(archive: ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise FileRefused(Limit.UNSAFE)
    guard = _Guard()
    for part in parts:
        if part.filename.lower().endswith(_XML):
            guard.look_through(_pieces(archive, part), is_bulk=bool(_BULK.fullmatch(part.filename)))


def _pieces(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as file:
        while piece := file.read(PIECE):
            yield piece


class _Guard:
    """Counts what all parts have together."""

    def __init__(self) -> None:
        self.bytes = self.elements = self.elements_beside = self.cells = self.texts = 0

    def look_through(self, pieces: Iterator[bytes], *, is_bulk: bool) -> None:
        """Read one part. Raises FileRefused."""
        part = _Part(self, is_bulk=is_bulk)
        fed = 0
        try:
            for piece in pieces:
                fed += len(piece)
                self.bytes += len(piece)
                part.parser.Parse(piece, False)  # noqa: FBT003 - the parser has no names
                if self.bytes > MOST_XML or fed - part.at > LONGEST_TEXT + PIECE:
                    raise FileRefused(Limit.UNSAFE)
            part.parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as error:
            raise FileRefused(Limit.BROKEN) from error


class _Part:
    """One part as it is read."""

    def __init__(self, guard: _Guard, *, is_bulk: bool) -> None:
        self._guard, self._is_bulk = guard, is_bulk
        self._row = self._column = self._in_row = 0
        self.at = 0  # where the last element begins
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        guard, at = self._guard, self.parser.CurrentByteIndex
        guard.elements += 1
        guard.elements_beside += not self._is_bulk
        if (
            guard.elements > MOST_ELEMENTS
            or guard.elements_beside > MOST_ELEMENTS_BESIDE
            or at - self.at > LONGEST_TEXT
        ):
            raise FileRefused(Limit.UNSAFE)
        self.at = at
        local = name.rpartition(":")[2]
        if local == "c":
            self._cell(attributes)
        elif local == "si":
            guard.texts += 1
            if guard.texts > MOST_CELLS:
                raise FileRefused(Limit.UNSAFE)
        elif local in ("v", "is") and self._column > MOST_COLUMNS:
            raise FileRefused(Limit.COLUMNS, self._row)
        elif local == "row":
            self._begin_row(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._guard.cells += 1
        found = _COLUMN.match(attributes.get("r", ""))
        self._column = _number(found[0]) if found else self._column + 1
        self._in_row += 1
        if self._guard.cells > MOST_CELLS or self._in_row > MOST_CELLS_IN_A_ROW:
            raise FileRefused(Limit.UNSAFE)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r", "")
        self._row = int(said) if said.isdecimal() and len(said) < len("10000000") else self._row + 1
        self._column = self._in_row = 0
        if self._row > LAST_ROW or (said and self._row != int(said)):
            raise FileRefused(Limit.UNSAFE)

    def _refuse(self, *_declaration: object) -> None:
        """No Excel file declares a type or an entity."""
        raise FileRefused(Limit.UNSAFE)


def _number(letters: str) -> int:
    """The number of a column by its letters."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
