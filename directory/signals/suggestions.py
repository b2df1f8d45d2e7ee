"""Organisations that people think should be listed: each is a proposed change, and so a task for an officer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes.operations import propose
from directory.changes.rules import Origin
from directory.organisations.details import OrganisationDetails, OrganisationKind, Phone, ServiceDetails
from directory.organisations.likeness import words_of
from directory.people.operations import remember_person
from directory.signals.models import SuggestionRow
from directory.signals.rules import MOST_REPORTS_KEPT, MOST_SUGGESTIONS_OPEN, TooManyWaiting
from directory.tasks.models import TaskRow
from directory.tasks.operations import count_one_more
from directory.tasks.queries import open_task_of
from directory.tasks.rules import TaskKind, TaskState, TaskUnknown


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
    """Keep a suggestion as a proposed new organisation, which an officer decides; the id of the officer's task.

    Several suggestions of one name join the first one's task, of which so many are kept. Raises TooManyWaiting, or
    AddressInvalid for an email address that is none.
    """
    waiting = _waiting(session)
    joined = next((task_id for task_id, name in waiting if words_of(name) == words_of(suggestion.name)), None)
    if joined is None and len({task_id for task_id, _ in waiting}) >= MOST_SUGGESTIONS_OPEN:
        raise TooManyWaiting
    person_id = None
    if joined is None or count_one_more(session, joined, "more") < MOST_REPORTS_KEPT:
        person_id = remember_person(session, email=reply_to, now=now) if reply_to else None
        joined = joined or _propose(session, suggestion, person_id, now)
        session.add(_row(suggestion, joined, person_id, now))
        session.flush()
    return joined


def _propose(session: Session, suggestion: Suggestion, person_id: UUID | None, now: datetime) -> UUID:
    """Propose the organisation as far as it is known; the id of the task to decide."""
    change = propose(
        session,
        None,
        base_revision=0,
        proposed=_details(suggestion),
        origin=Origin.SUGGESTION,
        by="public",
        now=now,
        person_id=person_id,
    )
    task = open_task_of(session, TaskKind.REVIEW_CHANGE, str(change.id))
    if task is None:
        raise TaskUnknown(str(change.id))
    return task.id


def _details(suggestion: Suggestion) -> OrganisationDetails:
    """What is known, with one service of the same name; the officer who decides fills in the rest."""
    service = ServiceDetails(
        id=uuid4(),
        name=suggestion.name,
        phones=(Phone(number=suggestion.phone),) if suggestion.phone else (),
    )
    return OrganisationDetails(
        name=suggestion.name,
        kind=OrganisationKind.VOLUNTARY,
        description=suggestion.description,
        website=suggestion.website,
        email=suggestion.email,
        services=(service,),
    )


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


def _waiting(session: Session) -> list[tuple[UUID, str]]:
    """The tasks of suggestions that nobody has decided yet, and the names that were suggested."""
    rows = session.execute(
        select(SuggestionRow.task_id, SuggestionRow.name)
        .join(TaskRow, TaskRow.id == SuggestionRow.task_id)
        .where(TaskRow.state == TaskState.OPEN)
        .order_by(SuggestionRow.at, SuggestionRow.id)
    )
    return [(row.task_id, row.name) for row in rows]
