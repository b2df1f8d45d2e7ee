"""Finding help: by words, by choices, by place; through the results, into an entry and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

WORDS = "my nieghbour shouts at me becuase i am muslim"
SEALED = re.compile(r"/search\?s=[\w=%-]+$")


@pytest.fixture
def visitor(reader: Visitor) -> Visitor:
    """One who only looks for help, in the same browser all the time."""
    return reader


def count(text: str) -> int:
    """The first number of a text."""
    found = re.search(r"\d[\d,]*", text)
    assert found, text
    return int(found[0].replace(",", ""))


def heading(visitor: Visitor) -> str:
    return visitor.page.locator("h1").inner_text()


def test_words_lead_to_results_and_stand_in_no_address_history_or_title(visitor: Visitor) -> None:
    visitor.open("/")
    with visitor.page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        visitor.search(WORDS)
    assert (posted.value.status, posted.value.url) == (303, f"{visitor.origin}/search")
    assert SEALED.search(visitor.page.url)
    assert visitor.results.count() == min(count(heading(visitor)), 20)
    assert visitor.page.locator("#q").input_value() == WORDS
    visitor.follow(visitor.results.locator("h2 a").first)
    assert "/organisations/" in visitor.page.url
    seen = [*visitor.requested, *(part for entry in visitor.history() for part in entry), visitor.page.title()]
    assert [address for address in seen if address.endswith("/search")], "the form was not posted"
    assert not [text for text in seen if re.search("nieghbour|neighbour|shouts|becuase", text, re.IGNORECASE)]


def test_what_was_typed_stays_hidden_through_filters_pages_and_chips(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.search("counseling for racist abuse")
    visitor.follow(visitor.page.locator("[rel~=next]"))
    assert "page=2" in visitor.page.url
    visitor.follow(visitor.page.locator(".chips .chip").first)
    visitor.page.locator("#filters input[type=checkbox]").first.check()
    visitor.follow(visitor.page.locator("#filters button"))
    assert "ground=" in visitor.page.url
    assert visitor.page.locator("#q").input_value() == "counseling for racist abuse"
    assert not [url for url in visitor.requested if re.search("counsel|racis|abuse", url)]


def test_choosing_a_filter_gives_as_many_as_it_said(visitor: Visitor) -> None:
    visitor.open("/search")
    everything = count(heading(visitor))
    said = count(visitor.page.locator("label[for=ground-religion] .filter__count").inner_text())
    visitor.page.locator("#ground-religion").check()
    visitor.follow(visitor.page.locator("#filters button"))
    assert visitor.page.url.endswith("/search?ground=religion")
    assert count(heading(visitor)) == said < everything
    assert visitor.page.locator("#ground-religion").is_checked()
    visitor.follow(visitor.page.locator(".chips .chip"))
    assert visitor.page.url.endswith("/search")
    assert count(heading(visitor)) == everything


def test_several_filters_hold_at_once_and_are_cleared_at_once(visitor: Visitor) -> None:
    visitor.open("/search?ground=religion&kind=report")
    both = count(heading(visitor))
    assert visitor.page.locator(".chips .chip").count() == 2
    visitor.follow(visitor.page.locator(".filter__send a"))
    assert visitor.page.url.endswith("/search")
    assert count(heading(visitor)) > both > 0


def test_after_back_no_filter_is_ticked_that_does_not_apply(visitor: Visitor) -> None:
    visitor.open("/search")
    everything = count(heading(visitor))
    visitor.page.locator("#ground-religion").check()
    visitor.page.locator("#near").fill("N15")
    visitor.follow(visitor.page.locator("#filters button"))
    assert visitor.page.locator("#ground-religion").is_checked()
    visitor.page.go_back()
    assert visitor.page.url.endswith("/search")
    assert count(heading(visitor)) == everything
    expect(visitor.page.locator("#ground-religion")).not_to_be_checked()
    expect(visitor.page.locator("#near")).to_have_value("")


def test_a_need_on_the_home_page_leads_to_those_who_meet_it(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.follow(visitor.page.locator(".choice-list a[href*='kind=legal_advice']"))
    assert visitor.page.url.endswith("/search?kind=legal_advice")
    assert visitor.results.count() > 0


def test_a_place_sorts_by_nearness_and_a_full_postcode_is_not_shown_to_anyone(visitor: Visitor) -> None:
    visitor.open("/search")
    visitor.page.locator("#near").fill("N15")
    visitor.follow(visitor.page.locator("#filters button"))
    assert visitor.page.url.endswith("/search?near=N15")
    miles = [float(away) for away in re.findall(r"([\d.]+) miles? away", visitor.text)]
    assert miles
    assert miles == sorted(miles)
    visitor.page.locator("#near").fill("N15 3QL")
    visitor.follow(visitor.page.locator("#filters button"))
    assert SEALED.search(visitor.page.url)
    expect(visitor.page.locator(".chips")).to_contain_text("N15 3QL")
    assert not [url for url in visitor.requested if re.search("3QL", url, re.IGNORECASE)]


def test_an_unknown_place_says_so_and_still_shows_results(visitor: Visitor) -> None:
    visitor.open("/search?near=Xyzzyville")
    expect(visitor.page.locator("main")).to_contain_text("We do not know the place Xyzzyville")
    assert visitor.results.count() > 0


def test_an_entry_can_be_rung_and_back_leads_to_the_same_results(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.search("victim support number")
    results = visitor.page.url
    names = visitor.names
    visitor.follow(visitor.results.locator("h2 a").first)
    assert "/organisations/" in visitor.page.url
    assert heading(visitor) == names[0]
    numbers = visitor.page.locator("main a[href^='tel:']")
    assert numbers.count() > 0
    assert re.fullmatch(r"tel:\+?\d+", numbers.first.get_attribute("href") or "")
    expect(numbers.first).to_be_in_viewport()
    visitor.page.go_back()
    assert visitor.page.url == results
    assert visitor.names == names


def test_the_second_page_goes_on_where_the_first_ended(visitor: Visitor) -> None:
    visitor.open("/search")
    total, first = count(heading(visitor)), visitor.names
    visitor.follow(visitor.page.locator("[rel~=next]"))
    assert visitor.page.url.endswith("/search?page=2")
    assert visitor.page.locator("ol.results__cards").get_attribute("start") == "21"
    assert not set(first) & set(visitor.names)
    assert len(first) == 20
    assert len(visitor.names) == min(total - 20, 20)
    visitor.follow(visitor.page.locator("[rel~=prev]"))
    assert visitor.page.url.endswith("/search")
    assert visitor.names == first


def test_a_typing_error_is_mended_and_the_words_as_typed_can_be_searched(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.search("victm suport number")
    mended = visitor.page.locator(".results__mended")
    expect(mended).to_contain_text("victim support number")
    assert "Victim Support" in visitor.names[0]
    visitor.follow(mended.get_by_role("link"))
    assert "literal=1" in visitor.page.url
    expect(visitor.page.locator(".results__mended")).to_have_count(0)
    assert visitor.page.locator("#q").input_value() == "victm suport number"
    assert not [url for url in visitor.requested if "suport" in url]


def test_what_was_understood_can_be_taken_away(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.search("someone was rude to me because i am muslim, i need legal advice")
    chips = visitor.page.locator(".chips .chip")
    before = [text.removeprefix("Remove").strip() for text in chips.all_inner_texts()]
    visitor.follow(chips.filter(has_text="Legal advice"))
    expect(chips.filter(has_text="Legal advice")).to_have_count(0)
    expect(chips).to_have_count(len(before) - 1)
    assert visitor.results.count() > 0


def test_no_page_of_results_is_empty(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.search("xqzvw qqqq")
    assert heading(visitor) == "Nothing matched exactly"
    expect(visitor.page.locator(".results__loosened")).to_be_visible()
    assert visitor.results.count() > 0


def test_words_sealed_by_another_key_or_too_long_ago_are_asked_for_again(visitor: Visitor) -> None:
    visitor.open("/search?s=gAAAAABnot-ours")
    expect(visitor.page.locator("main")).to_contain_text("Please type it again")
    assert visitor.page.locator("#q").input_value() == ""
