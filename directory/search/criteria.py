"""What is asked of the search, and what it answers: frozen values that the pages and the engine share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Facet(StrEnum):
    """The filters that take one or more of a list of values; the value is the name in the URL."""

    GROUND = "ground"
    KIND = "kind"
    LANGUAGE = "language"
    REPORT = "report"
    FOR = "for"
    MORE = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchCriteria:
    """One question: words, filters, a place. Several values of one facet widen, several facets narrow."""

    words: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    near: str = ""
    """A place as typed: a postcode, a district, a ward or a name such as Wood Green."""
    ignored: tuple[str, ...] = ()
    """Understood concepts that the reader has taken away (`ground:religion.sikh`)."""
    language: str = "en"
    """The language of the reader's page."""
    literal: bool = False
    """Search the words as typed, without mending their spelling."""
    page: int = 1

    def values(self, facet: Facet) -> tuple[str, ...]:
        """The chosen values of one facet."""
        return self.chosen.get(facet, ())


class ReasonKind(StrEnum):
    """Why a service matched."""

    WORDS = "words"
    NAME = "name"
    GROUND = "ground"
    KIND = "kind"
    LANGUAGE = "language"
    INTERPRETING = "interpreting"
    ALL_GROUNDS = "all_grounds"
    REPORT = "report"
    FOR = "for"
    MORE = "more"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its kind, and the term's code or the word (for NEAR the distance in whole metres)."""

    kind: ReasonKind
    value: str


@dataclass(frozen=True, slots=True)
class ServiceHit:
    """A service that matched. `card` is what a result card shows (see `search/card.py`)."""

    card: Mapping[str, object]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OrganisationHit:
    """An organisation with those of its services that matched, best first."""

    slug: str
    name: str
    services: tuple[ServiceHit, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a filter. `count`: organisations found by choosing it too (interpreting ones told apart)."""

    value: str
    count: int
    chosen: bool
    interpreting: int = 0


@dataclass(frozen=True, slots=True)
class Understood:
    """A concept that the words were understood to mean: facet or kind of concept, its code, and the reader's words."""

    kind: str
    code: str
    words: str


class Loosening(StrEnum):
    """What was given up so that the page is not empty."""

    NEAR = "near"
    MORE = "more"
    FOR = "for"
    REPORT = "report"
    KIND = "kind"
    LANGUAGE = "language"
    GROUND = "ground"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """The answer to one question."""

    asked: SearchCriteria
    """What was asked, in today's terms."""
    total: int
    """Organisations found in all."""
    hits: tuple[OrganisationHit, ...]
    """Those of the asked page."""
    page: int
    pages: int
    facets: Mapping[Facet, tuple[FacetValue, ...]]
    understood: tuple[Understood, ...] = ()
    loosened: tuple[Loosening, ...] = ()
    did_you_mean: str = ""
    """The words with their spelling mended, where the mended ones were searched."""
    place: str = ""
    """The name of the place that `near` was understood as, empty if none."""
    helplines: tuple[OrganisationHit, ...] = ()
    """Lines for anyone, at any hour, shown when little or nothing was found."""
