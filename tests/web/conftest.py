"""The application on the real seed, and the client that checks every page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from directory import create_app
from directory.clock import now
from directory.config import ROOT, Settings
from directory.database import begin_writing, make_engine
from directory.exchange.seed_load import load_seed
from directory.schema import upgrade_schema
from directory.web.extensions import db
from directory.web.searching import search_engine
from tests.databases import Databases
from tests.page import Pages

SECRET_KEY = "a key that only the tests know, long enough"


@pytest.fixture(scope="session")
def seeded_url(databases: Databases) -> str:
    """A database with the whole seed, which no test may change."""
    url = databases.new()
    engine = make_engine(url)
    upgrade_schema(engine)
    with Session(engine) as session:
        begin_writing(session)
        load_seed(session, ROOT / "seed", now())
        session.commit()
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def app(seeded_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on that database, with its search index."""
    yield from started(settings(seeded_url, tmp_path_factory.mktemp("index")), indexed=True)


@pytest.fixture(scope="session")
def pages(app: Flask) -> Pages:
    """The client that checks every page."""
    return Pages(app)


def settings(database_url: str, folder: Path) -> Settings:
    return Settings(
        secret_key=SECRET_KEY, database_url=database_url, search_index=folder, public_origin="http://localhost"
    )


def started(given: Settings, *, indexed: bool = False) -> Iterator[Flask]:
    """An application; what it holds open is closed at the end."""
    app = create_app(given)
    app.config["PROPAGATE_EXCEPTIONS"] = True  # a test shows what went wrong, not the page about it
    with app.app_context():
        if indexed:
            search_engine().index.rebuild(db.session())
    yield app
    with app.app_context():
        db.engine.dispose()
