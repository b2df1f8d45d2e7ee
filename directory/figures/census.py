"""The main languages of the borough's residents at the census, from the seed."""

import csv
from dataclasses import dataclass
from functools import cache

from directory.config import ROOT

MAIN_LANGUAGES = ROOT / "seed/census/main_languages.csv"
YEAR = 2021


@dataclass(frozen=True, slots=True)
class MainLanguage:
    """A language as the census names it, the codes that say the same here, and whose main one it is."""

    name: str
    codes: tuple[str, ...]
    people: int


@cache
def main_languages() -> tuple[MainLanguage, ...]:
    """All of them, those of most people first."""
    with MAIN_LANGUAGES.open(encoding="utf-8", newline="") as file:
        rows = [
            MainLanguage(row["language"], tuple(row["codes"].split()), int(row["people"]))
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda row: (-row.people, row.name)))
