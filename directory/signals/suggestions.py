"""Organisations that people think should be listed: each is a task for an officer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.clock import LONDON
from directory.people.operations import remember_person
from directory.signals.likeness import words_of
from directory.signals.models import SuggestionRow
from directory.signals.rules import MOST_REPORTS_KEPT, MOST_SUGGESTIONS_OPEN, TooManyWaiting
from directory.tasks.models import TaskRow
from directory.tasks.operations import count_one_more, open_task
from directory.tasks.queries import open_task_of
from directory.tasks.rules import TaskKind, TaskState

ANSWERED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What somebody tells of an organisation; all but the name may be empty."""

    name: str
    description: str = ""
    phone: str = ""
    website: str = ""
    email: str = ""
    how_known: str = ""


def suggest(session: Session, suggestion: Suggestion, *, reply_to: str, now: datetime) -> UUID:
    """Keep a suggestion and see that an officer has a task; the id of the task.

    Several suggestions of one name join one task, of which so many are kept. Raises TooManyWaiting, or AddressInvalid
    for an email address that is none.
    """
    key = " ".join(sorted(words_of(suggestion.name))) or suggestion.name
    if open_task_of(session, TaskKind.SUGGESTION, key) is None and _waiting(session) >= MOST_SUGGESTIONS_OPEN:
        raise TooManyWaiting
    due_on = now.astimezone(LONDON).date() + ANSWERED_WITHIN
    task = open_task(session, kind=TaskKind.SUGGESTION, key=key, due_on=due_on, now=now)
    if count_one_more(session, task.id, "reports") <= MOST_REPORTS_KEPT:
        person_id = remember_person(session, email=reply_to, now=now) if reply_to else None
        session.add(_row(suggestion, task.id, person_id, now))
        session.flush()
    return task.id


def _row(suggestion: Suggestion, task_id: UUID, person_id: UUID | None, now: datetime) -> SuggestionRow:
    return SuggestionRow(
        id=uuid4(),
        task_id=task_id,
        name=suggestion.name,
        description=suggestion.description,
        phone=suggestion.phone,
        website=suggestion.website,
        email=suggestion.email,
        how_known=suggestion.how_known,
        person_id=person_id,
        at=now,
    )


def _waiting(session: Session) -> int:
    return session.scalars(
        select(func.count())
        .select_from(TaskRow)
        .where(TaskRow.kind == TaskKind.SUGGESTION, TaskRow.state == TaskState.OPEN)
    ).one()
