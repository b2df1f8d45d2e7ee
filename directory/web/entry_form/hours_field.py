"""The field of opening hours: a week as a small charity would fill it in, ↔ the `opening_hours` syntax.

Days left empty are closed. The line for Monday to Friday holds for each of those days that has no line of its own.
Hours that the week cannot hold are a choice of their own, "keep them as they are".
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, ClassVar, Final

from flask_babel import lazy_gettext

from directory.organisations.hours import Span
from directory.organisations.hours_syntax import is_always
from directory.taxonomy.terms import Taxonomy
from directory.web.entry_form.choices import YES
from directory.web.entry_form.fields import Field, Refused, Typed, Values, clean, only, tidy
from directory.web.entry_form.hours_week import (
    ALWAYS,
    DAYS,
    MIDNIGHT,
    MOST_SPANS,
    WEEKDAYS,
    HoursWeek,
    Spans,
    TimeUnclear,
    expression_of,
    overlapping,
    read_time,
    shown_time,
    week_of,
)

SET = "-set"
NONE, AROUND, WEEK, KEEP = "none", "always", "week", "keep"
BANK_HOLIDAYS = "-bank-holidays"
OPEN, CLOSED, UNKNOWN = "open", "closed", "not_known"
LINES: Final = ("weekdays", *(day.lower() for day in DAYS), "ph")
"""The lines of the week: Monday to Friday, each day, bank holidays."""


def opens(line: str, number: int) -> str:
    """Ending of the input for when span 0 or 1 of a line begins."""
    return f"-{line}-opens-{number + 1}"


def closes(line: str, number: int) -> str:
    """Ending of the input for when it ends."""
    return f"-{line}-closes-{number + 1}"


def closed(line: str) -> str:
    """Ending of the box that says that it is closed all day."""
    return f"-{line}-closed"


_SPAN_ENDINGS: Final = tuple(
    ending for line in LINES for number in range(MOST_SPANS) for ending in (opens(line, number), closes(line, number))
)
_CLOSED_ENDINGS: Final = tuple(closed(line) for line in LINES[1:-1])


@dataclass(frozen=True, kw_only=True)
class HoursField(Field):
    """Opening hours."""

    widget = "hours"
    endings: ClassVar[Values] = (SET, *_SPAN_ENDINGS, *_CLOSED_ENDINGS, BANK_HOLIDAYS)

    def show(self, value: Any) -> Typed:
        """The week, or the other answers there are."""
        shown: dict[str, Values] = dict.fromkeys(_SPAN_ENDINGS, ("",))
        shown |= dict.fromkeys((SET, *_CLOSED_ENDINGS, BANK_HOLIDAYS), ())
        week = None if not value or value == ALWAYS else week_of(value)
        if not value:
            return shown
        if week is None:
            return {**shown, SET: (AROUND if is_always(value) else KEEP,)}
        return {**shown, SET: (WEEK,), **_shown_week(week)}

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:  # noqa: ARG002
        """The syntax of what was chosen; what it was before where that means the same."""
        chosen = next(iter(reversed(tidy(typed.get(SET, ())))), "")
        if chosen == KEEP:
            return before
        if chosen == AROUND:
            return before if is_always(before) else ALWAYS
        if chosen == WEEK or (not chosen and _is_filled_in(typed)):
            week = read_week(typed)
            return before if week_of(before) == week else expression_of(week)
        return ""


def read_week(typed: Typed) -> HoursWeek:
    """The week that was typed, or Refused with the first wrong input of each line."""
    wrong: list[Refused] = []
    weekdays = _or_wrong(wrong, lambda: _spans(typed, "weekdays"))
    usual = (*(weekdays or () for _ in range(WEEKDAYS)), *(() for _ in DAYS[WEEKDAYS:]))
    days = tuple(
        _or_wrong(wrong, partial(_day, typed, line, spans)) or ()
        for line, spans in zip(LINES[1:-1], usual, strict=True)
    )
    if not any(days) and not wrong:
        raise Refused(lazy_gettext("Enter the hours of at least one day, or choose another answer."), SET)
    bank_holidays = _or_wrong(wrong, lambda: _bank_holidays(typed, days))
    if wrong:
        raise Refused(wrong[0].sentence, wrong[0].ending, tuple(wrong[1:]))
    return HoursWeek(days, bank_holidays)


def _or_wrong(wrong: list[Refused], read: Callable[[], Spans | None]) -> Spans | None:
    """What is read, or nothing and one more that is wrong."""
    try:
        return read()
    except Refused as refused:
        wrong.append(refused)
        return None


def _day(typed: Typed, line: str, usual: Spans) -> Spans:
    own = _spans(typed, line)
    if YES in tidy(typed.get(closed(line), ())):
        if own:
            raise Refused(lazy_gettext("Enter hours or choose closed, not both."), opens(line, 0))
        return ()
    return own or usual


def _bank_holidays(typed: Typed, days: tuple[Spans, ...]) -> Spans | None:
    """What was said of them; where they are open without hours, those of the week if all its open days are alike."""
    chosen = next(iter(reversed(tidy(typed.get(BANK_HOLIDAYS, ())))), "")
    if chosen != OPEN:
        return () if chosen == CLOSED else None
    own = _spans(typed, "ph")
    usual = {spans for spans in days if spans}
    if own:
        return own
    if len(usual) > 1:
        raise Refused(lazy_gettext("Enter the hours on bank holidays."), opens("ph", 0))
    return usual.pop() if usual else ()


def _spans(typed: Typed, line: str) -> Spans:
    spans = tuple(span for number in range(MOST_SPANS) if (span := _span(typed, line, number)) is not None)
    if overlapping(spans):
        raise Refused(lazy_gettext("Enter an opening time after the first closing time."), opens(line, 1))
    return spans


def _span(typed: Typed, line: str, number: int) -> Span | None:
    start, end = opens(line, number), closes(line, number)
    times = {ending: _time(typed, ending, opens=ending == start) for ending in (start, end)}
    if times[start] is None and times[end] is None:
        return None
    if times[start] is None:
        raise Refused(lazy_gettext("Enter when you open, like 9am or 09:00."), start)
    if times[end] is None:
        raise Refused(lazy_gettext("Enter when you close, like 5pm or 17:00."), end)
    if times[start] == times[end] != MIDNIGHT:
        raise Refused(lazy_gettext("Enter a closing time that is not the opening time."), end)
    return Span(times[start], times[end])


def _time(typed: Typed, ending: str, *, opens: bool) -> Any:
    try:
        return read_time(clean(only(typed, ending)), opens=opens)
    except TimeUnclear as error:
        raise Refused(
            lazy_gettext("Enter a time with am or pm, like 9am or 5:30pm, or on the 24-hour clock, like 17:30."), ending
        ) from error


def _is_filled_in(typed: Typed) -> bool:
    return any(map(tidy, (typed.get(ending, ()) for ending in chain(_SPAN_ENDINGS, _CLOSED_ENDINGS))))


def _shown_week(week: HoursWeek) -> dict[str, Values]:
    """The week with the line for Monday to Friday where these are alike."""
    alike = bool(week.days[0]) and len(set(week.days[:WEEKDAYS])) == 1
    shown = _shown_spans("weekdays", week.days[0]) if alike else {}
    for day, line in enumerate(LINES[1:-1]):
        if not alike or day >= WEEKDAYS:
            shown |= _shown_spans(line, week.days[day])
    if week.bank_holidays is not None:
        shown |= {BANK_HOLIDAYS: (OPEN if week.bank_holidays else CLOSED,), **_shown_spans("ph", week.bank_holidays)}
    return shown


def _shown_spans(line: str, spans: Spans) -> dict[str, Values]:
    shown: dict[str, Values] = {}
    for number, span in enumerate(spans):
        shown[opens(line, number)] = (shown_time(span.opens, closes=False),)
        shown[closes(line, number)] = (shown_time(span.closes, closes=True),)
    return shown
