"""What people ask the search for, as daily totals: counted in memory, never with words, places typed or persons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FEW = 10
"""Figures below this are never shown: people say "fewer than 10"."""


class By(StrEnum):
    """How a search said what it wants."""

    ALL = "all"
    """Every search, whatever it said."""
    CHOSEN = "chosen"
    """By a filter."""
    UNDERSTOOD = "understood"
    """By words that the lexicon knows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a search asked for: a filter or a kind of concept, and its code. `By.ALL` has neither."""

    by: By
    facet: str = ""
    code: str = ""


EVERY = Wish(By.ALL)


@dataclass(frozen=True, slots=True)
class Count:
    """What one number counts: a day, a wish, and whether nothing was found that fits."""

    day: date
    wish: Wish
    nothing: bool


class Tally:
    """The counts of one process that are not in the database yet.

    There is no lock, so that counting never makes a search wait: of two threads that count the same at the same
    moment one may be lost.
    """

    def __init__(self) -> None:
        self._counts: dict[Count, int] = {}

    def add(self, day: date, wishes: Iterable[Wish], *, nothing: bool) -> None:
        """Count one search, under each of its wishes and under all searches."""
        counts = self._counts
        for wish in {EVERY, *wishes}:
            count = Count(day, wish, nothing)
            counts[count] = counts.get(count, 0) + 1

    def take(self) -> Mapping[Count, int]:
        """All counts; from now on they are the caller's to keep."""
        taken, self._counts = self._counts, {}
        return taken

    def put_back(self, taken: Mapping[Count, int]) -> None:
        """Take back counts that could not be kept."""
        counts = self._counts
        for count, number in taken.items():
            counts[count] = counts.get(count, 0) + number


def is_few(number: int) -> bool:
    """Whether a number is too small to be shown."""
    return number < FEW
