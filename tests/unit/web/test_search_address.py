"""How a search and its address stand for each other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from directory.search.criteria import Facet, SearchCriteria
from directory.web.public.sealed_question import Question, seal
from directory.web.public.search_address import (
    LAST_PAGE,
    LONGEST_WORDS,
    SearchAddress,
    address_of_form,
    read_address,
)

KEY = "a key that only the tests know, long enough"
NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)


def read(*pairs: tuple[str, str], now: datetime = NOW) -> SearchAddress:
    return read_address("/search", MultiDict(pairs), KEY, now)


def sent(*pairs: tuple[str, str]) -> str:
    return address_of_form("/search", MultiDict(pairs), KEY, NOW)


def followed(link: str) -> SearchAddress:
    asked = parse_qs(urlsplit(link).query, strict_parsing=bool(urlsplit(link).query))
    return read(*((name, value) for name, values in asked.items() for value in values))


def test_every_part_of_a_plain_address_is_read() -> None:
    asked = read(
        ("q", "  shouted\n at  "),
        ("ground", "race"),
        ("ground", "religion.sikh"),
        ("language", "tr"),
        ("near", "N15"),
        ("not", "situation:insult"),
        ("literal", "1"),
        ("page", "3"),
        ("o", "galop"),
    )
    assert asked.criteria == SearchCriteria(
        words="shouted at",
        chosen={Facet.GROUND: ("race", "religion.sikh"), Facet.LANGUAGE: ("tr",)},
        near="N15",
        ignored=("situation:insult",),
        literal=True,
        page=3,
    )
    assert asked.listed == ("galop",)


def test_a_link_leads_back_to_the_same_search() -> None:
    asked = read(("q", "a & b"), ("for", "women"), ("near", "Wood Green"), ("page", "2"), ("o", "galop"), ("o", "rnid"))
    again = followed(asked.link(asked.criteria, KEY, NOW))
    assert again == asked


@pytest.mark.parametrize(
    ("given", "page"),
    [("1", 1), ("2", 2), ("0", 1), ("-1", 1), ("x", 1), ("", 1), ("²", 1), ("٣", 1), ("9" * 5000, LAST_PAGE)],
)
def test_a_page_that_cannot_be_is_the_first_or_the_last(given: str, page: int) -> None:
    assert read(("page", given)).criteria.page == page


def test_what_is_no_code_and_what_is_too_long_is_left_out() -> None:
    asked = read(("ground", "<script>"), ("ground", "race"), ("ground", "race"), ("q", "x" * 9999))
    assert asked.criteria.values(Facet.GROUND) == ("race",)
    assert len(asked.criteria.words) == LONGEST_WORDS


def test_a_form_with_words_leads_to_a_link_without_them() -> None:
    link = sent(("q", "someone hit me"), ("ground", "race"), ("near", "N15"))
    assert "hit" not in link
    assert "ground=race" in link
    asked = followed(link)
    assert (asked.criteria.words, asked.criteria.near) == ("someone hit me", "N15")


def test_a_form_without_words_leads_to_a_plain_link_that_can_be_shared() -> None:
    assert sent(("q", " "), ("ground", "race"), ("near", "Wood Green")) == "/search?near=Wood+Green&ground=race"
    assert sent() == "/search"


@pytest.mark.parametrize("postcode", ["N15 3QL", "n153ql", "N15 3QL "])
def test_a_full_postcode_is_sealed_since_few_people_live_at_one(postcode: str) -> None:
    link = sent(("near", postcode))
    assert "near" not in link
    assert followed(link).criteria.near == postcode.strip()


def test_the_filter_form_keeps_the_sealed_words() -> None:
    sealed = seal(Question("someone hit me", ignored=("ground:race",)), KEY, NOW)
    asked = followed(sent(("s", sealed), ("kind", "report")))
    assert asked.criteria.words == "someone hit me"
    assert asked.criteria.ignored == ("ground:race",)
    assert asked.criteria.values(Facet.KIND) == ("report",)


def test_a_place_taken_out_of_the_filter_form_is_gone() -> None:
    sealed = seal(Question("someone hit me", "N15 3QL"), KEY, NOW)
    assert followed(sent(("s", sealed), ("near", ""))).criteria.near == ""


def test_new_words_take_back_the_meanings_that_were_taken_away() -> None:
    sealed = seal(Question("someone hit me", ignored=("situation:attack",)), KEY, NOW)
    assert followed(sent(("s", sealed), ("q", "someone hit me"))).criteria.ignored == ("situation:attack",)
    assert followed(sent(("s", sealed), ("q", "threatened"))).criteria.ignored == ()


def test_an_old_link_says_so_and_keeps_its_filters() -> None:
    sealed = seal(Question("someone hit me"), KEY, NOW)
    asked = read(("s", sealed), ("ground", "race"), now=NOW + timedelta(hours=2))
    assert asked.expired
    assert asked.criteria == SearchCriteria(chosen={Facet.GROUND: ("race",)})
    assert "s=" not in asked.link(asked.criteria, KEY, NOW)


def test_taking_a_value_away_leaves_the_others_and_begins_at_the_first_page() -> None:
    asked = read(("ground", "race"), ("ground", "age"), ("page", "2"))
    left = asked.without_value(Facet.GROUND, "race")
    assert (left.values(Facet.GROUND), left.page) == (("age",), 1)


def test_taking_a_meaning_away_from_sealed_words_shows_neither() -> None:
    asked = read(("s", seal(Question("someone hit me"), KEY, NOW)))
    link = asked.link(asked.without_meaning("situation:attack"), KEY, NOW)
    assert "attack" not in link
    assert followed(link).criteria == SearchCriteria(words="someone hit me", ignored=("situation:attack",))


def test_a_sealed_question_that_stays_is_not_sealed_anew() -> None:
    sealed = seal(Question("someone hit me"), KEY, NOW)
    asked = read(("s", sealed))
    assert f"s={sealed.replace('=', '%3D')}" in asked.link(replace(asked.criteria, page=2), KEY, NOW)
