"""The lexicon's files keep their form: known codes, folded words said once, and every ground and situation covered."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from directory.lexicon.folding import is_han, words
from directory.lexicon.meanings import AUDIENCES, MORE, REPORT_WAYS, SITUATIONS

SEED = Path(__file__).parents[2] / "seed"
FILES = sorted((SEED / "lexicon").glob("*.json"))
INTERFACE_LANGUAGES = ("tr", "pl", "es", "pt", "ro", "bg", "el", "fr", "so", "ku", "sq", "ar", "fa", "bn", "zh")
MACROLANGUAGES = {"ku", "zh"}
SHORTEST_STEM = 3


@cache
def stored(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def codes_of(kind: str) -> set[str]:
    return {term["code"] for term in json.loads((SEED / "taxonomy" / f"{kind}.json").read_text(encoding="utf-8"))}


def known_codes() -> set[str]:
    return {
        *(f"ground:{code}" for code in codes_of("grounds")),
        *(f"kind:{code}" for code in codes_of("kinds")),
        *(f"language:{code}" for code in codes_of("languages") | MACROLANGUAGES),
        *(f"situation:{code}" for code in SITUATIONS),
        *(f"for:{code}" for code in AUDIENCES),
        *(f"report:{code}" for code in REPORT_WAYS),
        *(f"more:{code}" for code in MORE),
    }


def said(path: Path) -> list[str]:
    return [word for entry in stored(path)["entries"] for word in entry["words"]]


def as_searched(word: str) -> str:
    """`word` as the search compares it, with the `*` of its stems."""
    return " ".join("".join(words(part)) + ("*" if part.endswith("*") else "") for part in word.split())


def by_language(path: Path) -> str:
    return path.stem


@pytest.fixture(params=FILES, ids=by_language)
def path(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


def test_there_is_a_file_for_english_and_each_language_of_the_pages() -> None:
    assert {path.stem for path in FILES} == {"en", *INTERFACE_LANGUAGES}


def test_the_header_names_the_language_of_the_file(path: Path) -> None:
    assert stored(path)["language"] == path.stem
    assert isinstance(stored(path)["reviewed"], bool)


def test_entries_hold_words_and_a_meaning(path: Path) -> None:
    for entry in stored(path)["entries"]:
        assert set(entry) <= {"words", "means", "english"}, entry
        assert entry["words"], entry
        assert all(word.strip() == word != "" for word in entry["words"]), entry
        assert entry["means"] or entry.get("english") or all(" " in word for word in entry["words"]), entry


def test_meanings_are_codes_of_the_taxonomy_and_the_search(path: Path) -> None:
    used = {code for entry in stored(path)["entries"] for code in entry["means"]}
    assert not used - known_codes()


def test_words_are_in_lower_case(path: Path) -> None:
    assert [word for word in said(path) if word != word.replace("İ", "i").lower()] == []


def test_stars_end_stems_of_three_characters_or_more(path: Path) -> None:
    stems = [part for word in said(path) for part in word.split() if "*" in part]
    assert [stem for stem in stems if stem.index("*") != len(stem) - 1] == []
    assert [stem for stem in stems if len(stem) <= SHORTEST_STEM and not is_han(stem)] == []


def test_no_word_is_said_twice_with_one_meaning(path: Path) -> None:
    meanings = Counter(
        (as_searched(word), code)
        for entry in stored(path)["entries"]
        for word in entry["words"]
        for code in entry["means"]
    )
    assert [meaning for meaning, times in meanings.items() if times > 1] == []


def test_every_ground_kind_and_situation_has_words(path: Path) -> None:
    used = {code for entry in stored(path)["entries"] for code in entry["means"]}
    needed = {code for code in known_codes() if code.startswith(("ground:", "kind:", "situation:"))}
    assert not needed - used
