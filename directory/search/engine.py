"""The search: one question in, one page of answers out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy.orm import Session

from directory.organisations.queries import directory_revision
from directory.search import filters, snapshot as snapshots
from directory.search.criteria import Facet, Loosening, OrganisationHit, Reason, ReasonKind, SearchCriteria, SearchResults, ServiceHit
from directory.search.filters import Vocabulary
from directory.search.index import IndexBusy, NoIndex, SearchIndex, State
from directory.search.lexicon import Lexicon
from directory.search.places import Place, Places
from directory.search.ranking import Scored, distance, rank, standing
from directory.search.snapshot import Snapshot
from directory.search.spelling import Spelling
from directory.search.understanding import Understanding, understand

PAGE_SIZE = 20
HELPLINES = 3
FEW = 3
"""With fewer results than this, helplines are shown too."""


@dataclass(slots=True)
class Knowledge:
    """What the search knows beside the entries: words, places and the values of the filters."""

    lexicon: Lexicon
    places: Places
    vocabulary: Vocabulary


class SearchEngine:
    """Searches the index in a folder; one engine a process, safe beside others that read or write the index."""

    def __init__(self, path: Path, knowledge: Knowledge) -> None:
        self.index = SearchIndex(path)
        self.knowledge = knowledge
        self._state: State | None = None
        self._open: Reading | None = None

    def catch_up(self, session: Session) -> None:
        """Bring the index up to the database if it is behind; another process that is at it is left to it."""
        try:
            behind = self.index.state().directory_revision != directory_revision(session)
        except NoIndex:
            behind = True
        if behind:
            try:
                self.index.catch_up(session)
            except IndexBusy:
                return

    def search(self, criteria: SearchCriteria, now: datetime) -> SearchResults:
        """Answer one question. Raises NoIndex if there is no readable index yet."""
        return self._reading().search(criteria, now)

    def _reading(self) -> "Reading":
        """The newest state of the index; opened again only when it has moved on."""
        state = self.index.state()
        if self._open is None or state != self._state:
            live = snapshots.read(self.index.open(state), state.directory_revision)
            self._open, self._state = Reading(live, self.knowledge), state
        return self._open


@dataclass
class Reading:
    """One snapshot of the index with what is known: answers any number of questions."""

    snapshot: Snapshot
    knowledge: Knowledge

    @cached_property
    def spelling(self) -> Spelling:
        """Mends words against this snapshot's."""
        return Spelling({*self.snapshot.vocabulary, *self.knowledge.lexicon.words()})

    def search(self, criteria: SearchCriteria, now: datetime) -> SearchResults:
        """Answer one question."""
        question, mended = self._understand(criteria)
        place = self.knowledge.places.find(criteria.near) if criteria.near else None
        scored = self._scored(criteria, question, place)
        kept, tried, loosened = self._loosen(criteria, scored, place, now)
        ordered = self._group(kept, scored if Loosening.WORDS not in loosened else {}, question, tried, place)
        pages = max(1, -(-len(ordered) // PAGE_SIZE))
        page = min(max(criteria.page, 1), pages)
        counted = frozenset(scored) if Loosening.WORDS not in loosened else self.snapshot.everything
        return SearchResults(
            total=len(ordered),
            hits=tuple(ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
            page=page,
            pages=pages,
            facets=filters.counts(self.snapshot, tried, self.knowledge.vocabulary, self._near(counted, tried, place), now),
            understood=question.understood,
            loosened=loosened,
            did_you_mean=mended,
            place=place.name if place else "",
            helplines=self._helplines() if loosened or len(ordered) < FEW else (),
        )

    def _understand(self, criteria: SearchCriteria) -> tuple[Understanding, str]:
        """The question and, where its spelling was mended, the mended words."""
        lexicon, names = self.knowledge.lexicon, self.snapshot.names
        question = understand(criteria.words, lexicon, names, criteria.ignored)
        if criteria.literal or not criteria.words:
            return question, ""
        mended = self.spelling.mend(criteria.words, question.explained)
        if not mended:
            return question, ""
        return understand(mended, lexicon, names, criteria.ignored), mended

    def _scored(self, criteria: SearchCriteria, question: Understanding, place: Place | None) -> dict[int, Scored]:
        """Every service that answers the words; all of them where there are none."""
        if criteria.words:
            return rank(self.snapshot, question, place or self._place_in(criteria.words))
        return {n: Scored(standing(document), []) for n, document in enumerate(self.snapshot.documents)}

    def _place_in(self, words: str) -> Place | None:
        return self.knowledge.places.mentioned(words)

    def _near(self, found: frozenset[int], criteria: SearchCriteria, place: Place | None) -> frozenset[int]:
        if not criteria.near or place is None:
            return found
        reach = filters.NEAR_METRES
        documents = self.snapshot.documents
        return frozenset(n for n in found if (d := distance(documents[n], place)) is not None and d <= reach)

    def _loosen(
        self, criteria: SearchCriteria, scored: dict[int, Scored], place: Place | None, now: datetime
    ) -> tuple[frozenset[int], SearchCriteria, tuple[Loosening, ...]]:
        """What passes the filters; if nothing does, the first thing whose giving up helps, or all of them."""
        for given_up in ((), *((step,) for step in Loosening), tuple(Loosening)):
            tried = _without(criteria, given_up)
            if given_up and tried == criteria:
                continue
            found = self.snapshot.everything if Loosening.WORDS in given_up else frozenset(scored)
            limits = filters.chosen(self.snapshot, tried, self.knowledge.vocabulary, now).values()
            kept = self._near(found.intersection(*limits), tried, place)
            if kept:
                return kept, tried, tuple(step for step in given_up if _without(criteria, (step,)) != criteria)
        return frozenset(), criteria, ()

    def _group(
        self,
        kept: frozenset[int],
        scored: dict[int, Scored],
        question: Understanding,
        criteria: SearchCriteria,
        place: Place | None,
    ) -> list[OrganisationHit]:
        """The services by organisation, each with its best first, the organisations by their best service."""
        keys = {n: self._key(n, scored, criteria, place) for n in kept}
        by_organisation: dict[str, list[int]] = {}
        for n in sorted(kept, key=lambda n: keys[n]):
            by_organisation.setdefault(self.snapshot.documents[n].organisation, []).append(n)
        return [self._hit(positions, scored, criteria, place) for positions in by_organisation.values()]

    def _key(self, n: int, scored: dict[int, Scored], criteria: SearchCriteria, place: Place | None) -> tuple[object, ...]:
        """Sorts best first: score with what the filters prefer; the slug decides between equals."""
        document = self.snapshot.documents[n]
        score = scored[n].score if n in scored else standing(document)
        score += filters.preference(document.features, criteria)
        if criteria.near and place and (metres := distance(document, place)) is not None:
            score += 1 / (1 + metres / 1500)
        return (-round(score, 6), document.slug, document.card["service_id"])

    def _hit(
        self, positions: Sequence[int], scored: dict[int, Scored], criteria: SearchCriteria, place: Place | None
    ) -> OrganisationHit:
        first = self.snapshot.documents[positions[0]]
        services = tuple(ServiceHit(self.snapshot.documents[n].card, self._reasons(n, scored, criteria, place)) for n in positions)
        return OrganisationHit(first.slug, str(first.card["organisation"]), services)

    def _reasons(
        self, n: int, scored: dict[int, Scored], criteria: SearchCriteria, place: Place | None
    ) -> tuple[Reason, ...]:
        document = self.snapshot.documents[n]
        reasons = list(scored[n].reasons) if n in scored else []
        reasons += [reason for reason in filters.reasons(document.features, criteria) if reason not in reasons]
        if criteria.words and not reasons and n in scored:
            reasons.append(Reason(ReasonKind.WORDS, ""))
        if criteria.near and place and (metres := distance(document, place)) is not None:
            reasons.append(Reason(ReasonKind.NEAR, str(round(metres))))
        return tuple(reasons)

    def _helplines(self) -> tuple[OrganisationHit, ...]:
        """Lines for everybody, open day and night first."""
        def fit(n: int) -> tuple[object, ...]:
            features = self.snapshot.documents[n].features
            return ("is:always_open" not in features, "is:phone" not in features, self.snapshot.documents[n].slug)

        lines = self.snapshot.with_feature.get("kind:helpline", frozenset()) & self.snapshot.with_feature.get("ground:all", frozenset())
        best = sorted(lines, key=fit)[:HELPLINES]
        return tuple(self._hit([n], {}, SearchCriteria(), None) for n in best)


def _without(criteria: SearchCriteria, given_up: Sequence[Loosening]) -> SearchCriteria:
    """`criteria` with some of what it asks given up."""
    chosen = {facet: values for facet, values in criteria.chosen.items() if values and facet.value not in given_up}
    return replace(
        criteria,
        chosen=chosen,
        near="" if Loosening.NEAR in given_up else criteria.near,
        words="" if Loosening.WORDS in given_up else criteria.words,
    )
