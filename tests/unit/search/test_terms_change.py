"""What managers do to terms reaches the search: new names, merged terms in old links, retired ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.database import make_engine
from directory.organisations.operations import add_organisation, publish
from directory.organisations.term_changes import merge, retire
from directory.search.concepts import SITUATIONS
from directory.search.criteria import Facet, SearchCriteria, SearchResults
from directory.search.engine import SearchEngine
from directory.search.vocabulary import Vocabulary, vocabulary
from directory.taxonomy.loading import put_terms
from directory.taxonomy.operations import word_term
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.rules import TermWords
from directory.taxonomy.terms import TermKind
from tests.databases import Databases
from tests.factories import NOW
from tests.seeding import tables
from tests.unit.search.made import SEED, identity, organisation, service, taxonomy

KIND, GROUND, AREA = TermKind.KIND, TermKind.GROUND, TermKind.AREA
BY = "officer:1"
ENTRIES = {
    "alpha": service("Alpha", kinds=("casework",), grounds=("religion.sikh",), areas=("haringey",)),
    "beta": service("Beta", kinds=("advocacy",), grounds=("religion.hindu",), areas=("ward.noel-park",)),
    "gamma": service("Gamma", kinds=("health",), all_grounds=True, areas=("haringey",)),
}


def three_entries(engine: Engine) -> None:
    """The real taxonomy without its languages, and three public entries."""
    tables(engine)
    with Session(engine) as session:
        put_terms(session, [term for term in taxonomy().terms if term.kind is not TermKind.LANGUAGE])
        for slug, offered in ENTRIES.items():
            details = organisation(slug, offered).details
            add_organisation(session, organisation_id=identity(slug), slug=slug, details=details, by=BY, now=NOW)
            publish(session, identity(slug), details, by=BY, why="new", now=NOW)
        session.commit()


@pytest.fixture
def session(databases: Databases) -> Iterator[Session]:
    engine = make_engine(databases.filled(three_entries))
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def search(session: Session, tmp_path: Path) -> SearchEngine:
    search = SearchEngine(tmp_path / "index", SEED)
    search.catch_up(session)
    return search


def asked(search: SearchEngine, words: str = "", **chosen: str) -> SearchResults:
    criteria = SearchCriteria(words=words, chosen={Facet(facet): (value,) for facet, value in chosen.items()})
    return search.search(criteria, NOW)


def slugs(results: SearchResults) -> list[str]:
    return sorted(hit.slug for hit in results.hits)


def offered(results: SearchResults, facet: Facet) -> set[str]:
    return {value.value for value in results.facets[facet]}


def test_an_entry_is_found_by_the_new_name_of_its_term_and_not_by_the_old(
    session: Session, search: SearchEngine
) -> None:
    words = TermWords(name="Quillormere")
    word_term(session, KIND, "casework", "en", words, by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    assert slugs(search.search(SearchCriteria(words="quillormere", literal=True), NOW)) == ["alpha"]


def test_an_entry_is_found_by_the_area_that_its_own_was_merged_into(session: Session, search: SearchEngine) -> None:
    asked_for = SearchCriteria(words="wood green", literal=True)
    assert [hit.slug for hit in search.search(asked_for, NOW).hits] == ["gamma", "alpha", "beta"]
    merge(session, AREA, "ward.noel-park", into="place.wood-green", by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    assert [hit.slug for hit in search.search(asked_for, NOW).hits] == ["gamma", "beta", "alpha"]


def test_what_the_index_keeps_of_the_terms_is_read_as_it_was_written(session: Session, search: SearchEngine) -> None:
    merge(session, KIND, "casework", into="advocacy", by=BY, now=NOW)
    retire(session, KIND, "health", entries_keep_it=True, by=BY, now=NOW)
    kept = vocabulary(load_taxonomy(session))
    assert (kept.merged, kept.retired) == ({"kind:casework": "kind:advocacy"}, {"kind:health"})
    assert Vocabulary.from_json(kept.to_json()) == kept


def test_a_saved_link_to_a_merged_term_finds_and_shows_the_one_it_was_merged_into(
    session: Session, search: SearchEngine
) -> None:
    merge(session, KIND, "casework", into="advocacy", by=BY, now=NOW)
    merge(session, GROUND, "religion.sikh", into="religion.hindu", by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    assert slugs(asked(search, ground="religion.sikh")) == ["alpha", "beta", "gamma"]
    found = asked(search, kind="casework")
    assert (slugs(found), found.loosened) == (["alpha", "beta"], ())
    assert found.asked.values(Facet.KIND) == ("advocacy",)
    assert [value.value for value in found.facets[Facet.KIND] if value.chosen] == ["advocacy"]
    assert "casework" not in offered(found, Facet.KIND)
    taken_away = SearchCriteria(words="help", ignored=("kind:casework", "kind:advocacy"))
    assert search.search(taken_away, NOW).asked.ignored == ("kind:advocacy",)


def test_what_a_situation_asks_for_follows_a_merged_kind(session: Session, search: SearchEngine) -> None:
    assert "kind:casework" in SITUATIONS["case_closed"]
    merge(session, KIND, "casework", into="health", by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    now = search.index.state().vocabulary
    weights = now.weights(SITUATIONS["case_closed"])
    assert weights["kind:health"] == SITUATIONS["case_closed"]["kind:casework"]
    assert "kind:casework" not in weights
    assert now.weights({"kind:casework": 0.2, "kind:health": 0.7}) == {"kind:health": 0.7}


def test_a_retired_term_is_a_filter_only_while_somebody_has_it(session: Session, search: SearchEngine) -> None:
    retire(session, KIND, "health", entries_keep_it=True, by=BY, now=NOW)
    retire(session, KIND, "community_centre", entries_keep_it=True, by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    results = asked(search, kind="health")
    assert slugs(results) == ["gamma"]
    assert "community_centre" not in offered(results, Facet.KIND)
    retire(session, KIND, "health", entries_keep_it=False, by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    assert "health" not in offered(asked(search), Facet.KIND)


def test_catching_up_after_terms_changed_gives_what_a_rebuild_gives(
    session: Session, search: SearchEngine, tmp_path: Path
) -> None:
    word_term(session, KIND, "advocacy", "en", TermWords(name="Standing by you"), by=BY, now=NOW)
    word_term(session, AREA, "haringey", "en", TermWords(name="The borough"), by=BY, now=NOW)
    merge(session, KIND, "casework", into="advocacy", by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    fresh = SearchEngine(tmp_path / "fresh", SEED)
    fresh.catch_up(session)
    for words in ("", "standing", "borough", "casework", "haringey"):
        assert asked(search, words) == asked(fresh, words)
    assert search.index.state().vocabulary == vocabulary(load_taxonomy(session))
