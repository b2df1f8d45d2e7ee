"""What helps to decide about a change: earlier answers of the organisation, and where the facts came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from directory.changes.views import ChangeView
from directory.checks.keeping import day_of
from directory.checks.queries import last_answers
from directory.checks.rules import AnswerKind
from directory.organisations.provenance import Source
from directory.organisations.queries import sources_of
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


def context_of(session: Session, view: ChangeView) -> Context:
    """What is known about the organisation; nothing of a new one."""
    if view.organisation_id is None:
        return Context()
    answers = tuple(
        ", ".join(filter(None, (date_in_words(day_of(answer.at)), answer.name, ANSWERS[answer.kind])))
        for answer in last_answers(session, view.organisation_id, MOST_ANSWERS)
    )
    return Context(answers, sources_of(session, view.organisation_id))
