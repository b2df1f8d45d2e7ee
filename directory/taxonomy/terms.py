"""The terms of the taxonomy as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from directory.errors import DomainError

DEFAULT_LANGUAGE = "en"
LANGUAGE_ORDER = ("en", "tr", "pl", "es", "pt", "ro", "bg", "el", "fr", "so", "ku", "sq", "ar", "fa", "bn", "zh")
"""The languages of the pages. Texts are listed in this order, then those in other languages by tag."""


class TermKind(StrEnum):
    """What a term describes; a code is unique within its kind."""

    GROUND = "ground"
    KIND = "kind"
    LANGUAGE = "language"
    AREA = "area"
    ACCESS = "access"


def language_order(tag: str) -> tuple[int, str]:
    """Sort key of a language tag, in the order in which texts are listed."""
    return (LANGUAGE_ORDER.index(tag) if tag in LANGUAGE_ORDER else len(LANGUAGE_ORDER)), tag


class TermUnknown(DomainError):
    """The taxonomy has no such term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term. Texts are held by language tag; every term has an English name."""

    kind: TermKind
    code: str
    names: Mapping[str, str]
    parent: str = ""
    """Code of the broader term, empty for a top one."""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    position: int = 0
    """Place in the order in which the terms of its kind are shown."""
    retired: bool = False
    """No longer offered; entries that have it may keep it."""
    merged: tuple[str, ...] = ()
    """Codes of terms that were merged into this one, in alphabetical order: who has one of them has this."""


@dataclass(frozen=True)
class Taxonomy:
    """All terms, in the order in which they are shown within each kind."""

    terms: tuple[Term, ...]

    @cached_property
    def _by_kind(self) -> Mapping[TermKind, tuple[Term, ...]]:
        return {kind: tuple(term for term in self.terms if term.kind is kind) for kind in TermKind}

    @cached_property
    def _by_code(self) -> Mapping[tuple[TermKind, str], Term]:
        return {(term.kind, term.code): term for term in self.terms}

    @cached_property
    def _narrower(self) -> Mapping[tuple[TermKind, str], tuple[Term, ...]]:
        found: dict[tuple[TermKind, str], tuple[Term, ...]] = {}
        for term in self.terms:
            found[term.kind, term.parent] = (*found.get((term.kind, term.parent), ()), term)
        return found

    @cached_property
    def successors(self) -> Mapping[tuple[TermKind, str], str]:
        """Of each term that was merged into another, the code of that one."""
        return {(term.kind, code): term.code for term in self.terms for code in term.merged}

    def of(self, kind: TermKind) -> tuple[Term, ...]:
        """All terms of one kind."""
        return self._by_kind[kind]

    def offered(self, kind: TermKind) -> tuple[Term, ...]:
        """The terms of one kind that an entry may be given."""
        return tuple(term for term in self.of(kind) if not term.retired)

    def offers(self, kind: TermKind, code: str) -> bool:
        """Whether an entry may be given such a term."""
        return self.has(kind, code) and not self.term(kind, code).retired

    def current(self, kind: TermKind, code: str) -> str:
        """The code that stands for `code` today: that of the term it was merged into, else itself."""
        return self.successors.get((kind, code), code)

    def top(self, kind: TermKind) -> tuple[Term, ...]:
        """The terms of one kind that have no broader one."""
        return self.narrower(kind, "")

    def term(self, kind: TermKind, code: str) -> Term:
        """One term, or TermUnknown."""
        try:
            return self._by_code[kind, code]
        except KeyError:
            raise TermUnknown(f"{kind} {code}") from None

    def has(self, kind: TermKind, code: str) -> bool:
        """Whether there is such a term."""
        return (kind, code) in self._by_code

    def name(self, kind: TermKind, code: str, language: str = DEFAULT_LANGUAGE) -> str:
        """The name of a term, or of the one it was merged into, in a language; in English where it has none in that."""
        names = self.term(kind, self.current(kind, code)).names
        return names.get(language) or names[DEFAULT_LANGUAGE]

    def narrower(self, kind: TermKind, code: str) -> tuple[Term, ...]:
        """The terms directly under one."""
        return self._narrower.get((kind, code), ())

    def under(self, kind: TermKind, code: str) -> frozenset[str]:
        """The codes of a term and of all below it."""
        below = (self.under(kind, term.code) for term in self.narrower(kind, code))
        return frozenset({self.term(kind, code).code}).union(*below)
