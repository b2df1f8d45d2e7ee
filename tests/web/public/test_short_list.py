"""The short list that lives only in its link."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from directory.organisations.details import Notice
from directory.organisations.operations import hide, mark_told_changed, rename_slug
from tests.databases import Databases
from tests.factories import NOW, details, full_details, service, withheld_location
from tests.web.public.made_directory import MadeDirectory, made_directory


@pytest.fixture(scope="module")
def made(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeDirectory]:
    with made_directory(databases, tmp_path_factory.mktemp("index")) as made:
        made.publish("harbour", full_details())
        made.publish("anchor", details(name="Anchor"))
        yield made


@pytest.fixture(scope="module")
def doubtful(made: MadeDirectory) -> str:
    """The slug of an entry with every caution there is."""
    identity = made.publish(
        "doubtful", replace(full_details(), notice=Notice(text="Moved for a while.", until=date(2999, 1, 1)))
    )
    with made.writing() as session:
        mark_told_changed(session, identity, on=date(2026, 5, 4))
    return "doubtful"


def listed(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("o", [])


def names(made: MadeDirectory, address: str) -> list[str]:
    return [heading[0].text or "" for link in made.pages.get(address).all("h2") for heading in link.iter("a")]


def test_an_empty_list_says_so_in_a_plain_sentence(made: MadeDirectory) -> None:
    page = made.pages.get("/list")
    assert "There is nothing on this list yet." in page.main
    assert page.link("Find help") == "/"


def test_the_list_shows_its_organisations_in_the_order_of_the_link(made: MadeDirectory) -> None:
    assert names(made, "/list?o=harbour&o=anchor") == ["Harbour", "Anchor"]
    assert names(made, "/list?o=anchor&o=harbour&o=anchor") == ["Anchor", "Harbour"]


def test_the_list_holds_what_is_needed_on_paper(made: MadeDirectory) -> None:
    main = made.pages.get("/list?o=harbour").main
    for words in ("020 8489 1000", "Turkish line", "12 High Road", "harbour.example.org/line", "Not yet confirmed"):
        assert words in main


@pytest.mark.parametrize(
    "caution",
    [
        "For people aged 16 to 25.",
        "For tenants of",
        "Who it is for",
        "For young people.",
        "Ring us.",
        "You can contact them yourself, or someone like a doctor",
        "Moved for a while.",
        "There is a waiting list until 1 September 2026.",
        "Last seen in 2020. Check before you travel.",
        "Last seen in 2022. It may have changed.",
        "Last seen in 2023. It may have changed.",
        "Last seen in 2024. It may have changed.",
        "They told us on 4 May 2026 that this has changed.",
    ],
)
def test_the_list_cautions_as_the_entry_does(made: MadeDirectory, doubtful: str, caution: str) -> None:
    assert caution in made.pages.get(f"/organisations/{doubtful}").main
    assert caution in made.pages.get(f"/list?o={doubtful}").main


def test_an_organisation_can_be_taken_off(made: MadeDirectory) -> None:
    page = made.pages.get("/list?o=harbour&o=anchor")
    assert listed(page.link("Take off the list : Harbour")) == ["anchor"]
    assert listed(page.link("Take off the list : Anchor")) == ["harbour"]


def test_more_can_be_added_by_searching_with_the_list_in_hand(made: MadeDirectory) -> None:
    search = made.pages.get(made.pages.get("/list?o=harbour").link("Find more organisations to add"))
    form = search.one("form", id="short-list")
    carried = [field.attrib["value"] for field in form.iter("input") if field.attrib["type"] == "hidden"]
    assert (form.attrib["action"], carried) == ("/list", ["harbour"])
    boxes = [box.attrib for box in search.all("input", type="checkbox", name="o")]
    assert {(box["value"], box["form"]) for box in boxes} >= {("anchor", "short-list"), ("harbour", "short-list")}


def test_what_is_not_in_the_directory_is_left_out_with_a_sentence(made: MadeDirectory) -> None:
    identity = made.publish("leaving", details(name="Leaving"))
    with made.writing() as session:
        hide(session, identity, by="test", now=NOW)
    page = made.pages.get("/list?o=anchor&o=leaving&o=never-was&o=%3Cscript%3E")
    assert "3 organisations of this list are not in the directory any more." in page.main
    assert names(made, "/list?o=anchor&o=leaving") == ["Anchor"]
    assert listed(page.link("Find more organisations to add")) == ["anchor"]


def test_an_old_address_on_a_list_still_finds_its_organisation(made: MadeDirectory) -> None:
    identity = made.publish("was", details(name="Renamed"))
    with made.writing() as session:
        rename_slug(session, identity, "is", by="test", now=NOW)
    assert names(made, "/list?o=was&o=is") == ["Renamed"]
    assert "not in the directory" not in made.pages.get("/list?o=was&o=is").main


def test_a_list_holds_no_more_than_twenty(made: MadeDirectory) -> None:
    page = made.pages.get("/list?o=anchor&" + "&".join(f"o=x{number}" for number in range(25)))
    assert "A short list holds up to 20 organisations." in page.main
    assert "19 organisations of this list" in page.main


def test_a_withheld_place_stays_withheld_on_a_list(made: MadeDirectory) -> None:
    hidden = withheld_location()
    made.publish("refuge", details(service(locations=(hidden.id,)), locations=(hidden,), name="Refuge"))
    assert "Canary" not in made.pages.get("/list?o=refuge").html


def test_a_list_is_not_for_crawlers(made: MadeDirectory) -> None:
    assert made.pages.get("/list?o=harbour").one("meta", name="robots").attrib["content"] == "noindex, nofollow"
