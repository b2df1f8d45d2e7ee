"""One directory with links for the tests of a file."""

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.web.update.linked import Linked, linked_directory


@pytest.fixture(scope="module")
def linked(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Linked]:
    with linked_directory(databases, tmp_path_factory.mktemp("index")) as linked:
        yield linked
