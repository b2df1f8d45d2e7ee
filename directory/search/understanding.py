"""From words to what they ask for: concepts, names of organisations, and terms for the text search."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.lexicon.folding import words
from directory.lexicon.lexicon import Entry, Found, Lexicon
from directory.search import concepts
from directory.search.analyzers import STOP_WORDS, stemmed
from directory.search.criteria import Understood

ENGLISH = "en"
_LETTERS: Mapping[str, str] = {
    "es": "ñ¿¡",
    "fa": "پچژگ",
    "fr": "œèùàç",
    "ku": "êîûxqw",
    "pl": "łżźśćńąę",
    "pt": "ãõç",
    "ro": "șțăâ",
    "sq": "ë",
    "tr": "ığşöü",
}
"""Letters that tell languages apart which share words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a question asks for."""

    understood: tuple[Understood, ...]
    """The concepts found, with the reader's words for each, in the order of the words."""
    wanted: Mapping[str, float]
    """Features of services, with their weights."""
    grounds: tuple[str, ...]
    """Codes of grounds and narrower terms."""
    named: frozenset[str]
    """Slugs of the organisations that are named."""
    terms: tuple[str, ...]
    """Stemmed English words of the question."""
    meant: frozenset[str]
    """Those of them that the lexicon explains."""
    added: tuple[str, ...]
    """Stemmed English words that the lexicon adds."""
    explained: frozenset[int]
    """Positions of the words that the lexicon or a name explains: they are not misspelt."""
    language: str
    """The language that the question is written in, as far as the lexicon tells; English if it does not."""


def understand(
    text: str, lexicon: Lexicon, names: Lexicon, ignored: Sequence[str] = (), reader: str = ENGLISH
) -> Understanding:
    """What `text` asks for, without the concepts that the reader has taken away (`ignored`).

    `reader` is the language of the page: it decides where the words could be of several languages.
    """
    tokens = words(text)
    found, named = lexicon.find(tokens), names.find(tokens)
    language = _language(text, tokens, found, reader)
    spoken = [(f, [e for e in f.entries if e.language in {ENGLISH, language}]) for f in found]
    spoken = [(f, entries) for f, entries in spoken if entries]
    understood = _understood(tokens, spoken, language, ignored)
    codes = [u.code if u.kind == "" else f"{u.kind}:{u.code}" for u in understood]
    added = " ".join(e.english for _, entries in spoken for e in entries if e.english)
    added += " " + " ".join(concepts.ENGLISH.get(u.code, "") for u in understood if u.kind == "situation")
    terms = tuple(stemmed(text))
    return Understanding(
        understood=understood,
        wanted=_wanted(codes),
        grounds=tuple(u.code for u in understood if u.kind == "ground"),
        named=_named(found, named),
        explained=frozenset(n for f in (*found, *named) for n in range(f.start, f.end)),
        terms=terms,
        meant=frozenset(term for f, _ in spoken for word in tokens[f.start : f.end] for term in stemmed(word)),
        added=tuple(term for term in stemmed(added) if term not in terms),
        language=language,
    )


def _language(text: str, tokens: Sequence[str], found: Sequence[Found], reader: str) -> str:
    """The language whose entries explain most letters of the question; English where as good.

    Function words explain for English too. Between others that are as good, the reader's page decides, then letters
    that only one of them has.
    """
    explained = Counter({ENGLISH: sum(len(token) for token in tokens if token in STOP_WORDS)})
    for match in found:
        length = sum(len(token) for token in tokens[match.start : match.end])
        for language in {entry.language for entry in match.entries}:
            explained[language] += length
    best = {language for language, letters in explained.items() if letters == max(explained.values())}
    if ENGLISH in best:
        return ENGLISH

    def closeness(language: str) -> tuple[bool, int, str]:
        own = sum(letter in _LETTERS.get(language, "") for letter in text.casefold())
        return (language != reader, -own, language)

    return min(best, key=closeness)


def _understood(
    tokens: Sequence[str], spoken: Sequence[tuple[Found, list[Entry]]], language: str, ignored: Sequence[str]
) -> tuple[Understood, ...]:
    by_code: dict[str, str] = {}
    for match, entries in spoken:
        for code in (code for entry in entries for code in entry.means):
            by_code.setdefault(code, " ".join(tokens[match.start : match.end]))
    if language != ENGLISH:
        by_code.setdefault(f"language:{language}", "")
    split = ((*code.partition(":"), said) for code, said in by_code.items() if code not in ignored)
    return tuple(Understood(kind, value, said) for kind, _, value, said in split)


def _wanted(codes: Sequence[str]) -> dict[str, float]:
    wanted: dict[str, float] = {}
    for code in codes:
        for feature, weight in concepts.wanted(code).items():
            wanted[feature] = max(wanted.get(feature, weight), weight) if weight > 0 else weight
    if concepts.POLICE in wanted:
        wanted[concepts.POLICE_ELSEWHERE] = min(wanted[concepts.POLICE], wanted[concepts.POLICE] / 2)
    if codes and all(code.startswith(("ground:", "language:", "for:", "area:")) for code in codes):
        for feature, weight in concepts.UNSAID.items():
            wanted.setdefault(feature, weight)
    return wanted


def _named(found: Sequence[Found], named: Sequence[Found]) -> frozenset[str]:
    """Organisations named in the question, leaving out names that are part of a longer phrase of the lexicon."""
    longer = [f for f in found if f.end - f.start > 1]
    return frozenset(
        slug
        for name in named
        if not any(
            f.start <= name.start and name.end <= f.end and f.end - f.start > name.end - name.start for f in longer
        )
        for entry in name.entries
        for slug in entry.means
    )
