"""Hostile strings in everything that somebody can type are words on every page of the desk, and in its files."""

from collections import Counter

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from directory.web.extensions import db
from tests.furnished.addresses import Address, addresses
from tests.furnished.furnish import TYPED
from tests.page import Page
from tests.web.admin.desk import ORIGIN, Desk
from tests.web.hostile import MARK, TEMPLATES
from tests.web.test_hostile import check_page

PARTS = 3
NEVER_SHOWN = {
    "admin.demo": "in development alone",
    "admin.next_change": "leads on",
    "admin.next_task_of": "leads on",
}
"""What of the desk shows no page, and why."""


@pytest.fixture(scope="module")
def every(hostile_desk: Desk) -> list[Address]:
    """Every address of the desk, and those to which pages lead with filters and choices in them."""
    with hostile_desk.app.app_context():
        engine = db.engine
    with Session(engine) as session:
        return addresses(hostile_desk.app, session, "GET")


def asked(desk: Desk, path: str) -> TestResponse:
    return desk.manager.client.get(path, base_url=ORIGIN, buffered=True)


def harmless(path: str, answer: TestResponse) -> Page:
    """The page, which is well formed, and in which nothing of a hostile string is more than words."""
    page = Page(path, answer, typed=TEMPLATES)
    check_page(answer, path)
    for element in page.tree.iter():
        if isinstance(element.tag, str):
            assert MARK not in element.tag, path
            assert not [name for name in element.attrib if MARK in name], (path, element.attrib)
    return page


def test_there_are_enough_of_them() -> None:
    assert len(TYPED) >= 60


@pytest.mark.parametrize("part", range(PARTS))
def test_trust_18_every_page_shows_what_was_typed_as_words(hostile_desk: Desk, every: list[Address], part: int) -> None:
    shown: Counter[bool] = Counter()
    for address in every[part::PARTS]:
        answer = asked(hostile_desk, address.path)
        assert answer.status_code in {200, 303, 404, 410}, address
        if answer.mimetype == "text/html" and answer.status_code != 303:
            shown[MARK in harmless(address.path, answer).main] += 1
    assert shown[True] > 20
