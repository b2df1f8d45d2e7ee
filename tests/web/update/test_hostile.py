"""Hostile strings in every field of an update link come back as the words they are, or not at all."""

from itertools import count

import pytest

from directory.organisations.details import Phone
from tests.factories import details, service
from tests.page import Page
from tests.web.hostile import MARK, ODD, SCRIPTS, TEMPLATES
from tests.web.public.sending import typed
from tests.web.update.linked import SIGNED, Linked, inputs

NUMBERS = count()
TRIED = (*SCRIPTS, *(words for words in ODD if "\uffff" not in words))  # which no page can hold and be well formed
EACH = 4
"""How many are tried in one form, so that every string is tried in some field and every field has some string."""


@pytest.fixture(scope="module")
def link(linked: Linked) -> str:
    return linked.link(linked.entry("harbour", details(service(phones=(Phone(number="+442084891000"),)))))


def harmless(page: Page) -> None:
    """Whatever was typed, it made no element and no attribute; `Page` has checked scripts, styles and addresses."""
    for element in page.tree.iter():
        assert MARK not in element.tag
        for name, value in element.attrib.items():
            assert MARK not in name
            assert MARK not in value or name in {"value", "href"}, (element.tag, name, value)
        if element.tag == "a" and MARK in element.attrib.get("href", ""):
            assert element.attrib["href"].startswith(("/", "#", "mailto:"))


@pytest.mark.parametrize("below", ["", "/part", "/person", "/contact", "/notice"])
def test_the_small_forms_give_hostile_words_back_as_words(linked: Linked, link: str, below: str) -> None:
    names = list(inputs(linked.pages.get(f"{link}{below}")))
    for number in range(0, len(TRIED), EACH):
        words = TRIED[number : number + EACH]
        sent = {name: words[place % len(words)] for place, name in enumerate(names)}
        sent |= {"right_email": "not an address", "new_email": "not an address", "kind": "nonsense", "until-day": "x"}
        page = Page(link, linked.pages.post(f"{link}{below}", status=422, data=sent))
        harmless(page)


def test_the_form_of_the_entry_gives_hostile_words_back_as_words(linked: Linked, link: str) -> None:
    names = list(inputs(linked.pages.get(f"{link}/edit")))
    for number in range(0, len(TRIED), 12):
        words = TRIED[number : number + 12]
        sent = {name: words[place % len(words)] for place, name in enumerate(names)}
        answer = linked.pages.post(f"{link}/edit", status=422, data={**sent, "action": "continue"})
        harmless(Page(link, answer))
        harmless(linked.pages.get(f"{link}/edit?check=yes"))


@pytest.mark.parametrize("words", TEMPLATES)
def test_nothing_that_is_typed_is_filled_in_as_a_template(linked: Linked, link: str, words: str) -> None:
    page = Page(link, linked.pages.post(link, status=422, data={"kind": "", "name": words, "role": words}))
    assert (typed(page, "name"), typed(page, "role")) == (words, words)


@pytest.mark.parametrize("words", SCRIPTS[:12])
def test_trust_18_what_is_sent_is_shown_as_words_on_every_page_after(linked: Linked, words: str) -> None:
    identity = linked.entry(f"harbour-{next(NUMBERS)}", details(description="Stands by you."))
    link = linked.link(identity)
    sent = inputs(linked.pages.get(f"{link}/edit"))
    (name,) = [name for name, values in sent.items() if values == ["Stands by you."]]
    linked.pages.post(f"{link}/edit", data={**sent, name: [words], "action": ["continue"]})
    page = linked.pages.get(f"{link}/review")
    harmless(page)
    assert MARK in page.main
    linked.pages.post(f"{link}/review", data={"name": words, "role": words})
    page = linked.pages.get(link)
    harmless(page)
    assert MARK in page.main
    page = linked.pages.get(linked.link(identity))
    assert MARK in typed(page, "name")
    harmless(page)


def test_line_breaks_in_a_name_are_spaces(linked: Linked) -> None:
    identity = linked.entry("harbour-of-lines", details())
    linked.pages.post(
        linked.link(identity), data={**SIGNED, "name": "Ayla\r\nBcc: x@example.org", "kind": "all_correct"}
    )
    assert typed(linked.pages.get(linked.link(identity)), "name") == "Ayla Bcc: x@example.org"
