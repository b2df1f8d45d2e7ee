"""The weekly mail to officers: what waits, what is late and how the directory stands, in numbers without any name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from directory.figures.desk import DeskFigures, desk_figures
from directory.organisations.rules import State
from directory.tasks.rules import TaskKind


@dataclass(frozen=True, slots=True)
class Number:
    """What is counted, and how many."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestInMail:
    """The figures of one week."""

    waiting: tuple[Number, ...]
    """What waits for a person; what there is none of is left out."""
    late: tuple[Number, ...]
    standing: tuple[Number, ...]


def digest_of(session: Session, now: datetime) -> DigestInMail:
    """The figures as they are now, in the language of the reader."""
    figures = desk_figures(session, now)
    return DigestInMail(
        waiting=_there(_waiting(figures)), late=_there(_late(figures)), standing=tuple(_standing(figures))
    )


def _there(held: Iterator[tuple[str, int]]) -> tuple[Number, ...]:
    return tuple(Number(label, format_decimal(number)) for label, number in held if number)


def _waiting(figures: DeskFigures) -> Iterator[tuple[str, int]]:
    tasks = figures.tasks
    yield _("Changes to decide"), figures.loop.waiting_changes
    yield _("Tasks that are due"), figures.all_tasks.due
    yield _("Of these: reports that something is wrong"), tasks[TaskKind.PROBLEM_REPORT].due
    yield _("Of these: email that came back"), tasks[TaskKind.BOUNCED].due
    yield _("Of these: websites that do not open"), tasks[TaskKind.WEBSITE_FAILING].due
    yield _("Entries that are not public yet"), figures.entries[State.DRAFT]


def _late(figures: DeskFigures) -> Iterator[tuple[str, int]]:
    yield _("Changes that have waited longer than five working days"), figures.late_changes
    yield _("Days that the oldest change has waited"), figures.loop.oldest_days or 0
    yield _("Entries that nobody confirms, to be decided about"), figures.tasks[TaskKind.DECIDE_ENTRY].due


def _standing(figures: DeskFigures) -> Iterator[Number]:
    fresh, loop = figures.freshness, figures.loop
    yield Number(_("Public entries"), format_decimal(fresh.entries))
    yield Number(_("Confirmed within the time set for each"), format_percent(fresh.share_in_period))
    yield Number(_("Confirmed in the last 365 days"), format_percent(fresh.share))
    yield Number(_("Email addresses that do not work"), format_decimal(loop.bouncing))
    yield Number(_("Websites that do not open"), format_decimal(loop.broken_links))
