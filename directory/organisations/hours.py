"""Opening hours: the OpenStreetMap syntax checked and evaluated in London time, with England's bank holidays.

Hours that say nothing about bank holidays (`PH`) do not count as open on one: the answer is "may be closed". Hours
without an end (`24/7`, or every day from midnight to midnight) do count, because who never closes means it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from opening_hours import OpeningHours, State

from directory.clock import LONDON
from directory.organisations.hours_syntax import (
    bank_holidays_after,
    evaluator,
    is_always,
    is_bank_holiday,
    ordinary_evaluator,
    says_bank_holidays,
)

_LOOK_AHEAD: Final = timedelta(days=14)
_DAY: Final = timedelta(days=1)


class HoursState(StrEnum):
    """What can be said of the present moment."""

    ALWAYS = "always"
    OPEN = "open"
    CLOSED = "closed"
    MAY_BE_CLOSED = "may_be_closed"
    """It is a bank holiday, and the hours say nothing about bank holidays."""
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when on one day, in London. `closes` at or before `opens` is on the day after."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursToday:
    """The present moment and the day around it, without words. Moments are London wall-clock times."""

    state: HoursState
    now: datetime
    spans: tuple[Span, ...] = ()
    """Today's hours; the usual ones where they may not hold."""
    closes: datetime | None = None
    """When it closes, if it is open and closes within two weeks."""
    opens: datetime | None = None
    """When it opens next, if it is not open and surely opens within two weeks."""
    bank_holiday: bool = False


@dataclass(frozen=True, slots=True)
class WeekRow:
    """Consecutive days (0 is Monday) with the same hours; no spans: closed."""

    first: int
    last: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """An ordinary week, and what holds on bank holidays: `None` if the hours do not say, no spans if closed."""

    rows: tuple[WeekRow, ...]
    bank_holidays: tuple[Span, ...] | None


def is_open(expression: str, moment: datetime) -> bool:
    """Whether the hours say plainly that it is open at that moment; empty and unreadable hours say nothing."""
    wall = _wall(moment)
    hours = evaluator(expression, wall.year)
    return hours is not None and hours.is_open(wall)


def today_in_words(expression: str, moment: datetime) -> HoursToday:
    """What can be said about now and today, for the pages to put into words."""
    wall = _wall(moment)
    bank_holiday = is_bank_holiday(wall.date())
    hours, ordinary = evaluator(expression, wall.year), ordinary_evaluator(expression)
    if hours is None or ordinary is None:
        return HoursToday(state=HoursState.NOT_KNOWN, now=wall, bank_holiday=bank_holiday)
    if is_always(expression):
        return HoursToday(state=HoursState.ALWAYS, now=wall, bank_holiday=bank_holiday)
    untold = bank_holiday and not says_bank_holidays(expression)
    state = _state(hours, wall, usual=ordinary if untold else None)
    return HoursToday(
        state=state,
        now=wall,
        spans=_spans(ordinary if state is HoursState.MAY_BE_CLOSED else hours, wall.date()),
        closes=_closing(hours, wall) if state is HoursState.OPEN else None,
        opens=None if state is HoursState.OPEN else _opening(hours, wall),
        bank_holiday=bank_holiday,
    )


def week(expression: str, day: date) -> Week | None:
    """The week of `day` as if no day of it were a bank holiday; `None` if the hours are not known."""
    ordinary = ordinary_evaluator(expression)
    if ordinary is None:
        return None
    monday = day - timedelta(days=day.weekday())
    rows: list[WeekRow] = []
    for weekday in range(7):
        spans = _spans(ordinary, monday + timedelta(days=weekday))
        if rows and rows[-1].spans == spans:
            rows[-1] = WeekRow(rows[-1].first, weekday, spans)
        else:
            rows.append(WeekRow(weekday, weekday, spans))
    return Week(tuple(rows), _spans_on_bank_holidays(expression, day))


def _wall(moment: datetime) -> datetime:
    """What a clock in London shows. Hours are meant by that clock, so neither change of it can shift them."""
    return moment.astimezone(LONDON).replace(tzinfo=None)


def _state(hours: OpeningHours, wall: datetime, usual: OpeningHours | None) -> HoursState:
    """`usual`: the ordinary hours, if it is a bank holiday and the hours do not tell what holds on it."""
    if hours.is_open(wall):
        return HoursState.OPEN
    if usual is not None:
        opens_usually = usual.is_open(wall) or _spans(usual, wall.date())
        return HoursState.MAY_BE_CLOSED if opens_usually else HoursState.CLOSED
    return HoursState.NOT_KNOWN if hours.is_unknown(wall) else HoursState.CLOSED


def _closing(hours: OpeningHours, wall: datetime) -> datetime | None:
    ahead = hours.intervals(wall, wall + _LOOK_AHEAD)
    return next((start for start, _, state, _ in ahead if state != State.OPEN), None)


def _opening(hours: OpeningHours, wall: datetime) -> datetime | None:
    ahead = hours.intervals(wall, wall + _LOOK_AHEAD)
    return next((start for start, _, state, _ in ahead if state == State.OPEN), None)


def _spans(hours: OpeningHours, day: date) -> tuple[Span, ...]:
    """The spans that begin on `day`. One of under 24 hours may run past midnight; a longer one is cut there."""
    midnight = datetime.combine(day, time())
    around = hours.intervals(midnight - _DAY, midnight + 2 * _DAY)
    opened = ((start, end) for start, end, state, _ in around if state == State.OPEN)
    whole = (
        (start, end) if end - start < _DAY else (max(start, midnight), min(end, midnight + _DAY))
        for start, end in opened
    )
    return tuple(Span(start.time(), end.time()) for start, end in whole if start < end and start.date() == day)


def _spans_on_bank_holidays(expression: str, day: date) -> tuple[Span, ...] | None:
    """What holds on the next bank holiday, if the hours tell."""
    if not says_bank_holidays(expression) and not is_always(expression):
        return None
    holiday = bank_holidays_after(day)
    hours = evaluator(expression, holiday.year)
    return None if hours is None else _spans(hours, holiday)
