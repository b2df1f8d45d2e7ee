"""The first page of the desk: what needs a person, worst first, and how the directory stands."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for

from directory import clock
from directory.checks.keeping import day_of
from directory.figures.desk import DeskFigures, TaskFigures, desk_figures
from directory.organisations.rules import State
from directory.tasks.rules import TaskKind
from directory.web.admin.blueprint import Page, admin
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.templating import render

CHANGES = frozenset({TaskKind.REVIEW_CHANGE, TaskKind.TOLD_OF_CHANGE, TaskKind.CHANGE_LATE})
"""The tasks that are done by deciding a change: they are counted as changes."""
MAIL = (TaskKind.BOUNCED, TaskKind.MAIL_REFUSED)
PROBLEMS = (TaskKind.PROBLEM_REPORT, TaskKind.NO_ANSWER)


@dataclass(frozen=True, slots=True)
class Tile:
    """One number, what it counts, and the worst of it, to be opened."""

    number: int
    words: str
    more: str
    url: str


@admin.get("/")
def home() -> Page:
    """Where the day begins."""
    now = clock.now()
    figures = desk_figures(db.session(), now)
    return render("admin/home.html", tiles=tuple(_tiles(figures, day_of(now))), figures=figures)


def _tiles(figures: DeskFigures, today: date) -> Iterator[Tile]:
    loop = figures.loop
    yield Tile(
        loop.waiting_changes,
        "change waits" if loop.waiting_changes == 1 else "changes wait",
        _waited(loop.oldest_days, figures.late_changes),
        url_for("admin.next_change"),
    )
    others = frozenset(figures.tasks) - CHANGES - {*MAIL, *PROBLEMS}
    for kinds, one, many in (
        (PROBLEMS, "report of a problem", "reports of problems"),
        (MAIL, "email that came back", "emails that came back"),
        (sorted(others), "other task is due", "other tasks are due"),
    ):
        held = _together(figures, kinds)
        url = url_for("admin.next_task_of", kind=[kind.value for kind in kinds])
        yield Tile(held.due, one if held.due == 1 else many, _oldest(held, today), url)
    drafts = figures.entries[State.DRAFT]
    words = "draft is not public" if drafts == 1 else "drafts are not public"
    yield Tile(drafts, words, "", url_for("admin.entries", state=State.DRAFT.value))


def _together(figures: DeskFigures, kinds: Collection[TaskKind]) -> TaskFigures:
    return sum((figures.tasks[kind] for kind in kinds), TaskFigures())


def _waited(oldest_days: int | None, late: int) -> str:
    if oldest_days is None:
        return ""
    waited = "The oldest came today." if oldest_days == 0 else f"The oldest has waited {_days(oldest_days)}."
    return f"{waited} {late} waited longer than five working days." if late else waited


def _oldest(held: TaskFigures, today: date) -> str:
    if not held.due or held.oldest_due is None:
        later = held.open - held.due
        return f"{later} for later." if later else ""
    late = (today - held.oldest_due).days
    return "All of it since today." if late == 0 else f"The oldest since {date_in_words(held.oldest_due)}."


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
