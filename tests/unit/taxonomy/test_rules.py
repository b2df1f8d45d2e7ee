"""What a term may be, and what may become of it."""

import ast
from dataclasses import replace
from typing import Any

import pytest

from directory.config import ROOT
from directory.exchange.seed_files import read_terms
from directory.taxonomy.rules import (
    FIXED,
    ON_THE_HOME_PAGE,
    MergeRefused,
    NewTerm,
    Problem,
    TermFixed,
    TermInvalid,
    TermWords,
    check_merge,
    check_new,
    check_retire,
    check_words,
    code_for,
)
from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.public.home import NEEDS, REASONS, SPOKEN

SEED = read_terms(ROOT / "seed")
TAXONOMY = Taxonomy(SEED)
GROUND, KIND, LANGUAGE, AREA = TermKind.GROUND, TermKind.KIND, TermKind.LANGUAGE, TermKind.AREA


def new(kind: TermKind, name: str, **given: Any) -> NewTerm:
    return NewTerm(**{"kind": kind, "names": {"en": name}, **given})


def problems(refused: pytest.ExceptionInfo[TermInvalid]) -> set[tuple[str, Problem]]:
    return {(violation.field, violation.problem) for violation in refused.value.violations}


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (new(KIND, "Befriending"), "befriending"),
        (new(KIND, "Help with money & bills"), "help_with_money_bills"),
        (new(KIND, "Café visits"), "cafe_visits"),
        (new(KIND, "Housing"), "housing_2"),
        (new(KIND, "Victim support"), "support"),
        (new(KIND, "Hate crimes and abuse"), "and"),
        (new(KIND, "Abuse"), "term"),
        (new(KIND, "妇女"), "term"),
        (new(KIND, "x" * 60), "x" * 40),
        (new(GROUND, "Tamil", parent="race"), "race.tamil"),
        (new(AREA, "Gospel Oak", parent="haringey", sort="place", latitude=51.59, longitude=-0.07), "place.gospel-oak"),
        (new(LANGUAGE, "Estonian", tag="et"), "et"),
    ],
)
def test_a_code_comes_from_the_name_and_gives_nobody_away(wanted: NewTerm, code: str) -> None:
    assert code_for(wanted, [term.code for term in TAXONOMY.of(wanted.kind)]) == code


@pytest.mark.parametrize(
    "wanted",
    [
        new(KIND, "Befriending"),
        new(GROUND, "Tamil", parent="race"),
        new(AREA, "Gospel Oak", parent="haringey", sort="place", latitude=51.59, longitude=-0.07),
        new(LANGUAGE, "Estonian", tag="et"),
        new(TermKind.ACCESS, "Quiet room"),
    ],
    ids=lambda wanted: str(wanted.kind),
)
def test_a_term_of_every_kind_can_be_added(wanted: NewTerm) -> None:
    check_new(wanted, TAXONOMY)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (new(KIND, ""), ("name", Problem.EMPTY)),
        (NewTerm(kind=KIND, names={"tr": "Konut"}), ("name", Problem.EMPTY)),
        (new(KIND, " Befriending"), ("name", Problem.UNTIDY)),
        (new(KIND, "Befriending\nvisits"), ("name", Problem.UNTIDY)),
        (new(KIND, "x" * 101), ("name", Problem.TOO_LONG)),
        (new(KIND, TAXONOMY.name(KIND, "housing").upper()), ("name", Problem.TAKEN)),
        (new(KIND, "Befriending", parent="housing"), ("parent", Problem.UNKNOWN)),
        (new(GROUND, "Tamil"), ("parent", Problem.UNKNOWN)),
        (new(GROUND, "Tamil", parent="race.south_asian"), ("parent", Problem.UNKNOWN)),
        (new(LANGUAGE, "Estonian"), ("tag", Problem.LANGUAGE)),
        (new(LANGUAGE, "Estonian", tag="latvian!"), ("tag", Problem.LANGUAGE)),
        (new(LANGUAGE, "Estonian", tag="tr"), ("tag", Problem.TAKEN)),
        (new(AREA, "Gospel Oak", parent="narnia", sort="place"), ("parent", Problem.UNKNOWN)),
        (new(AREA, "Gospel Oak", parent="haringey", sort="planet"), ("sort", Problem.UNKNOWN)),
        (new(AREA, "Gospel Oak", latitude=-0.07, longitude=51.59), ("latitude", Problem.NOT_ON_THE_MAP)),
        (new(AREA, "Gospel Oak", latitude=51.59), ("longitude", Problem.NOT_ON_THE_MAP)),
    ],
)
def test_what_is_wrong_with_a_new_term_is_named(wanted: NewTerm, found: tuple[str, Problem]) -> None:
    with pytest.raises(TermInvalid) as refused:
        check_new(wanted, TAXONOMY)
    assert found in problems(refused)


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", TermWords(name=""), {("name", Problem.EMPTY)}),
        ("pl", TermWords(name=""), set()),
        ("pl", TermWords(name="", description="Dom"), {("name", Problem.EMPTY)}),
        ("en", TermWords(name=TAXONOMY.name(KIND, "report")), {("name", Problem.TAKEN)}),
        ("en", TermWords(name="Housing", examples=("a",) * 11), {("examples", Problem.TOO_MANY)}),
        ("en", TermWords(name="Housing", examples=("a" * 301,)), {("examples", Problem.TOO_LONG)}),
        ("en", TermWords(name="Housing", description="a  b"), {("description", Problem.UNTIDY)}),
        ("en", TermWords(name="A home"), set()),
    ],
)
def test_the_words_of_a_term_are_looked_at(language: str, words: TermWords, found: set[tuple[str, Problem]]) -> None:
    term = TAXONOMY.term(KIND, "housing")
    if not found:
        check_words(words, term, language, TAXONOMY)
        return
    with pytest.raises(TermInvalid) as refused:
        check_words(words, term, language, TAXONOMY)
    assert problems(refused) == found


