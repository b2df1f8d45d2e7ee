"""The ways to report."""

from tests.page import Pages


def test_the_choices_weigh_who_hears_of_it_and_how_it_is_done(pages: Pages) -> None:
    page = pages.get("/report")
    headings = [heading.text for heading in page.all("h2")]
    for choice in (
        "In danger now?",
        "Tell the police",
        "Tell someone who is not the police",
        "Report without giving your name",
        "Report by phone",
        "Report online",
        "What to expect",
    ):
        assert choice in headings


def test_danger_now_stands_apart_from_the_choices(pages: Pages) -> None:
    for section in pages.get("/report").all("section", class_="report-choice"):
        assert "tel:999" not in [link.attrib["href"] for link in section.iter("a")]


def test_every_place_can_be_reached_or_opened(pages: Pages) -> None:
    page = pages.get("/report")
    places = page.all("li", class_="report-place")
    assert len(places) > 10
    for place in places:
        addresses = [link.attrib["href"] for link in place.iter("a")]
        assert addresses[0].startswith("/organisations/")
        assert len(addresses) > 1, addresses
    pages.get(next(places[0].iter("a")).attrib["href"])


def test_the_rest_of_a_choice_is_one_search_away(pages: Pages) -> None:
    more = [address for address in pages.get("/report").links().values() if address.startswith("/search?report=")]
    assert "/search?report=independent" in more
    for address in more:
        pages.get(address)
