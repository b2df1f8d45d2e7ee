"""What people do in a simulation: keepers answer, mail comes back, officers do their tasks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from directory.checks.answers import record_answer
from directory.checks.bouncing import bounce
from directory.checks.calls import log_phone_check, log_source_check
from directory.checks.contacts import Mailbox, add_contact, replace_contact
from directory.checks.keeping import confirm
from directory.checks.queries import contacts_of
from directory.checks.rules import AnswerKind, Ladder
from directory.checks.unreached import log_no_answer
from directory.organisations.rules import ConfirmedBy
from directory.tasks.models import TaskRow
from directory.tasks.operations import finish_task
from directory.tasks.rules import TaskKind, TaskState

OFFICER = "officer:00000000-0000-0000-0000-000000000000"


class Event(Protocol):
    """Something that a person does at a moment, and what somebody does some days later because of it."""

    def __call__(self, session: Session, now: datetime) -> "Event | None":
        """Do it."""
        ...


@dataclass(frozen=True, slots=True)
class Answering:
    """A keeper answers by the link in a mail; an officer approves what has changed."""

    link_id: str
    kind: AnswerKind

    def __call__(self, session: Session, now: datetime) -> Event | None:
        """Raises LinkUsed and its like."""
        sections = ("services",) if self.kind is AnswerKind.PART else ()
        receipt = record_answer(
            session, self.link_id, kind=self.kind, name="A. Keeper", role="manager", sections=sections, now=now
        )
        return Approving(receipt.organisation_id, now) if self.kind is AnswerKind.CHANGED else None


@dataclass(frozen=True, slots=True)
class Approving:
    """An officer approves a change, and the entry counts as confirmed on the day of the answer."""

    organisation_id: UUID
    answered_at: datetime

    def __call__(self, session: Session, now: datetime) -> Event | None:
        """Confirm, dated to the answer."""
        confirm(session, self.organisation_id, at=self.answered_at, by=ConfirmedBy.ORGANISATION, now=now)
        return None


@dataclass(frozen=True, slots=True)
class Bouncing:
    """A mail comes back."""

    contact_id: UUID
    ladder: Ladder

    def __call__(self, session: Session, now: datetime) -> Event | None:
        """Mark the contact."""
        bounce(session, self.contact_id, now=now, ladder=self.ladder)
        return None


@dataclass(frozen=True, slots=True)
class Working:
    """An officer does a task: rings and reaches somebody, or does not; or looks at a website."""

    task_id: UUID
    is_reached: bool
    ladder: Ladder

    def __call__(self, session: Session, now: datetime) -> Event | None:
        """Do the task, if nobody has."""
        task = session.get_one(TaskRow, self.task_id)
        if task.state is TaskState.DONE or task.organisation_id is None:
            return None
        if task.kind is TaskKind.CHECK_SOURCE:
            log_source_check(session, task.organisation_id, by=OFFICER, now=now)
        elif self.is_reached:
            log_phone_check(session, task.organisation_id, by=OFFICER, now=now)
            self._find_mailbox(session, task, task.organisation_id, now)
        else:
            log_no_answer(session, task.organisation_id, by=OFFICER, now=now, ladder=self.ladder)
        session.refresh(task)
        if task.state is TaskState.OPEN:
            outcome = "done" if self.is_reached else "no_answer"
            finish_task(session, task.id, outcome=outcome, by=OFFICER, now=now)
        return None

    def _find_mailbox(self, session: Session, task: TaskRow, organisation_id: UUID, now: datetime) -> None:
        mailbox = Mailbox(email=f"found-{task.id.hex}@example.org", language="en")
        if task.kind in {TaskKind.BOUNCED, TaskKind.WRONG_PERSON}:
            replace_contact(session, UUID(task.key), mailbox, by=OFFICER, now=now)
        elif not contacts_of(session, organisation_id):
            add_contact(session, organisation_id, mailbox, by=OFFICER, now=now)
