"""What follows when units of a change are decided: its state, its task, and what the public is told meanwhile."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.changes.rules import POLICY, ChangeState, Origin, state_of
from directory.changes.telling import tell_sender
from directory.checks.keeping import ask_again_soon, confirm, confirm_elsewhere, day_of
from directory.checks.models import AnswerRow
from directory.checks.rules import AnswerKind
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import mark_told_changed
from directory.organisations.rules import ConfirmedBy
from directory.tasks.operations import finish_task
from directory.tasks.queries import open_task_of
from directory.tasks.rules import TaskKind


def settle(session: Session, row: ChangeRow, *, by: str, now: datetime) -> None:
    """Give a change the state that its units make.

    When none waits, it is decided: its task is done, the sender is told what an officer decided, and the answer it came
    with counts.
    """
    session.flush()  # its units as they are decided now
    state = state_of(unit.state for unit in row.units)
    if state is ChangeState.WAITING:
        return
    row.state, row.decided_at, row.decided_by = state, now, by
    for kind in (TaskKind.REVIEW_CHANGE, TaskKind.TOLD_OF_CHANGE, TaskKind.CHANGE_LATE):
        task = open_task_of(session, kind, str(row.id))
        if task is not None:
            finish_task(session, task.id, outcome=state.value, by=by, now=now)
    if by != POLICY:  # the mail that acknowledges the answer says that it is public
        tell_sender(session, row, now)
    _follow_answer(session, row, now)
    if row.checked_on and row.organisation_id and {unit.state for unit in row.units} == {ChangeState.APPROVED}:
        confirm_elsewhere(session, row.organisation_id, checked_on=row.checked_on, now=now)


def _follow_answer(session: Session, row: ChangeRow, now: datetime) -> None:
    """Confirm the entry as of a whole answer that was approved whole; if some was declined, ask again soon."""
    answer = session.get(AnswerRow, row.answer_id) if row.answer_id else None
    if answer is None or answer.kind is not AnswerKind.CHANGED:
        return
    states = {unit.state for unit in row.units}
    if states == {ChangeState.APPROVED}:
        confirm(session, answer.organisation_id, at=answer.at, by=ConfirmedBy.ORGANISATION, now=now)
    elif ChangeState.DECLINED in states:
        ask_again_soon(session, answer.organisation_id, now=now)


def refresh_told(session: Session, organisation_id: UUID) -> None:
    """Tell the public of what the organisation says is wrong and still waits; no more once nothing does."""
    session.flush()  # it counts what waits
    latest = session.scalar(
        select(func.max(ChangeRow.submitted_at))
        .join(ChangeUnitRow, ChangeUnitRow.change_id == ChangeRow.id)
        .where(
            ChangeRow.organisation_id == organisation_id,
            ChangeRow.origin == Origin.LINK,
            ChangeUnitRow.state == ChangeState.WAITING,
            ChangeUnitRow.is_warning,
        )
    )
    told = day_of(latest) if latest else None
    held = session.scalar(select(OrganisationRow.told_changed_on).where(OrganisationRow.id == organisation_id))
    if told != held:
        mark_told_changed(session, organisation_id, on=told)
