"""An ordinary week of opening hours ↔ the `opening_hours` syntax; pure.

A week holds up to two spans a day and what is known of bank holidays. `week_of` gives None for hours that such a week
cannot hold (months, dates, comments, a third span): those are never rewritten.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import time
from typing import Final

from directory.organisations.hours import Span
from directory.organisations.hours_syntax import is_readable

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WEEKDAYS: Final = 5
MOST_SPANS: Final = 2
ALWAYS: Final = "24/7"
MIDNIGHT: Final = time(0)

_RULE: Final = re.compile(r"([A-Za-z,\- ]*?)\s*((?:\d\d:\d\d-\d\d:\d\d(?:\s*,\s*)?)+|off|closed)")
_BETWEEN: Final = re.compile(r";|,\s+(?=[A-Z])")
_SPAN: Final = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.h]?(\d\d)|h)? ?([ap])?\.?(?:m\.?)?")
_WORDS: Final = {"noon": time(12), "midday": time(12), "midnight": MIDNIGHT, "24:00": MIDNIGHT, "24": MIDNIGHT}
_NOON: Final = 12

Spans = tuple[Span, ...]


class TimeUnclear(ValueError):
    """A time that may mean the morning or the evening, or no time at all."""


@dataclass(frozen=True, slots=True)
class HoursWeek:
    """The spans of each day from Monday, none where it is closed; bank holidays: None where it is not known."""

    days: tuple[Spans, ...]
    bank_holidays: Spans | None


def week_of(expression: str) -> HoursWeek | None:
    """The hours as a week, or None where a week cannot hold them."""
    days: list[Spans | None] = [None] * len(DAYS)
    bank_holidays: Spans | None = None
    if not is_readable(expression):
        return None
    for rule in _BETWEEN.split(expression):
        found = _rule(rule.strip())
        if found is None:
            return None
        selected, of_bank_holidays, spans = found
        if bank_holidays is not None or any(days[day] is not None for day in selected):
            return None  # a later rule would hold instead of an earlier one
        for day in selected:
            days[day] = spans
        bank_holidays = spans if of_bank_holidays else bank_holidays
    week = HoursWeek(tuple(spans or () for spans in days), bank_holidays)
    return week if any(week.days) and not any(map(overlapping, (*week.days, bank_holidays or ()))) else None


def expression_of(week: HoursWeek) -> str:
    """The hours in the `opening_hours` syntax: days with the same hours that follow each other in one rule.

    After `;` a rule for the next day would end a night that runs into it, so nights are followed by a comma.
    """
    rules: list[str] = []
    first = 0
    for day in range(1, len(DAYS) + 1):
        if day < len(DAYS) and week.days[day] == week.days[first]:
            continue
        if week.days[first]:
            days = DAYS[first] if first == day - 1 else f"{DAYS[first]}-{DAYS[day - 1]}"
            rules.append(f"{days} {_written(week.days[first])}")
        first = day
    has_nights = any(span.closes <= span.opens for spans in week.days for span in spans if span.closes != MIDNIGHT)
    written = (", " if has_nights else "; ").join(rules)
    return written if week.bank_holidays is None else f"{written}; PH {_written(week.bank_holidays)}"


def overlapping(spans: Spans) -> bool:
    """Whether the second span begins before the first has ended, or a span runs past midnight into another."""
    if len(spans) < MOST_SPANS:
        return False
    first, second = spans
    return first.closes <= first.opens or second.opens < first.closes


def read_time(text: str, *, opens: bool = False) -> time | None:
    """A time as people write it: `9am`, `5.30 pm`, `09:00`, `0900`, `17:30`, `17h30`, `noon`; None for nothing.

    Raises TimeUnclear for `5` or `5:30`, which may be in the morning or in the evening, and for what is no time. When
    somebody `opens`, these are of the clock of 24 hours.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    plain = "".join(str(unicodedata.decimal(char, char)) for char in plain)
    if not plain:
        return None
    if plain in _WORDS:
        return _WORDS[plain]
    found = _TIME.fullmatch(plain)
    if found is None:
        raise TimeUnclear(text)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= _NOON:
            raise TimeUnclear(text)
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif not opens and (len(found[1]) == 1 or (found[2] is None and hour <= _NOON)):
        raise TimeUnclear(text)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise TimeUnclear(text) from error


def shown_time(moment: time, *, closes: bool) -> str:
    """A time on the clock of 24 hours, which every language of the form reads; midnight ends a day as `24:00`."""
    return "24:00" if closes and moment == MIDNIGHT else moment.strftime("%H:%M")


def _rule(rule: str) -> tuple[list[int], bool, Spans] | None:
    found = _RULE.fullmatch(rule)
    if found is None:
        return None
    selected = _selected(found[1])
    if selected is None:
        return None
    try:
        spans = tuple(Span(_clock(*span[:2]), _clock(*span[2:])) for span in _SPAN.findall(found[2]))
    except ValueError:  # past 24:00
        return None
    return (*selected, spans) if len(spans) <= MOST_SPANS else None


def _selected(text: str) -> tuple[list[int], bool] | None:
    """The days that a rule names, and whether it names bank holidays; a rule without days is for each day."""
    if not text:
        return list(range(len(DAYS))), False
    days: list[int] = []
    for part in (part.strip() for part in text.split(",")):
        first, _, last = part.partition("-")
        if part == "PH":
            continue
        if first not in DAYS or (last or first) not in DAYS:
            return None
        start, end = DAYS.index(first), DAYS.index(last or first)
        if end < start:
            return None
        days += range(start, end + 1)
    return (days, "PH" in text) if len(days) == len(set(days)) else None


def _clock(hour: str, minute: str) -> time:
    return MIDNIGHT if (hour, minute) == ("24", "00") else time(int(hour), int(minute))


def _written(spans: Spans) -> str:
    return ",".join(f"{span.opens:%H:%M}-{shown_time(span.closes, closes=True)}" for span in spans) or "off"
