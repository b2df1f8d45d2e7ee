"""Mail gateways open the links in a mail before a person does, some in a browser: nothing may come of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine, inspect, text

from directory.checks.links import LinkSigner
from tests.durability.made import asked_directory
from tests.journeys.visitor import Visitor
from tests.server import KEY, served

AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120",
    "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)",
    "Mozilla/5.0 (compatible; LinkScanner/2.1; +https://scanner.example)",
)
PAGES = ("", "/notice", "/part", "/person", "/edit", "/edit/what", "/review")
UNTOUCHED = ("", "/notice", "/part", "/person")
"""The pages whose buttons send an answer."""
BUTTONS = "main form button, main form input[type=submit]"


@pytest.fixture
def link(own_engine: Engine) -> str:
    """Where a link leads that nobody has used."""
    asked = asked_directory(own_engine, organisations=1, links=1)
    return f"/u/{LinkSigner([KEY]).token(asked.links[0])}"


@pytest.fixture
def scanners(browser: Browser, own_engine: Engine, link: str, tmp_path: Path) -> Iterator[list[Visitor]]:
    """Three browsers that open links by themselves."""
    with served(own_engine.url.render_as_string(hide_password=False), tmp_path) as server:
        scanners = [Visitor(browser, server.origin, user_agent=agent) for agent in AGENTS]
        yield scanners
        for scanner in scanners:
            scanner.leave()


def test_trust_1_browsers_that_open_every_page_of_a_link_change_nothing(
    scanners: list[Visitor], own_engine: Engine, link: str
) -> None:
    before = dump(own_engine)
    for scanner in scanners:
        for below in PAGES:
            assert scanner.open(f"{link}{below}").ok
            scanner.page.wait_for_load_state("networkidle")
        assert scanner.context.cookies() == []
    assert dump(own_engine) == before


def test_trust_2_every_button_of_an_untouched_form_changes_nothing(
    scanners: list[Visitor], own_engine: Engine, link: str
) -> None:
    before, scanner, pressed = dump(own_engine), scanners[0], 0
    for below in UNTOUCHED:
        scanner.open(f"{link}{below}")
        for number in range(scanner.page.locator(BUTTONS).count()):
            scanner.open(f"{link}{below}")
            scanner.follow(scanner.page.locator(BUTTONS).nth(number))
            pressed += 1
    assert pressed >= len(UNTOUCHED)
    assert dump(own_engine) == before


def dump(engine: Engine) -> dict[str, list[str]]:
    """Everything in the database."""
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))
            for name in inspect(engine).get_table_names()
        }
