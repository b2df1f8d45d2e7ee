"""What is offered, from two sides at a time."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.figures.gaps import FOR_ALL, INTERPRETER, Coverage, Crossing, Offer, lacks, load_coverage
from directory.organisations.details import Interpreting, Phone
from directory.organisations.operations import hide
from directory.taxonomy.operations import retire_term
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import TermKind
from tests.factories import NOW, details, published, put_taxonomy, saved, service

GROUND, KIND, LANGUAGE, AREA = TermKind.GROUND, TermKind.KIND, TermKind.LANGUAGE, TermKind.AREA


@pytest.fixture(autouse=True)
def terms(session: Session) -> None:
    put_taxonomy(session)


def coverage(session: Session) -> Coverage:
    return load_coverage(session, load_taxonomy(session))


def cross(session: Session, rows: TermKind = GROUND, columns: TermKind = KIND, **only: str) -> Crossing:
    return coverage(session).cross(rows, columns, {TermKind(side): code for side, code in only.items()})


def public(session: Session, slug: str, *services: Mapping[str, Any]) -> Any:
    return published(session, details(*(service(**facts) for facts in services)), slug=slug)


def test_a_pair_must_be_true_of_one_service(session: Session) -> None:
    public(
        session, "one", {"grounds": ("race",), "kinds": ("report",)}, {"grounds": ("gender",), "kinds": ("helpline",)}
    )
    held = cross(session)
    assert held.cells == {("race", "report"): 1, ("gender", "helpline"): 1}
    assert held.rows == {"race": 1, "gender": 1}
    assert held.columns == {"report": 1, "helpline": 1}
    assert held.total == 1


def test_an_organisation_counts_once_however_many_services_it_has(session: Session) -> None:
    public(session, "one", {"kinds": ("report",)}, {"kinds": ("helpline", "report")})
    public(session, "two", {"kinds": ("report",)})
    assert cross(session).columns == {"report": 2, "helpline": 1}


def test_a_narrower_ground_counts_for_the_broader_one(session: Session) -> None:
    public(session, "one", {"grounds": ("race.turkish",), "kinds": ("report",)})
    assert cross(session).rows == {"race": 1, "race.turkish": 1}


def test_for_all_grounds_is_a_row_of_its_own(session: Session) -> None:
    public(session, "one", {"all_grounds": True, "kinds": ("report",)})
    assert cross(session).rows == {FOR_ALL: 1}
    assert cross(session, KIND, LANGUAGE, ground="race").rows == {"report": 1}


def test_languages_are_those_of_staff_and_of_numbers_and_interpreters_are_told_apart(session: Session) -> None:
    line = Phone(number="+442084891000", languages=("kmr", "tr"))
    public(session, "one", {"languages": ("tr",), "phones": (line,), "interpreting": (Interpreting.TELEPHONE,)})
    public(session, "two", {"interpreting": (Interpreting.BSL, Interpreting.NONE)})
    assert cross(session, LANGUAGE, KIND).rows == {"tr": 1, "kmr": 1, INTERPRETER: 1}


def test_who_serves_a_wider_area_serves_what_lies_in_it(session: Session) -> None:
    public(session, "one", {"areas": ("london",), "kinds": ("report",)})
    public(session, "two", {"areas": ("haringey",), "kinds": ("helpline",)})
    assert cross(session, AREA, KIND).rows == {"london": 1, "haringey": 1}
    assert cross(session, area="london").columns == {"report": 1}


def test_only_the_public_counts(session: Session) -> None:
    saved(session, details(service(kinds=("report",))), slug="a-draft")
    hidden = public(session, "hidden", {"kinds": ("report",)})
    hide(session, hidden, by="officer:1", now=NOW)
    public(session, "bare", {})
    held = cross(session)
    assert (held.total, held.rows, held.columns, held.cells) == (1, {}, {}, {})


def test_who_covers_a_language_is_told(session: Session) -> None:
    public(session, "one", {"languages": ("tr",)})
    public(session, "two", {"languages": ("tr",)}, {"languages": ("en", "tr")})
    offered = coverage(session).offered
    assert {code: len(them) for code, them in offered[LANGUAGE].items()} == {"tr": 2, "en": 1}
    assert offered[KIND] == {}


@given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("xyz")))))
def test_the_sums_agree_with_the_cells(services: list[tuple[int, set[str], set[str]]]) -> None:
    names = {side: frozenset(f"{side}:{code}" for code in "abcxyz") for side in (GROUND, KIND)}
    offers = [
        Offer(str(organisation), frozenset({f"ground:{code}" for code in rows} | {f"kind:{code}" for code in columns}))
        for organisation, rows, columns in services
    ]
    held = Coverage(offers, names, {}).cross(GROUND, KIND, {})
    for (row, column), number in held.cells.items():
        assert 0 < number <= min(held.rows[row], held.columns[column]) <= held.total
    assert held.total == len({organisation for organisation, *_ in services})


def test_what_nobody_offers_is_no_term_that_was_retired(session: Session) -> None:
    public(session, "one", {"kinds": ("report",)})
    retire_term(session, KIND, "counselling", by="officer", now=NOW)
    assert lacks(coverage(session), load_taxonomy(session)).kinds == ["helpline", "legal_advice", "young_people"]
