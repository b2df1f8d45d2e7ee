"""A report as the page shows it, its bars drawn beside the table that says the same, and as a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response
from markupsafe import Markup

from directory.drawing import Bar, bars
from directory.exchange.csv_files import csv_lines
from directory.figures.paper import Paper, Section


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the page, with the picture of its bars if it has any."""

    id: str
    section: Section
    picture: Markup


def tables_of(paper: Paper) -> tuple[Table, ...]:
    """The tables of a report, in their order."""
    return tuple(_table(f"table-{place}", section) for place, section in enumerate(paper.sections, start=1))


def spreadsheet(paper: Paper, name: str) -> Response:
    """The report as a file with a row for every number."""
    response = Response(csv_lines(_rows(paper)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    return response


def document(content: bytes, name: str) -> Response:
    """The report as a file for paper."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f"attachment; filename={name}.pdf"
    return response


def _table(identity: str, section: Section) -> Table:
    drawn = [Bar(line.words, line.share, line.cells[0]) for line in section.lines if line.share is not None]
    said = "; ".join(f"{bar.words}: {bar.shown}" for bar in drawn)
    # our own drawing, which escapes every word that is given to it
    picture = Markup(bars(section.title, said, drawn, identity)) if drawn else Markup()  # noqa: S704
    return Table(identity, section, picture)


def _rows(paper: Paper) -> Iterator[tuple[str, ...]]:
    yield ("Table", "Row", "Column", "Number")
    for section in paper.sections:
        for line in section.lines:
            for column, cell in zip(section.head[1:], line.cells, strict=True):
                yield (section.title, line.words, column, cell)
