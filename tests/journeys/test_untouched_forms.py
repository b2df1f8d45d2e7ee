"""Scanners of mail press buttons too: an untouched form of an update link says nothing, and so changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine, inspect, text

from directory.checks.links import LinkSigner
from tests.durability.made import asked_directory
from tests.journeys.visitor import Visitor
from tests.server import KEY, served

PAGES = ("", "/notice", "/part", "/person")
"""The pages of a link whose buttons send an answer."""
BUTTONS = "main form button, main form input[type=submit]"


@pytest.fixture
def link(own_engine: Engine) -> str:
    """Where a link leads that nobody has used."""
    asked = asked_directory(own_engine, organisations=1, links=1)
    return f"/u/{LinkSigner([KEY]).token(asked.links[0])}"


@pytest.fixture
def scanner(browser: Browser, own_engine: Engine, link: str, tmp_path: Path) -> Iterator[Visitor]:
    with served(own_engine.url.render_as_string(hide_password=False), tmp_path) as server:
        scanner = Visitor(browser, server.origin)
        yield scanner
        scanner.leave()


def test_trust_2_every_button_of_an_untouched_form_changes_nothing(
    scanner: Visitor, own_engine: Engine, link: str
) -> None:
    before, pressed = dump(own_engine), 0
    for below in PAGES:
        scanner.open(f"{link}{below}")
        for number in range(scanner.page.locator(BUTTONS).count()):
            scanner.open(f"{link}{below}")
            scanner.follow(scanner.page.locator(BUTTONS).nth(number))
            pressed += 1
    assert pressed >= len(PAGES)
    assert dump(own_engine) == before


def dump(engine: Engine) -> dict[str, list[str]]:
    """Everything in the database."""
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))
            for name in inspect(engine).get_table_names()
        }
