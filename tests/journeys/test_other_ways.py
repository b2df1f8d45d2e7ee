"""The same journey in other ways: in Arabic, in Turkish, without JavaScript, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

TABS = 400
"""More than any page has links, so that a lost focus is noticed."""


@pytest.fixture
def visitor(reader: Visitor) -> Visitor:
    """One who only looks for help, in the same browser all the time."""
    return reader


def tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until the focus is there; it must be seen when it is."""
    for _ in range(TABS):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            expect(visitor.page.locator(":focus")).to_be_in_viewport()
            return
    pytest.fail(f"{selector} cannot be reached by keyboard")


@pytest.mark.parametrize(
    ("code", "direction", "words"),
    [("ar", "rtl", "جاري يصرخ علي لأني مسلم"), ("tr", "ltr", "otobüste bana bağırdılar")],
)
def test_the_journey_in_another_language(visitor: Visitor, code: str, direction: str, words: str) -> None:
    visitor.open("/")
    visitor.follow(visitor.page.locator(f"a[hreflang={code}]"))
    visitor.search(words)
    assert visitor.page.url.startswith(f"{visitor.origin}/{code}/search?s=")
    root = visitor.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (code, direction)
    assert visitor.page.evaluate("getComputedStyle(document.body).direction") == direction
    assert visitor.page.locator("#q").input_value() == words
    assert visitor.results.count() > 0
    call = visitor.page.locator(".result__call").first
    assert (
        visitor.page.evaluate("link => getComputedStyle(link.querySelector('bdi')).direction", call.element_handle())
        == "ltr"
    )
    visitor.follow(visitor.results.filter(has=visitor.page.locator(".result__call")).locator("h2 a").first)
    assert f"/{code}/organisations/" in visitor.page.url
    expect(visitor.page.locator("main a[href^='tel:']").first).to_be_visible()
    own_words = visitor.page.locator(".entry__about p").first
    assert own_words.get_attribute("dir") == "ltr"
    visitor.page.go_back()
    assert visitor.page.locator("#q").input_value() == words


def test_arabic_is_laid_out_from_the_right(visitor: Visitor) -> None:
    visitor.open("/ar/search")
    list_box = visitor.page.locator(".results__list").bounding_box()
    filters = visitor.page.locator(".results__filters").bounding_box()
    visitor.open("/search")
    english_list = visitor.page.locator(".results__list").bounding_box()
    english_filters = visitor.page.locator(".results__filters").bounding_box()
    assert list_box
    assert filters
    assert english_list
    assert english_filters
    assert (list_box["x"] < filters["x"]) != (english_list["x"] < english_filters["x"])


def test_the_journey_without_javascript(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(java_script_enabled=False)
    visitor.open("/")
    visitor.search("somebody shouted at me because i am muslim")
    assert re.search(r"/search\?s=", visitor.page.url)
    found = visitor.results.count()
    assert found > 0
    visitor.page.locator("#filters input[value=report]").check()
    visitor.follow(visitor.page.locator("#filters button"))
    assert "kind=report" in visitor.page.url
    assert 0 < visitor.results.count() <= found
    visitor.results.first.locator("input[name=o]").check()
    visitor.follow(visitor.page.locator("#short-list button"))
    expect(visitor.page.locator(".short-list__item")).to_have_count(1)
    visitor.follow(visitor.page.locator(".short-list h2 a"))
    assert "/organisations/" in visitor.page.url


def test_the_journey_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.open("/")
    tab_to(visitor, "#q")
    visitor.page.keyboard.type("victim support number")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    tab_to(visitor, "ol.results__cards > li:first-child h2 a")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    tab_to(visitor, "main a[href^='tel:']")
    outline = (
        "() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle + style.boxShadow }"
    )
    assert visitor.page.evaluate(outline) != "nonenone", "the focus cannot be seen"


def test_the_filters_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.open("/search")
    tab_to(visitor, "#ground-religion")
    visitor.page.keyboard.press("Space")
    tab_to(visitor, "#filters button")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert visitor.page.url.endswith("/search?ground=religion")


def test_the_skip_link_leads_past_what_every_page_repeats(visitor: Visitor) -> None:
    visitor.open("/")
    tab_to(visitor, "a[href='#main']")
    visitor.page.keyboard.press("Enter")
    tab_to(visitor, "#q")
    before = visitor.page.evaluate("document.activeElement.compareDocumentPosition(document.querySelector('main'))")
    assert before & 8, "the focus did not move into the page's own part"
