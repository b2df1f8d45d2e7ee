"""What waits for a decision: the whole queue, and the way to what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby

from flask import redirect, request, url_for

from directory import clock
from directory.changes.queue import Waiting, count_waiting, next_waiting, waiting_page
from directory.changes.rules import Origin, Risk
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.paging import LENGTH, Paging, asked_page
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.unit_words.titles import unit_title

RISKS: Mapping[Risk, str] = {
    Risk.CONTACT: "How people reach it",
    Risk.CONTENT: "What it says",
    Risk.ROUTINE: "Routine",
}
ORIGINS: Mapping[Origin, str] = {
    Origin.LINK: "through its own link",
    Origin.OFFICER: "by an officer",
    Origin.SUGGESTION: "from the public site",
    Origin.IMPORT: "from another directory",
}
MOST_TITLES = 3
AFTER = "after"
"""What of an address names the change that was decided just before."""


@dataclass(frozen=True, slots=True)
class Row:
    """A change in the list."""

    waiting: Waiting
    risk: str
    origin: str
    sent: str
    what: str


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one organisation."""

    name: str
    is_new: bool
    rows: tuple[Row, ...]


@admin.get("/changes")
def changes() -> Page:
    """The queue, the worst first, grouped by organisation."""
    session = db.session()
    paging = Paging(asked_page(), count_waiting(session))
    page = waiting_page(session, today=clock.today(), limit=LENGTH, offset=paging.offset)
    return render("admin/changes.html", groups=_groups(page), paging=paging, after=request.args.get(AFTER))


@admin.get("/changes/next")
def next_change() -> Page:
    """To the change to decide next; to the empty queue, where nothing waits."""
    change_id = next_waiting(db.session())
    address = url_for("admin.change", change_id=change_id) if change_id else url_for("admin.changes")
    return redirect(address, HTTPStatus.SEE_OTHER)


def age_in_words(days: int) -> str:
    """For how many working days something has waited."""
    return "today" if days == 0 else "1 working day" if days == 1 else f"{days} working days"


def _groups(page: tuple[Waiting, ...]) -> tuple[Group, ...]:
    together = groupby(page, key=lambda one: one.organisation_id or one.id)
    return tuple(
        Group(rows[0].name, rows[0].organisation_id is None, tuple(map(_row, rows)))
        for rows in (list(rows) for _, rows in together)
    )


def _row(one: Waiting) -> Row:
    return Row(
        waiting=one,
        risk=RISKS[one.risk],
        origin=ORIGINS[one.origin],
        sent=f"{date_in_words(one.submitted_at.astimezone(clock.LONDON).date())}, {age_in_words(one.age)}",
        what=_what(one),
    )


def _what(one: Waiting) -> str:
    """The first few units by their names; records have none here, which keeps the list quick."""
    titles = list(dict.fromkeys(unit_title(path[2:] or path[:1], {}) for path in one.paths))
    more = len(titles) - MOST_TITLES
    return ", ".join(titles[:MOST_TITLES]) + (f" and {more} more" if more > 0 else "")
