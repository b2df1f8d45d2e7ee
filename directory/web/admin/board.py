"""The board's report of a half year: as a page, as PDF and as a spreadsheet."""

from datetime import date

from flask import Response, request
from sqlalchemy.orm import Session

from directory import clock
from directory.checks.keeping import day_of
from directory.directory_revision import directory_revision
from directory.figures.board import A_MOMENT, board_report
from directory.figures.gaps import lacks
from directory.figures.paper import Paper, as_pdf
from directory.figures.past import first_published
from directory.figures.periods import HalfYear, half_year, half_years
from directory.figures.queries import searches
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.board_words import board_paper, period_in_words
from directory.web.admin.coverage import current_coverage
from directory.web.admin.report_tables import document, spreadsheet, tables_of
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.templating import render


@admin.get("/reports/board")
def board() -> Page:
    """The report, with a choice of half years."""
    session = db.session()
    periods = _periods(session)
    period = _asked(periods)
    paper = _paper(session, period)
    return render(
        "admin/board.html",
        paper=paper,
        tables=tables_of(paper),
        period=period,
        periods=[Option(one.code, period_in_words(one), one == period) for one in periods],
    )


@admin.get("/reports/board.pdf")
def board_pdf() -> Response:
    """The report for paper."""
    session = db.session()
    period = _asked(_periods(session))
    return document(as_pdf(_paper(session, period), clock.now()), f"board-{period.code}")


@admin.get("/reports/board.csv")
def board_csv() -> Response:
    """The report as a spreadsheet."""
    session = db.session()
    period = _asked(_periods(session))
    return spreadsheet(_paper(session, period), f"board-{period.code}")


def _periods(session: Session) -> tuple[HalfYear, ...]:
    today, since = clock.today(), first_published(session)
    return half_years(_day(since.date() if since else today, today), today)


def _day(since: date, today: date) -> date:
    return min(since, today)


def _asked(periods: tuple[HalfYear, ...]) -> HalfYear:
    """The half year that the address names; else the last one that is over, if there is one."""
    code = request.args.get("half")
    return half_year(code, periods) if code else periods[min(1, len(periods) - 1)]


def _paper(session: Session, period: HalfYear) -> Paper:
    report = board_report(session, period, clock.now())
    revision = directory_revision(session)
    names = current_names(revision)
    asked = searches(session, period.first_day, day_of(report.until - A_MOMENT), names.taxonomy)
    return board_paper(report, lacks(current_coverage(revision), names.taxonomy), asked, names)
