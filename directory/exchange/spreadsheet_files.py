"""A file of any kind that is taken, as a table."""

import unicodedata

from directory.exchange.csv_files import CsvManner, guess_manner, read_csv
from directory.exchange.excel_files import IS_EXCEL, read_excel
from directory.exchange.matching import known_headings
from directory.exchange.tables import FileRefused, Limit, Table, check_size, table_of

LOOKED_AT = 2_000
"""Characters that tell whether a file is text at all."""


def guess_file(content: bytes) -> CsvManner | None:
    """How a CSV file is written; None for an Excel file. Raises FileRefused for what is neither, or too large."""
    check_size(content)
    if content.startswith(IS_EXCEL):
        return None
    manner = guess_manner(content, known_headings())
    if _is_no_text(content, manner):
        raise FileRefused(Limit.KIND)
    return manner


def read_table(content: bytes, manner: CsvManner | None) -> Table:
    """The headings and rows of a file. Raises FileRefused."""
    check_size(content)
    rows = read_excel(content) if manner is None else read_csv(content, manner)
    return table_of(rows, known_headings())


def _is_no_text(content: bytes, manner: CsvManner) -> bool:
    start = content[: 4 * LOOKED_AT].decode(manner.encoding, errors="replace")[:LOOKED_AT]
    return content.startswith(b"%PDF") or any(
        unicodedata.category(character) == "Cc" and character not in "\t\r\n\f\v" for character in start
    )
