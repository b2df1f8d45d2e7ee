"""What the pages of the lexicon say: meanings by name, and what is wrong with words."""

from collections.abc import Iterable, Iterator, Mapping

from directory.lexicon.meanings import known_meanings
from directory.lexicon.rules import (
    LONGEST_ENGLISH,
    LONGEST_WORD,
    MOST_MEANINGS,
    MOST_WORDS,
    SHORTEST_STEM,
    Problem,
    Violation,
    WordsInvalid,
)
from directory.search.criteria import Understood
from directory.web.entry_form.options import Option, OptionGroup
from directory.web.names import Names
from directory.web.search_words import meaning_name

GROUPS: Mapping[str, str] = {
    "ground": "Grounds",
    "kind": "Kinds of service",
    "situation": "What happened, or what is wanted",
    "for": "Who it is for",
    "report": "Ways to report",
    "more": "More choices",
    "language": "Languages",
}
"""The sorts of meanings, in the order in which they are shown."""
NEEDED = ("ground", "kind", "situation")
"""The sorts of meanings that every language should have words for."""
SHOWN_ERRORS = 3
_OF_WORD: Mapping[Problem, str] = {
    Problem.EMPTY: "“%s” has spaces that it should not have",
    Problem.TOO_LONG: f"“%s” is longer than {LONGEST_WORD} characters",
    Problem.CAPITALS: "“%s” has capital letters",
    Problem.STAR: f"In “%s” the star must stand at the end of a word, after {SHORTEST_STEM} letters or more",
    Problem.NO_LETTERS: "“%s” has no letters",
    Problem.SAID_TWICE: "“%s” is there already with this meaning",
}
_OF_FIELD: Mapping[tuple[str, Problem], str] = {
    ("words", Problem.EMPTY): "Write at least one word or phrase",
    ("words", Problem.TOO_MANY): f"Write no more than {MOST_WORDS:,} words and phrases",
    ("means", Problem.EMPTY): "Choose what they mean, or write English words to search for",
    ("means", Problem.TOO_MANY): f"Choose no more than {MOST_MEANINGS} meanings",
    ("means", Problem.UNKNOWN): "Choose from the list",
    ("means", Problem.SAID_TWICE): "Choose each meaning once",
    ("english", Problem.TOO_LONG): f"Write no more than {LONGEST_ENGLISH} characters",
    ("english", Problem.NO_LETTERS): "Write plain words, with spaces between them",
}


def name_of(code: str, names: Names) -> str:
    """The name of a meaning: of `ground:race` that of the ground."""
    kind, _, value = code.partition(":")
    name = meaning_name(Understood(kind, value, ""), names)
    return f"{name[:1].upper()}{name[1:]}"


def meaning_options(names: Names, chosen: tuple[str, ...]) -> tuple[OptionGroup, ...]:
    """What is chosen, in sight, even if it is offered no more; then all else that can be, folded away by sort."""
    retired = {f"{term.kind}:{term.code}" for term in names.taxonomy.terms if term.retired}
    offered = [code for code in known_meanings(names.taxonomy) if code not in retired and code not in chosen]

    def options(codes: Iterable[str]) -> tuple[Option, ...]:
        return tuple(Option(code, name_of(code, names), code in chosen) for code in codes)

    groups = [OptionGroup(options(chosen))]
    groups += [
        OptionGroup(options(code for code in offered if _sort(code) == sort), title) for sort, title in GROUPS.items()
    ]
    return tuple(group for group in groups if group.options)


def without_words(names: Names, said: set[str]) -> list[tuple[str, str]]:
    """The meanings that a language should have words for and has none: code and name."""
    needed = (code for code in known_meanings(names.taxonomy) if _sort(code) in NEEDED and code not in said)
    return [(code, name_of(code, names)) for code in needed]


def errors_of(refused: WordsInvalid) -> dict[str, str]:
    """What is wrong, by field: of several wrong words the first few."""
    errors: dict[str, list[str]] = {}
    for found in refused.violations:
        sentences = errors.setdefault(found.field, [])
        sentence = _sentence(found)
        if sentence not in sentences:
            sentences.append(sentence)
    return {field: ". ".join(_some(sentences)) for field, sentences in errors.items()}


def _sentence(found: Violation) -> str:
    if found.field == "words" and found.about:
        return _OF_WORD[found.problem] % found.about
    return _OF_FIELD[found.field, found.problem]


def _some(sentences: list[str]) -> Iterator[str]:
    yield from sentences[:SHOWN_ERRORS]
    if len(sentences) > SHOWN_ERRORS:
        yield f"And {len(sentences) - SHOWN_ERRORS} more like this"


def _sort(code: str) -> str:
    return code.partition(":")[0]
