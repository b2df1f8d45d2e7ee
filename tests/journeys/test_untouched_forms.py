"""Scanners of mail press buttons too: an untouched form of an update link says nothing, and so changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from directory import clock
from directory.checks.contacts import Mailbox, ask_contact_change
from directory.checks.links import CONTACT_CHANGE, LinkSigner
from directory.checks.models import ContactRow
from directory.checks.rules import Ladder
from tests.durability.made import asked_directory
from tests.journeys.visitor import Visitor
from tests.server import KEY, served

PAGES = ("", "/notice", "/part", "/person", "/contact")
"""The pages of a link whose buttons send an answer."""
BUTTONS = "main form button, main form input[type=submit]"


@pytest.fixture
def link(own_engine: Engine) -> str:
    """Where a link leads that nobody has used."""
    asked = asked_directory(own_engine, organisations=1, links=1)
    return f"/u/{LinkSigner([KEY]).token(asked.links[0])}"


@pytest.fixture
def asked(own_engine: Engine, link: str) -> str:
    """Where the old mailbox is asked about a new one."""
    with Session(own_engine) as session:
        contact = session.scalars(select(ContactRow.id)).one()
        new = Mailbox(email="new@keeper.example", language="en")
        change = ask_contact_change(session, contact, new, by="link:1", now=clock.now(), ladder=Ladder()).id
        session.commit()
    return f"/c/{LinkSigner([KEY], CONTACT_CHANGE).token(change)}"


@pytest.fixture
def scanner(browser: Browser, own_engine: Engine, link: str, asked: str, tmp_path: Path) -> Iterator[Visitor]:
    with served(own_engine.url.render_as_string(hide_password=False), tmp_path) as server:
        scanner = Visitor(browser, server.origin)
        yield scanner
        scanner.leave()


def test_trust_2_every_button_of_an_untouched_form_changes_nothing(
    scanner: Visitor, own_engine: Engine, link: str, asked: str
) -> None:
    before, pressed = dump(own_engine), 0
    for page in (asked, *(f"{link}{below}" for below in PAGES)):
        scanner.open(page)
        for number in range(scanner.page.locator(BUTTONS).count()):
            scanner.open(page)
            scanner.follow(scanner.page.locator(BUTTONS).nth(number))
            pressed += 1
    assert pressed > len(PAGES)
    assert dump(own_engine) == before


def dump(engine: Engine) -> dict[str, list[str]]:
    """Everything in the database."""
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))
            for name in inspect(engine).get_table_names()
        }
