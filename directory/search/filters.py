"""Filters and their counts: which services each value lets through."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from directory.clock import LONDON
from directory.organisations.hours import is_open
from directory.search.criteria import (
    Facet,
    FacetValue,
    Reason,
    ReasonKind,
    SearchCriteria,
)
from directory.search.ranking import interprets, ways_of_interpreting
from directory.search.snapshot import Document, Snapshot
from directory.search.vocabulary import Vocabulary

_EMPTY: frozenset[int] = frozenset()


def allowed(snapshot: Snapshot, facet: Facet, value: str, vocabulary: Vocabulary, now: datetime) -> frozenset[int]:
    """Positions of the services that a value of a facet lets through."""
    if facet is Facet.GROUND:
        codes = vocabulary.under.get(value, (value,))
        return snapshot.having("ground:all", *(f"ground:{code}" for code in codes))
    if facet is Facet.LANGUAGE:
        return snapshot.having(f"language:{value}", *ways_of_interpreting(value))
    if (facet, value) == (Facet.MORE, "open_now"):
        return open_now(snapshot, now)
    return snapshot.having(f"{facet}:{value}")


def open_now(snapshot: Snapshot, now: datetime) -> frozenset[int]:
    """Positions of the services open at `now`; worked out once a minute."""
    minute = now.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")
    if snapshot.opening[0] != minute:
        opened = frozenset(n for n, document in enumerate(snapshot.documents) if _is_open(document, now))
        snapshot.opening = (minute, opened)
    return snapshot.opening[1]


def chosen(
    snapshot: Snapshot, criteria: SearchCriteria, vocabulary: Vocabulary, now: datetime
) -> dict[Facet, frozenset[int]]:
    """For each facet with a choice, the services that it lets through: several values widen."""
    return {
        facet: _EMPTY.union(*(allowed(snapshot, facet, value, vocabulary, now) for value in values))
        for facet in Facet
        if (values := criteria.values(facet))
    }


def counts(
    snapshot: Snapshot,
    criteria: SearchCriteria,
    vocabulary: Vocabulary,
    found: frozenset[int],
    now: datetime,
) -> dict[Facet, tuple[FacetValue, ...]]:
    """For every value, how many organisations choosing it alone in its facet would give, the other facets as chosen."""
    limits = chosen(snapshot, criteria, vocabulary, now)
    return {facet: tuple(_counted(snapshot, criteria, vocabulary, facet, found, limits, now)) for facet in Facet}


def _counted(
    snapshot: Snapshot,
    criteria: SearchCriteria,
    vocabulary: Vocabulary,
    facet: Facet,
    found: frozenset[int],
    limits: Mapping[Facet, frozenset[int]],
    now: datetime,
) -> Iterator[FacetValue]:
    others = found.intersection(*(limit for other, limit in limits.items() if other is not facet))
    for value in vocabulary.values[facet]:
        through = others & allowed(snapshot, facet, value, vocabulary, now)
        organisations = snapshot.organisations(through)
        interpreting = 0
        if facet is Facet.LANGUAGE:
            speaking = snapshot.organisations(through & snapshot.having(f"language:{value}"))
            interpreting = len(organisations - speaking)
        yield FacetValue(value, len(organisations), value in criteria.values(facet), interpreting)


def _is_open(document: Document, now: datetime) -> bool:
    hours = {document.card["opening_hours"], *(phone["opening_hours"] for phone in document.card["phones"])}
    return any(is_open(expression, now) for expression in hours if expression)


def preference(features: frozenset[str], criteria: SearchCriteria) -> float:
    """What puts one filtered service before another: specialists before those for all, speakers before interpreters."""
    score = 0.0
    for code in criteria.values(Facet.GROUND):
        score += 1.0 if f"ground:{code}" in features else 0.0
    if any(f"language:{tag}" in features for tag in criteria.values(Facet.LANGUAGE)):
        score += 2.0
    return score


def reasons(features: frozenset[str], criteria: SearchCriteria) -> Iterator[Reason]:
    """Why a service passed the filters."""
    for code in criteria.values(Facet.GROUND):
        if f"ground:{code}" in features or any(f.startswith(f"ground:{code}.") for f in features):
            yield Reason(ReasonKind.GROUND, code)
        elif "ground:all" in features:
            yield Reason(ReasonKind.ALL_GROUNDS, "")
    for tag in criteria.values(Facet.LANGUAGE):
        if f"language:{tag}" in features:
            yield Reason(ReasonKind.LANGUAGE, tag)
        elif interprets(features, tag):
            yield Reason(ReasonKind.INTERPRETING, tag)
    for facet in (Facet.KIND, Facet.REPORT, Facet.FOR, Facet.MORE):
        yield from (Reason(ReasonKind(facet.value), v) for v in criteria.values(facet) if f"{facet}:{v}" in features)
