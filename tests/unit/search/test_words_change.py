"""What managers do to the lexicon is understood by the search of every process."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.lexicon.loading import LexiconFile, put_lexicon
from directory.lexicon.operations import add_words, change_words
from directory.lexicon.queries import kept_groups
from directory.lexicon.rules import WordGroup
from directory.organisations.operations import add_organisation, publish
from directory.organisations.term_changes import merge
from directory.search.criteria import SearchCriteria
from directory.search.engine import SearchEngine
from directory.search.index import NoIndex
from directory.taxonomy.terms import TermKind
from tests.factories import NOW, put_taxonomy
from tests.unit.search.made import SEED, identity, organisation, service

BY = "officer:1"
TALK = WordGroup(language="en", words=("somebody to listen",), means=("kind:counselling",))


@pytest.fixture
def session(own_engine: Engine) -> Session:
    with Session(own_engine) as session:
        put_taxonomy(session)
        put_lexicon(session, [LexiconFile(language="en", reviewed=True, groups=(TALK,))])
        for slug, kind in (("alpha", "legal_advice"), ("beta", "counselling")):
            details = organisation(slug, service(slug.title(), kinds=(kind,))).details
            add_organisation(session, organisation_id=identity(slug), slug=slug, details=details, by=BY, now=NOW)
            publish(session, identity(slug), details, by=BY, why="new", now=NOW)
        session.commit()
        yield session


@pytest.fixture
def search(session: Session, tmp_path: Path) -> SearchEngine:
    search = SearchEngine(tmp_path / "index", SEED)
    search.catch_up(session)
    return search


def understood(search: SearchEngine, words: str) -> list[str]:
    return [f"{found.kind}:{found.code}" for found in search.search(SearchCriteria(words=words), NOW).understood]


def test_a_changed_word_is_understood_by_other_processes_too(session: Session, search: SearchEngine) -> None:
    other = SearchEngine(search.index.path, SEED)
    for engine in (search, other):
        assert understood(engine, "somebody to listen") == ["kind:counselling"]
    (kept,) = kept_groups(session)
    change_words(session, kept.id, replace(TALK, words=("an open ear",)), version=1, by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    for engine in (search, other):
        assert understood(engine, "an open ear") == ["kind:counselling"]
        assert understood(engine, "somebody to listen") == []


def test_a_word_follows_a_merged_term(session: Session, search: SearchEngine) -> None:
    merge(session, TermKind.KIND, "counselling", into="helpline", by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    assert understood(search, "somebody to listen") == ["kind:helpline"]


def test_an_entry_that_changes_does_not_make_the_lexicon_be_read_again(session: Session, search: SearchEngine) -> None:
    understood(search, "x")
    file = search.index.path / search.index.state().folder / "lexicon.json"
    stamp = file.stat().st_ino
    details = organisation("alpha", service("Alpha", kinds=("report",))).details
    publish(session, identity("alpha"), details, by=BY, why="told us", now=NOW)
    session.commit()
    search.catch_up(session)
    assert file.stat().st_ino == stamp
    held = search._reading().lexicon
    publish(session, identity("alpha"), details, by=BY, why="told us again", now=NOW)
    session.commit()
    search.catch_up(session)
    assert search._reading().lexicon is held


@pytest.mark.parametrize("broken", [None, b"", b"\0" * 900, b"{}"])
def test_a_lexicon_that_is_lost_or_broken_is_made_anew(
    session: Session, search: SearchEngine, broken: bytes | None
) -> None:
    file = search.index.path / search.index.state().folder / "lexicon.json"
    file.unlink() if broken is None else file.write_bytes(broken)
    with pytest.raises(NoIndex):
        understood(search, "somebody to listen")
    search.repair(session)
    assert understood(search, "somebody to listen") == ["kind:counselling"]


def test_words_are_tried_out_before_they_are_kept(session: Session, search: SearchEngine) -> None:
    asked = SearchCriteria(words="an open ear")
    now, changed = search.try_out(asked, NOW, without=TALK, added=replace(TALK, words=("an open ear",)))
    assert [len(results.understood) for results in (now, changed)] == [0, 1]
    assert (changed.hits[0].slug, changed.understood[0].code) == ("beta", "counselling")
    taken = SearchCriteria(words="somebody to listen")
    now, changed = search.try_out(taken, NOW, without=TALK)
    assert [len(results.understood) for results in (now, changed)] == [1, 0]
    assert understood(search, "an open ear") == []
    assert len(kept_groups(session)) == 1


def test_adding_words_makes_a_new_group_understood(session: Session, search: SearchEngine) -> None:
    add_words(session, WordGroup(language="en", words=("quillo*",), means=("kind:report",)), by=BY, now=NOW)
    session.commit()
    search.catch_up(session)
    assert understood(search, "quillormere") == ["kind:report"]
