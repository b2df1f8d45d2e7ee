"""What a term may be and what may become of it: pure decisions over the taxonomy, and their errors."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from directory.errors import DomainError
from directory.taxonomy.terms import DEFAULT_LANGUAGE, LANGUAGE_ORDER, Taxonomy, Term, TermKind

LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_EXAMPLE = 100, 600, 300
MOST_EXAMPLES = 10
LONGEST_CODE = 40
LATITUDES, LONGITUDES = (49.0, 61.0), (-9.0, 2.0)
"""Between these lies the United Kingdom: other figures are a slip, or the two the wrong way round."""
SIGN_LANGUAGE = "bfi"
AREA_SORTS = ("place", "ward", "district", "borough")
"""The sorts of areas that can be added: with them their codes begin."""

FIXED: Mapping[TermKind, frozenset[str]] = {
    TermKind.GROUND: frozenset(
        {
            *("race", "sexuality", "disability", "age", "religion", "travellers", "gender"),
            *("age.young", "age.older", "gender.women", "gender.men", "gender.trans"),
            *("disability.deaf", "disability.learning_disability"),
        }
    ),
    TermKind.KIND: frozenset({"report", "helpline", "young_people"}),
    TermKind.LANGUAGE: frozenset({*LANGUAGE_ORDER, SIGN_LANGUAGE, "kmr", "ckb", "cmn", "yue", "hak", "nan"}),
    TermKind.AREA: frozenset(
        {"haringey", "london", "north_london", "england", "england_wales", "great_britain", "uk"},
    ),
    TermKind.ACCESS: frozenset({"step_free"}),
}
"""Terms that rules of the program speak of, such as the seven grounds: they are renamed, never merged or retired."""
ON_THE_HOME_PAGE = frozenset(
    {
        *("enforcement", "emotional_support", "casework", "legal_advice", "emergency_accommodation"),
        *("safety_at_home", "housing", "discrimination_advice"),
    }
)
"""Kinds of service that the home page leads to: links follow when they are merged, but retired they would be dead."""

_TELLING = re.compile("hate|crime|victim|abuse")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


class Problem(StrEnum):
    """What is wrong with a field of a term."""

    EMPTY = "empty"
    UNTIDY = "untidy"
    """Spaces at the ends or two in a row, line breaks, control characters."""
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TAKEN = "taken"
    """Another term of the kind has it."""
    LANGUAGE = "language"
    """No language tag."""
    NOT_ON_THE_MAP = "not_on_the_map"
    UNKNOWN = "unknown"
    """No term that something can stand under or after."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One problem, and the field that has it."""

    field: str
    problem: Problem


class TermInvalid(DomainError):
    """A term or its words are not well formed."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        """Keep all that is wrong."""
        super().__init__("; ".join(f"{violation.field}: {violation.problem}" for violation in violations))
        self.violations = violations


class TermFixed(DomainError):
    """Rules of the program speak of this term, or of one under it: it can neither be merged nor retired."""


class MergeRefused(DomainError):
    """A term cannot be merged into itself, into one that lies under it, or into one that is retired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerm:
    """A term that is to be added; its code is made from its English name."""

    kind: TermKind
    names: Mapping[str, str]
    parent: str = ""
    tag: str = ""
    """Of a language: its tag, which is its code."""
    sort: str = ""
    """Of an area: one of `AREA_SORTS`."""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWords:
    """What a term is called and how it is explained in one language."""

    name: str
    description: str = ""
    examples: tuple[str, ...] = field(default=())


def check_new(new: NewTerm, taxonomy: Taxonomy) -> None:
    """Raise TermInvalid, with all that is wrong, unless the term can be added."""
    _refuse(tuple(_of_new(new, taxonomy)))


def check_words(words: TermWords, term: Term, language: str, taxonomy: Taxonomy) -> None:
    """Raise TermInvalid, with all that is wrong, unless a term may be called so in this language."""
    others = [other for other in taxonomy.of(term.kind) if other.code != term.code]
    _refuse(tuple(_of_words(words, language, others)))


def check_retire(term: Term, taxonomy: Taxonomy) -> None:
    """Raise TermFixed unless this term and all under it may cease to be offered."""
    below = taxonomy.under(term.kind, term.code)
    fixed = FIXED[term.kind] | (ON_THE_HOME_PAGE if term.kind is TermKind.KIND else frozenset())
    if below & fixed:
        raise TermFixed(", ".join(sorted(below & fixed)))


