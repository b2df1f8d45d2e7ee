"""The audit trail: who did what to what, and when. Nobody can change it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from directory import audit as trail
from directory import clock
from directory.audit import AuditFilter, events, every_event
from directory.clock import LONDON
from directory.exchange.csv_files import csv_lines
from directory.exchange.dates import DateUnclear, read_date
from directory.organisations.models import SlugRow
from directory.organisations.queries import OrganisationNotFound, current_slug
from directory.web.admin.access import actor
from directory.web.admin.actors import OTHERS, officer_names
from directory.web.admin.audit_view import FILE_HEAD, file_row, rows_of
from directory.web.admin.audit_words import KINDS
from directory.web.admin.blueprint import Page, admin
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.plain_form import one_line, tidy
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.typed_text import whole_number

FILE = "audit.csv"
NAMES = ("who", "kind", "entry", "since", "until")
LENGTH = 50
NO_DAY = "Enter a day, like 27/3/2027"
NO_ENTRY = "There is no entry with this address"
ANY_OFFICER = "officer:"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, the filter that it makes, and what is wrong with it."""

    values: dict[str, str]
    wanted: AuditFilter
    errors: dict[str, str]


@admin.get("/audit")
def audit() -> Page:
    """The newest events that were asked for, or those before one."""
    session = db.session()
    values = {name: one_line(tidy(request.args.get(name, ""))) for name in NAMES}
    asked = _asked(session, values | {"entry": values["entry"] or _slug(session, request.args.get("organisation_id"))})
    before = request.args.get("before", "")
    found = () if asked.errors else events(session, asked.wanted, limit=LENGTH + 1, before=whole_number(before))
    kept: dict[str, Any] = {name: value for name, value in asked.values.items() if value}
    older = url_for("admin.audit", **kept, before=found[LENGTH - 1].id) if len(found) > LENGTH else ""
    return render(
        "admin/audit.html",
        rows=rows_of(session, found[:LENGTH]),
        asked=asked,
        people=_people(session, asked.values["who"]),
        kinds=_kinds(asked.values["kind"]),
        older=older,
        newest=f"{request.path}?{urlencode(kept)}" if before else "",
    )


@admin.post("/audit/file")
def export_audit() -> Response:
    """All events that were asked for, as a file that is sent while it is read. It is noted who took it."""
    asked = _asked(db.session(), {name: one_line(tidy(request.form.get(name, ""))) for name in NAMES})
    with transaction() as session:
        trail.record(session, actor=actor(), action="audit_exported", now=clock.now())
    response = Response(_file(asked.wanted, sessionmaker(db.engine)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={FILE}"
    return response


def _file(wanted: AuditFilter, sessions: Callable[[], Session]) -> Iterator[str]:
    def rows() -> Iterator[tuple[str, ...]]:
        yield FILE_HEAD
        with sessions() as session:
            for event in every_event(session, wanted):
                yield file_row(event)

    return csv_lines(rows())


def _asked(session: Session, values: dict[str, str]) -> Asked:
    """The filter of an address. What means nothing is passed over, but for days and entries, which people type."""
    errors: dict[str, str] = {}
    kind = KINDS.get(values["kind"])
    wanted = AuditFilter(
        actor=values["who"],
        actions=frozenset(kind.acts) if kind else frozenset(),
        organisation_id=_entry(session, values["entry"], errors),
        since=_moment(_day(values["since"], "since", errors)),
        until=_moment(_day(values["until"], "until", errors), days=1),
    )
    return Asked(values, wanted, errors)


def _entry(session: Session, typed: str, errors: dict[str, str]) -> UUID | None:
    """The entry of an address or its last part."""
    if not typed:
        return None
    slug = typed.rstrip("/").rpartition("/")[2].partition("?")[0]
    found = session.scalars(select(SlugRow.organisation_id).where(SlugRow.slug == slug)).one_or_none()
    if found is None:
        errors["entry"] = NO_ENTRY
    return found


def _slug(session: Session, organisation_id: str | None) -> str:
    """The slug of the entry whose page led here."""
    try:
        return current_slug(session, UUID(organisation_id)) if organisation_id else ""
    except (ValueError, OrganisationNotFound):
        return ""


def _day(typed: str, name: str, errors: dict[str, str]) -> date | None:
    try:
        return read_date(typed, day_first=True) if typed else None
    except DateUnclear:
        errors[name] = NO_DAY
        return None


def _moment(day: date | None, days: int = 0) -> datetime | None:
    """The beginning of a day in London."""
    return None if day is None else datetime.combine(day + timedelta(days=days), time(), tzinfo=LONDON)


def _people(session: Session, chosen: str) -> tuple[Option, ...]:
    """Everybody who can have done something: officers by name, the others by what they are."""
    others = {f"{kind}:" if kind == "link" else kind: words for kind, words in OTHERS.items()}
    people = {"": "Everybody", ANY_OFFICER: "Any officer", **officer_names(session), **others}
    return tuple(Option(value, words[:1].upper() + words[1:], value == chosen) for value, words in people.items())


def _kinds(chosen: str) -> tuple[Option, ...]:
    named = {"": "Everything", **{name: kind.words for name, kind in KINDS.items()}}
    return tuple(Option(value, words, value == chosen) for value, words in named.items())
