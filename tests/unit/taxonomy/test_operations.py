"""What managers do with terms: adding, naming, ordering, retiring; and the seed that leaves it so."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.directory_revision import revision_with_lexicon
from directory.taxonomy.loading import put_terms
from directory.taxonomy.operations import (
    add_term,
    move_term,
    offer_term,
    replace_term,
    retire_term,
    word_term,
)
from directory.taxonomy.queries import load_taxonomy, successors
from directory.taxonomy.rules import MergeRefused, NewTerm, TermFixed, TermInvalid, TermWords
from directory.taxonomy.terms import TermKind, TermUnknown
from tests.factories import NOW, term

KIND, AREA = TermKind.KIND, TermKind.AREA
MANAGER = "officer:1"
TERMS = (
    *(term(KIND, code, position=place) for place, code in enumerate(("report", "helpline", "advocacy", "casework"))),
    term(AREA, "haringey", latitude=51.59, longitude=-0.1),
    term(AREA, "borough.camden", position=1),
    term(AREA, "place.kentish-town", parent="borough.camden", position=2),
)


@pytest.fixture(autouse=True)
def _terms(session: Session) -> None:
    put_terms(session, TERMS)


def codes(session: Session, kind: TermKind = KIND) -> list[str]:
    return [held.code for held in load_taxonomy(session).of(kind)]


def done(session: Session) -> list[tuple[str, str]]:
    events = session.scalars(select(AuditEventRow).order_by(AuditEventRow.id))
    return [(event.action, event.subject) for event in events if event.actor == MANAGER]


def test_a_new_term_comes_last_and_is_marked_as_made_by_people(session: Session) -> None:
    new = NewTerm(kind=KIND, names={"en": "Befriending", "tr": "Arkadaşlık"})
    assert add_term(session, new, by=MANAGER, now=NOW) == "befriending"
    assert codes(session)[-1] == "befriending"
    assert load_taxonomy(session).name(KIND, "befriending", "tr") == "Arkadaşlık"
    put_terms(session, [*TERMS, term(KIND, "befriending", names={"en": "By the seed"}, position=9)])
    assert load_taxonomy(session).name(KIND, "befriending") == "Befriending"
    assert done(session) == [("term_added", "kind/befriending")]


def test_a_code_that_was_merged_away_is_not_given_again(session: Session) -> None:
    replace_term(session, KIND, "casework", into="advocacy", by=MANAGER, now=NOW)
    new = NewTerm(kind=KIND, names={"en": "Casework"})
    assert add_term(session, new, by=MANAGER, now=NOW) == "casework_2"


def test_every_act_raises_the_revision_of_the_directory(session: Session) -> None:
    acts = (
        lambda: add_term(session, NewTerm(kind=KIND, names={"en": "Visits"}), by=MANAGER, now=NOW),
        lambda: word_term(session, KIND, "report", "en", TermWords(name="Tell"), by=MANAGER, now=NOW),
        lambda: move_term(session, KIND, "report", after="helpline", by=MANAGER, now=NOW),
        lambda: retire_term(session, KIND, "advocacy", by=MANAGER, now=NOW),
        lambda: offer_term(session, KIND, "advocacy", by=MANAGER, now=NOW),
        lambda: replace_term(session, KIND, "casework", into="advocacy", by=MANAGER, now=NOW),
    )
    for act in acts:
        before = revision_with_lexicon(session)
        act()
        after = revision_with_lexicon(session)
        assert after.number > before.number
        assert (after.lexicon == before.lexicon) is (act is not acts[-1])
    assert len(done(session)) == len(acts)


def test_a_term_is_named_and_explained_in_a_language(session: Session) -> None:
    words = TermWords(name="Danışma", description="Telefonla yardım.", examples=("Arayın.",))
    word_term(session, KIND, "helpline", "tr", words, by=MANAGER, now=NOW)
    held = load_taxonomy(session).term(KIND, "helpline")
    assert (held.names["tr"], held.descriptions["tr"], held.examples["tr"]) == (
        words.name,
        words.description,
        words.examples,
    )
    word_term(session, KIND, "helpline", "tr", TermWords(name=""), by=MANAGER, now=NOW)
    assert load_taxonomy(session).term(KIND, "helpline") == replace(TERMS[1], position=1)


def test_the_english_name_stays(session: Session) -> None:
    with pytest.raises(TermInvalid):
        word_term(session, KIND, "helpline", "en", TermWords(name=""), by=MANAGER, now=NOW)
    with pytest.raises(TermUnknown):
        word_term(session, KIND, "magic", "en", TermWords(name="Magic"), by=MANAGER, now=NOW)


@pytest.mark.parametrize(
    ("code", "after", "order"),
    [
        ("casework", "", ["casework", "report", "helpline", "advocacy"]),
        ("report", "advocacy", ["helpline", "advocacy", "report", "casework"]),
        ("report", "casework", ["helpline", "advocacy", "casework", "report"]),
        ("helpline", "report", ["report", "helpline", "advocacy", "casework"]),
    ],
)
def test_terms_are_put_in_order(session: Session, code: str, after: str, order: list[str]) -> None:
    move_term(session, KIND, code, after=after, by=MANAGER, now=NOW)
    assert codes(session) == order


def test_only_terms_beside_each_other_are_ordered(session: Session) -> None:
    for after in ("place.kentish-town", "helpline", "haringey"):
        with pytest.raises(TermInvalid):
            move_term(session, AREA, "haringey", after=after, by=MANAGER, now=NOW)
    move_term(session, AREA, "borough.camden", after="", by=MANAGER, now=NOW)
    assert codes(session, AREA) == ["borough.camden", "haringey", "place.kentish-town"]


def test_retiring_takes_what_lies_under_it_along_and_can_be_undone(session: Session) -> None:
    assert retire_term(session, AREA, "borough.camden", by=MANAGER, now=NOW) == {"borough.camden", "place.kentish-town"}
    taxonomy = load_taxonomy(session)
    assert [held.code for held in taxonomy.offered(AREA)] == ["haringey"]
    assert taxonomy.has(AREA, "borough.camden")
    assert not taxonomy.offers(AREA, "borough.camden")
    offer_term(session, AREA, "place.kentish-town", by=MANAGER, now=NOW)
    assert len(load_taxonomy(session).offered(AREA)) == 3


def test_what_the_program_relies_on_stays(session: Session) -> None:
    with pytest.raises(TermFixed):
        retire_term(session, KIND, "helpline", by=MANAGER, now=NOW)
    with pytest.raises(TermFixed):
        replace_term(session, KIND, "report", into="helpline", by=MANAGER, now=NOW)


def test_a_merged_term_leads_to_the_one_that_took_its_place_however_often_that_happens(session: Session) -> None:
    add_term(session, NewTerm(kind=KIND, names={"en": "Visits"}), by=MANAGER, now=NOW)
    replace_term(session, KIND, "casework", into="advocacy", by=MANAGER, now=NOW)
    replace_term(session, KIND, "advocacy", into="visits", by=MANAGER, now=NOW)
    assert successors(session) == {(KIND, "casework"): "visits", (KIND, "advocacy"): "visits"}
    taxonomy = load_taxonomy(session)
    assert taxonomy.term(KIND, "visits").merged == ("advocacy", "casework")
    assert taxonomy.current(KIND, "casework") == "visits"
    assert taxonomy.name(KIND, "casework") == "Visits"
    assert not taxonomy.has(KIND, "casework")
    with pytest.raises(TermUnknown):
        replace_term(session, KIND, "casework", into="helpline", by=MANAGER, now=NOW)


def test_narrower_terms_follow_the_one_they_stand_under(session: Session) -> None:
    replace_term(session, AREA, "borough.camden", into="haringey", by=MANAGER, now=NOW)
    assert load_taxonomy(session).term(AREA, "place.kentish-town").parent == "haringey"
    with pytest.raises(MergeRefused):
        replace_term(session, AREA, "place.kentish-town", into="place.kentish-town", by=MANAGER, now=NOW)


def test_the_seed_leaves_what_people_changed(session: Session) -> None:
    word_term(session, KIND, "helpline", "en", TermWords(name="A line"), by=MANAGER, now=NOW)
    retire_term(session, KIND, "advocacy", by=MANAGER, now=NOW)
    replace_term(session, AREA, "borough.camden", into="haringey", by=MANAGER, now=NOW)
    move_term(session, KIND, "casework", after="", by=MANAGER, now=NOW)
    before = load_taxonomy(session)
    assert put_terms(session, TERMS) == 0
    assert load_taxonomy(session) == before


def test_the_seed_adds_new_terms_after_those_that_people_ordered(session: Session) -> None:
    move_term(session, KIND, "casework", after="", by=MANAGER, now=NOW)
    assert put_terms(session, [term(KIND, "housing", position=1), *TERMS]) == 1
    assert codes(session) == ["casework", "report", "helpline", "advocacy", "housing"]


def test_the_seed_goes_on_keeping_terms_that_nobody_changed(session: Session) -> None:
    move_term(session, KIND, "casework", after="", by=MANAGER, now=NOW)
    assert put_terms(session, [replace(TERMS[0], names={"en": "Telling"}, position=7)]) == 1
    assert load_taxonomy(session).name(KIND, "report") == "Telling"
    assert codes(session)[:2] == ["casework", "report"]


def test_the_seed_brings_what_was_merged_where_it_comes_from(session: Session) -> None:
    put_terms(session, [replace(TERMS[2], merged=("support", "helpline"))])
    assert successors(session) == {(KIND, "support"): "advocacy"}
