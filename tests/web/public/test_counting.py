"""What is counted of searches: choices and recognised terms, day by day; never a word, a place or a person."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from threading import Thread
from threading import enumerate as threads

import pytest
from flask import Flask
from sqlalchemy import Engine, MetaData, select, text

from directory.figures.models import SearchCountRow
from directory.web.counting import Counting, counting
from directory.web.extensions import db
from tests.databases import Databases
from tests.page import Pages
from tests.seeding import seed
from tests.web.conftest import settings, started

WORDS, PLACE = "quokkaword turkish", "N15 3QL"
MARKS = ("quokka", "3ql", "n15")


@pytest.fixture(scope="module")
def site(databases: Databases, seed_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = copytree(seed_index, tmp_path_factory.mktemp("counting") / "index")
    yield from started(settings(databases.filled(seed), folder), indexed=True)


@pytest.fixture
def app(site: Flask) -> Iterator[Flask]:
    """The application with no counts yet."""
    counting(site).tally.take()
    yield site
    with site.app_context(), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM search_count"))


def kept(app: Flask) -> dict[tuple[str, str, str], tuple[int, int]]:
    """What stands in the database once the counts are kept."""
    counting(app).keep()
    with app.app_context():
        rows = db.session.scalars(select(SearchCountRow))
        return {(row.asked_by.value, row.facet, row.code): (row.searches, row.in_vain) for row in rows}


def test_choices_and_recognised_terms_are_counted(app: Flask) -> None:
    pages = Pages(app)
    pages.get("/search?ground=race&kind=report&language=tr")
    pages.get("/ar/search?ground=race")
    pages.get("/search?q=they+hit+me+because+i+am+gay")
    counts = kept(app)
    assert counts["all", "", ""] == (3, 0)
    assert counts["chosen", "ground", "race"] == (2, 0)
    assert counts["chosen", "language", "tr"] == (1, 0)
    assert counts["understood", "ground", "sexuality.gay"] == (1, 0)


def test_a_search_that_found_nothing_counts_as_that(app: Flask) -> None:
    Pages(app).get("/search?ground=travellers.gypsy&language=ko&kind=interpreting")
    assert kept(app)["chosen", "language", "ko"] == (1, 1)


def test_looking_around_and_turning_the_page_are_no_searches(app: Flask) -> None:
    pages = Pages(app)
    for path in ("/search", "/search?page=2", "/search?ground=race&page=2", "/search.json?ground=race", "/"):
        pages.answer(path)
    assert kept(app) == {}


def test_no_word_place_or_made_up_code_is_ever_kept(app: Flask) -> None:
    pages = Pages(app)
    answer = pages.post("/search", data={"q": WORDS, "near": PLACE})
    pages.get(answer.headers["Location"])
    pages.get("/search?ground=quokka&kind=n15.3ql&language=tr&for=quokka&more=quokka&report=quokka")
    assert kept(app)["chosen", "language", "tr"] == (1, 1)
    with app.app_context():
        everything = whole(db.engine)
    assert not [mark for mark in MARKS if mark in everything]


def whole(engine: Engine) -> str:
    """Every row of the counts, in small letters."""
    tables = MetaData()
    tables.reflect(engine, only=["search_count"])
    with engine.connect() as connection:
        return "\n".join(repr(row) for row in connection.execute(select(tables.tables["search_count"]))).lower()


def test_counts_that_cannot_be_kept_wait(app: Flask) -> None:
    Pages(app).get("/search?ground=race")
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE search_count RENAME TO lost"))
    counting(app).keep()
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE lost RENAME TO search_count"))
    assert kept(app)["chosen", "ground", "race"] == (1, 0)


def test_a_thread_of_its_own_keeps_them_after_a_while(app: Flask) -> None:
    Pages(app).get("/search?ground=race")
    own = Counting(app)
    own.tally = counting(app).tally
    own.begin_keeping(timedelta(0))
    own._see_to_it()
    for thread in (thread for thread in threads() if isinstance(thread, Thread) and thread.name == "counts"):
        thread.join(timeout=30)
    with app.app_context():
        assert db.session.scalars(select(SearchCountRow.searches)).first() == 1
