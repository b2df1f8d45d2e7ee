"""What holds for every public page, in every published language."""

import pytest
from flask import Flask, url_for

from directory.web.locale import ENGLISH, PART, PUBLISHED, Language
from directory.web.public.crawlers import PAGES
from directory.web.templating import EXIT_URL
from tests.page import Pages

OTHERS = [language for language in PUBLISHED if language is not ENGLISH]


def pages_in(app: Flask, language: Language) -> list[str]:
    with app.test_request_context():
        return [url_for(f"public.{page}", **{PART: language.code}) for page in PAGES]


@pytest.mark.parametrize("language", PUBLISHED, ids=lambda language: language.code)
def test_every_page_is_there_and_stays_in_its_language(app: Flask, pages: Pages, language: Language) -> None:
    for path in pages_in(app, language):
        page = pages.get(path)
        own = {address for address in page.links().values() if address.startswith("/")}
        elsewhere = {link.attrib["href"] for link in page.tree.iter("a") if "hreflang" in link.attrib}
        prefix = "/" if language is ENGLISH else f"/{language.code}/"
        assert {address for address in own - elsewhere if not address.startswith(prefix)} == set(), path


def test_the_way_out_comes_first_and_the_emergency_number_is_in_sight(app: Flask, pages: Pages) -> None:
    for path in pages_in(app, ENGLISH):
        page = pages.get(path)
        first = next(page.one("body").iter("a"))
        assert (first.attrib["href"], first.text) == (EXIT_URL, "Exit this page")
        bar = page.one("div", role="region")
        assert [link.attrib["href"] for link in bar.iter("a")] == [EXIT_URL, "#main", "tel:999", EXIT_URL]


def test_every_page_leads_to_itself_in_the_other_languages(app: Flask, pages: Pages) -> None:
    for path in pages_in(app, ENGLISH):
        page = pages.get(path)
        for language in OTHERS:
            link = page.one("a", hreflang=language.tag)
            assert link.attrib["href"] == f"/{language.code}{path}"
            assert (link.attrib["lang"], link.attrib["dir"], link.text) == (
                language.tag,
                language.direction,
                language.name,
            )


def test_a_language_link_keeps_what_was_asked_for(pages: Pages) -> None:
    page = pages.get("/search?ground=religion&ground=race&language=tr")
    assert page.one("a", hreflang="ar").attrib["href"] == "/ar/search?ground=religion&ground=race&language=tr"


def test_english_has_no_prefix(pages: Pages) -> None:
    assert pages.answer("/en/report", status=308).headers["Location"].endswith("/report")


def test_a_language_that_is_not_published_is_not_found(pages: Pages) -> None:
    assert pages.get("/pl/", status=404).heading == "Page not found"


def test_a_translation_that_nobody_checked_says_so(pages: Pages) -> None:
    assert pages.get("/tr/").all("div", class_="site-unreviewed")
    assert not pages.get("/").all("div", class_="site-unreviewed")


def test_a_right_to_left_page_gets_its_own_style_sheet(pages: Pages) -> None:
    assert "site-rtl.css" in pages.get("/ar/").one("link", rel="stylesheet").attrib["href"]
    assert "site-rtl.css" not in pages.get("/tr/").one("link", rel="stylesheet").attrib["href"]