def check_merge_away(term: Term) -> None:
    """Raise TermFixed unless this term may cease to be one of its own."""
    if term.code in FIXED[term.kind]:
        raise TermFixed(term.code)


def check_merge(term: Term, into: Term, taxonomy: Taxonomy) -> None:
    """Raise TermFixed or MergeRefused unless all that has the one term may have the other instead."""
    check_merge_away(term)
    if into.kind is not term.kind or into.retired or into.code in taxonomy.under(term.kind, term.code):
        raise MergeRefused(f"{term.kind} {term.code} into {into.kind} {into.code}")


def is_telling(text: str) -> bool:
    """Whether a text holds a word that gives a reader away."""
    return bool(_TELLING.search(text.lower()))


def code_for(new: NewTerm, taken: Collection[str]) -> str:
    """The code of a new term, from its English name without any word that gives a reader away; none of `taken`."""
    if new.kind is TermKind.LANGUAGE:
        return new.tag
    plain = unicodedata.normalize("NFKD", new.names[DEFAULT_LANGUAGE]).encode("ascii", "ignore").decode("ascii")
    words = [word for word in re.findall("[a-z0-9]+", plain.lower().replace("'", "")) if not is_telling(word)]
    joint = "-" if new.kind is TermKind.AREA else "_"
    own = joint.join(words)[:LONGEST_CODE].strip(joint) or "term"
    start = {TermKind.GROUND: f"{new.parent}.", TermKind.AREA: f"{new.sort}."}.get(new.kind, "")
    candidates = (f"{start}{own}{f'{joint}{number}' if number > 1 else ''}" for number in range(1, len(taken) + 2))
    return next(code for code in candidates if code not in taken and not is_telling(code))


def _refuse(violations: tuple[Violation, ...]) -> None:
    if violations:
        raise TermInvalid(violations)


def _of_new(new: NewTerm, taxonomy: Taxonomy) -> Iterator[Violation]:
    if DEFAULT_LANGUAGE not in new.names:
        yield Violation("name", Problem.EMPTY)
    for language, name in new.names.items():
        yield from _of_words(TermWords(name=name), language, taxonomy.of(new.kind))
    if new.kind in {TermKind.GROUND, TermKind.AREA}:
        can_hold = taxonomy.top(TermKind.GROUND) if new.kind is TermKind.GROUND else taxonomy.of(TermKind.AREA)
        if new.parent not in {term.code for term in can_hold if not term.retired}:
            yield Violation("parent", Problem.UNKNOWN)
    elif new.parent:
        yield Violation("parent", Problem.UNKNOWN)
    if new.kind is TermKind.LANGUAGE:
        yield from _of_tag(new.tag, taxonomy)
    if new.kind is TermKind.AREA:
        yield from _of_area(new)


def _of_tag(tag: str, taxonomy: Taxonomy) -> Iterator[Violation]:
    if not _LANGUAGE.fullmatch(tag):
        yield Violation("tag", Problem.LANGUAGE)
    elif taxonomy.has(TermKind.LANGUAGE, taxonomy.current(TermKind.LANGUAGE, tag)):
        yield Violation("tag", Problem.TAKEN)


def _of_area(new: NewTerm) -> Iterator[Violation]:
    if new.sort not in AREA_SORTS:
        yield Violation("sort", Problem.UNKNOWN)
    figures = (("latitude", new.latitude, LATITUDES), ("longitude", new.longitude, LONGITUDES))
    for name, figure, (least, most) in figures:
        if figure is None or not least <= figure <= most:
            yield Violation(name, Problem.NOT_ON_THE_MAP)


def _of_words(words: TermWords, language: str, others: Collection[Term]) -> Iterator[Violation]:
    if not words.name and (language == DEFAULT_LANGUAGE or words.description or words.examples):
        yield Violation("name", Problem.EMPTY)
    taken = {other.names[language].casefold() for other in others if language in other.names}
    if words.name.casefold() in taken:
        yield Violation("name", Problem.TAKEN)
    yield from _of_text("name", words.name, LONGEST_NAME)
    yield from _of_text("description", words.description, LONGEST_DESCRIPTION)
    if len(words.examples) > MOST_EXAMPLES:
        yield Violation("examples", Problem.TOO_MANY)
    for example in words.examples:
        yield from _of_text("examples", example, LONGEST_EXAMPLE)


def _of_text(name: str, text: str, longest: int) -> Iterator[Violation]:
    if text != " ".join(text.split()) or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        yield Violation(name, Problem.UNTIDY)
    if len(text) > longest:
        yield Violation(name, Problem.TOO_LONG)
