"""Hostile strings in everything that somebody can type are words on every page of the desk, and in its files."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from werkzeug.test import TestResponse

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
    return addresses(hostile_desk.app, "GET")


BLOCKS = frozenset({"address", "dd", "dt", "h1", "h2", "h3", "h4", "legend", "li", "p", "td", "th"})
"""What has a line of its own: there a text by itself turns nothing else around."""
APART = frozenset({"bdi", "option", "textarea", "title"})
NAMES_OF_TERMS = frozenset({"admin.board", "admin.gaps", "admin.hide_entry", "admin.term"})
"""Pages on which names of terms, which managers give, stand in the middle of sentences."""


def loose(element: Element, *, is_apart: bool = False) -> Iterator[str]:
    """Texts that somebody typed, and that could turn the direction of the words beside them."""
    is_apart = is_apart or element.tag in APART or ("dir" in element.attrib and element.tag != "html")
    for text in (element.text, *(child.tail for child in element)):
        is_typed = text is not None and any(sign in text for sign in (MARK, "\u202e"))
        is_alone = element.tag in BLOCKS and (text or "").strip() in TYPED
        if is_typed and not is_apart and not is_alone and "\u2068" not in (text or ""):
            yield f"<{element.tag}> {text}"
    for child in element:
        if isinstance(child.tag, str):
            yield from loose(child, is_apart=is_apart)


def asked(desk: Desk, path: str) -> TestResponse:
    return desk.manager.client.get(path, base_url=ORIGIN, buffered=True)


def harmless(path: str, answer: TestResponse) -> Page:
    """The page, which is well formed, and in which nothing of a hostile string is more than words."""
    page = Page(path, answer, typed=TEMPLATES)
    check_page(page.tree, path)
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
            page = harmless(address.path, answer)
            shown[MARK in page.main] += 1
            assert address.endpoint in NAMES_OF_TERMS or not list(loose(page.tree)), address
    assert shown[True] > 20
