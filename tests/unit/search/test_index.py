import gc
import multiprocessing
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.database import make_engine
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import (
    add_organisation,
    confirm,
    hide,
    mark_overdue,
    publish,
    rename_slug,
)
from directory.organisations.rules import ConfirmedBy
from directory.search.criteria import SearchCriteria
from directory.search.engine import SearchEngine
from directory.search.index import IndexBusy, NoIndex
from directory.taxonomy.loading import put_terms
from tests.databases import Databases
from tests.seeding import tables
from tests.unit.search.made import SEED, identity, organisation, service, taxonomy

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
BY = "a test"


def two_entries(engine: Engine) -> None:
    """The real taxonomy, and two public entries."""
    tables(engine)
    with Session(engine) as session:
        put_terms(session, taxonomy().terms)
        for slug in ("alpha", "beta"):
            put(session, slug, details(slug))
        session.commit()


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    engine = make_engine(databases.filled(two_entries))
    yield engine
    engine.dispose()


@pytest.fixture
def search(tmp_path: Path) -> SearchEngine:
    return SearchEngine(tmp_path / "index", SEED)


def details(slug: str, description: str = "Advice about gardens.") -> OrganisationDetails:
    return organisation(slug, service(f"Service of {slug}"), description=description).details


def put(session: Session, slug: str, new: OrganisationDetails) -> None:
    add_organisation(session, organisation_id=identity(slug), slug=slug, details=new, by=BY, now=NOW)
    publish(session, identity(slug), new, by=BY, why="new", now=NOW)


def found(search: SearchEngine, words: str = "") -> list[str]:
    return [hit.slug for hit in search.search(SearchCriteria(words=words, literal=True), NOW).hits]


def caught_up(search: SearchEngine, engine: Engine) -> None:
    with Session(engine) as session:
        search.catch_up(session)


def test_without_an_index_there_is_no_answer_until_it_is_made(engine, search):
    with pytest.raises(NoIndex):
        found(search)
    caught_up(search, engine)
    assert found(search) == ["alpha", "beta"]


def test_an_approved_change_is_found_and_the_old_text_is_not(engine, search):
    caught_up(search, engine)
    with Session(engine) as session:
        publish(session, identity("beta"), details("beta", "Swimming lessons."), by=BY, why="told us", now=NOW)
        session.commit()
    assert found(search, "gardens") == ["alpha", "beta"]
    caught_up(search, engine)
    assert found(search, "gardens") == ["alpha"]
    assert found(search, "swimming") == ["beta"]


def test_a_new_a_hidden_and_a_renamed_entry_are_found_as_they_are_now(engine, search):
    caught_up(search, engine)
    with Session(engine) as session:
        put(session, "gamma", details("gamma"))
        hide(session, identity("alpha"), by=BY, now=NOW)
        rename_slug(session, identity("beta"), "beta-house", by=BY, now=NOW)
        session.commit()
    caught_up(search, engine)
    assert found(search) == ["beta-house", "gamma"]


def test_what_is_not_committed_is_not_found(engine, search):
    caught_up(search, engine)
    with Session(engine) as session:
        put(session, "gamma", details("gamma"))
        session.rollback()
    caught_up(search, engine)
    assert found(search) == ["alpha", "beta"]


def test_catching_up_gives_what_a_rebuild_gives(engine, search, tmp_path):
    caught_up(search, engine)
    with Session(engine) as session:
        publish(session, identity("beta"), details("beta", "Swimming and gardens."), by=BY, why="told us", now=NOW)
        session.commit()
    caught_up(search, engine)
    fresh = SearchEngine(tmp_path / "fresh", SEED)
    caught_up(fresh, engine)
    for words in ("", "gardens", "swimming", "beta"):
        assert found(search, words) == found(fresh, words)


def test_a_rebuild_leaves_readers_of_the_old_index_undisturbed_and_keeps_only_two(engine, search):
    caught_up(search, engine)
    for _ in range(4):
        with Session(engine) as session:
            search.index.rebuild(session)
        assert found(search) == ["alpha", "beta"]
    assert len(list(search.index.path.glob("index-*"))) == 2


@pytest.mark.parametrize("broken", [None, b"", b"\0" * 900])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broken_index_is_made_anew_from_the_database(engine, search, broken):
    caught_up(search, engine)
    for path in (search.index.path / search.index.state().folder).glob("*.seg"):
        path.unlink() if broken is None else path.write_bytes(broken)
    other = SearchEngine(search.index.path, SEED)
    with pytest.raises(NoIndex):
        found(other)
    with Session(engine) as session:
        other.repair(session)
    assert found(other) == ["alpha", "beta"]
    gc.collect()  # Whoosh leaves the broken file open; its warning belongs to this test


