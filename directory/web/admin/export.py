"""Taking the directory out as a spreadsheet."""

from http import HTTPStatus
from tempfile import TemporaryFile

from flask import Response, send_file
from sqlalchemy.orm import sessionmaker

from directory import audit, clock
from directory.exchange.csv_files import csv_lines
from directory.exchange.entry_export import export_rows
from directory.exchange.excel_files import write_excel
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.transaction import transaction

EXCEL, CSV = "xlsx", "csv"
KINDS = {EXCEL: "Excel", CSV: "CSV"}
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHARED, PRIVATE = "shared", "private"
WHOM = {
    SHARED: "Anybody: public entries, as everybody may see them",
    PRIVATE: "Officers alone: all entries, with update contacts, notes, sources and private addresses",
}


@admin.get("/export")
def export() -> Page:
    """What to take out, and for whom."""
    return _page(Typed())


@admin.post("/export")
def send_export() -> Page:
    """The file; it is kept who took one out that holds what is private."""
    typed = sent("whom", "kind")
    typed = typed.wrong(
        whom="" if typed.get("whom") in WHOM else "Say who the file is for",
        kind="" if typed.get("kind") in KINDS else "Choose a kind of file",
    )
    if typed.errors:
        return _page(typed), HTTPStatus.UNPROCESSABLE_ENTITY
    is_private, kind = typed.get("whom") == PRIVATE, typed.get("kind")
    with transaction() as session:
        audit.record(session, actor=actor(), action="entries_exported", now=clock.now(), private=is_private, kind=kind)
    name = f"directory-{clock.today().isoformat()}{'-private' if is_private else ''}.{kind}"
    return _excel(name, is_private=is_private) if kind == EXCEL else _csv(name, is_private=is_private)


def _csv(name: str, *, is_private: bool) -> Response:
    """A file that is sent while it is made."""
    rows = export_rows(sessionmaker(db.engine), for_officers=is_private)
    response = Response(csv_lines(rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _excel(name: str, *, is_private: bool) -> Response:
    """A file that is made on the disk, since its index comes last."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    write_excel(export_rows(sessionmaker(db.engine), for_officers=is_private), file)
    file.seek(0)
    return send_file(file, mimetype=EXCEL_TYPE, as_attachment=True, download_name=name)


def _page(typed: Typed) -> str:
    return render(
        "admin/export.html",
        typed=typed,
        whom=[Option(value, words, value == typed.get("whom")) for value, words in WHOM.items()],
        kinds=[Option(value, words, value == typed.get("kind")) for value, words in KINDS.items()],
    )
