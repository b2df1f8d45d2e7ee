"""How each entry is kept and when it is due: what rounds, answers and officers set. Nothing here commits."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import audit
from directory.checks.models import CheckRow, KeepingRow
from directory.checks.queries import open_check, served
from directory.checks.rules import (
    LONGEST_PERIOD,
    CheckOutcome,
    DateRefused,
    Ladder,
    ReasonMissing,
    Served,
    Way,
    default_period,
    default_way,
    first_due,
    first_period,
)
from directory.clock import LONDON
from directory.organisations import operations as organisations
from directory.organisations.rules import ConfirmedBy
from directory.tasks.operations import finish_task
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskDone, TaskKind
from directory.tasks.working_days import same_or_next_working_day

NOON = time(12)
ANSWERED_TASKS = frozenset(
    {TaskKind.RING, TaskKind.RING_AGAIN, TaskKind.CHECK_SOURCE, TaskKind.DECIDE_ENTRY, TaskKind.FIND_KEEPER}
)
"""The tasks that an answer settles, whoever gave it."""


def day_of(moment: datetime) -> date:
    """The day in London, by which all due dates go."""
    return moment.astimezone(LONDON).date()


def enrol(session: Session, organisation_ids: Iterable[UUID], now: datetime, ladder: Ladder) -> None:
    """Begin to keep entries: each in the way of its kind, due on a day of its own within the first weeks."""
    for organisation_id, facts in served(session, organisation_ids).items():
        session.add(_first_keeping(organisation_id, facts, now, ladder))
    session.flush()  # the database refuses a second one here


def locked_keeping(session: Session, organisation_id: UUID, now: datetime) -> KeepingRow:
    """How an entry is kept, locked; made where no round has looked at the entry yet."""
    query = select(KeepingRow).where(KeepingRow.organisation_id == organisation_id).with_for_update()
    row = session.scalars(query, execution_options={"populate_existing": True}).one_or_none()
    if row is None:
        enrol(session, [organisation_id], now, Ladder())
        row = session.scalars(query).one()
    return row


def confirm(session: Session, organisation_id: UUID, *, at: datetime, by: ConfirmedBy, now: datetime) -> None:
    """Somebody said at this moment that the entry is right: the date moves, asking ends, the next check is set.

    What another directory says moves the date that is shown, and never stops our asking.
    """
    moved = organisations.confirm(session, organisation_id, at=at, by=by, now=now)
    if moved and by is not ConfirmedBy.ANOTHER_DIRECTORY:
        keeping = locked_keeping(session, organisation_id, now)
        end_check(session, keeping, CheckOutcome.CONFIRMED, now=now, next_from=day_of(at))
        settle_tasks(session, organisation_id, outcome="confirmed", now=now)


def confirm_elsewhere(session: Session, organisation_id: UUID, *, checked_on: date, now: datetime) -> None:
    """Another directory says the same as the entry, and checked it on this day: at noon, never later than now."""
    at = min(datetime.combine(checked_on, NOON, LONDON), now)
    confirm(session, organisation_id, at=at, by=ConfirmedBy.ANOTHER_DIRECTORY, now=now)


def end_check(
    session: Session, keeping: KeepingRow, outcome: CheckOutcome, *, now: datetime, next_from: date
) -> CheckRow | None:
    """End the round that is going on, if one is, and set the next one a period after `next_from`."""
    check = open_check(session, keeping.organisation_id)
    if check is not None:
        check.ended_at, check.outcome = now, outcome
    set_next_after(keeping, next_from)
    if outcome is CheckOutcome.CONFIRMED:
        keeping.first_period_days = None
    return check


def set_next(keeping: KeepingRow, due_on: date) -> None:
    """Set the day of the next check, and have the next round look."""
    keeping.due_on, keeping.looked_on = due_on, None


def set_next_after(keeping: KeepingRow, day: date) -> None:
    """Set the next check a period after this day; while the first check is not done with, fewer days after it."""
    days = min(keeping.first_period_days or keeping.period_days, keeping.period_days)
    set_next(keeping, day + timedelta(days=days))


def restart(session: Session, keeping: KeepingRow, now: datetime) -> None:
    """End the round that is going on, if one is, and begin a new one today: there is somebody else to ask."""
    if _break_off(session, keeping, now):
        set_next(keeping, day_of(now))


def settle_tasks(
    session: Session,
    organisation_id: UUID,
    *,
    outcome: str,
    now: datetime,
    kinds: frozenset[TaskKind] = ANSWERED_TASKS,
    by: str = "system",
) -> None:
    """Finish the open tasks of an organisation that its answer, or an officer's act, has settled."""
    for task in open_tasks(session, organisation_id=organisation_id):
        if task.kind in kinds:
            try:
                finish_task(session, task.id, outcome=outcome, by=by, now=now)
            except TaskDone:  # by somebody else, at the same moment
                continue