def test_an_index_of_another_format_is_made_anew(engine, search):
    caught_up(search, engine)
    state = search.index.path / search.index.state().folder / "state.json"
    state.write_text(state.read_text().replace('"format": ', '"format": 9'))
    with pytest.raises(NoIndex):
        found(SearchEngine(search.index.path, SEED))
    caught_up(search, engine)
    assert found(search) == ["alpha", "beta"]


def test_a_lost_folder_is_made_anew(engine, search):
    caught_up(search, engine)
    shutil.rmtree(search.index.path)
    caught_up(search, engine)
    assert found(search) == ["alpha", "beta"]


def test_one_writes_and_the_others_leave_it_to_that_one(engine, search):
    with search.index._writing(), Session(engine) as session:
        other = SearchEngine(search.index.path, SEED)
        with pytest.raises(IndexBusy):
            other.index.rebuild(session)
        other.catch_up(session)
    with pytest.raises(NoIndex):
        found(search)


CHANGES = 6
PATIENCE = 60.0


def read_until_last(path: Path, seen: "multiprocessing.Queue[str]") -> None:
    """Search again and again until the last change is found; say what came of it."""
    search = SearchEngine(path, SEED)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        hits = search.search(SearchCriteria(), NOW).hits
        if [hit.slug for hit in hits] != ["alpha", "beta"]:
            seen.put(f"wrong: {[hit.slug for hit in hits]}")
            return
        if found(search, f"step{CHANGES - 1}") == ["beta"]:
            seen.put("all seen")
            return
    seen.put("never saw the last change")


def write_changes(url: str, path: Path) -> None:
    engine, search = make_engine(url), SearchEngine(path, SEED)
    for step in range(CHANGES):
        with Session(engine) as session:
            changed = replace(details("beta"), description=f"Now at step{step}.")
            publish(session, identity("beta"), changed, by=BY, why="told us", now=NOW)
            session.commit()
        caught_up(search, engine)
    engine.dispose()


def test_several_processes_read_while_one_writes(engine, search):
    caught_up(search, engine)
    forkserver = multiprocessing.get_context("forkserver")  # what is imported is imported once
    forkserver.set_forkserver_preload([__name__])
    seen = forkserver.Queue()
    readers = [forkserver.Process(target=read_until_last, args=(search.index.path, seen)) for _ in range(2)]
    url = engine.url.render_as_string(hide_password=False)
    writer = forkserver.Process(target=write_changes, args=(url, search.index.path))
    for process in (*readers, writer):
        process.start()
    answers = [seen.get(timeout=PATIENCE + 30) for _ in readers]
    for process in (*readers, writer):
        process.join(timeout=30)
    assert answers == ["all seen"] * 2
    assert [process.exitcode for process in (*readers, writer)] == [0] * 3


def test_how_an_entry_stands_reaches_the_index(engine, search):
    caught_up(search, engine)
    with Session(engine) as session:
        mark_overdue(session, identity("alpha"), since=date(2026, 3, 2))
        session.commit()
    caught_up(search, engine)
    cards = {hit.slug: hit.services[0].card for hit in search.search(SearchCriteria(), NOW).hits}
    assert (cards["alpha"]["overdue_since"], cards["beta"]["overdue_since"]) == ("2026-03-02", "")
    with Session(engine) as session:
        confirm(session, identity("alpha"), at=NOW, by=ConfirmedBy.ORGANISATION, now=NOW)
        session.commit()
    caught_up(search, engine)
    cards = {hit.slug: hit.services[0].card for hit in search.search(SearchCriteria(), NOW).hits}
    assert (cards["alpha"]["overdue_since"], cards["alpha"]["confirmed_at"]) == ("", NOW.isoformat())


def test_whoever_serves_may_rest_after_each_new_state_was_opened_and_at_no_other_time(engine, search):
    opened: list[int] = []
    search.after_opening = lambda: opened.append(search.directory_revision)
    caught_up(search, engine)
    found(search)
    found(search)
    assert len(opened) == 1
    with Session(engine) as session:
        publish(session, identity("beta"), details("beta", "Swimming lessons."), by=BY, why="told us", now=NOW)
        session.commit()
    caught_up(search, engine)
    found(search)
    assert len(opened) == 2
    assert opened == sorted(set(opened))
