"""The lexicon: words that people use, in their languages, and the concepts of the taxonomy that they mean."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.search.folding import fold, is_han, words

_LONGEST_HAN = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One group of words with one meaning: concept codes (`ground:race`) and English words for the text search."""

    language: str
    means: tuple[str, ...]
    english: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A word or phrase of the lexicon found in a text: from token `start` up to, not with, `end`."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Lexicon:
    """Finds the lexicon's words in texts, longest phrase first, whole tokens or their beginnings (`komşu*`)."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        """Build it from (word or phrase, what it means)."""
        self._phrases: dict[tuple[str, ...], list[Entry]] = {}
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        self._by_beginning: dict[str, list[tuple[str, ...]]] = {}
        self._han: dict[str, list[Entry]] = {}
        for phrase, entry in entries:
            self._add(phrase, entry)

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        """Read every language's file of `folder`."""
        return cls(_read(folder))

    def _add(self, phrase: str, entry: Entry) -> None:
        if is_han(fold(phrase)):
            self._han.setdefault(fold(phrase), []).append(entry)
            return
        parts: list[str] = []
        for word in phrase.split():
            folded = words(word)
            if folded and word.endswith("*"):
                folded[-1] += "*"
            parts += folded
        key = tuple(parts)
        if not key:
            return
        if key not in self._phrases:
            self._phrases[key] = []
            if key[0].endswith("*"):
                self._by_beginning.setdefault(key[0][:-1], []).append(key)
            else:
                self._by_word.setdefault(key[0], []).append(key)
        self._phrases[key].append(entry)

    def words(self) -> Iterator[str]:
        """Every whole word of the English entries: what a misspelt word may have meant."""
        for key, entries in self._phrases.items():
            if any(entry.language == "en" for entry in entries):
                yield from (part for part in key if not part.endswith("*"))

    def find(self, tokens: Sequence[str]) -> list[Found]:
        """The words and phrases found in `tokens`, none overlapping another, the longest taken first."""
        candidates = sorted(self._candidates(tokens), key=lambda f: (f.start - f.end, f.start))
        taken: set[int] = set()
        chosen = []
        for found in candidates:
            span = set(range(found.start, found.end))
            if not span & taken:
                taken |= span
                chosen.append(found)
        return sorted(chosen, key=lambda f: f.start)

    def _candidates(self, tokens: Sequence[str]) -> Iterator[Found]:
        for start, token in enumerate(tokens):
            best: dict[int, list[Entry]] = {}
            for key in self._starting(token):
                end = start + len(key)
                if end <= len(tokens) and all(map(_matches, key, tokens[start:end])):
                    best.setdefault(end, []).extend(self._phrases[key])
            for end, entries in best.items():
                yield Found(start, end, tuple(entries))
            yield from self._han_at(tokens, start)

    def _starting(self, token: str) -> Iterator[tuple[str, ...]]:
        """The phrases whose first word is `token` or a beginning of it."""
        yield from self._by_word.get(token, ())
        for length in range(1, len(token) + 1):
            yield from self._by_beginning.get(token[:length], ())

    def _han_at(self, tokens: Sequence[str], start: int) -> Iterator[Found]:
        """Chinese words over the run of overlapping pairs that begins at `start`."""
        if not is_han(tokens[start]):
            return
        text = tokens[start]
        for length in range(len(text), _LONGEST_HAN + 1):
            if text in self._han:
                yield Found(start, start + max(1, length - 1), tuple(self._han[text]))
            following = start + length - 1
            if following >= len(tokens) or not is_han(tokens[following]) or tokens[following][0] != text[-1]:
                return
            text += tokens[following][-1]


def _matches(part: str, token: str) -> bool:
    return token.startswith(part[:-1]) if part.endswith("*") else token == part


def _read(folder: Path) -> Iterator[tuple[str, Entry]]:
    for path in sorted(folder.glob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        for item in stored["entries"]:
            entry = Entry(stored["language"], tuple(item.get("means", ())), item.get("english", ""))
            for word in item["words"]:
                yield word, entry
