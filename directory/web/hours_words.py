"""Opening hours in the reader's words: what holds now, and the week as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from babel.dates import format_date, format_time, get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _

from directory.organisations.hours import HoursState, HoursToday, Span, Week

_NIGHT = timedelta(hours=18)
"""Closing this soon needs no day beside the time: `until 2am`."""


@dataclass(frozen=True, slots=True)
class DayHours:
    """A line of the week's table."""

    days: str
    hours: str


def now_in_words(today: HoursToday) -> str:
    """One sentence about the present moment; empty where nothing is known."""
    if today.state is HoursState.ALWAYS:
        return _("Open 24 hours a day, every day")
    if today.state is HoursState.OPEN:
        return _open(today.now, today.closes)
    if today.state is HoursState.MAY_BE_CLOSED:
        return _("Bank holiday: may be closed")
    return _closed(today.now, today.opens) if today.state is HoursState.CLOSED else ""


def today_in_words(today: HoursToday) -> str:
    """Today's hours in one sentence; empty where they say no more than `now_in_words` does."""
    if today.state in {HoursState.ALWAYS, HoursState.NOT_KNOWN}:
        return ""
    if today.state is HoursState.MAY_BE_CLOSED:
        return _("Usual hours on this day: %(hours)s", hours=spans_in_words(today.spans)) if today.spans else ""
    if not today.spans:
        return _("Closed today")
    return _("Hours today: %(hours)s", hours=spans_in_words(today.spans))


def week_in_words(week: Week) -> list[DayHours]:
    """The lines of the week's table, the one for bank holidays last."""
    names = get_day_names("wide", context="stand-alone", locale=get_locale())
    lines = [DayHours(_days(names[row.first], names[row.last]), spans_in_words(row.spans)) for row in week.rows]
    if week.rows[0].first == 0 and week.rows[0].last == len(names) - 1:
        lines = [DayHours(_("Every day"), spans_in_words(week.rows[0].spans))]
    if week.bank_holidays is None:
        return [*lines, DayHours(_("Bank holidays"), _("May be closed"))]
    return [*lines, DayHours(_("Bank holidays"), spans_in_words(week.bank_holidays))]


def spans_in_words(spans: Sequence[Span]) -> str:
    """The hours of one day: `9am to 12:30pm and 1:30pm to 5pm`, `24 hours`, `Closed`."""
    if not spans:
        return _("Closed")
    words = [
        _("24 hours")
        if span.opens == span.closes
        else _("%(opens)s to %(closes)s", opens=time_in_words(span.opens), closes=time_in_words(span.closes))
        for span in spans
    ]
    return _("%(first)s and %(second)s", first=_(", ").join(words[:-1]), second=words[-1]) if words[1:] else words[0]


def time_in_words(clock: time) -> str:
    """A time of day: `9am`, `5:30pm`, `midday` in English, and as the reader's language writes it."""
    locale = get_locale()
    if locale is None or locale.language != "en":
        return str(format_time(clock, "short", locale=locale or "en_GB"))
    if (clock.hour, clock.minute) in {(0, 0), (12, 0)}:
        return "midday" if clock.hour else "midnight"
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'pm' if clock.hour >= 12 else 'am'}"  # noqa: PLR2004 - noon


def _days(first: str, last: str) -> str:
    return first if first == last else _("%(first)s to %(last)s", first=first, last=last)


def _open(now: datetime, closes: datetime | None) -> str:
    if closes is None or closes.date() - now.date() >= timedelta(days=7):
        return _("Open now")
    when = time_in_words(closes.time())
    if closes.date() == now.date() or closes - now < _NIGHT:
        return _("Open now until %(time)s", time=when)
    return _("Open now until %(time)s on %(day)s", time=when, day=_weekday(closes))


def _closed(now: datetime, opens: datetime | None) -> str:
    if opens is None:
        return _("Closed now")
    when, days = time_in_words(opens.time()), (opens.date() - now.date()).days
    if days == 0:
        return _("Closed now. Opens at %(time)s today", time=when)
    if days == 1:
        return _("Closed now. Opens at %(time)s tomorrow", time=when)
    if days < 7:  # noqa: PLR2004 - after a week the day's name is not enough
        return _("Closed now. Opens at %(time)s on %(day)s", time=when, day=_weekday(opens))
    day = format_date(opens.date(), "d MMMM", locale=get_locale())
    return _("Closed now. Opens at %(time)s on %(day)s", time=when, day=day)


def _weekday(moment: datetime) -> str:
    return str(format_date(moment.date(), "EEEE", locale=get_locale()))
