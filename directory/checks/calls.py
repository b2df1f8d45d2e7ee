"""What officers are told on the phone, and read on the page that an entry is kept by. Nothing here commits."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory.checks.answers import AnswerReceipt, open_task_about, receipt, stop_asking
from directory.checks.keeping import confirm, day_of, locked_keeping
from directory.checks.models import AnswerRow
from directory.checks.queries import open_check
from directory.checks.rules import AnswerKind, CheckOutcome
from directory.directory_revision import lock_directory
from directory.organisations.operations import mark_told_closed
from directory.organisations.rules import ConfirmedBy
from directory.people.operations import remember_person
from directory.tasks.rules import TaskKind


def log_phone_check(
    session: Session, organisation_id: UUID, *, by: str, now: datetime, name: str = "", role: str = ""
) -> AnswerReceipt:
    """An officer rang, and somebody there (by name and role, if they gave them) said that all is correct."""
    lock_directory(session)
    answer = _heard(session, organisation_id, AnswerKind.PHONE, _person(session, name, role, now), now)
    confirm(session, organisation_id, at=now, by=ConfirmedBy.OFFICER_BY_PHONE, now=now)
    return receipt(session, answer, actor=by, contact_id=None)


def log_closed_by_phone(
    session: Session, organisation_id: UUID, *, by: str, now: datetime, name: str = "", role: str = ""
) -> AnswerReceipt:
    """An officer rang, and somebody there said that they have closed.

    It is the same as their saying so by their link: the public is told, asking ends, and a person decides.
    """
    lock_directory(session)
    keeping = locked_keeping(session, organisation_id, now)
    answer = _heard(session, organisation_id, AnswerKind.CLOSED, _person(session, name, role, now), now)
    stop_asking(session, keeping, CheckOutcome.CLOSED, now)
    mark_told_closed(session, organisation_id, on=day_of(now))
    open_task_about(session, TaskKind.TOLD_OF_CLOSING, str(organisation_id), answer, now)
    return receipt(session, answer, actor=by, contact_id=None)


def log_source_check(session: Session, organisation_id: UUID, *, by: str, now: datetime) -> AnswerReceipt:
    """An officer compared the entry with the page it is kept by, and all is correct."""
    lock_directory(session)
    answer = _heard(session, organisation_id, AnswerKind.SOURCE, None, now)
    confirm(session, organisation_id, at=now, by=ConfirmedBy.OFFICER_BY_SOURCE, now=now)
    return receipt(session, answer, actor=by, contact_id=None)


def _heard(
    session: Session, organisation_id: UUID, kind: AnswerKind, person_id: UUID | None, now: datetime
) -> AnswerRow:
    locked_keeping(session, organisation_id, now)
    check = open_check(session, organisation_id)
    answer = AnswerRow(
        id=uuid4(),
        organisation_id=organisation_id,
        link_id=None,
        check_id=None if check is None else check.id,
        at=now,
        kind=kind,
        person_id=person_id,
        sections=[],
        right_person_id=None,
    )
    session.add(answer)
    session.flush()  # what follows refers to it
    return answer


def _person(session: Session, name: str, role: str, now: datetime) -> UUID | None:
    return remember_person(session, name=name, role=role, now=now) if name.strip() or role.strip() else None
