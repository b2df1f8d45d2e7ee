"""What helps to decide about a change: earlier answers, where the facts came from, what a new organisation is like."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from directory.changes.rules import NEW_ORGANISATION, Origin
from directory.changes.views import ChangeView
from directory.checks.keeping import day_of
from directory.checks.queries import last_answers
from directory.checks.rules import AnswerKind
from directory.exchange.imports.queries import source_of_change
from directory.organisations.provenance import Source
from directory.organisations.queries import sources_of
from directory.signals.queries import suggestions_of_change
from directory.web.admin.likeness_words import Warned, like_in_words, not_listed_in_words
from directory.web.entry_words import date_in_words

ANSWERS: Mapping[AnswerKind, str] = {
    AnswerKind.ALL_CORRECT: "all is correct",
    AnswerKind.CHANGED: "something has changed",
    AnswerKind.PART: "checked a part of it",
    AnswerKind.CLOSED: "closed, or no longer do this",
    AnswerKind.WRONG_PERSON: "the wrong person to ask",
    AnswerKind.PHONE: "an officer rang: all is correct",
    AnswerKind.SOURCE: "an officer looked at its source: all is correct",
}
MOST_ANSWERS = 4


@dataclass(frozen=True, slots=True)
class Context:
    """Earlier answers, each in a line, and the sources."""

    answers: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    like: tuple[Warned, ...] = ()
    """Entries that a new organisation may be the same as."""
    not_listed: tuple[str, ...] = ()
    """What is not to be listed again and is like it."""
    how_known: tuple[str, ...] = ()
    """How those who suggested it say that they know it."""
    file: str = ""
    """Where the file came from that it was imported with."""


def context_of(session: Session, view: ChangeView) -> Context:
    """What is known about the organisation; of a new one, what it is like; and what whoever sent it says."""
    how_known: tuple[str, ...] = ()
    if view.origin is Origin.SUGGESTION and any(unit.difference.path == NEW_ORGANISATION for unit in view.units):
        how_known = tuple(one.how_known for one in suggestions_of_change(session, view.id) if one.how_known)
    file = source_of_change(session, view.id) if view.origin is Origin.IMPORT else ""
    return replace(_context_of(session, view), how_known=how_known, file=file)


def _context_of(session: Session, view: ChangeView) -> Context:
    if view.organisation_id is None:
        (proposed,) = (unit.difference.new for unit in view.units)
        like, not_listed = like_in_words(session, proposed), not_listed_in_words(session, proposed)
        return Context(like=tuple(like), not_listed=tuple(not_listed))
    answers = tuple(
        ", ".join(filter(None, (date_in_words(day_of(answer.at)), answer.name, ANSWERS[answer.kind])))
        for answer in last_answers(session, view.organisation_id, MOST_ANSWERS)
    )
    return Context(answers, sources_of(session, view.organisation_id))
