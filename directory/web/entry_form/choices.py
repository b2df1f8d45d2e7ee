"""Fields that are chosen from a list: yes or no or not known, one of several, any of the taxonomy's terms, a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import lazy_gettext

from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.entry_form.fields import ONLY, Field, Refused, Typed, Values, Words, clean, only, tidy

YES, NO, NOT_KNOWN = "yes", "no", "not_known"
YES_OR_NO = ((YES, lazy_gettext("Yes")), (NO, lazy_gettext("No")))
FIRST_YEAR, LAST_YEAR = 2000, 2100
DAY, MONTH, YEAR = "-day", "-month", "-year"


@dataclass(frozen=True, kw_only=True)
class FactField(Field):
    """Yes, no or not known. What is not known stands unanswered: no answer is ever suggested."""

    widget = "radios"

    @property
    def choices(self) -> tuple[tuple[str, Words], ...]:
        """Three answers."""
        return (*YES_OR_NO, (NOT_KNOWN, lazy_gettext("Not known, or we would rather not say")))

    def show(self, value: Any) -> Typed:
        """Nothing chosen where it is not known."""
        return {ONLY: () if value is None else (YES if value else NO,)}

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:  # noqa: ARG002
        """Three values."""
        return {YES: True, NO: False}.get(clean(_last(typed)))


@dataclass(frozen=True, kw_only=True)
class DecisionField(FactField):
    """Yes or no, which has to be answered."""

    required: Words

    @property
    def choices(self) -> tuple[tuple[str, Words], ...]:
        """Two answers."""
        return YES_OR_NO

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:
        """Refused until it is answered."""
        answer = super().read(typed, before, terms)
        if answer is None:
            raise Refused(self.required)
        return answer


@dataclass(frozen=True, kw_only=True)
class FlagField(Field):
    """A single box to tick."""

    widget = "checkboxes"
    box: Words

    @property
    def choices(self) -> tuple[tuple[str, Words], ...]:
        """The one box."""
        return ((YES, self.box),)

    def show(self, value: Any) -> Typed:
        """Ticked or not."""
        return {ONLY: (YES,) if value else ()}

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:  # noqa: ARG002
        """Whether it is ticked."""
        return YES in tidy(typed.get(ONLY, ()))


@dataclass(frozen=True, kw_only=True)
class ChoiceField(Field):
    """One of a few; none where it is not known."""

    widget = "radios"
    values: type[StrEnum]
    words: Callable[[Any], Words]
    none: Words = ""
    """The words for "not known", where that may be chosen."""
    required: Words = ""

    @property
    def choices(self) -> tuple[tuple[str, Words], ...]:
        """The values, and "not known" where that may be said."""
        none = ((NOT_KNOWN, self.none),) if self.none else ()
        return (*((str(value), self.words(value)) for value in self.values), *none)

    def show(self, value: Any) -> Typed:
        """The value's own text."""
        return {ONLY: () if value is None else (str(value),)}

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:  # noqa: ARG002
        """One of the values, or nothing."""
        chosen = clean(_last(typed))
        if chosen in set(self.values):
            return self.values(chosen)
        if self.required:
            raise Refused(self.required)
        return None


@dataclass(frozen=True, kw_only=True)
class ChosenField(Field):
    """Any of a few, kept in order."""

    widget = "checkboxes"
    values: type[StrEnum]
    words: Callable[[Any], Words]

    @property
    def choices(self) -> tuple[tuple[str, Words], ...]:
        """The values."""
        return tuple((str(value), self.words(value)) for value in self.values)

    def show(self, value: Any) -> Typed:
        """The values that hold."""
        return {ONLY: tuple(map(str, value))}

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:  # noqa: ARG002
        """Those of the list that were ticked."""
        ticked = set(tidy(typed.get(ONLY, ())))
        return tuple(self.values(value) for value in sorted(set(self.values)) if value in ticked)


@dataclass(frozen=True, kw_only=True)
class TermsField(Field):
    """Any of the taxonomy's terms of one kind."""

    widget = "checkboxes"
    kind: TermKind

    def show(self, value: Any) -> Typed:
        """Their codes."""
        return {ONLY: tuple(value)}

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:
        """Those ticked that are offered, or that the entry had before, in today's terms."""
        ticked = {terms.current(self.kind, code) for code in tidy(typed.get(ONLY, ()))}
        return tuple(sorted(code for code in ticked if code in before or terms.offers(self.kind, code)))


@dataclass(frozen=True, kw_only=True)
class TermField(Field):
    """One of the taxonomy's terms, or none."""

    widget = "select"
    kind: TermKind
    none: Words

    def show(self, value: Any) -> Typed:
        """Its code."""
        return {ONLY: (value,)}

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:
        """A code that is offered, or that the entry had before, in today's terms."""
        code = terms.current(self.kind, clean(only(typed)))
        return code if code == before or terms.offers(self.kind, code) else ""


@dataclass(frozen=True, kw_only=True)
class DayField(Field):
    """A date in three inputs."""

    widget = "date"
    endings: ClassVar[Values] = (DAY, MONTH, YEAR)

    def show(self, value: Any) -> Typed:
        """Day, month and year."""
        if value is None:
            return dict.fromkeys(self.endings, ("",))
        return {DAY: (str(value.day),), MONTH: (str(value.month),), YEAR: (str(value.year),)}

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:  # noqa: ARG002
        """A day between the years that make sense; nothing where all three are empty."""
        day, month, year = (clean(only(typed, ending)) for ending in self.endings)
        if not day and not month and not year:
            return None
        for ending, text in zip(self.endings, (day, month, year), strict=True):
            if not text.isdecimal():
                raise Refused(lazy_gettext("Enter a date with a day, a month and a year, like 31 3 2027."), ending)
        try:
            found = date(int(year), int(month), int(day))
        except (ValueError, OverflowError) as error:
            raise Refused(lazy_gettext("Enter a real date, like 31 3 2027."), DAY) from error
        if not FIRST_YEAR <= found.year < LAST_YEAR:
            raise Refused(lazy_gettext("Enter the year with four digits, like 2027."), YEAR)
        return found


def _last(typed: Typed) -> str:
    """The choice: an empty value stands before the choices, so that "none chosen" is told from "not asked"."""
    return next(iter(reversed(typed.get(ONLY, ()))), "")
