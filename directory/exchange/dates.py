"""Dates as other people's files write them, read only where there is no doubt."""

import re
from collections.abc import Iterable
from datetime import date, datetime

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS_IN_A_YEAR = 12
SHORT_YEARS_BEGIN = 2000

_TIME = re.compile(r"[t ]\d{1,2}:\d{2}.*$")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[- ]([a-z]{3,9})\.?,?[- ](\d{4})", re.ASCII)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)


class DateUnclear(ValueError):
    """The text is no date, or nobody can tell which."""


def read_date(text: str, *, day_first: bool) -> date:
    """The date that a cell holds, whatever time of day follows it. Raises DateUnclear.

    `day_first` says what 03/04/2026 is; where a number can only be a day, it is one.
    """
    plain = _without_time(text)
    if found := _ISO.fullmatch(plain):
        return _date(found[1], found[2], found[3])
    if found := _DAY_MONTH.fullmatch(plain):
        return _date(found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY.fullmatch(plain):
        return _date(found[3], _month(found[1]), found[2])
    if found := _NUMBERS.fullmatch(plain):
        day, month = (found[1], found[2]) if day_first else (found[2], found[1])
        if int(month) > MONTHS_IN_A_YEAR:
            day, month = month, day
        return _date(found[3], month, day)
    raise DateUnclear(text)


def guess_day_first(texts: Iterable[str]) -> bool | None:
    """Whether the day comes first in these cells: what a number over twelve says, None if none does or they differ."""
    pairs = [(int(found[1]), int(found[2])) for text in texts if (found := _NUMBERS.fullmatch(_without_time(text)))]
    some_first = any(first > MONTHS_IN_A_YEAR >= second for first, second in pairs)
    some_second = any(second > MONTHS_IN_A_YEAR >= first for first, second in pairs)
    return None if some_first == some_second else some_first


def as_text(moment: datetime | date) -> str:
    """A date that a spreadsheet holds as such, as the same date in text."""
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()


def _without_time(text: str) -> str:
    return _TIME.sub("", " ".join(text.split()).casefold())


def _month(word: str) -> int:
    if word[:3] not in MONTHS:
        raise DateUnclear(word)
    return MONTHS.index(word[:3]) + 1


def _date(year: int | str, month: int | str, day: int | str) -> date:
    try:
        whole = int(year) + (SHORT_YEARS_BEGIN if len(str(year)) == len("26") else 0)
        return date(whole, int(month), int(day))
    except ValueError as error:
        raise DateUnclear(f"{year} {month} {day}") from error
