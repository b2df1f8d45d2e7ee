"""The main languages of the census."""

import json

from directory.config import ROOT
from directory.figures.census import main_languages

PEOPLE = 255_126
"""All residents of Haringey aged 3 and over, as the table of the census has it."""


def test_they_add_up_to_all_residents_and_the_most_spoken_come_first() -> None:
    held = main_languages()
    assert sum(language.people for language in held) == PEOPLE
    assert [language.name for language in held[:3]] == ["English", "Turkish", "Spanish"]
    assert held == tuple(sorted(held, key=lambda language: -language.people))
    assert len({language.name for language in held}) == len(held)


def test_their_codes_are_those_of_the_taxonomy() -> None:
    terms = {term["code"] for term in json.loads((ROOT / "seed/taxonomy/languages.json").read_text(encoding="utf-8"))}
    assert {code for language in main_languages() for code in language.codes} <= terms
