"""What readers say is wrong with an entry: kept for an officer, never believed by the machine."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.checks.operations import bring_forward
from directory.clock import LONDON
from directory.people.operations import remember_person
from directory.signals.models import ProblemReportRow
from directory.signals.rules import (
    LONGEST_TEXT,
    MOST_REPORTS_KEPT,
    NO_ANSWER_WITHIN,
    ProblemKind,
    asks_for_an_earlier_check,
)
from directory.tasks.operations import count_one_more, open_task
from directory.tasks.rules import TaskKind


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report has led to: its task, and whether it has the organisation asked today."""

    task_id: UUID
    is_kept: bool
    """Whether the words were kept; of too many reports on one entry only the number is."""
    asks_earlier: bool


def report_problem(
    session: Session, organisation_id: UUID, *, kind: ProblemKind, text: str, email: str, now: datetime
) -> Reported:
    """Keep a report and see that an officer has a task; all open reports on one entry are one task.

    Raises AddressInvalid for an email address that is none.
    """
    today = now.astimezone(LONDON).date()
    task = open_task(
        session,
        kind=TaskKind.NO_ANSWER if kind is ProblemKind.NO_ANSWER else TaskKind.PROBLEM_REPORT,
        key=str(organisation_id),
        due_on=today,
        now=now,
        organisation_id=organisation_id,
    )
    is_kept = count_one_more(session, task.id, "reports") <= MOST_REPORTS_KEPT
    if is_kept:
        session.add(
            ProblemReportRow(
                id=uuid4(),
                organisation_id=organisation_id,
                task_id=task.id,
                kind=kind,
                text=text.strip()[:LONGEST_TEXT],
                person_id=remember_person(session, email=email, now=now) if email else None,
                at=now,
            )
        )
        session.flush()
    earlier = kind is ProblemKind.NO_ANSWER and _asks_earlier(session, task.id, now)
    if earlier:
        bring_forward(session, organisation_id, by="system", now=now)
    return Reported(task.id, is_kept, earlier)


def _asks_earlier(session: Session, task_id: UUID, now: datetime) -> bool:
    """Whether this is the report that has the organisation asked today: once for each task, to nag nobody."""
    moments = session.scalars(
        select(ProblemReportRow.at).where(
            ProblemReportRow.task_id == task_id, ProblemReportRow.at >= now - NO_ANSWER_WITHIN
        )
    )
    days = [moment.astimezone(LONDON).date() for moment in moments]
    return (
        asks_for_an_earlier_check(days, now.astimezone(LONDON).date())
        and count_one_more(session, task_id, "asked_earlier") == 1
    )
