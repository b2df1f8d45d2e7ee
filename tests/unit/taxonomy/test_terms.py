"""The taxonomy: its order, its tree, its names, in the database and out of it."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from directory.taxonomy.loading import BroaderTermUnknown, put_terms
from directory.taxonomy.queries import area_centres, load_codes, load_taxonomy
from directory.taxonomy.terms import Taxonomy, Term, TermKind, TermUnknown
from tests.factories import term

RELIGION = term(
    TermKind.GROUND,
    "religion",
    names={"en": "Religion", "tr": "Din", "ar": "الدين"},
    descriptions={"en": "Because of what you believe.", "ar": "بسبب معتقدك"},
    examples={"en": ("Someone pulls off your headscarf.", "Someone damages your church.")},
    position=1,
)
SIKH = term(TermKind.GROUND, "religion.sikh", names={"en": "Sikh"}, parent="religion", position=2)
RACE = term(TermKind.GROUND, "race", names={"en": "Race"}, position=0)
HARINGEY = term(TermKind.AREA, "haringey", names={"en": "Haringey"}, latitude=51.59, longitude=-0.1)
WARD = term(TermKind.AREA, "ward.noel-park", names={"en": "Noel Park"}, parent="haringey", position=1)
TERMS = (HARINGEY, WARD, RACE, RELIGION, SIKH)
TAXONOMY = Taxonomy(TERMS)


def test_terms_of_a_kind_come_in_their_order() -> None:
    assert TAXONOMY.of(TermKind.GROUND) == (RACE, RELIGION, SIKH)
    assert TAXONOMY.top(TermKind.GROUND) == (RACE, RELIGION)
    assert TAXONOMY.of(TermKind.ACCESS) == ()


def test_narrower_terms_are_found() -> None:
    assert TAXONOMY.narrower(TermKind.GROUND, "religion") == (SIKH,)
    assert TAXONOMY.under(TermKind.GROUND, "religion") == {"religion", "religion.sikh"}
    assert TAXONOMY.under(TermKind.GROUND, "race") == {"race"}


def test_a_term_without_a_name_in_a_language_has_its_english_one() -> None:
    assert TAXONOMY.name(TermKind.GROUND, "religion", "tr") == "Din"
    assert TAXONOMY.name(TermKind.GROUND, "religion", "pl") == "Religion"


def test_an_unknown_term_is_named() -> None:
    assert not TAXONOMY.has(TermKind.GROUND, "haringey")
    with pytest.raises(TermUnknown, match="ground haringey"):
        TAXONOMY.term(TermKind.GROUND, "haringey")


def test_terms_come_back_from_the_database_as_they_were(session: Session) -> None:
    assert put_terms(session, reversed(TERMS)) == len(TERMS)
    session.expire_all()
    assert load_taxonomy(session) == TAXONOMY
    assert list(load_taxonomy(session).term(TermKind.GROUND, "religion").names) == ["en", "tr", "ar"]
    assert load_codes(session) == {(held.kind, held.code) for held in TERMS}
    assert area_centres(session) == {"haringey": (51.59, -0.1)}


def test_putting_the_same_terms_again_changes_nothing(session: Session) -> None:
    put_terms(session, TERMS)
    assert put_terms(session, TERMS) == 0


@pytest.mark.parametrize(
    "changed",
    [
        replace(RELIGION, names={"en": "Faith", "ar": "إيمان"}),
        replace(RELIGION, examples={}),
        replace(RELIGION, descriptions={"tr": "İnancınız."}),
        replace(RELIGION, position=9),
        replace(RELIGION, parent="race"),
    ],
)
def test_a_changed_term_is_changed_and_the_others_stay(session: Session, changed: Term) -> None:
    put_terms(session, TERMS)
    assert put_terms(session, [changed]) == 1
    session.expire_all()
    loaded = load_taxonomy(session)
    assert loaded.term(TermKind.GROUND, "religion") == changed
    assert (loaded.term(TermKind.GROUND, "race"), loaded.term(TermKind.GROUND, "religion.sikh")) == (RACE, SIKH)


@pytest.mark.parametrize(
    "broken",
    [
        [term(TermKind.GROUND, "a.b", parent="a")],
        [term(TermKind.GROUND, "a", parent="a")],
        [term(TermKind.GROUND, "a", parent="b"), term(TermKind.GROUND, "b", parent="a")],
        [term(TermKind.GROUND, "a", parent="haringey"), HARINGEY],
    ],
)
def test_a_term_stands_under_one_of_its_kind_that_there_is(session: Session, broken: list[Term]) -> None:
    with pytest.raises(BroaderTermUnknown):
        put_terms(session, broken)