def test_all_words_of_the_seed_pass() -> None:
    for term in SEED:
        for language, name in term.names.items():
            words = TermWords(
                name=name,
                description=term.descriptions.get(language, ""),
                examples=term.examples.get(language, ()),
            )
            check_words(words, term, language, TAXONOMY)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (GROUND, "religion"),
        (GROUND, "age.young"),
        (KIND, "helpline"),
        (KIND, "housing"),
        (LANGUAGE, "tr"),
        (AREA, "england_wales"),
        (AREA, "london"),
    ],
)
def test_what_the_program_relies_on_is_not_retired(kind: TermKind, code: str) -> None:
    with pytest.raises(TermFixed):
        check_retire(TAXONOMY.term(kind, code), TAXONOMY)


def test_other_terms_may_be_retired() -> None:
    check_retire(TAXONOMY.term(GROUND, "religion.sikh"), TAXONOMY)
    check_retire(TAXONOMY.term(KIND, "community_centre"), TAXONOMY)
    check_retire(TAXONOMY.term(AREA, "borough.camden"), TAXONOMY)


@pytest.mark.parametrize(
    ("kind", "code", "into", "error"),
    [
        (GROUND, "religion", "race", TermFixed),
        (GROUND, "religion.sikh", "religion.sikh", MergeRefused),
        (KIND, "casework", "casework", MergeRefused),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(kind: TermKind, code: str, into: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_merge(TAXONOMY.term(kind, code), TAXONOMY.term(kind, into), TAXONOMY)


def test_a_term_is_not_merged_into_one_of_another_kind_or_one_that_is_retired_or_lies_under_it() -> None:
    housing, casework = TAXONOMY.term(KIND, "housing"), TAXONOMY.term(KIND, "casework")
    camden = TAXONOMY.term(AREA, "borough.camden")
    below = replace(camden, code="place.hampstead", parent="borough.camden")
    wider = Taxonomy((*SEED, below))
    for term, into in (
        (housing, TAXONOMY.term(GROUND, "race")),
        (housing, replace(casework, retired=True)),
        (camden, below),
    ):
        with pytest.raises(MergeRefused):
            check_merge(term, into, wider)
    check_merge(below, camden, wider)
    check_merge(housing, casework, TAXONOMY)


def test_the_fixed_terms_are_there_and_the_home_page_leads_to_no_other_that_could_go() -> None:
    for kind, codes in FIXED.items():
        assert all(TAXONOMY.has(kind, code) for code in codes), kind
    assert {code for code, *_ in NEEDS} <= ON_THE_HOME_PAGE | FIXED[KIND]
    assert {code for code, *_ in REASONS} <= FIXED[GROUND]
    assert {language.code for language in SPOKEN} <= FIXED[LANGUAGE]


def test_every_narrower_ground_that_the_program_names_is_fixed() -> None:
    narrower = {term.code for term in TAXONOMY.of(GROUND) if term.parent}
    named = {
        node.value
        for path in (ROOT / "directory").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in narrower
    }
    assert "gender.women" in named
    assert named <= FIXED[GROUND]
