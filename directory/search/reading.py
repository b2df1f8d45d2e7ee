"""Answering questions with one state of the index: find, loosen, order, group, count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from directory.lexicon.lexicon import Lexicon
from directory.search import filters
from directory.search.concepts import ALWAYS_OPEN, UNSAID
from directory.search.criteria import (
    Facet,
    Loosening,
    OrganisationHit,
    Reason,
    ReasonKind,
    SearchCriteria,
    SearchResults,
    ServiceHit,
)
from directory.search.places import Place, Places
from directory.search.ranking import ANYONE, NEAR_METRES, WALK, Scored, distance, fitness, general_help, rank
from directory.search.snapshot import Snapshot
from directory.search.spelling import Spelling
from directory.search.understanding import ENGLISH, Understanding, understand
from directory.search.vocabulary import Vocabulary

PAGE_SIZE = 20
HELPLINES = 3
FEW = 3
"""With fewer organisations found than this, helplines are shown too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What answers a question, after giving up what left nothing."""

    criteria: SearchCriteria
    """What was asked, without what was given up."""
    place: Place | None
    scored: Mapping[int, Scored]
    """All services that answer the words, by position, whatever the filters say."""
    kept: frozenset[int]
    """Those of them that pass the filters."""
    loosened: tuple[Loosening, ...] = ()


@dataclass
class Reading:
    """One snapshot of the index with the words and places that people use: answers any number of questions."""

    snapshot: Snapshot
    vocabulary: Vocabulary
    lexicon: Lexicon
    places: Places

    @cached_property
    def spelling(self) -> Spelling:
        """Mends words against this snapshot's."""
        known = {*self.snapshot.vocabulary, *self.lexicon.words(), *self.places.words()}
        return Spelling(known, self.snapshot.name_words)

    @cached_property
    def offered(self) -> Vocabulary:
        """The values that the filters offer: retired terms only while a service has them."""
        return self.vocabulary.in_use(self.snapshot.with_feature)

    def search(self, criteria: SearchCriteria, now: datetime) -> SearchResults:
        """Answer one question."""
        criteria = self.vocabulary.criteria(criteria)
        question, mended = self._understand(criteria)
        found = self._find(replace(criteria, words=mended or criteria.words), question, now)
        ordered = self._group(found)
        pages = max(1, -(-len(ordered) // PAGE_SIZE))
        page = min(max(criteria.page, 1), pages)
        counted = self._within(frozenset(found.scored), found.criteria, found.place)
        return SearchResults(
            asked=criteria,
            total=len(ordered),
            hits=tuple(self._hit(positions, found) for positions in ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
            page=page,
            pages=pages,
            facets=filters.counts(self.snapshot, found.criteria, self.offered, counted, now),
            understood=question.understood,
            loosened=found.loosened,
            did_you_mean=mended,
            place=found.place.name if found.place else "",
            helplines=self._helplines() if found.loosened or len(ordered) < FEW else (),
        )

    def _understand(self, criteria: SearchCriteria) -> tuple[Understanding, str]:
        """The question and, where its spelling was mended, the mended words."""
        question = self._read(criteria.words, criteria)
        if criteria.literal or not criteria.words or question.language != ENGLISH:
            return question, ""
        mended = self.spelling.mend(criteria.words, question.explained)
        if not mended and not question.explained and not self.snapshot.text_scores(dict.fromkeys(question.terms, 1.0)):
            mended = self.spelling.mend(criteria.words, question.explained, also_english=True)
        return (self._read(mended, criteria), mended) if mended else (question, "")

    def _read(self, words: str, criteria: SearchCriteria) -> Understanding:
        question = understand(words, self.lexicon, self.snapshot.names, criteria.ignored, criteria.language)
        return replace(question, wanted=self.vocabulary.weights(question.wanted))

    def _find(self, criteria: SearchCriteria, question: Understanding, now: datetime) -> Found:
        """What answers the question; if nothing does, after giving up the first thing that helps, or everything."""
        place = self.places.find(criteria.near) if criteria.near else None
        scored = self._scored(criteria, question, place)
        for given_up in ((), *((step,) for step in Loosening), tuple(Loosening)):
            tried = _without(criteria, given_up)
            if given_up and tried == criteria:
                continue
            answering = scored if tried.words == criteria.words else self._for_anyone()
            limits = filters.chosen(self.snapshot, tried, self.vocabulary, now).values()
            kept = self._within(frozenset(answering).intersection(*limits), tried, place)
            if kept:
                helped = tuple(step for step in given_up if _without(criteria, (step,)) != criteria)
                return Found(criteria=tried, place=place, scored=answering, kept=kept, loosened=helped)
        return Found(criteria=criteria, place=place, scored={}, kept=frozenset())

    def _scored(self, criteria: SearchCriteria, question: Understanding, place: Place | None) -> dict[int, Scored]:
        """Every service that answers the words; where there are none all of them, those first that help most."""
        if criteria.words:
            return rank(self.snapshot, question, place or self.places.mentioned(criteria.words))
        says_what = criteria.near or criteria.values(Facet.KIND)
        wanted = {} if says_what else self.vocabulary.weights(UNSAID)
        grounds = criteria.values(Facet.GROUND)
        documents = enumerate(self.snapshot.documents)
        return {n: Scored(general_help(document, wanted) + fitness(document, grounds), []) for n, document in documents}

    def _for_anyone(self) -> dict[int, Scored]:
        """Every service, those first that help whatever has happened: for words that nothing answers."""
        wanted = self.vocabulary.weights(ANYONE)
        return {n: Scored(general_help(document, wanted), []) for n, document in enumerate(self.snapshot.documents)}

    def _within(self, positions: frozenset[int], criteria: SearchCriteria, place: Place | None) -> frozenset[int]:
        """Those that have a location near the place asked for, if one is."""
        if not criteria.near or place is None:
            return positions
        documents = self.snapshot.documents
        return frozenset(
            n for n in positions if (metres := distance(documents[n], place)) is not None and metres <= NEAR_METRES
        )

    def _group(self, found: Found) -> list[list[int]]:
        """The services by organisation, each with its best first, the organisations by their best service."""
        keys = {n: self._key(n, found) for n in found.kept}
        by_organisation: dict[str, list[int]] = {}
        for n in sorted(found.kept, key=lambda n: keys[n]):
            by_organisation.setdefault(self.snapshot.documents[n].organisation, []).append(n)
        return list(by_organisation.values())

    def _key(self, n: int, found: Found) -> tuple[float, str, str]:
        """Sorts best first; the slug decides between equals."""
        document = self.snapshot.documents[n]
        score = found.scored[n].score + filters.preference(document.features, found.criteria)
        if found.criteria.near and found.place and (metres := distance(document, found.place)) is not None:
            score += 1 / (1 + metres / WALK)
        return (-round(score, 6), document.slug, str(document.card["service_id"]))

    def _hit(self, positions: Sequence[int], found: Found) -> OrganisationHit:
        first = self.snapshot.documents[positions[0]]
        services = (ServiceHit(self.snapshot.documents[n].card, self._reasons(n, found)) for n in positions)
        return OrganisationHit(first.slug, str(first.card["organisation"]), tuple(services))

    def _reasons(self, n: int, found: Found) -> tuple[Reason, ...]:
        document = self.snapshot.documents[n]
        reasons = list(found.scored[n].reasons) if n in found.scored else []
        reasons += [reason for reason in filters.reasons(document.features, found.criteria) if reason not in reasons]
        if found.criteria.words and not reasons:
            reasons.append(Reason(ReasonKind.WORDS, ""))
        if found.criteria.near and found.place and (metres := distance(document, found.place)) is not None:
            reasons.append(Reason(ReasonKind.NEAR, str(round(metres))))
        return tuple(reasons)

    def _helplines(self) -> tuple[OrganisationHit, ...]:
        """Lines for everybody, those open day and night first."""
        have, documents = self.snapshot.with_feature, self.snapshot.documents
        lines = have.get("kind:helpline", frozenset()) & have.get("ground:all", frozenset())

        def unfitness(n: int) -> tuple[bool, bool, str]:
            return ALWAYS_OPEN not in documents[n].features, "is:phone" not in documents[n].features, documents[n].slug

        nobody = Found(criteria=SearchCriteria(), place=None, scored={}, kept=frozenset())
        return tuple(self._hit([n], nobody) for n in sorted(lines, key=unfitness)[:HELPLINES])


def _without(criteria: SearchCriteria, given_up: Sequence[Loosening]) -> SearchCriteria:
    """`criteria` with some of what it asks given up."""
    return replace(
        criteria,
        chosen={facet: values for facet, values in criteria.chosen.items() if values and facet.value not in given_up},
        near="" if Loosening.NEAR in given_up else criteria.near,
        words="" if Loosening.WORDS in given_up else criteria.words,
    )
