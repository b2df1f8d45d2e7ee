"""The `opening_hours` syntax as this directory takes it, with `PH` made into the dates of England's bank holidays.

The evaluator's own list of British holidays lacks several, so `PH` is replaced by date rules before it is parsed.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from holidays import country_holidays
from opening_hours import OpeningHours, validate

from directory.errors import DomainError

_WEEKDAYS: Final = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?(?:\[[^\]]*\])?"
_DAYS: Final = rf"(?:{_WEEKDAYS}|PH)(?:,(?:{_WEEKDAYS}|PH))*"
_RULE_ON_DAYS: Final = re.compile(rf"({_DAYS})(?=\s)(?!\s+(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b)")
_ONLY_DAYS: Final = re.compile(_DAYS)
_BETWEEN_RULES: Final = re.compile(r"(\s*;\s*|\s*\|\|\s*|,\s+(?=[A-Z]))")
_COMMENT: Final = re.compile(r'\s*"[^"]*"')
_NOT_TOLD: Final = re.compile(r"\b(?:SH|easter|sunrise|sunset|dawn|dusk)\b|PH\s*[+-]\s*\d")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KEPT: Final = 4096


class UnreadableHours(DomainError):
    """The text is not in the `opening_hours` syntax, or uses a part of it that cannot be told in words here."""


def check(expression: str) -> None:
    """Raises UnreadableHours unless the hours can be evaluated and told in words."""
    hours = _parsed(expression)
    if hours is None or hours.warnings or _NOT_TOLD.search(_COMMENT.sub("", expression)):
        raise UnreadableHours(expression)
    for rule in _BETWEEN_RULES.split(_COMMENT.sub("", expression))[::2]:
        if _ONLY_DAYS.fullmatch(rule) or ("PH" in rule and not _RULE_ON_DAYS.match(rule)):
            raise UnreadableHours(expression)


@lru_cache(maxsize=_KEPT)
def evaluator(expression: str, year: int) -> OpeningHours | None:
    """The hours with the bank holidays of `year` and its neighbours; `None` if they are empty or unreadable.

    On bank holidays that the hours do not speak of, the state is unknown, unless they never close.
    """
    if not is_readable(expression):
        return None
    if is_always(expression):
        return _parsed(expression)
    days = ",".join(f"{day.year} {_MONTHS[day.month - 1]} {day.day}" for day in _bank_holidays_around(year))
    if says_bank_holidays(expression):
        return _parsed(_with_dates(expression, days))
    return _parsed(f"{expression}; {days} unknown")


def ordinary_evaluator(expression: str) -> OpeningHours | None:
    """The hours as if there were no bank holidays; `None` if they are empty or unreadable."""
    return _parsed(expression) if is_readable(expression) else None


@lru_cache(maxsize=_KEPT)
def is_readable(expression: str) -> bool:
    """Whether `check` lets the hours pass."""
    try:
        check(expression)
    except UnreadableHours:
        return False
    return True


@lru_cache(maxsize=_KEPT)
def is_always(expression: str) -> bool:
    """Whether the hours never end: `24/7`, or midnight to midnight every day, without exception."""
    hours = _parsed(_COMMENT.sub("", expression))
    return hours is not None and str(hours.normalize()) == "24/7"


def says_bank_holidays(expression: str) -> bool:
    """Whether the hours speak of bank holidays at all."""
    return "PH" in _COMMENT.sub("", expression)


def is_bank_holiday(day: date) -> bool:
    """Whether `day` is a bank holiday in England, the holiday itself and its substitute day alike."""
    return day in _bank_holidays(day.year)


def bank_holidays_after(day: date) -> date:
    """The first bank holiday after `day`."""
    return next(holiday for holiday in _bank_holidays_around(day.year) if holiday > day)


@lru_cache(maxsize=_KEPT)
def _parsed(expression: str) -> OpeningHours | None:
    if not expression.strip() or not validate(expression):
        return None
    return OpeningHours(expression, auto_country=False, auto_timezone=False)


def _with_dates(expression: str, days: str) -> str:
    """`Mo-Fr,PH 09:00-17:00` as `Mo-Fr 09:00-17:00; <days> 09:00-17:00`, rule by rule, in the same order."""
    parts = ["; ", *_BETWEEN_RULES.split(expression)]
    written = ""
    for between, rule in zip(parts[::2], parts[1::2], strict=True):
        selector = _RULE_ON_DAYS.match(rule)
        weekdays = [day for day in selector[1].split(",") if day != "PH"] if selector else []
        if selector is None or "PH" not in selector[1]:
            written += between + rule
            continue
        hours = rule[selector.end() :]
        if weekdays:
            written += between + ",".join(weekdays) + hours
        written += between + days + hours
    return written.removeprefix("; ")


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=[year]))


def _bank_holidays_around(year: int) -> list[date]:
    return sorted(day for near in (year - 1, year, year + 1) for day in _bank_holidays(near))
