"""Hiding entries about which nobody has decided, where managers have turned that on. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from directory.checks.keeping import day_of
from directory.checks.models import KeepingRow
from directory.directory_revision import lock_directory
from directory.listing.hiding import hide
from directory.listing.models import HidingRow
from directory.listing.rules import ChangesWaiting, HidingAsked, HidingState
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.policy.queries import true_since
from directory.policy.rules import Policy
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind, TaskState

BY = "policy"
REASON = "Nobody has confirmed it, and nobody has decided about it in time."
MOST_A_DAY = 5
"""So that a wrong policy is seen before it has done much."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """What became of entries about which nobody had decided."""

    hidden: tuple[UUID, ...] = ()
    asked: tuple[UUID, ...] = ()
    """Those that stay public until an officer agrees: nobody else offers what they do."""


def hide_undecided(session: Session, now: datetime, policy: Policy) -> Undecided:
    """Hide a few of the entries about which an officer was to decide long ago, those due longest first.

    The days count from the day on which the decision was due, or from that on which this was turned on. The only match
    for a ground, a language or a kind of service stays, and becomes a task. An entry with a change that waits is left.
    """
    turned_on = true_since(session, "hide_unanswered")
    last = day_of(now) - timedelta(days=policy.hide_after_days)
    if not policy.hide_unanswered or turned_on is None or day_of(turned_on) > last:
        return Undecided()
    lock_directory(session)
    found: dict[HidingState, list[UUID]] = {HidingState.HIDDEN: [], HidingState.WAITING: []}
    for organisation_id in _undecided(session, last, day_of(now)):
        try:
            row = hide(session, organisation_id, reason=REASON, by=BY, now=now)
        except (ChangesWaiting, HidingAsked):  # somebody has more to say first
            continue
        found[row.state].append(organisation_id)
        if sum(map(len, found.values())) == MOST_A_DAY:
            break
    return Undecided(tuple(found[HidingState.HIDDEN]), tuple(found[HidingState.WAITING]))


def _undecided(session: Session, last: date, today: date) -> Sequence[UUID]:
    """Public entries whose decision was due, or put off until, `last` or before; each is tried once for such a task."""
    was_tried = exists().where(
        HidingRow.organisation_id == TaskRow.organisation_id,
        HidingRow.asked_by == BY,
        HidingRow.asked_at >= TaskRow.created_at,
    )
    return session.scalars(
        select(OrganisationRow.id)
        .join(TaskRow, TaskRow.organisation_id == OrganisationRow.id)
        .join(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)
        .where(
            TaskRow.kind == TaskKind.DECIDE_ENTRY,
            TaskRow.state == TaskState.OPEN,
            func.coalesce(TaskRow.snoozed_until, TaskRow.due_on) <= last,
            OrganisationRow.state == State.PUBLIC,
            or_(KeepingRow.paused_until.is_(None), KeepingRow.paused_until <= today),
            ~was_tried,
        )
        .order_by(TaskRow.due_on, OrganisationRow.id)
    ).all()
