"""Where the facts of an entry came from: private, and no part of what its keepers edit."""

from dataclasses import dataclass

from directory.organisations.rules import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page, paper or list that the facts were taken from; `date` is as precise as known (`2025`, `2025-03-02`)."""

    url: str
    date: str | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """How sure whoever wrote the entry was, what they read, and what they noted for the desk."""

    confidence: Confidence | None = None
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
