"""The home page."""

import gzip
import re

from tests.page import Page, Pages


def test_the_search_box_posts_and_remembers_nothing(pages: Pages) -> None:
    page = pages.get("/")
    form = page.one("form", role="search")
    field = page.one("input", name="q")
    assert (form.attrib["method"], form.attrib["action"]) == ("post", "/search")
    assert (field.attrib["autocomplete"], field.attrib["spellcheck"]) == ("off", "false")


def test_needs_and_the_seven_reasons_lead_to_the_search(pages: Pages) -> None:
    links = pages.get("/").links()
    assert links["I want it to stop"] == "/search?kind=enforcement"
    assert links["I want to report it"] == "/report"
    assert links["Because of my religion"] == "/search?ground=religion"
    grounds = {address for address in links.values() if address.startswith("/search?ground=")}
    assert len(grounds) == 7


def test_each_need_reason_and_language_on_it_finds_somebody(pages: Pages) -> None:
    filters = re.findall(r'href="/search\?([a-z]+=[a-z_]+)"', pages.get("/").html)
    assert len(filters) == 8 + 7 + 16
    for chosen in filters:
        found = pages.answer(f"/search.json?{chosen}").get_json()
        assert found["total"], chosen


def test_languages_are_named_in_themselves(pages: Pages) -> None:
    page = pages.get("/")
    arabic = page.one("a", href="/search?language=ar")
    assert (arabic.attrib["lang"], arabic.attrib["dir"], arabic.text) == ("ar", "rtl", "العربية")


def test_it_weighs_little_and_asks_for_little(pages: Pages) -> None:
    page = pages.get("/")
    files = _files(page)
    weight = len(gzip.compress(page.html.encode())) + sum(
        len(gzip.compress(pages.answer(address).get_data())) for address in files
    )
    assert 1 + len(files) <= 5
    assert weight <= 50_000


def _files(page: Page) -> list[str]:
    scripts = [script.attrib["src"] for script in page.tree.iter("script")]
    return scripts + [link.attrib["href"] for link in page.tree.iter("link") if link.attrib["rel"] != "alternate"]
