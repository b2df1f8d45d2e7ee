"""The ways to report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

import pytest

from directory.organisations.details import Notice, OrganisationDetails
from directory.organisations.operations import mark_told_changed
from tests.databases import Databases
from tests.factories import full_details
from tests.page import Page, Pages
from tests.web.public.made_directory import MadeDirectory, made_directory


@pytest.fixture(scope="module")
def made(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeDirectory]:
    with made_directory(databases, tmp_path_factory.mktemp("index")) as made:
        identity = made.publish("doubtful", cautious())
        with made.writing() as session:
            mark_told_changed(session, identity, on=date(2026, 5, 4))
        yield made


def cautious() -> OrganisationDetails:
    """An organisation with every caution there is, whose service is not for the tenants of one landlord alone."""
    held = full_details()
    open_to_all = tuple(replace(service, tenants_of="") for service in held.services)
    return replace(held, services=open_to_all, notice=Notice(text="Moved for a while.", until=date(2999, 1, 1)))


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def of_one(page: Page, slug: str) -> list[str]:
    """What every choice says of one organisation."""
    places = page.all("li", class_="report-place")
    return [words(place) for place in places if f"/organisations/{slug}" in [a.attrib["href"] for a in place.iter("a")]]


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


@pytest.mark.parametrize(
    "caution",
    [
        "For people aged 16 to 25.",
        "For young people.",
        "Ring us.",
        "You can contact them yourself, or someone like a doctor",
        "Moved for a while.",
        "There is a waiting list until 1 September 2026.",
        "Later by arrangement.",
        "Last seen in 2022. It may have changed.",
        "Last seen in 2024. It may have changed.",
        "They told us on 4 May 2026 that this has changed.",
    ],
)
def test_every_choice_cautions_as_the_entry_does(made: MadeDirectory, caution: str) -> None:
    assert caution in made.pages.get("/organisations/doubtful").main
    said = of_one(made.pages.get("/report"), "doubtful")
    assert len(said) > 1
    assert [place for place in said if caution not in place] == []


def test_a_number_says_what_it_is_for_and_when_it_was_last_seen(made: MadeDirectory) -> None:
    said = [place for place in of_one(made.pages.get("/report"), "doubtful") if "020 8489 1000" in place]
    assert said
    for caution in (
        "Turkish line",
        "Not on strike days.",
        "Last seen in 2023. It may have changed.",
        "Text messages only",
    ):
        assert [place for place in said if caution not in place] == []


def test_cautions_of_the_seed_stand_beside_its_numbers(pages: Pages) -> None:
    page = pages.get("/report")
    for slug, caution in (
        ("stop-hate-uk", "We do not know if Haringey is one of the areas."),
        ("community-security-trust", "Last seen in 2018. It may have changed."),
        ("crimestoppers", "It is not a support service."),
    ):
        said = of_one(page, slug)
        assert said, slug
        assert [place for place in said if caution not in place] == []
