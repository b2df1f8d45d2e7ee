"""Hiding an entry with a reason, alone or with a second officer, and showing it again. Nothing here commits."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory import audit
from directory.changes.models import ChangeRow
from directory.changes.queries import load_entry
from directory.changes.rules import ChangeState
from directory.checks.keeping import day_of, end_check, locked_keeping, set_next, settle_tasks
from directory.checks.rules import CheckOutcome, ReasonMissing
from directory.directory_revision import lock_directory
from directory.listing.coverage import Code, only_match
from directory.listing.models import HidingRow
from directory.listing.queries import hiding, open_hiding
from directory.listing.rules import AnotherOfficerNeeded, ChangesWaiting, HidingAsked, HidingDecided, HidingState
from directory.organisations import operations as organisations
from directory.organisations.operations import mark_told_closed
from directory.organisations.rules import State, StateRefused, check_transition
from directory.tasks.operations import finish_task, open_task
from directory.tasks.queries import open_task_of
from directory.tasks.rules import TaskKind

ALL_TASKS = frozenset(TaskKind)
SHOWN_AGAIN = "shown again"
"""Why there is a revision that says what the last one said."""


def hide(
    session: Session,
    organisation_id: UUID,
    *,
    reason: str,
    by: str,
    now: datetime,
    joined_into: UUID | None = None,
) -> HidingRow:
    """Take a public entry away from the public, or ask for a second officer where nobody else offers what it does.

    The state of what is given back says which. With `joined_into` the entry is a duplicate, and its address leads to
    that one.

    Raises ReasonMissing, OrganisationNotFound, StateRefused (it is not public), ChangesWaiting or HidingAsked.
    """
    if not reason.strip():
        raise ReasonMissing
    lock_directory(session)
    check_transition(load_entry(session, organisation_id).state, State.HIDDEN)
    check_nothing_waits(session, organisation_id)
    if open_hiding(session, organisation_id) is not None:
        raise HidingAsked(str(organisation_id))
    row = _new(organisation_id, reason.strip(), only_match(session, organisation_id), by, now)
    row.joined_into = joined_into
    session.add(row)
    session.flush()  # the database refuses a second one here
    if row.state is HidingState.WAITING:
        _ask_another_officer(session, row, now)
    else:
        _take_away(session, row, by, now)
    return row


def confirm_hiding(session: Session, hiding_id: UUID, *, by: str, now: datetime) -> None:
    """Agree, as a second officer, that an entry is hidden though nobody else offers what it does.

    Raises HidingUnknown, AnotherOfficerNeeded for who asked for it, HidingDecided, ChangesWaiting or StateRefused.
    """
    lock_directory(session)
    row = hiding(session, hiding_id)
    if row.asked_by == by:
        raise AnotherOfficerNeeded(by)
    check_nothing_waits(session, row.organisation_id)
    _decide(session, row, HidingState.HIDDEN, by, now)
    _take_away(session, row, by, now)


def refuse_hiding(session: Session, hiding_id: UUID, *, by: str, now: datetime) -> None:
    """Keep the entry public, as a second officer, or as who asked and thinks otherwise now.

    Raises HidingUnknown or HidingDecided.
    """
    lock_directory(session)
    row = hiding(session, hiding_id)
    _decide(session, row, HidingState.REFUSED, by, now)
    _audit(session, row, "hiding_refused", by, now)


def show_again(session: Session, organisation_id: UUID, *, by: str, now: datetime) -> int:
    """Show a hidden entry to the public again, as it was, and have it checked soon; the number of its new revision.

    Its own address is its own again. Raises OrganisationNotFound, StateRefused (it is not hidden), and what
    publishing raises.
    """
    lock_directory(session)
    entry = load_entry(session, organisation_id)
    if entry.state is not State.HIDDEN:
        raise StateRefused(f"{entry.state} shown again")
    made = organisations.publish(session, organisation_id, entry.details, by=by, why=SHOWN_AGAIN, now=now)
    mark_told_closed(session, organisation_id, on=None)
    _end(session, organisation_id, by, now)
    set_next(locked_keeping(session, organisation_id, now), day_of(now))
    audit.record(session, actor=by, action="entry_shown_again", now=now, organisation_id=organisation_id, revision=made)
    return made


def take_up_again(session: Session, organisation_id: UUID, *, by: str, now: datetime) -> None:
    """A draft that was joined into another entry is a draft of its own again. Raises StateRefused."""
    organisations.set_aside(session, organisation_id, joined_into=None, by=by, now=now)
    _end(session, organisation_id, by, now)
    audit.record(session, actor=by, action="draft_taken_up", now=now, organisation_id=organisation_id)


def check_nothing_waits(session: Session, organisation_id: UUID) -> None:
    """A hidden entry cannot be changed, and whoever proposed something is owed an answer."""
    waiting = select(ChangeRow.id).where(
        ChangeRow.organisation_id == organisation_id, ChangeRow.state == ChangeState.WAITING
    )
    if session.scalars(waiting.order_by(ChangeRow.id).limit(1)).first() is not None:
        raise ChangesWaiting(str(organisation_id))


def _end(session: Session, organisation_id: UUID, by: str, now: datetime) -> None:
    row = open_hiding(session, organisation_id)
    if row is not None:
        row.state, row.ended_at, row.ended_by = HidingState.ENDED, now, by


def _new(organisation_id: UUID, reason: str, lost: Collection[Code], by: str, now: datetime) -> HidingRow:
    """Hidden at once, or waiting where something would be lost."""
    return HidingRow(
        id=uuid4(),
        organisation_id=organisation_id,
        state=HidingState.WAITING if lost else HidingState.HIDDEN,
        reason=reason,
        only_match=[f"{kind}:{code}" for kind, code in lost],
        asked_at=now,
        asked_by=by,
        decided_at=None if lost else now,
        decided_by="" if lost else by,
        ended_at=None,
        ended_by="",
    )


def _ask_another_officer(session: Session, row: HidingRow, now: datetime) -> None:
    open_task(
        session,
        kind=TaskKind.CONFIRM_HIDING,
        key=str(row.id),
        due_on=day_of(now),
        now=now,
        organisation_id=row.organisation_id,
        hiding=str(row.id),
    )
    _audit(session, row, "hiding_asked", row.asked_by, now)


def _decide(session: Session, row: HidingRow, state: HidingState, by: str, now: datetime) -> None:
    """Decide what waits; of several who do so at once, one succeeds."""
    decided = session.scalars(
        update(HidingRow)
        .where(HidingRow.id == row.id, HidingRow.state == HidingState.WAITING)
        .values(state=state, decided_at=now, decided_by=by)
        .returning(HidingRow.id)
    ).one_or_none()
    if decided is None:
        raise HidingDecided(str(row.id))
    session.refresh(row)
    task = open_task_of(session, TaskKind.CONFIRM_HIDING, str(row.id))
    if task is not None:
        finish_task(session, task.id, outcome=state.value, by=by, now=now)


def _take_away(session: Session, row: HidingRow, by: str, now: datetime) -> None:
    """Hide the entry, end the asking, and finish what was to be done about it."""
    organisations.hide(session, row.organisation_id, by=by, now=now, joined_into=row.joined_into)
    keeping = locked_keeping(session, row.organisation_id, now)
    end_check(session, keeping, CheckOutcome.HIDDEN, now=now, next_from=day_of(now))
    settle_tasks(session, row.organisation_id, outcome="entry_hidden", now=now, kinds=ALL_TASKS, by=by)
    _audit(session, row, "entry_hidden", by, now)


def _audit(session: Session, row: HidingRow, action: str, by: str, now: datetime) -> None:
    joined: Mapping[str, str] = {"joined_into": str(row.joined_into)} if row.joined_into else {}
    audit.record(
        session,
        actor=by,
        action=action,
        now=now,
        organisation_id=row.organisation_id,
        subject=str(row.id),
        only_match=len(row.only_match),
        **joined,
    )
