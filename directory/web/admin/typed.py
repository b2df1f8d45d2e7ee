"""A small form of the desk as it was typed, with what is wrong beside each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import request

from directory.web.entry_form.choices import DAY, MONTH, YEAR
from directory.web.plain_form import one_line, tidy

LONGEST_LINE = 200
NO_DAY = "Enter a day, like 27 3 2027"


@dataclass(frozen=True, slots=True)
class Typed:
    """The values of a form's fields by their names, and the errors by the ids of their inputs."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """What a field holds; nothing where it was not sent."""
        return self.values.get(name, "")

    def wrong(self, **errors: str) -> "Typed":
        """The same with errors; those without words are none."""
        return self.with_errors(errors)

    def with_errors(self, errors: Mapping[str, str]) -> "Typed":
        """The same with more errors; those without words are none."""
        return Typed(self.values, {**self.errors, **{name: words for name, words in errors.items() if words}})

    def parts(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """A day as the inputs of a date show it."""
        return {part: (self.get(f"{name}{part}"),) for part in (DAY, MONTH, YEAR)}

    def day(self, name: str) -> date | None:
        """The day that was typed in three inputs; None where it is none."""
        try:
            return date(*(int(self.get(f"{name}{part}")) for part in (YEAR, MONTH, DAY)))
        except ValueError:
            return None


def sent(*names: str, texts: tuple[str, ...] = (), days: tuple[str, ...] = ()) -> Typed:
    """What was sent: fields of one line, texts of several, and days. Before a chosen answer stands an empty one."""
    lines = (*names, *(f"{name}{part}" for name in days for part in (DAY, MONTH, YEAR)))
    values = {name: one_line(tidy(_last(name))) for name in lines} | {name: tidy(_last(name)) for name in texts}
    return Typed(values, {name: too_long(values[name], LONGEST_LINE) for name in names if too_long(values[name])})


def filled(**values: str | date | None) -> Typed:
    """A form that nobody has touched, filled in."""
    held: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, date):
            parts = {DAY: value.day, MONTH: value.month, YEAR: value.year}
            held |= {f"{name}{part}": str(number) for part, number in parts.items()}
        else:
            held[name] = value or ""
    return Typed(held)


def too_long(text: str, most: int = LONGEST_LINE) -> str:
    """The sentence for a text that is longer than it may be; nothing for any other."""
    return f"Write no more than {most:,} characters" if len(text) > most else ""


def _last(name: str) -> str:
    return (request.form.getlist(name) or [""])[-1]
