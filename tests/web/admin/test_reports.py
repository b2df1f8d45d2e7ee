"""The reports of the desk: the board's as page, PDF and spreadsheet, and what the borough lacks."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from directory import clock
from directory.checks.operations import log_phone_check
from directory.figures.asked import By, Tally, Wish
from directory.figures.operations import keep_counts
from directory.web.extensions import db
from tests.factories import NOW, details, service
from tests.page import Page
from tests.web.admin.desk import Desk

MOST_QUERIES = 15


@pytest.fixture(scope="module", autouse=True)
def directory(desk: Desk) -> None:
    """Two entries that became public in June 2026, one of them confirmed then, and some searches."""
    report = service(grounds=("race",), kinds=("report",), languages=("tr",), areas=("haringey",))
    line = service(all_grounds=True, kinds=("helpline",))
    harbour = desk.publish("harbour", details(report))
    desk.publish("line", details(line, name="Line"))
    tally = Tally()
    for _ in range(12):
        tally.add(NOW.date(), [Wish(By.CHOSEN, "ground", "religion")], nothing=True)
        tally.add(clock.today(), [Wish(By.CHOSEN, "ground", "race")], nothing=False)
    tally.add(clock.today(), [Wish(By.UNDERSTOOD, "ground", "sexuality")], nothing=True)
    with desk.writing() as session:
        log_phone_check(session, harbour, by="officer:1", now=NOW)
        keep_counts(session, tally.take())


def rows(page: Page, title: str) -> dict[str, list[str]]:
    """The numbers of a table by the words before them."""
    (table,) = (part for part in page.all("section") if words(part.find("h2")) == title)
    return {words(row.find("th")): [words(cell) for cell in row.iter("td")] for row in table.find(".//tbody") or ()}


def words(element: object) -> str:
    return " ".join("".join(element.itertext()).split())  # type: ignore[attr-defined]


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    """The questions that are put to the database meanwhile."""
    asked: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.append(statement)

    with desk.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", see)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", see)


def test_the_list_leads_to_both_reports(desk: Desk) -> None:
    page = desk.viewer.get("/desk/reports")
    assert page.link("Report to the board") == "/desk/reports/board"
    assert page.link("What the borough lacks") == "/desk/reports/gaps"
    assert page.link("Reports") == "/desk/reports"


def test_the_board_reads_how_a_half_year_ended(desk: Desk) -> None:
    page = desk.viewer.get("/desk/reports/board?half=2026-1")
    assert page.heading == "Report to the board: January to June 2026"
    assert rows(page, "How current it is") == {
        "Public": ["0", "2"],
        "Confirmed within the time set for each": ["none", "1 of 2 (50%)"],
        "Confirmed in the 365 days before": ["none", "1 of 2 (50%)"],
        "Never confirmed": ["none", "1 of 2 (50%)"],
        "Since a middle one was confirmed": ["none", "27 days"],
    }
    assert rows(page, "Answers")["By phone"] == ["1"]
    assert rows(page, "Entries added and hidden")["Shown to the public for the first time"] == ["2"]
    assert rows(page, "What people searched for, and found nothing that fits") == {
        "All searches": ["12"],
        "Religion": ["12"],
    }


def test_ages_are_drawn_and_the_table_says_the_same(desk: Desk) -> None:
    page = desk.viewer.get("/desk/reports/board?half=2026-1")
    assert rows(page, "How long ago entries were confirmed") == {
        "Up to 90 days before": ["1"],
        "91 to 180 days before": ["0"],
        "181 to 365 days before": ["0"],
        "More than 365 days before": ["0"],
        "Never": ["1"],
    }
    (drawn,) = (element for element in page.tree.iter() if element.attrib.get("role") == "img")
    assert "Up to 90 days before: 1; 91 to 180 days before: 0" in words(drawn)


def test_without_a_choice_it_is_the_last_half_year_that_is_over(desk: Desk) -> None:
    page = desk.viewer.get("/desk/reports/board")
    chosen, *_ = (option for option in page.all("option") if "selected" in option.attrib)
    assert words(chosen) in page.heading
    assert desk.viewer.get("/desk/reports/board?half=2025-2", status=404).heading == "Page not found"


def test_the_board_gets_it_on_paper_and_as_a_spreadsheet(desk: Desk) -> None:
    paper = desk.viewer.answer("/desk/reports/board.pdf?half=2026-1")
    assert paper.headers["Content-Disposition"] == "attachment; filename=board-2026-1.pdf"
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")
    sheet = desk.viewer.answer("/desk/reports/board.csv?half=2026-1")
    assert sheet.headers["Content-Disposition"] == "attachment; filename=board-2026-1.csv"
    held = list(csv.reader(io.StringIO(sheet.get_data(as_text=True).removeprefix("\ufeff"))))
    assert held[0] == ["Table", "Row", "Column", "Number"]
    assert ["How current it is", "Public", "At the end", "2"] in held


def test_the_offer_is_shown_from_two_sides_beside_what_is_asked_for(desk: Desk) -> None:
    page = desk.viewer.get("/desk/reports/gaps")
    asked = rows(page, "Grounds: what is there, and what is asked for")
    assert asked["For all grounds"] == ["1", "not counted", "not counted", "not counted"]
    assert asked["Race"] == ["1", "12", "fewer than 10", "fewer than 10"]
    assert asked["Sexuality"] == ["0", "fewer than 10", "fewer than 10", "fewer than 10"]
    assert asked["Race: Race.Turkish"][0] == "0"
    assert rows(page, "Grounds and kinds of service")["Race"] == ["1", "0", "0", "0", "0"]


def test_other_sides_and_filters_can_be_chosen(desk: Desk) -> None:
    page = desk.viewer.get("/desk/reports/gaps?rows=language&columns=area&ground=race")
    assert rows(page, "Languages and areas served") == {"Tr": ["1"]}
    page = desk.viewer.get("/desk/reports/gaps?rows=kind&columns=kind&language=kmr")
    assert set(map(tuple, rows(page, "Kinds of service and grounds").values())) == {("0",) * 7}


@pytest.mark.parametrize(
    "nonsense", ["?rows=x&columns=&ground=%00&kind=<b>&area=nowhere", "?rows=access", "?=&&ground"]
)
def test_what_means_nothing_is_passed_over(desk: Desk, nonsense: str) -> None:
    assert rows(desk.viewer.get(f"/desk/reports/gaps{nonsense}"), "Grounds and kinds of service")["Race"]


def test_the_languages_of_the_census_stand_beside_those_of_the_staff(desk: Desk) -> None:
    page = desk.viewer.get("/desk/reports/gaps")
    census = rows(page, "Main languages of residents other than English, at the census of 2021")
    assert census["Turkish"] == ["9,581", "1"]
    assert census["Spanish"] == ["8,011", "0"]
    assert "Spanish (8,011)" in page.main


def test_the_spreadsheet_holds_what_the_page_shows(desk: Desk) -> None:
    page = desk.viewer.get("/desk/reports/gaps?rows=kind&columns=language")
    sheet = desk.viewer.answer(page.link("This report as a spreadsheet (CSV)"))
    held = list(csv.reader(io.StringIO(sheet.get_data(as_text=True).removeprefix("\ufeff"))))
    assert ["Kinds of service and languages", "Report", "Tr", "1"] in held


@pytest.mark.parametrize("path", ["", "/board", "/board.pdf", "/board.csv", "/gaps", "/gaps.csv"])
def test_no_report_asks_too_many_questions(desk: Desk, path: str) -> None:
    desk.app.extensions["kept_by_revision"].clear()
    with counted(desk) as asked:
        desk.viewer.answer(f"/desk/reports{path}")
    assert len(asked) <= MOST_QUERIES
