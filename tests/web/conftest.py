"""The application on the real seed, and the client that checks every page."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from directory import create_app
from directory.config import Settings
from directory.web.extensions import db
from directory.web.searching import search_engine
from tests.officers import SECRET_KEY
from tests.page import Pages

LINK_KEY = "another key that only the tests know, for links"


@pytest.fixture(scope="session")
def app(seeded_url: str, seed_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on that database, with its search index."""
    folder = copytree(seed_index, tmp_path_factory.mktemp("app") / "index")
    yield from started(settings(seeded_url, folder), indexed=True)


@pytest.fixture(scope="session")
def pages(app: Flask) -> Pages:
    """The client that checks every page."""
    return Pages(app)


def settings(database_url: str, folder: Path, origin: str = "http://localhost") -> Settings:
    return Settings(
        secret_key=SECRET_KEY,
        link_keys=(LINK_KEY,),
        team_phone="+442084891000",
        database_url=database_url,
        search_index=folder,
        erasure_log=folder.with_name(f"{folder.name}.erasures"),
        public_origin=origin,
    )


def started(given: Settings, *, indexed: bool = False) -> Iterator[Flask]:
    """An application; what it holds open is closed at the end."""
    app = create_app(given)
    app.config["PROPAGATE_EXCEPTIONS"] = True  # a test shows what went wrong, not the page about it
    with app.app_context():
        if indexed:
            search_engine().catch_up(db.session())
    yield app
    with app.app_context():
        db.engine.dispose()
