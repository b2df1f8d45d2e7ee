"""The judged questions of `queries.json`, asked of the real seed: how often the right organisation is found, and where."""

import json
import math
from datetime import UTC, datetime
from pathlib import Path

import pytest

from directory.exchange.seed_files import read_entries
from directory.organisations.public_view import public_view
from directory.organisations.queries import PublicOrganisation
from directory.organisations.rules import State
from directory.organisations.standing import Standing
from directory.search.criteria import SearchCriteria
from directory.search.reading import Reading
from directory.taxonomy.terms import TermKind
from tests.unit.search.made import SEED, reading, taxonomy

QUERIES = json.loads((Path(__file__).parent / "queries.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
SUCCESS, GAIN = 0.97, 0.8
"""The least that the search must reach: somewhat below what it does, so that a small change may move a place."""


@pytest.fixture(scope="module")
def search() -> Reading:
    areas = taxonomy().of(TermKind.AREA)
    centres = {t.code: (t.latitude, t.longitude) for t in areas if t.latitude is not None and t.longitude is not None}
    return reading(
        *(
            PublicOrganisation(
                id=entry.id,
                slug=entry.slug,
                revision=1,
                details=public_view(entry.details, centres),
                standing=Standing(),
            )
            for entry in read_entries(SEED)
            if entry.status is State.PUBLIC
        )
    )


def answers(search: Reading, query: str) -> list[str]:
    return [hit.slug for hit in search.search(SearchCriteria(words=query), NOW).hits][:10]


def gain(found: list[str], wanted: list[str]) -> float:
    """Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen, 2002)."""
    reached = sum(1 / math.log2(place + 2) for place, slug in enumerate(found) if slug in wanted)
    return reached / sum(1 / math.log2(place + 2) for place in range(min(10, len(wanted))))


def test_the_right_organisation_is_among_the_first_five(search):
    missed = [q["q"] for q in QUERIES if not set(answers(search, q["q"])[:5]) & set(q["want"])]
    assert 1 - len(missed) / len(QUERIES) >= SUCCESS, missed


def test_the_right_organisations_stand_high(search):
    gains = [gain(answers(search, q["q"]), q["want"]) for q in QUERIES]
    assert sum(gains) / len(gains) >= GAIN


@pytest.mark.parametrize("words", [q["q"] for q in QUERIES] + ["", "zzzz", "🙂", "a" * 500, "!!!", "yyy xxx www"])
def test_nobody_sees_an_empty_page(search, words):
    results = search.search(SearchCriteria(words=words), NOW)
    assert results.hits


def test_everything_that_is_wanted_is_in_the_directory(search):
    public = {document.slug for document in search.snapshot.documents}
    assert {slug for q in QUERIES for slug in q["want"]} <= public
