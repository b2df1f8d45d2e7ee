"""The week of opening hours as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _

from directory.organisations.hours_syntax import is_always
from directory.web.entry_form.choices import YES
from directory.web.entry_form.fields import Values, Words
from directory.web.entry_form.hours_field import (
    AROUND,
    BANK_HOLIDAYS,
    CLOSED,
    KEEP,
    LINES,
    NONE,
    OPEN,
    SET,
    UNKNOWN,
    WEEK,
    closed,
    closes,
    opens,
)
from directory.web.entry_form.hours_week import MOST_SPANS, week_of
from directory.web.entry_form.options import Option


@dataclass(frozen=True, slots=True)
class TimeInput:
    """One input for a time."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A day: the inputs of its spans, and the box that says it is closed (not for every line)."""

    title: str
    times: tuple[TimeInput, ...]
    closed_name: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class HoursView:
    """All of it."""

    set_name: str
    choices: tuple[Option, ...]
    kept: str
    """The hours that the week cannot hold."""
    lines: tuple[LineView, ...]
    bank_holidays_name: str
    bank_holidays: tuple[Option, ...]
    bank_holiday_line: LineView

    def at(self, input_name: str, sentence: Words) -> Words:
        """The sentence, with the day of the input that it is about."""
        for line in (*self.lines, self.bank_holiday_line):
            if any(time.name == input_name for time in line.times):
                return _("%(where)s: %(sentence)s", where=line.title, sentence=sentence)
        return sentence


def hours_view(name: str, values: Mapping[str, Values], before: str) -> HoursView:
    """The field with this name and what stands in it; `before` says whether there are hours to be kept."""
    kept = before if before and week_of(before) is None and not is_always(before) else ""
    choices = [
        (KEEP, _("Keep the hours as they are now")),
        (WEEK, _("On these days")),
        (AROUND, _("24 hours every day, on bank holidays too")),
        (NONE, _("There are no fixed hours, or we would rather not say")),
    ]
    titles = (_("Monday to Friday, if all the same"), *_day_names(), _("Hours on bank holidays"))
    lines = tuple(_line(name, line, title, values) for line, title in zip(LINES, titles, strict=True))
    return HoursView(
        set_name=f"{name}{SET}",
        choices=tuple(
            Option(value, words, value in values.get(SET, ())) for value, words in choices if value != KEEP or kept
        ),
        kept=kept,
        lines=lines[:-1],
        bank_holidays_name=f"{name}{BANK_HOLIDAYS}",
        bank_holidays=tuple(
            Option(value, words, value in values.get(BANK_HOLIDAYS, ()))
            for value, words in (
                (CLOSED, _("Closed")),
                (OPEN, _("Open")),
                (UNKNOWN, _("Not known")),
            )
        ),
        bank_holiday_line=lines[-1],
    )


def _day_names() -> tuple[str, ...]:
    names = get_day_names("wide", context="stand-alone", locale=get_locale())
    return tuple(names[day] for day in range(7))


def _line(name: str, line: str, title: str, values: Mapping[str, Values]) -> LineView:
    labels = ((_("Opens"), _("Closes")), (_("Opens again"), _("Closes again")))
    times = tuple(
        TimeInput(f"{name}{ending}", label, next(iter(values.get(ending, ())), ""))
        for number in range(MOST_SPANS)
        for ending, label in zip((opens(line, number), closes(line, number)), labels[number], strict=True)
    )
    has_box = line not in (LINES[0], LINES[-1])
    return LineView(title, times, f"{name}{closed(line)}" if has_box else "", YES in values.get(closed(line), ()))
