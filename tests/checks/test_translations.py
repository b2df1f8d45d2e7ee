"""The catalogues: up to date with the code, whole, with the same placeholders and markup, and honest about review."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from directory.web.locale import BY_CODE, ENGLISH, PUBLISHED

ROOT = Path(__file__).parents[2]
CATALOGUES = {path.parent.parent.name: path for path in sorted(ROOT.glob("translations/*/LC_MESSAGES/messages.po"))}
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
NOT_REVIEWED = "Not yet reviewed by a person who speaks the language"
"""What the comment at the head of a catalogue says until somebody who speaks the language has read it."""
PLACEHOLDER = re.compile(r"%\((\w+)\)")
TAG = re.compile(r"</?[a-z]+[^>]*>")
NUMBERS = {"num", "number"}

each_language = pytest.mark.parametrize("code", CATALOGUES)

Key = tuple[str | None, str | tuple[str, ...]]


@cache
def catalogue(code: str) -> Catalog:
    with CATALOGUES[code].open("rb") as file:
        return read_po(file, locale=code)


@cache
def extracted() -> frozenset[Key]:
    """Every word of code and templates, by context and text (texts, where there is a plural)."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    return frozenset((context, words) for _, _, words, _, context in found)


def held(code: str) -> dict[Key, Message]:
    return {(message.context, message.id): message for message in catalogue(code) if message.id}


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def translated(code: str) -> list[Message]:
    return [message for message in held(code).values() if all(forms(message.string))]


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_words_are_found_in_code_and_templates() -> None:
    texts = {forms(words)[0] for _, words in extracted()}
    assert {"Exit this page", "I want to report it"} <= texts


def test_every_published_language_but_english_has_a_catalogue() -> None:
    if not CATALOGUES:
        pytest.skip("there is no catalogue yet")
    assert set(CATALOGUES) == {language.tag for language in PUBLISHED} - {ENGLISH.tag}


@each_language
def test_a_catalogue_holds_exactly_the_words_of_the_site(code: str) -> None:
    assert not extracted() - set(held(code)), "run `make strings`, and translate"
    assert not set(held(code)) - extracted(), "run `make strings`"


@each_language
def test_every_word_is_translated_and_none_is_a_guess(code: str) -> None:
    messages = held(code).values()
    assert not [message.id for message in messages if not all(forms(message.string))]
    assert not [message.id for message in messages if message.fuzzy]


@each_language
def test_placeholders_are_those_of_the_english(code: str) -> None:
    """A form for a single number ("one", "two") may leave the number out."""
    for message in translated(code):
        wanted = set().union(*map(placeholders, forms(message.id)))
        spare = NUMBERS if message.pluralizable else set()
        for text in forms(message.string):
            assert wanted - spare <= placeholders(text) <= wanted, (message.id, text)
        assert not wanted or wanted == set().union(*map(placeholders, forms(message.string))), message.id


@each_language
def test_markup_is_that_of_the_english(code: str) -> None:
    for message in translated(code):
        wanted = Counter(TAG.findall(forms(message.id)[-1]))
        for text in forms(message.string):
            assert Counter(TAG.findall(text)) == wanted, (message.id, text)


@each_language
def test_the_head_of_a_catalogue_says_whether_it_was_reviewed(code: str) -> None:
    assert (NOT_REVIEWED in catalogue(code).header_comment) is not BY_CODE[code].reviewed
