"""The search: its form, its links, its results, and the same for machines."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import event

from directory import clock
from directory.web.extensions import db
from directory.web.public.sealed_question import Question, seal
from tests.officers import SECRET_KEY
from tests.page import Page, Pages

pytestmark = pytest.mark.any_database

SENTENCE = "my neighbour shouts at me because i am gay"


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def sent(pages: Pages, path: str = "/search", **form: object) -> str:
    """The link to which a posted form leads."""
    return pages.post(path, data=form).headers["Location"]


def found(page: Page) -> list[str]:
    """The slugs of the organisations in the results, in their order."""
    headings = [link for heading in page.all("h2", class_="result__name") for link in heading.iter("a")]
    return [link.attrib["href"].rpartition("/")[2] for link in headings]


def count_beside(page: Page, facet: str, value: str) -> int:
    box = page.one("input", type="checkbox", name=facet, value=value)
    label = next(label for label in page.all("label") if label.attrib.get("for") == box.attrib["id"])
    return int(text_of(next(label.iter("span"))))


def test_words_are_posted_and_the_link_they_lead_to_does_not_hold_them(pages: Pages) -> None:
    link = sent(pages, q=SENTENCE)
    assert "neighbour" not in link
    assert "gay" not in link
    page = pages.get(link)
    assert page.one("input", id="q").attrib["value"] == SENTENCE
    assert found(page) == found(pages.get("/search?" + urlencode({"q": SENTENCE})))


def test_no_link_of_a_page_with_sealed_words_holds_them(pages: Pages) -> None:
    page = pages.get(sent(pages, q=SENTENCE))
    own = [address for address in page.links().values() if "/search?" in address]
    assert len(own) > 3
    for address in own:
        for word in ("neighbour", "gay", "shout", "insult", "sexuality"):
            assert word not in address


@pytest.mark.parametrize(
    "sealed",
    [
        pytest.param(lambda: seal(Question(SENTENCE), SECRET_KEY, clock.now() - timedelta(hours=2)), id="old"),
        pytest.param(lambda: seal(Question(SENTENCE), SECRET_KEY + "x", clock.now()), id="sealed elsewhere"),
        pytest.param(lambda: "gAAAAnonsense", id="forged"),
    ],
)
def test_a_link_that_cannot_be_read_says_so_and_asks_again(pages: Pages, sealed: object) -> None:
    page = pages.get("/search?" + urlencode({"s": sealed(), "ground": "religion"}))  # type: ignore[operator]
    assert "we no longer know what you typed" in page.main
    assert page.one("input", id="q").attrib["value"] == ""
    assert page.link("Remove Religion ×") == "/search"


def test_filters_alone_are_a_plain_link(pages: Pages) -> None:
    assert (
        sent(pages, ground="religion", kind=["report", "housing"]) == "/search?ground=religion&kind=report&kind=housing"
    )


def test_the_form_stays_in_the_readers_language(pages: Pages) -> None:
    assert sent(pages, "/ar/search", ground="religion") == "/ar/search?ground=religion"
    assert pages.get("/ar/search").one("form", role="search").attrib["action"] == "/ar/search"


def test_another_site_cannot_post_the_form(pages: Pages) -> None:
    pages.post("/search", data={"q": "x"}, status=403, headers={"Sec-Fetch-Site": "cross-site"})


def test_the_filter_form_carries_the_sealed_words_and_never_the_words(pages: Pages) -> None:
    link = sent(pages, q=SENTENCE)
    form = pages.get(link).all("form")[-1]
    fields = [field.attrib for field in form.iter("input") if field.attrib["type"] == "hidden"]
    assert [field["name"] for field in fields] == ["s"]
    narrowed = pages.get(sent(pages, s=fields[0]["value"], kind="report"))
    assert narrowed.one("input", id="q").attrib["value"] == SENTENCE
    assert "Remove Report it ×" in narrowed.links()


@pytest.mark.parametrize(
    ("facet", "value"),
    [("ground", "religion"), ("kind", "legal_advice"), ("language", "tr"), ("report", "anonymous"), ("more", "free")],
)
def test_a_count_is_what_choosing_the_value_gives(pages: Pages, facet: str, value: str) -> None:
    shown = count_of_any_language(pages, facet, value)
    chosen = pages.answer(f"/search.json?{facet}={value}").get_json()
    assert chosen["total"] == shown > 0


def count_of_any_language(pages: Pages, facet: str, value: str) -> int:
    if facet == "language":  # its label tells speakers and interpreters apart
        values = pages.answer("/search.json").get_json()["facets"][facet]
        return next(int(one["count"]) for one in values if one["value"] == value)
    return count_beside(pages.get("/search"), facet, value)


def test_no_value_of_a_filter_is_a_dead_end(pages: Pages) -> None:
    page = pages.get("/search?kind=legal_advice")
    offered = {(box.attrib["name"], box.attrib["value"]) for box in page.all("input", type="checkbox")}
    facets = pages.answer("/search.json?kind=legal_advice").get_json()["facets"]
    empty = {(facet, one["value"]) for facet, values in facets.items() for one in values if not one["count"]}
    assert empty
    assert not offered & empty


def test_chosen_values_come_first_and_are_ticked(pages: Pages) -> None:
    page = pages.get("/search?kind=community_centre")
    boxes = page.all("input", type="checkbox", name="kind")
    assert boxes[0].attrib["value"] == "community_centre"
    assert [box.attrib["value"] for box in boxes if "checked" in box.attrib] == ["community_centre"]


def test_what_was_understood_can_be_taken_away(pages: Pages) -> None:
    page = pages.get("/search?" + urlencode({"q": "someone pulled off my turban"}))
    link = page.link("Remove Sikh people ×")
    assert "not=ground%3Areligion.sikh" in link
    assert "Remove Sikh people ×" not in pages.get(link).links()


def test_what_was_chosen_can_be_taken_away_one_by_one_or_all_at_once(pages: Pages) -> None:
    page = pages.get("/search?ground=religion&kind=report&near=N15")
    assert page.link("Remove Religion ×") == "/search?near=N15&kind=report"
    assert page.link("Remove near N15 ×") == "/search?ground=religion&kind=report"
    assert page.link("Clear all filters") == "/search"


def test_a_mended_spelling_is_said_and_can_be_refused(pages: Pages) -> None:
    page = pages.get("/search?q=samaritns")
    assert "We looked for samaritans ." in page.main
    assert found(page)[0] == "samaritans"
    literal = page.link("Look for samaritns instead")
    assert parse_qs(urlsplit(literal).query) == {"q": ["samaritns"], "literal": ["1"]}
    assert "We looked for" not in pages.get(literal).main


def test_words_that_match_nothing_lead_to_lines_for_anyone_first(pages: Pages) -> None:
    page = pages.get("/search?q=xyzzyxq&literal=1")
    assert page.heading == "Nothing matched exactly"
    assert "Nothing matched your words." in page.main
    parts = [text_of(heading) for heading in page.all("h2")]
    assert parts[0] == "Lines that anyone can use"
    assert found(page)


def test_choices_that_match_nothing_together_are_loosened_with_a_sentence(pages: Pages) -> None:
    page = pages.get("/search?kind=interpreting&ground=travellers&language=ti&report=in_person")
    assert page.heading == "Nothing matched exactly"
    assert "Nothing " in text_of(page.one("p", class_="govuk-body results__loosened"))
    assert found(page)


def test_an_unknown_place_is_named_and_the_page_says_what_would_do(pages: Pages) -> None:
    page = pages.get("/search?near=Narnia")
    assert "We do not know the place Narnia ." in page.main
    assert "Try a postcode such as N15" in page.main


def test_results_near_a_place_say_how_far_they_are(pages: Pages) -> None:
    assert "miles away" in pages.get("/search?near=N22").main


def test_a_result_says_what_it_does_how_to_reach_it_and_why_it_is_here(pages: Pages) -> None:
    page = pages.get("/search?q=samaritans")
    assert page.link("Call 116 123") == "tel:116123"
    for words in (
        "Someone to talk to",
        "Open 24 hours a day, every day",
        "Why it is here: its name",
        "Not yet confirmed",
    ):
        assert words in page.main


def test_results_stand_before_the_filters(pages: Pages) -> None:
    page = pages.get("/search?q=samaritans")
    assert page.html.index('href="tel:116123"') < page.html.index('id="filters"')
    assert page.link("Filter these results") == "#filters"


def test_results_go_on_over_pages(pages: Pages) -> None:
    first = pages.get("/search")
    second = pages.get(first.link("Next page"))
    assert second.main.count("Page 2 of") == 1
    assert second.link("Previous page") == "/search"
    assert len(found(first)) == 20
    assert not set(found(first)) & set(found(second))
    assert second.one("ol", class_="results__cards").attrib["start"] == "21"
    last = pages.get("/search?page=999")
    assert "Next page" not in last.links()


def test_the_number_of_results_is_said_in_words(pages: Pages) -> None:
    total = pages.answer("/search.json?kind=report").get_json()["total"]
    assert pages.get("/search?kind=report").heading == f"{total} organisations found"
    assert pages.get("/search?q=samaritans&kind=helpline").heading.endswith("found")


def test_the_search_is_not_for_crawlers(pages: Pages) -> None:
    assert pages.get("/search").one("meta", name="robots").attrib["content"] == "noindex, nofollow"


def test_a_results_page_asks_the_database_for_nothing(app: Flask, pages: Pages) -> None:
    asked: list[str] = []
    pages.get("/search?q=police")
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    pages.get("/search?q=someone+hit+me&ground=race")
    assert asked == []


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", '"><img src=x onerror=1>', "\u202eevil\u2066", "%00", "a" * 3000, "' OR 1=1 --"],
)
def test_whatever_is_typed_is_only_ever_text(pages: Pages, words: str) -> None:
    page = pages.get(sent(pages, q=words, near=words))
    assert page.one("input", id="q").attrib["value"] == words[:500]
    assert not page.all("img")


def test_parameters_that_mean_nothing_change_nothing(pages: Pages) -> None:
    page = pages.get("/search?ground=nonsense&kind=%3Cb%3E&page=-4&sort=x&s=")
    assert page.status == 200


def test_names_and_words_keep_their_language_on_an_arabic_page(pages: Pages) -> None:
    page = pages.get("/ar/search?q=samaritans")
    summary = page.all("p", class_="result__summary")[0]
    assert (summary.attrib["lang"], summary.attrib["dir"]) == ("en", "ltr")
    number = next(bdi for bdi in page.all("bdi") if bdi.text == "116 123")
    assert number.attrib["dir"] == "ltr"


def test_a_card_is_drawn_in_the_language_of_each_page(pages: Pages) -> None:
    for _ in range(2):
        english, arabic = pages.get("/search?q=samaritans"), pages.get("/ar/search?q=samaritans")
        assert english.link("Samaritans") == "/organisations/samaritans"
        assert arabic.link("Samaritans") == "/ar/organisations/samaritans"


def test_machines_get_the_same_results_as_people(pages: Pages) -> None:
    asked = urlencode({"q": SENTENCE, "kind": "report"})
    answer = pages.answer(f"/search.json?{asked}").get_json()
    page = pages.get(f"/search?{asked}")
    shown = found(page)[: len(answer["results"])]
    assert [result["organisation"] for result in answer["results"]] == shown
    assert page.heading == f"{answer['total']} organisations found"
    first = answer["results"][0]
    assert set(first) == {"organisation", "name", "services"}
    assert set(first["services"][0]) == {"id", "name", "why"}
    assert {meaning["code"] for meaning in answer["understood"]} >= {"neighbour", "sexuality.gay"}
    assert (answer["loosened"], answer["did_you_mean"]) == ([], "")
    assert set(answer["facets"]) == {"ground", "kind", "language", "report", "for", "more"}


def test_machines_may_send_sealed_words_too(pages: Pages) -> None:
    sealed = seal(Question("samaritans"), SECRET_KEY, clock.now())
    answer = pages.answer("/search.json?" + urlencode({"s": sealed})).get_json()
    assert answer["results"][0]["organisation"] == "samaritans"
