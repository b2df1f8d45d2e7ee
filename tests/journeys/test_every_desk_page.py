"""Every page of the desk, full of the worst that can be typed, is one that everyone can use, and nothing of it runs."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.databases import Databases
from tests.furnished.addresses import Address, addresses
from tests.furnished.furnish import hostile
from tests.journeys.looking_over import AXE, SOAK, look_over
from tests.journeys.mailed_site import Site, mailed_site
from tests.journeys.test_desk import sign_in
from tests.journeys.visitor import Visitor

OF_EACH = 50 if SOAK else 1
"""Pages of each kind that are looked at."""
PARTS = 3
FILES = ("_csv", "_pdf")
ELSEWHERE = {
    "admin.demo": "in development alone",
    "admin.join": "a page for those who have not signed in",
    "admin.sign_in": "the same",
    "admin.next_change": "leads on",
    "admin.next_task_of": "leads on",
}
"""What is no page of somebody who has signed in, and why."""


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with mailed_site(databases.filled(hostile), tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="module")
def pages(site: Site) -> list[Address]:
    """One of each kind, and with `SOAK=1` very many."""
    kinds: defaultdict[str, list[Address]] = defaultdict(list)
    for address in addresses(site.app, "GET"):
        if address.endpoint not in ELSEWHERE and not address.endpoint.endswith(FILES):
            kinds[address.endpoint].append(address)
    return [address for kind in kinds.values() for address in kind[-OF_EACH:]]


@pytest.fixture(scope="module")
def manager(browser: Browser, site: Site) -> Iterator[Visitor]:
    manager = Visitor(browser, site.origin)
    manager.context.add_init_script(path=AXE)
    sign_in(manager, "manager@council.example")
    yield manager
    manager.leave()


def test_pages_of_every_kind_are_looked_at(site: Site, pages: list[Address]) -> None:
    kinds = {address.endpoint for address in addresses(site.app, "GET")}
    assert {kind for kind in kinds - {page.endpoint for page in pages} if not kind.endswith(FILES)} == set(ELSEWHERE)


@pytest.mark.parametrize("part", range(PARTS))
def test_everyone_can_use_each_page_and_nothing_on_it_runs(manager: Visitor, pages: list[Address], part: int) -> None:
    found = []
    for number, address in enumerate(pages[part::PARTS]):
        manager.open(address.path)
        try:
            look_over(manager, number)
        except AssertionError as wrong:
            found.append(f"{address}: {wrong}")
    assert found == []
