"""Words with one meaning: what is refused beside which field."""

from typing import Any

import pytest

from directory.config import ROOT
from directory.exchange.seed_files import read_lexicon, read_terms
from directory.lexicon.meanings import SITUATIONS, known_meanings
from directory.lexicon.rules import Problem, WordGroup, WordsInvalid, check_group
from directory.search import concepts
from directory.taxonomy.terms import Taxonomy

KNOWN = known_meanings(Taxonomy(read_terms(ROOT / "seed")))
OTHER = WordGroup(language="en", words=("racis*", "my skin"), means=("ground:race",))


def group(*words: str, **given: Any) -> WordGroup:
    return WordGroup(**{"language": "en", "words": words, "means": ("ground:race",), **given})


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (group(), ("words", Problem.EMPTY, "")),
        (group("accent "), ("words", Problem.EMPTY, "accent ")),
        (group("my  accent"), ("words", Problem.EMPTY, "my  accent")),
        (group("Accent"), ("words", Problem.CAPITALS, "Accent")),
        (group("ac*cent"), ("words", Problem.STAR, "ac*cent")),
        (group("ac*"), ("words", Problem.STAR, "ac*")),
        (group("*accent"), ("words", Problem.STAR, "*accent")),
        (group("?!"), ("words", Problem.NO_LETTERS, "?!")),
        (group("x" * 81), ("words", Problem.TOO_LONG, "x" * 81)),
        (group(*(f"word {n}" for n in range(1001))), ("words", Problem.TOO_MANY, "")),
        (group("accent", "áccent"), ("words", Problem.SAID_TWICE, "accent")),
        (group("my skín"), ("words", Problem.SAID_TWICE, "my skín")),
        (group("accent", means=()), ("means", Problem.EMPTY, "")),
        (group("accent", means=("ground:narnia",)), ("means", Problem.UNKNOWN, "ground:narnia")),
        (group("accent", means=("area:haringey",)), ("means", Problem.UNKNOWN, "area:haringey")),
        (group("accent", means=("kind:housing", "kind:housing")), ("means", Problem.SAID_TWICE, "kind:housing")),
        (group("accent", means=KNOWN[:9]), ("means", Problem.TOO_MANY, "")),
        (group("accent", english="Accent!"), ("english", Problem.NO_LETTERS, "")),
        (group("accent", english="x" * 201), ("english", Problem.TOO_LONG, "")),
    ],
)
def test_what_is_wrong_with_a_group_is_named(held: WordGroup, found: tuple[str, Problem, str]) -> None:
    with pytest.raises(WordsInvalid) as refused:
        check_group(held, [OTHER], KNOWN)
    assert found in {(one.field, one.problem, one.about) for one in refused.value.violations}


@pytest.mark.parametrize(
    "held",
    [
        group("accent", "my accent", "acc*"),
        group("my skin", means=("situation:attack",)),
        group("black cab", "white van", means=()),
        group("shout", means=(), english="shouted insult"),
        group("中", "中国*", "ırkçı*", "çok i̇yi", language="zh"),
    ],
)
def test_a_well_formed_group_is_taken(held: WordGroup) -> None:
    check_group(held, [OTHER], KNOWN)


def test_what_a_group_said_before_is_not_held_against_it_but_what_is_new_is() -> None:
    """Merging two terms lets two groups say the same; both can still be edited."""
    before = group("my skin", "accent")
    check_group(group("my skin", "accent", "my accent"), [OTHER], KNOWN, before)
    with pytest.raises(WordsInvalid):
        check_group(group("my skin", "racis*"), [OTHER], KNOWN, before)
    with pytest.raises(WordsInvalid):
        check_group(group("my skin", "my skin"), [OTHER], KNOWN, before)


def test_every_group_of_the_seed_passes() -> None:
    for file in read_lexicon(ROOT / "seed"):
        for held in file.groups:
            check_group(held, [other for other in file.groups if other is not held], KNOWN)


def test_the_search_knows_what_helps_in_each_situation() -> None:
    assert set(SITUATIONS) == set(concepts.SITUATIONS)
    assert len(KNOWN) == len(set(KNOWN))
