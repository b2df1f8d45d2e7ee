"""The imports there are, and bringing another file in."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import redirect, request, url_for

from directory import clock
from directory.checks.keeping import day_of
from directory.exchange.imports import operations, queries
from directory.exchange.imports.models import ImportRow
from directory.exchange.tables import LARGEST_FILE, FileRefused
from directory.web.admin.access import actor
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.imports.words import STATES, refusal
from directory.web.admin.paging import Paging, asked_page
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.transaction import transaction

NO_FILE = "Choose a file"


@dataclass(frozen=True, slots=True)
class Line:
    """An import in the list."""

    id: UUID
    file_name: str
    state: str
    more: str


@admin.get("/import")
def imports() -> Page:
    """All imports, the newest first, and the form for another one."""
    return _page("")


@admin.post("/import")
def send_import() -> Page:
    """Take a file in."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(NO_FILE), HTTPStatus.UNPROCESSABLE_ENTITY
    content = file.read(LARGEST_FILE + 1)
    try:
        with transaction() as session:
            import_id = operations.upload(session, content, file_name=file.filename, by=actor(), now=clock.now())
    except FileRefused as error:
        return _page(refusal(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("admin.import_page", import_id=import_id), HTTPStatus.SEE_OTHER)


def _page(error: str) -> str:
    session = db.session()
    paging = Paging(asked_page(), queries.count_imports(session))
    by = officer_names(session)
    rows = queries.imports(session, skip=paging.offset, most=paging.length)
    lines = [_line(row, actor_in_words(row.started_by, by)) for row in rows]
    return render("admin/imports/list.html", lines=lines, paging=paging, error=error)


def _line(row: ImportRow, who: str) -> Line:
    return Line(
        id=row.id,
        file_name=row.file_name,
        state=STATES[row.state],
        more=f"Brought in by {who} on {date_in_words(day_of(row.started_at))}",
    )
