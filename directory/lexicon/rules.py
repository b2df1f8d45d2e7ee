"""Words with one meaning, and whether they are well formed: pure rules over values."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from directory.errors import DomainError
from directory.lexicon.folding import fold, is_han, words

LONGEST_WORD, LONGEST_ENGLISH = 80, 200
MOST_WORDS, MOST_MEANINGS = 1000, 8
SHORTEST_STEM = 3
"""Characters that a word has at least before the star that stands for any ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordGroup:
    """Words and phrases of one language with one meaning, and the English words that they add to a search."""

    language: str
    words: tuple[str, ...]
    means: tuple[str, ...] = ()
    """Codes of what they mean (`ground:race`, see `meanings`)."""
    english: str = ""


class Problem(StrEnum):
    """What is wrong with a field of a group."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    CAPITALS = "capitals"
    STAR = "star"
    """A star that does not stand after three characters or more, at the end of a word."""
    NO_LETTERS = "no_letters"
    SAID_TWICE = "said_twice"
    """The word is there already with this meaning."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Violation:
    """One problem, the field that has it, and the word or code it is about."""

    field: str
    problem: Problem
    about: str = ""


class WordsInvalid(DomainError):
    """Words of the lexicon, or what they are to mean, are not well formed."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        """Keep all that is wrong."""
        super().__init__("; ".join(f"{found.field}: {found.problem} {found.about}" for found in violations))
        self.violations = violations


class WordsUnknown(DomainError):
    """The lexicon has no such words, or somebody has taken them away."""


class WordsMovedOn(DomainError):
    """Somebody else has changed these words since they were looked at."""


def check_group(
    group: WordGroup, others: Iterable[WordGroup], known: Collection[str], before: WordGroup | None = None
) -> None:
    """Raise WordsInvalid, with all that is wrong, unless the group can stand beside the others of its language.

    What the group said `before` is not held against it: merging terms can let two groups say the same.
    """
    found = tuple(
        violation
        for violation in violations(group, others, known)
        if not (violation.problem is Problem.SAID_TWICE and before and _was_said(violation.about, group, before))
    )
    if found:
        raise WordsInvalid(found)


def violations(group: WordGroup, others: Iterable[WordGroup], known: Collection[str]) -> Iterator[Violation]:
    """All that is wrong with a group."""
    if not group.words:
        yield Violation("words", Problem.EMPTY)
    if len(group.words) > MOST_WORDS:
        yield Violation("words", Problem.TOO_MANY)
    for word in group.words:
        problem = _of_word(word)
        if problem:
            yield Violation("words", problem, word)
    yield from (Violation("words", Problem.SAID_TWICE, word) for word in _said_twice(group, others))
    yield from _of_meaning(group, known)


def as_searched(word: str) -> str:
    """A word or phrase as the search compares it, with the stars of its stems."""
    return " ".join("".join(words(part)) + ("*" if part.endswith("*") else "") for part in word.split())


def _of_word(word: str) -> Problem | None:
    if not word or word != " ".join(word.split()):
        return Problem.EMPTY
    if len(word) > LONGEST_WORD:
        return Problem.TOO_LONG
    if word != word.replace("İ", "i").lower():
        return Problem.CAPITALS
    for part in word.split():
        stem = part.removesuffix("*")
        if "*" in stem or (stem != part and len(stem) < SHORTEST_STEM and not is_han(fold(stem))):
            return Problem.STAR
    return None if words(word) else Problem.NO_LETTERS


def _was_said(word: str, group: WordGroup, before: WordGroup) -> bool:
    return word in before.words and set(group.means) <= set(before.means) and group.words.count(word) == 1


def _said_twice(group: WordGroup, others: Iterable[WordGroup]) -> list[str]:
    """The words that are there already with one of these meanings, or twice in the group itself."""
    means = set(group.means)
    taken = {
        as_searched(word)
        for other in others
        if (means & set(other.means)) or (not means and not other.means)
        for word in other.words
    }
    own = Counter(as_searched(word) for word in group.words)
    return [word for word in group.words if as_searched(word) in taken or own[as_searched(word)] > 1]


def _of_meaning(group: WordGroup, known: Collection[str]) -> Iterator[Violation]:
    if not (group.means or group.english) and any(" " not in word for word in group.words):
        yield Violation("means", Problem.EMPTY)
    if len(group.means) > MOST_MEANINGS:
        yield Violation("means", Problem.TOO_MANY)
    for code, times in Counter(group.means).items():
        if code not in known:
            yield Violation("means", Problem.UNKNOWN, code)
        elif times > 1:
            yield Violation("means", Problem.SAID_TWICE, code)
    if len(group.english) > LONGEST_ENGLISH:
        yield Violation("english", Problem.TOO_LONG)
    if group.english != " ".join(words(group.english)):
        yield Violation("english", Problem.NO_LETTERS)
