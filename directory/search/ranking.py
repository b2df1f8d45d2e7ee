"""How well a service answers a question: its text, what it is for, and how near and reachable it is."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from directory.search import concepts
from directory.search.analyzers import stemmed
from directory.search.criteria import Reason, ReasonKind
from directory.search.places import Place, distance_metres
from directory.search.snapshot import Document, Snapshot
from directory.search.understanding import ENGLISH, Understanding

# Weights found by trying judged queries (tests/search_quality); 1 is a kind of service asked for by name.
TEXT = 0.14
"""For each point of BM25F."""
ADDED = 1.2
"""For the English words that the lexicon adds, which share it; a reader's own word has 1."""
MOST_ADDED = 0.4
"""For one added word at most."""
OF_PLACE = 0.3
"""For a reader's word that is part of the name of a place, since nearness counts by itself."""
MEANT = 0.5
"""For a reader's word that the lexicon explains, since its meaning counts by itself."""
NAMED = 4.0
GROUND = 1.9
COMMON, RARE, RARER = 0.7, 0.4, 0.35
"""Of the weight of a feature: the least, and what it grows by for each time that it is e times rarer."""
LANGUAGE = 1.6
INTERPRETING = 0.4
NEARBY = 0.6
SERVES = 0.3
"""For a service of the borough that has no place of its own, when a place is named."""
WALK = 1500
"""Metres after which nearness counts half."""
NEAR_METRES = 8000
"""How far a place may be to count as near: about half an hour by bus."""
STANDING: Mapping[str, float] = {
    concepts.LOCAL: 0.2,
    "is:london": 0.1,
    "is:phone": 0.12,
    "is:reachable": 0.1,
    "is:tenants_only": -0.9,
    "ground:all": 0.05,
    "is:overdue": -0.3,
    "is:told_changed": -0.3,
    "is:told_closed": -0.6,
}
"""What makes one of two equally good answers the better one."""
SHARE = 0.3
"""Services below this share of the best score are not results."""
FOR_EVERYBODY = 0.3
"""Of the weight of a ground, for a service that is for all grounds."""
OTHER_SPECIALIST = -0.6
"""For a service that is there for other people than those asked for."""
UNASKED = 0.8
"""Of the score of a service that is there for some people only, where nobody says whom it is for."""
FEW_GROUNDS = 2
WHOLE = 3
"""Whoever is there for so many groups of a ground is there for all of it."""

_REASONS = {
    "ground": ReasonKind.GROUND,
    "kind": ReasonKind.KIND,
    "language": ReasonKind.LANGUAGE,
    "report": ReasonKind.REPORT,
    "for": ReasonKind.FOR,
    "more": ReasonKind.MORE,
}


@dataclass(slots=True)
class Scored:
    """A service's score for the words of a question, with why."""

    score: float
    reasons: list[Reason]


def standing(document: Document) -> float:
    """The part of the score that does not depend on the question."""
    return sum(weight for feature, weight in STANDING.items() if feature in document.features)


ANYONE: Mapping[str, float] = {**concepts.UNSAID, "ground:all": 1.0, concepts.ALWAYS_OPEN: 0.3}
"""What helps somebody of whom nothing is known."""


def general_help(document: Document, wanted: Mapping[str, float]) -> float:
    """How well a service serves somebody who wants these features."""
    return standing(document) + sum(weight for feature, weight in wanted.items() if feature in document.features)


def fitness(document: Document, grounds: tuple[str, ...]) -> float:
    """How well a service fits somebody who is targeted for one of these grounds; 0 where there are none."""
    return sum(points for points, _ in _grounds(document, grounds)) if grounds else 0.0


def rank(snapshot: Snapshot, question: Understanding, place: Place | None) -> dict[int, Scored]:
    """The services that answer the words of `question`, by position, those far below the best left out."""
    scored: dict[int, Scored] = {}
    for position, points in _text(snapshot, question, place).items():
        _add(scored, position, TEXT * points, None)
    for position, points, reason in _concepts(snapshot, question):
        _add(scored, position, points, reason)
    if place:
        for position, document in enumerate(snapshot.documents):
            if (metres := distance(document, place)) is not None and metres <= NEAR_METRES:
                _add(scored, position, NEARBY / (1 + metres / WALK), Reason(ReasonKind.NEAR, str(round(metres))))
            elif concepts.LOCAL in document.features:
                _add(scored, position, SERVES, None)
    asked = {position: found for position, found in scored.items() if found.score > 0}
    for position, found in asked.items():
        if not question.grounds and position in snapshot.for_some:
            found.score *= UNASKED
        found.score += standing(snapshot.documents[position])
    best = max((found.score for found in asked.values()), default=0.0)
    return {position: found for position, found in asked.items() if found.score >= SHARE * best}


