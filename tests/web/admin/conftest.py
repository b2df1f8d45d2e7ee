"""One desk for the tests of a file."""

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.web.admin.desk import Desk, made_desk


@pytest.fixture(scope="module")
def desk(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with made_desk(databases, tmp_path_factory.mktemp("index")) as desk:
        yield desk
