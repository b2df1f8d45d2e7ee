"""The lexicon: words that people use, in their languages, and the concepts of the taxonomy that they mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.lexicon.folding import fold, is_han, words

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
        meanings: dict[str, list[Entry]] = {}
        for phrase, entry in entries:
            if key := _key(phrase):
                meanings.setdefault(key, []).append(entry)
        self._take(meanings)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Lexicon":
        """What `kept` gave."""
        entries = [Entry(language, tuple(means), english) for language, means, english in kept["entries"]]
        lexicon = cls(())
        lexicon._take({key: [entries[number] for number in numbers] for key, numbers in kept["meanings"].items()})
        return lexicon

    def kept(self) -> dict[str, Any]:
        """Itself as plain values, from which it is built without looking at every letter again."""
        numbers: dict[Entry, int] = {}
        meanings = {
            key: [numbers.setdefault(entry, len(numbers)) for entry in entries]
            for key, entries in self._meanings.items()
        }
        return {"entries": [(entry.language, entry.means, entry.english) for entry in numbers], "meanings": meanings}

    def changed(self, without: Iterable[tuple[str, Entry]] = (), added: Iterable[tuple[str, Entry]] = ()) -> "Lexicon":
        """Another one that finds some words no more, and others beside."""
        meanings = dict(self._meanings)
        for phrase, entry in without:
            meanings[_key(phrase)] = [held for held in meanings.get(_key(phrase), ()) if held != entry]
        for phrase, entry in added:
            meanings[_key(phrase)] = [*meanings.get(_key(phrase), ()), entry]
        lexicon = Lexicon(())
        lexicon._take({key: entries for key, entries in meanings.items() if key and entries})
        return lexicon

    def _take(self, meanings: Mapping[str, Sequence[Entry]]) -> None:
        """Hold what words mean, by their keys, and where each phrase begins."""
        self._meanings = meanings
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        self._by_beginning: dict[str, list[tuple[str, ...]]] = {}
        for key in meanings:
            parts = tuple(key.split(" "))
            if parts[0].endswith("*"):
                self._by_beginning.setdefault(parts[0][:-1], []).append(parts)
            elif not is_han(key):
                self._by_word.setdefault(parts[0], []).append(parts)

    def words(self) -> Iterator[str]:
        """Every whole word of the English entries: what a misspelt word may have meant."""
        for key, entries in self._meanings.items():
            if any(entry.language == "en" for entry in entries):
                yield from (part for part in key.split(" ") if not part.endswith("*"))

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
                    best.setdefault(end, []).extend(self._meanings[" ".join(key)])
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
            if text in self._meanings:
                yield Found(start, start + max(1, length - 1), tuple(self._meanings[text]))
            following = start + length - 1
            if following >= len(tokens) or not is_han(tokens[following]) or tokens[following][0] != text[-1]:
                return
            text += tokens[following][-1]


def _matches(part: str, token: str) -> bool:
    return token.startswith(part[:-1]) if part.endswith("*") else token == part


def _key(phrase: str) -> str:
    """The folded words of a phrase, with the stars of their stems; a Chinese one has no spaces."""
    if is_han(fold(phrase)):
        return fold(phrase)
    parts: list[str] = []
    for word in phrase.split():
        folded = words(word)
        if folded and word.endswith("*"):
            folded[-1] += "*"
        parts += folded
    return " ".join(parts)