def distance(document: Document, place: Place) -> float | None:
    """Metres from `place` to the nearest location of a service, None if it has none that is known."""
    return min(
        (distance_metres((place.latitude, place.longitude), point) for point in document.where),
        default=None,
    )


def _add(scored: dict[int, Scored], position: int, points: float, reason: Reason | None) -> None:
    found = scored.setdefault(position, Scored(0.0, []))
    found.score += points
    if reason and points > 0 and reason not in found.reasons:
        found.reasons.append(reason)


def _text(snapshot: Snapshot, question: Understanding, place: Place | None) -> dict[int, float]:
    """Points for words: all fields in English, names alone for words of another language."""
    of_place = stemmed(place.name) if place else []
    own = {term: OF_PLACE if term in of_place else MEANT if term in question.meant else 1.0 for term in question.terms}
    added = dict.fromkeys(question.added, min(MOST_ADDED, ADDED / max(1, len(question.added))))
    if question.language == ENGLISH:
        return snapshot.text_scores(own | added)
    points = snapshot.text_scores(added)
    for position, more in snapshot.text_scores(own, ("name", "place")).items():
        points[position] = points.get(position, 0.0) + more
    return points


def _concepts(snapshot: Snapshot, question: Understanding) -> Iterator[tuple[int, float, Reason | None]]:
    """Points by position for names, features, languages and grounds, in this order, with why."""
    if question.named:
        for position, document in enumerate(snapshot.documents):
            if document.slug in question.named:
                yield position, NAMED, Reason(ReasonKind.NAME, document.slug)
    languages = []
    for feature, weight in question.wanted.items():
        kind, _, value = feature.partition(":")
        if kind == "language":
            languages.append(value)
        elif kind != "ground" or value == "all":
            reason = Reason(_REASONS[kind], value) if kind in _REASONS else None
            points = weight * _rarity(snapshot, feature) if reason else weight
            yield from ((position, points, reason) for position in snapshot.having(feature))
    for language in languages:
        yield from _language(snapshot, language)
    if question.grounds:
        for position, document in enumerate(snapshot.documents):
            yield from ((position, points, reason) for points, reason in _grounds(document, question.grounds))


def _rarity(snapshot: Snapshot, feature: str) -> float:
    """What few services have tells them apart better than what many have (as with words: Spärck Jones, 1972)."""
    having = len(snapshot.having(feature))
    return max(COMMON, RARE + RARER * math.log(len(snapshot.documents) / having)) if having else 0.0


def _language(snapshot: Snapshot, language: str) -> Iterator[tuple[int, float, Reason]]:
    speaking = snapshot.having(f"language:{language}")
    yield from ((position, LANGUAGE, Reason(ReasonKind.LANGUAGE, language)) for position in speaking)
    able = snapshot.having(*ways_of_interpreting(language)) - speaking
    yield from ((position, INTERPRETING, Reason(ReasonKind.INTERPRETING, language)) for position in able)


def ways_of_interpreting(language: str) -> tuple[str, ...]:
    """The features of services that can get an interpreter for `language`."""
    return ("interpreting:bsl",) if language == "bfi" else ("interpreting:on_request", "interpreting:telephone")


def interprets(features: frozenset[str], language: str) -> bool:
    """Whether a service can get an interpreter for `language`."""
    return not features.isdisjoint(ways_of_interpreting(language))


def _grounds(document: Document, asked: tuple[str, ...]) -> Iterable[tuple[float, Reason | None]]:
    """Specialists for what is asked come first, then the ground as a whole, then services for everybody."""
    held = {feature[7:] for feature in document.features if feature.startswith("ground:")}
    fit, code = max((_fit(code, held, frozenset(asked)), code) for code in asked)
    if fit:
        yield GROUND * fit, Reason(ReasonKind.GROUND, code)
    elif "all" in held:
        yield GROUND * FOR_EVERYBODY, Reason(ReasonKind.ALL_GROUNDS, "")
    elif any("." in code for code in held):
        yield OTHER_SPECIALIST, None


def _fit(code: str, held: set[str], asked: frozenset[str]) -> float:
    """How well the grounds that a service holds fit one ground asked for, from 0 to 1."""
    ground = code.partition(".")[0]
    if code in held and ("." in code or not _is_specialist(held, ground)):
        return 1.0 if "." in code else 0.7
    if ground not in held:
        return 0.0
    if _is_specialist(held, ground):
        return 0.35 if code == ground or held & asked - {ground} else 0.1
    return 0.55


def _is_specialist(held: set[str], ground: str) -> bool:
    """Whether a service that holds `ground` is there for some of its people, or for one group of another ground."""
    narrower = {code for code in held if "." in code}
    own = sum(code.startswith(f"{ground}.") for code in narrower)
    if own >= WHOLE:
        return False
    return own > 0 or (bool(narrower) and len(held - narrower) <= FEW_GROUNDS)
