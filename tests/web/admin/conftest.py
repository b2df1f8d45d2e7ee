"""One desk for the tests of a file."""

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.web.admin.desk import Desk, desk_template, made_desk


@pytest.fixture(scope="session")
def desk_url(databases: Databases) -> str:
    """A database with the officers, which no test may change: it is copied."""
    return desk_template(databases)


@pytest.fixture(scope="module")
def desk(databases: Databases, desk_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with made_desk(databases.copy(desk_url), tmp_path_factory.mktemp("index")) as desk:
        yield desk
