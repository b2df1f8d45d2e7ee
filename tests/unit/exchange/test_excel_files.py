"""Excel files: all text comes back, what others made is read, and what is made to do harm is refused at once."""

import io
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, time
from multiprocessing import get_context
from resource import RUSAGE_SELF, getrusage
from time import process_time

import pytest
from hypothesis import given
from openpyxl import Workbook, load_workbook

from directory.exchange.excel_files import read_excel, write_excel
from directory.exchange.guarded_text import unguarded
from directory.exchange.tables import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, FileRefused, Limit
from tests.unit.exchange.test_round_trip import DANGEROUS, MANY_TEXTS, many_texts

SECONDS, MEGABYTES = 2, 100
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def written(rows: list[list[str]]) -> bytes:
    file = io.BytesIO()
    write_excel(rows, file)
    return file.getvalue()


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(name: str, *pieces: bytes, times: int = 1) -> bytes:
    """A file of ours with one part more, or another one in its place; the middle piece repeated."""
    first, middle, last = pieces
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written([["Organisation"], ["Harbour"]]))) as held,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in held.infolist():
            if part.filename != name:
                made.writestr(part, held.read(part))
        with made.open(name, "w") as part_file:
            part_file.write(first)
            for _ in range(times // 1000 or times):
                part_file.write(middle * (1000 if times >= 1000 else 1))
            part_file.write(last)
    return file.getvalue()


def sheet(middle: str, times: int = 1) -> bytes:
    return with_part(
        "xl/worksheets/sheet1.xml",
        f'<worksheet xmlns="{NAMESPACE}"><sheetData>'.encode(),
        middle.encode(),
        b"</sheetData></worksheet>",
        times=times,
    )


def entities(levels: int) -> bytes:
    declared = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels))
    head = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "lol">{declared}]>'
    return with_part("xl/worksheets/sheet1.xml", head.encode(), f"<w>&a{levels - 1};</w>".encode(), b"")


def nested() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("xl/workbook.xml", "x" * 10_000_000)
    return file.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "hundreds of megabytes of nothing": lambda: sheet(" " * 1024, times=200_000),
    "one endless text": lambda: sheet("<row><c t='str'><v>" + "x" * 1024, times=200_000),
    "one endless attribute": lambda: with_part(
        "xl/worksheets/sheet1.xml", b"<worksheet a='", b"x" * 1024, b"'/>", times=100_000
    ),
    "a row without end": lambda: sheet("<c/>", times=3_000_000),
    "rows without end": lambda: sheet("<row/>", times=3_000_000),
    "many empty texts": lambda: with_part("xl/sharedStrings.xml", b"<sst>", b"<si/>", b"</sst>", times=3_000_000),
    "many styles": lambda: with_part("xl/styles.xml", b"<styleSheet>", b"<xf/>", b"</styleSheet>", times=300_000),
    "a row far away": lambda: sheet("<row r='99999999999999'><c><v>1</v></c></row>"),
    "a billion laughs": lambda: entities(10),
    "a file of the system": lambda: with_part(
        "xl/workbook.xml", b"<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", b"<w>&x;</w>", b""
    ),
    "hidden in another encoding": lambda: with_part(
        "xl/workbook.xml", "\ufeff<!DOCTYPE w [<!ENTITY x 'y'>]><w/>".encode("utf-16"), b"", b""
    ),
    "packed in another way": nested,
    "many parts": lambda: saved_parts(5_000),
}


def saved_parts(number: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for part in range(number):
            made.writestr(f"{part}.xml", "<a/>")
    return file.getvalue()


@MANY_TEXTS
@given(many_texts)
def test_any_texts_come_back_and_no_cell_is_a_formula(column: list[str]) -> None:
    content = written([["Organisation"], *([text] for text in column)])
    assert [unguarded(text) for _, [text] in read_excel(content)[1:]] == column
    cells = [cell for cell, *_ in load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert not [cell for cell in cells if str(cell.value).startswith(tuple(DANGEROUS))]


def test_what_other_programs_keep_in_cells_is_read_as_people_see_it() -> None:
    book = Workbook()
    book.active.append(["Organisation", "Phone", "Last checked", "Free", "Hours", "Age", "Share"])
    book.active.append(["Harbour", 2084891000, date(2026, 6, 3), True, time(9, 30), 16.0, 0.5])
    book.active.append(["=1+1", None, datetime(2026, 6, 3, 9, 30), False])  # noqa: DTZ001 - Excel knows no zones
    assert [texts for _, texts in read_excel(saved(book))][1:] == [
        ["Harbour", "2084891000", "2026-06-03", "yes", "09:30:00", "16", "0.5"],
        ["", "", "2026-06-03 09:30:00", "no"],
    ]


def test_the_first_sheet_that_holds_anything_is_read() -> None:
    book = Workbook()
    book.create_sheet("Second").append(["Organisation"])
    book.create_sheet("Third").append(["Something else"])
    assert read_excel(saved(book)) == [(1, ["Organisation"])]


def refusal(content: bytes) -> tuple[str, float, int]:
    """Why a file is refused, after how many seconds, and how many bytes this process has grown by for it."""
    before, began = getrusage(RUSAGE_SELF).ru_maxrss, process_time()
    try:
        read_excel(content)
    except FileRefused as error:
        return error.limit.value, process_time() - began, (getrusage(RUSAGE_SELF).ru_maxrss - before) * 1024
    return "taken", 0, 0


@pytest.fixture(scope="module")
def another_process() -> Iterator[ProcessPoolExecutor]:
    """A process that has opened nothing yet, so that its size tells what it takes to refuse a file."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_what_is_made_to_do_harm_is_refused_at_once(
    bomb: Callable[[], bytes], another_process: ProcessPoolExecutor
) -> None:
    content = bomb()
    assert len(content) <= LARGEST_FILE
    limit, took, grown = another_process.submit(refusal, content).result()
    assert limit in (Limit.UNSAFE, Limit.BROKEN)
    assert grown < MEGABYTES * 1024 * 1024
    assert took < SECONDS


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 1000, written([["x"]])[:-100], saved_parts(1), sheet("<row>")]
)
def test_what_is_broken_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        read_excel(content)
    assert refused.value.limit is Limit.BROKEN


def test_a_cell_too_far_to_the_right_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        read_excel(sheet("<row r='7'><c r='XFD7'><v>1</v></c></row>"))
    assert (refused.value.limit, refused.value.row) == (Limit.COLUMNS, 7)


def test_a_full_file_of_ours_is_read() -> None:
    rows = [[f"{number}"] * MOST_COLUMNS for number in range(50)]
    assert len(read_excel(written(rows))) == len(rows)
    assert len(read_excel(sheet("<row><c><v>1</v></c></row>", times=MOST_ROWS * 2))) > MOST_ROWS
