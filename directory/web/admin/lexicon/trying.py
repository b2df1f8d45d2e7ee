"""A search that is tried on the desk: what the words are understood as and what comes first. Nothing is kept of it."""

from dataclasses import dataclass
from datetime import datetime

from directory.lexicon.rules import WordGroup
from directory.search.criteria import OrganisationHit, SearchCriteria, SearchResults
from directory.web.admin.lexicon.words import name_of
from directory.web.names import Names
from directory.web.search_words import loosened_in_words, reason_in_words
from directory.web.searching import asked_of_the_search

SHOWN = 5
LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """An organisation that was found, and why."""

    name: str
    slug: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search makes of the words."""

    title: str
    understood: tuple[tuple[str, str], ...]
    """The words, and what they are understood to mean."""
    mended: str
    given_up: str
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A question with its answers: as it is now, and as it would be."""

    question: str
    answers: tuple[Answer, ...]

    @property
    def is_same(self) -> bool:
        """Whether the change changes nothing for this question."""
        return len({(answer.understood, answer.total, answer.hits) for answer in self.answers}) == 1


def tried(
    question: str,
    language: str,
    names: Names,
    now: datetime,
    *,
    without: WordGroup | None = None,
    added: WordGroup | None = None,
) -> Tried:
    """Ask the search, as it is and with one group of words in the place of another."""
    criteria = SearchCriteria(words=question[:LONGEST_QUESTION], language=language)
    before, after = asked_of_the_search(lambda search: search.try_out(criteria, now, without=without, added=added))
    answers = [_answer("Now", before, names)]
    if without or added:
        answers.append(_answer("With your change", after, names))
    return Tried(question, tuple(answers))


def _answer(title: str, results: SearchResults, names: Names) -> Answer:
    understood = (
        (found.words, name_of(f"{found.kind}:{found.code}" if found.kind else found.code, names))
        for found in results.understood
    )
    return Answer(
        title=title,
        understood=tuple(understood),
        mended=results.did_you_mean,
        given_up=loosened_in_words(results.loosened, has_choices=False),
        total=results.total,
        hits=tuple(_hit(hit, names) for hit in results.hits[:SHOWN]),
    )


def _hit(hit: OrganisationHit, names: Names) -> Hit:
    reasons = dict.fromkeys(reason_in_words(reason, names) for service in hit.services for reason in service.reasons)
    return Hit(hit.name, hit.slug, ", ".join(reasons))
