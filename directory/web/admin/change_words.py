"""One change in words: each unit with what is public and what is proposed, the riskiest first, and who sent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from directory.changes.outcome import Fit
from directory.changes.rules import ChangeState, HowChecked, Risk
from directory.changes.views import ChangeView, UnitView
from directory.checks.keeping import day_of
from directory.organisations.queries import organisation_names
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.admin.changes import ORIGINS, RISKS, age_in_words
from directory.web.entry_words import date_in_words
from directory.web.names import Names
from directory.web.unit_words.marks import Line, marked, unmarked
from directory.web.unit_words.titles import unit_title
from directory.web.unit_words.values import UnitWords

HOW_CHECKED: Mapping[HowChecked, str] = {
    HowChecked.RANG_OLD_NUMBER: "I rang the number that we had",
    HowChecked.WEBSITE: "their own website says so",
    HowChecked.KNOWN_PERSON: "somebody I know there told me",
}
STATES: Mapping[ChangeState, str] = {
    ChangeState.WAITING: "Waiting",
    ChangeState.APPROVED: "Approved",
    ChangeState.DECLINED: "Declined",
    ChangeState.REPLACED: "Replaced by a newer answer",
    ChangeState.WITHDRAWN: "Taken back",
}
FITS: Mapping[Fit, str] = {
    Fit.UNCHANGED: "",
    Fit.MERGES: "The entry has changed here since. Both can stand.",
    Fit.COLLIDES: "The entry has changed here since, to something else. If you approve this, it wins.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInWords:
    """One unit as it is decided."""

    number: int
    title: str
    risk: str
    is_contact: bool
    is_warning: bool
    fit: str
    is_waiting: bool
    collides: bool
    seen: tuple[Line, ...] | None
    """What they saw, where the entry has moved on since."""
    now: tuple[Line, ...]
    proposed: tuple[Line, ...]
    decided: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeInWords:
    """A change as its page shows it."""

    name: str
    is_new: bool
    is_waiting: bool
    state: str
    sent: str
    sender: str
    has_email: bool
    origin: str
    is_own_link: bool
    units: tuple[UnitInWords, ...]

    @property
    def waiting(self) -> tuple[UnitInWords, ...]:
        """The units that wait."""
        return tuple(unit for unit in self.units if unit.is_waiting)


def change_in_words(session: Session, view: ChangeView, names: Names, today: date) -> ChangeInWords:
    """The change in plain English."""
    by = officer_names(session)
    records = {**view.records, **organisation_names(session, _organisations_in(view))}
    words = UnitWords(names, records, today)
    sender = view.sender and ", ".join(filter(None, (view.sender.name, view.sender.role)))
    return ChangeInWords(
        name=view.name,
        is_new=view.organisation_id is None,
        is_waiting=view.state is ChangeState.WAITING,
        state=STATES[view.state],
        sent=f"{_day(view.submitted_at)}, {age_in_words(view.age)}",
        sender=sender or actor_in_words(view.through, by),
        has_email=bool(view.sender and view.sender.has_email),
        origin=ORIGINS[view.origin],
        is_own_link=view.through.startswith("link:"),
        units=tuple(_unit(unit, words, by) for unit in view.units),
    )


def _unit(unit: UnitView, words: UnitWords, by: Mapping[str, str]) -> UnitInWords:
    path = unit.difference.path
    moved = unit.fit is not Fit.UNCHANGED and unit.state is ChangeState.WAITING
    held = words.lines(path, unit.now if moved else unit.difference.old)
    now, proposed = marked(held, words.lines(path, unit.difference.new))
    return UnitInWords(
        number=unit.number,
        title=unit_title(path, words.records),
        risk=RISKS[unit.risk],
        is_contact=unit.risk is Risk.CONTACT,
        is_warning=unit.is_warning,
        fit=FITS[unit.fit] if moved else "",
        is_waiting=unit.state is ChangeState.WAITING,
        collides=moved and unit.fit is Fit.COLLIDES,
        seen=unmarked(words.lines(path, unit.difference.old)) if moved else None,
        now=now,
        proposed=proposed,
        decided=_decided(unit, by),
        reason=unit.reason,
    )


def _decided(unit: UnitView, by: Mapping[str, str]) -> str:
    if unit.decided_at is None:
        return ""
    how = f": {HOW_CHECKED[unit.how_checked]}" if unit.how_checked else ""
    edited = ", with other words" if unit.is_edited else ""
    return f"{STATES[unit.state]}{edited} by {actor_in_words(unit.decided_by, by)} on {_day(unit.decided_at)}{how}"


def _organisations_in(view: ChangeView) -> frozenset[UUID]:
    """The organisations that another is said to be part of."""
    values = (
        value
        for unit in view.units
        if unit.difference.path == ("part_of",)
        for value in (unit.difference.old, unit.difference.new, unit.now)
    )
    return frozenset(value for value in values if value is not None)


def _day(moment: datetime) -> str:
    return date_in_words(day_of(moment))
