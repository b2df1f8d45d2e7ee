"""What the borough lacks: what is offered from two sides at a time, beside what is asked for and the census."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from flask import Response, request

from directory import clock
from directory.directory_revision import directory_revision
from directory.figures.gaps import SIDES
from directory.figures.queries import searches
from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.coverage import current_coverage
from directory.web.admin.gap_words import ONE, GapWords, Sight
from directory.web.admin.gap_words import SIDES as SIDE_WORDS
from directory.web.admin.report_tables import spreadsheet, tables_of
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.templating import render

A_YEAR = timedelta(days=364)


@admin.get("/reports/gaps")
def gaps() -> Page:
    """The report, as somebody wants to look at it."""
    words = _words()
    sight = _sight(words.taxonomy)
    paper = words.paper(sight)
    return render(
        "admin/gaps.html",
        paper=paper,
        tables=tables_of(paper),
        sides={name: _side_options(side) for name, side in (("rows", sight.rows), ("columns", sight.columns))},
        only=tuple((side.value, f"Only {ONE[side].lower()}", tuple(_options(words, side, sight))) for side in SIDES),
        shown=request.query_string.decode("ascii", "ignore"),
    )


@admin.get("/reports/gaps.csv")
def gaps_csv() -> Response:
    """The same as a spreadsheet."""
    words = _words()
    return spreadsheet(words.paper(_sight(words.taxonomy)), "gaps")


def _words() -> GapWords:
    session, today = db.session(), clock.today()
    revision = directory_revision(session)
    names = current_names(revision)
    asked = searches(session, today - A_YEAR, today, names.taxonomy)
    return GapWords(current_coverage(revision), names.taxonomy, asked, names)


def _sight(taxonomy: Taxonomy) -> Sight:
    """What the address asks for; what means nothing is passed over."""
    rows = _side("rows", TermKind.GROUND)
    columns = _side("columns", TermKind.KIND)
    if rows is columns:
        columns = next(side for side in SIDES if side is not rows)
    return Sight(rows=rows, columns=columns, only=_only(taxonomy))


def _side(name: str, otherwise: TermKind) -> TermKind:
    asked = request.args.get(name)
    return next((side for side in SIDES if side.value == asked), otherwise)


def _only(taxonomy: Taxonomy) -> Mapping[TermKind, str]:
    asked = {side: taxonomy.current(side, request.args.get(side.value, "")) for side in SIDES}
    return {side: code for side, code in asked.items() if code and taxonomy.has(side, code)}


def _side_options(chosen: TermKind) -> tuple[Option, ...]:
    return tuple(Option(side.value, SIDE_WORDS[side], side is chosen) for side in SIDES)


def _options(words: GapWords, side: TermKind, sight: Sight) -> Iterator[Option]:
    chosen = sight.only.get(side, "")
    yield Option("", "All", not chosen)
    for term in words.taxonomy.of(side):
        yield Option(term.code, words.row_name(side, term.code), term.code == chosen)
