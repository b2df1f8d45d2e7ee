"""Chromium, a site that is really served, and visitors who tell of everything that went wrong on their way."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.visitor import Visitor
from tests.server import Server, served

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_BROWSER = (
    "No Chromium was found, so nothing was tried in a browser: install the package `chromium`, "
    "or set CHROMIUM to the path of one."
)

NewVisitor = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of this process."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(seeded_url: str, seed_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site on the real seed."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(seed_index, folder / "index")
    with served(seeded_url, folder) as server:
        yield server


@pytest.fixture
def new_visitor(browser: Browser, server: Server) -> Iterator[NewVisitor]:
    """Makes visitors, each with a fresh browser profile (`viewport=…`, `java_script_enabled=False` and so on)."""
    visitors: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        visitors.append(Visitor(browser, server.origin, **options))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.leave()


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """Somebody at a computer."""
    return new_visitor()


@pytest.fixture(scope="module")
def lasting_visitor(browser: Browser, server: Server) -> Iterator[Visitor]:
    visitor = Visitor(browser, server.origin)
    yield visitor
    visitor.leave()


@pytest.fixture
def reader(lasting_visitor: Visitor) -> Iterator[Visitor]:
    """Somebody at a computer who only reads: the same for a whole file, since a fresh profile takes half a second."""
    yield lasting_visitor
    lasting_visitor.arrive()