def set_way(
    session: Session, organisation_id: UUID, way: Way, *, by: str, now: datetime, source_to_check: str = ""
) -> None:
    """An officer says how the entry is kept, and where it is compared with a page, with which."""
    keeping = locked_keeping(session, organisation_id, now)
    keeping.way, keeping.source_to_check = way, source_to_check or keeping.source_to_check
    keeping.looked_on = None
    _audit(session, organisation_id, "way_set", by, now, value=way.value)


def set_period(session: Session, organisation_id: UUID, days: int, *, by: str, now: datetime) -> None:
    """An officer says how often the entry is checked. Raises DateRefused for more than a year."""
    if not 1 <= days <= LONGEST_PERIOD:
        raise DateRefused(str(days))
    keeping = locked_keeping(session, organisation_id, now)
    keeping.period_days, keeping.period_is_set, keeping.first_period_days = days, True, None
    _audit(session, organisation_id, "period_set", by, now, value=str(days))


def set_due(session: Session, organisation_id: UUID, due_on: date, *, by: str, now: datetime) -> None:
    """An officer sets the day of the next check; a round that is going on ends. Raises DateRefused."""
    _check_ahead(due_on, now)
    keeping = locked_keeping(session, organisation_id, now)
    _break_off(session, keeping, now)
    set_next(keeping, due_on)
    _audit(session, organisation_id, "due_set", by, now, until=due_on.isoformat())


def bring_forward(session: Session, organisation_id: UUID, *, by: str, now: datetime) -> None:
    """Have the organisation asked today; where it is being asked already, nothing changes."""
    keeping = locked_keeping(session, organisation_id, now)
    if open_check(session, organisation_id) is None:
        set_next(keeping, min(keeping.due_on, day_of(now)))
        _audit(session, organisation_id, "brought_forward", by, now)


def pause(session: Session, organisation_id: UUID, *, until: date, reason: str, by: str, now: datetime) -> None:
    """Ask nothing before this day. Raises ReasonMissing or DateRefused."""
    if not reason.strip():
        raise ReasonMissing
    _check_ahead(until, now)
    keeping = locked_keeping(session, organisation_id, now)
    keeping.paused_until, keeping.pause_reason = until, reason.strip()
    _audit(session, organisation_id, "paused", by, now, until=until.isoformat())


def end_pause(session: Session, organisation_id: UUID, *, by: str, now: datetime) -> None:
    """Ask again, from today on."""
    keeping = locked_keeping(session, organisation_id, now)
    keeping.paused_until, keeping.pause_reason, keeping.looked_on = None, "", None
    _audit(session, organisation_id, "pause_ended", by, now)


def mark_do_not_email(
    session: Session, organisation_id: UUID, *, by: str, now: datetime, do_not_email: bool = True
) -> None:
    """The organisation wants to be rung, not mailed (or, with False, mailed again)."""
    keeping = locked_keeping(session, organisation_id, now)
    keeping.do_not_email, keeping.looked_on = do_not_email, None
    _audit(session, organisation_id, "do_not_email" if do_not_email else "may_email", by, now)


def ask_again_soon(session: Session, organisation_id: UUID, *, now: datetime) -> None:
    """The entry does not say what they told us: they are asked again in a week."""
    keeping = locked_keeping(session, organisation_id, now)
    if open_check(session, organisation_id) is None:
        set_next(keeping, min(keeping.due_on, day_of(now) + timedelta(days=7)))


def unconfirm(session: Session, organisation_id: UUID, *, now: datetime) -> None:
    """The entry says something else than was confirmed: its date goes, and they are asked again in a week."""
    organisations.unconfirm(session, organisation_id)
    ask_again_soon(session, organisation_id, now=now)


def _break_off(session: Session, keeping: KeepingRow, now: datetime) -> bool:
    """End the round that is going on without having heard anything; whether there is one."""
    check = open_check(session, keeping.organisation_id)
    if check is not None:
        check.ended_at, check.outcome = now, CheckOutcome.RESTARTED
    return check is not None


def _first_keeping(organisation_id: UUID, facts: Served, now: datetime, ladder: Ladder) -> KeepingRow:
    way, period = default_way(facts), default_period(facts, ladder)
    return KeepingRow(
        organisation_id=organisation_id,
        way=way,
        source_to_check=facts.website if way is Way.OFFICER_CHECK else "",
        period_days=period,
        period_is_set=False,
        first_period_days=first_period(organisation_id, period, ladder),
        due_on=same_or_next_working_day(first_due(organisation_id, day_of(now), ladder)),
        looked_on=None,
        paused_until=None,
        pause_reason="",
        do_not_email=False,
    )


def _check_ahead(day: date, now: datetime) -> None:
    if not day_of(now) <= day <= day_of(now) + timedelta(days=LONGEST_PERIOD):
        raise DateRefused(day.isoformat())


def _audit(
    session: Session, organisation_id: UUID, action: str, by: str, now: datetime, *, until: str = "", value: str = ""
) -> None:
    audit.record(
        session,
        actor=by,
        action=action,
        now=now,
        organisation_id=organisation_id,
        until=until or None,
        value=value or None,
    )
