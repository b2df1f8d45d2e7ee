"""One desk for the tests of a file."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from directory.web.extensions import db
from tests.databases import Databases
from tests.furnished.explorer import Explorer
from tests.furnished.furnish import hostile, plain
from tests.furnished.snapshot import Snapshot
from tests.web.admin.desk import Desk, made_desk


@pytest.fixture(scope="module")
def desk(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with made_desk(databases, tmp_path_factory.mktemp("index")) as desk:
        yield desk


@pytest.fixture
def reading(desk: Desk) -> Iterator[Session]:
    """What is stored, read beside the application: an open context of its own would be every request's."""
    with desk.app.app_context():
        engine = db.engine
    with Session(engine) as session:
        yield session


@pytest.fixture(scope="module")
def furnished(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with everything there can be, in plain words."""
    with made_desk(databases, tmp_path_factory.mktemp("index"), plain) as desk:
        yield desk


@pytest.fixture(scope="module")
def hostile_desk(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The same in hostile words."""
    with made_desk(databases, tmp_path_factory.mktemp("index"), hostile) as desk:
        yield desk


@pytest.fixture(scope="module")
def kept(furnished: Desk, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """What the furnished desk has in its database at first, to be gone back to."""
    return Snapshot(furnished, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def explorer(furnished: Desk, kept: Snapshot, databases: Databases) -> Explorer:
    """A manager who has been everywhere on the furnished desk, and has sent every form."""
    explorer = Explorer(furnished, furnished.manager)
    with databases.once("explored") as note:
        explorer.recall(note, kept.restore)
    return explorer
