"""What search engines are told."""

from xml.etree import ElementTree as ET

from tests.page import Pages

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(pages: Pages) -> list[str]:
    answer = pages.answer("/sitemap.xml")
    assert answer.content_type.startswith("application/xml")
    return [element.text or "" for element in ET.fromstring(answer.get_data()).iter(LOCATION)]


def test_the_sitemap_holds_every_entry_and_page_once_in_every_language(pages: Pages) -> None:
    found = addresses(pages)
    assert len(found) == len(set(found))
    total = pages.answer("/search.json").get_json()["total"]
    for prefix in ("", "/tr", "/ar"):
        entries = [address for address in found if address.startswith(f"http://localhost{prefix}/organisations/")]
        assert len(entries) == total
        assert f"http://localhost{prefix}/report" in found


def test_pages_of_the_sitemap_are_there(pages: Pages) -> None:
    for address in addresses(pages)[::25]:
        pages.get(address.removeprefix("http://localhost"))


def test_what_somebody_searched_for_is_not_for_crawlers(pages: Pages) -> None:
    rules = pages.answer("/robots.txt").get_data(as_text=True).splitlines()
    assert {"Disallow: /search", "Disallow: /ar/search", "Disallow: /list"} <= set(rules)
    assert "Sitemap: http://localhost/sitemap.xml" in rules
    assert not [address for address in addresses(pages) if "/search" in address or "/list" in address]
