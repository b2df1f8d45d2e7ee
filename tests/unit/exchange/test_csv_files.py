"""CSV in whatever way it was written, and what is not taken."""

import io

import pytest

from directory.exchange.csv_files import CsvManner, guess_manner, read_csv
from directory.exchange.excel_files import write_excel
from directory.exchange.spreadsheet_files import guess_file, read_table
from directory.exchange.tables import (
    LARGEST_CELL,
    LARGEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    FileRefused,
    Limit,
    Row,
    Table,
    check_size,
    table_of,
)

TEXT = "Organisation;Town\r\nKıyı “Shore”;Tottenham, London\r\n"
KNOWN = frozenset({"organisation", "town"})


def table(content: bytes) -> Table:
    return table_of(read_csv(content, guess_manner(content, KNOWN)), KNOWN)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_it_is_read_in_any_encoding_and_with_any_delimiter(encoding: str, delimiter: str) -> None:
    text = f'Organisation{delimiter}Town\r\nKıyı{delimiter}"Tottenham{delimiter} London\nN15"\r\n'
    assert table(text.encode(encoding)) == Table(
        ("Organisation", "Town"), (Row(2, ("Kıyı", f"Tottenham{delimiter} London\nN15")),)
    )


def test_what_a_file_does_not_say_is_guessed_and_told() -> None:
    assert guess_manner("Name,Caf\xe9\n".encode("cp1252")) == CsvManner("cp1252", ",", is_guessed=True)
    assert guess_manner(TEXT.encode("utf-16-le"), KNOWN) == CsvManner("utf-16-le", ";", is_guessed=True)
    assert guess_manner(TEXT.encode()) == CsvManner("utf-8", ";")


def test_another_encoding_can_be_chosen() -> None:
    content = "Organisation,Town\nCaf\xe9,x\n".encode("cp1252")
    with pytest.raises(FileRefused) as refused:
        list(read_csv(content, CsvManner("utf-8", ",")))
    assert refused.value.limit is Limit.TEXT


def test_titles_may_stand_above_the_headings_and_empty_rows_anywhere() -> None:
    content = b"Our list,,\n,,\nOrganisation,Town,\n,,\nHarbour,London,\n"
    assert table(content) == Table(("Organisation", "Town"), (Row(5, ("Harbour", "London")),))


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (b"", Limit.EMPTY),
        (b"Organisation,Town\n", Limit.EMPTY),
        (b"Organisation\n" + b"x\n" * (MOST_ROWS + 1), Limit.ROWS),
        (b"Organisation\n" + b"x\n" * 1_000_000, Limit.ROWS),
        (b"Organisation\n" + b"x," * MOST_COLUMNS + b"x\n", Limit.COLUMNS),
        (b"Organisation\n" + b"x" * (LARGEST_CELL + 1), Limit.CELL),
        (b"Organisation\n" + "ş".encode() * (LARGEST_CELL // 2 + 1), Limit.CELL),
        (b'Organisation\n"' + b"x" * (4 * 1024 * 1024), Limit.CELL),
        (b"Organisation\n\x81\x8d", Limit.TEXT),
    ],
)
def test_what_is_too_much_or_no_text_is_refused(content: bytes, limit: Limit) -> None:
    with pytest.raises(FileRefused) as refused:
        table(content)
    assert refused.value.limit is limit


def test_as_much_as_may_be_is_taken() -> None:
    content = (
        b"Organisation" + b",x" * (MOST_COLUMNS - 1) + b"\n" + b"x" * LARGEST_CELL + b"\n" + b"x\n" * (MOST_ROWS - 1)
    )
    assert len(table(content).rows) == MOST_ROWS


def test_a_large_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(FileRefused) as refused:
        check_size(b"x" * (LARGEST_FILE + 1))
    assert refused.value.limit is Limit.BYTES


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\nOrganisation", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        guess_file(content)
    assert refused.value.limit is Limit.KIND


def test_a_file_is_known_by_what_it_holds_whatever_its_name() -> None:
    excel = io.BytesIO()
    write_excel([["Organisation"], ["Harbour"]], excel)
    for content in (excel.getvalue(), b"Organisation\nHarbour\n"):
        assert read_table(content, guess_file(content)) == Table(("Organisation",), (Row(2, ("Harbour",)),))
