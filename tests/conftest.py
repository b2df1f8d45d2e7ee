"""What every test may ask for."""

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.database import make_engine
from tests.databases import Databases, Place, databases_at, place_for
from tests.factories import begin_again
from tests.seeding import seed, tables

MEASURED = "measured"
"""Under this name a test records figures, which are printed at the end."""

PLACE = pytest.StashKey[Place]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="run on this database")


def pytest_configure(config: pytest.Config) -> None:
    """One place for the databases of a run: the first process makes it, and its workers are told of it."""
    told = getattr(config, "workerinput", None)
    if told is not None:
        config.stash[PLACE] = Place(*told["place"])
        return
    held = ExitStack()
    config.add_cleanup(held.close)
    config.stash[PLACE] = held.enter_context(place_for(config.getoption("--database")))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where its databases are."""
    node.workerinput["place"] = tuple(node.config.stash[PLACE])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another database than the usual one, only those tests are run again that show something of it."""
    if config.getoption("--database") != "sqlite":
        again = [item for item in items if _shows_something_of_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
        items[:] = again


def _shows_something_of_the_database(item: pytest.Item) -> bool:
    uses_one = "databases" in getattr(item, "fixturenames", ())
    return uses_one and item.get_closest_marker("any_database") is None


def pytest_collection_finish() -> None:
    """What was imported and collected stays: looking through it again and again for garbage took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Each test makes the same ids every time: by them entries are spread over weeks and put in order."""
    begin_again(item.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests have measured."""
    for report in terminalreporter.getreports("passed"):
        for name, figures in report.user_properties:
            if name == MEASURED:
                terminalreporter.write_line(f"{report.nodeid}: {figures}")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """New databases of the chosen kind: empty ones, and copies of what was filled in once (see `tests/seeding.py`)."""
    return databases_at(request.config.stash[PLACE], os.environ.get("PYTEST_XDIST_WORKER", "only"))


@pytest.fixture(scope="session")
def database_url(databases: Databases) -> str:
    """The address of a database with all tables, which the tests of this process share."""
    return databases.filled(tables)


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """An engine of the shared database; what is committed through it stays for the tests that follow."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def seeded_url(databases: Databases) -> str:
    """A database with the whole seed, which no test may change. One to change is `databases.filled(seed)`."""
    return databases.filled(seed)


@pytest.fixture(scope="session")
def seed_index(databases: Databases) -> Path:
    """A search index over the whole seed, which is to be copied: that of a copied database needs no making then."""
    return databases.index_of(seed)


@pytest.fixture
def own_engine(databases: Databases) -> Iterator[Engine]:
    """An engine of a database with all tables that no other test sees, for tests that commit."""
    engine = make_engine(databases.filled(tables))
    yield engine
    engine.dispose()


@pytest.fixture
def empty_engine(databases: Databases) -> Iterator[Engine]:
    """An engine of a database without any table."""
    engine = make_engine(databases.new())
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session in the shared database; all is taken back at the end, even what was committed."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


@pytest.fixture
def now() -> datetime:
    """A moment that stands still: a Wednesday morning in London's summer."""
    return datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
