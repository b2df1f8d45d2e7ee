"""Joining two entries that are the same organisation: one stays, the other's addresses lead to it.

Nothing here commits. It is undone by going back to the revision before, and by showing the other one again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import audit
from directory.changes.editing import edit
from directory.changes.queries import Entry, load_entry
from directory.changes.rules import EntryMovedOn, HowChecked
from directory.checks.contacts import Mailbox, add_contact
from directory.directory_revision import lock_directory
from directory.listing.combining import Choice, combined
from directory.listing.hiding import check_nothing_waits, hide
from directory.listing.models import HidingRow
from directory.listing.overview import contact_view
from directory.listing.queries import open_hiding
from directory.listing.rules import HidingAsked, HidingState, SameEntry
from directory.organisations.operations import set_aside
from directory.organisations.rules import State, StateRefused
from directory.tasks.models import TaskRow
from directory.tasks.operations import finish_task
from directory.tasks.rules import TaskKind, TaskState

JOINED = "joined"
"""The outcome of the tasks that asked whether two entries are one."""
MAY_JOIN = frozenset({(State.PUBLIC, State.PUBLIC), (State.PUBLIC, State.DRAFT), (State.DRAFT, State.DRAFT)})
"""The states of the one that stays and of the other."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry, and the version of it that the officer saw."""

    id: UUID
    version: str


def join(
    session: Session,
    kept: Seen,
    other: Seen,
    *,
    choice: Choice,
    reason: str,
    by: str,
    now: datetime,
    how_checked: HowChecked | None = None,
    contacts: Collection[UUID] = (),
) -> HidingRow:
    """Have one entry say what was chosen of both, ask these contacts of the other too, and hide the other.

    Where nobody offers what the other does, a second officer has to agree to its hiding: the state of what is given
    back says so. Raises SameEntry, OrganisationNotFound, StateRefused, EntryMovedOn, HidingAsked, ChangesWaiting,
    CheckNeeded, TooManyContacts, ContactUnknown, ReasonMissing, and what publishing raises.
    """
    if kept.id == other.id:
        raise SameEntry(str(kept.id))
    lock_directory(session)
    stays, goes = _as_seen(session, kept), _as_seen(session, other)
    if (stays.state, goes.state) not in MAY_JOIN:
        raise StateRefused(f"{goes.state} into {stays.state}")
    if open_hiding(session, goes.id) is not None:
        raise HidingAsked(str(goes.id))
    check_nothing_waits(session, goes.id)
    details = combined(stays.details, goes.details, choice, kept_id=stays.id, other_id=goes.id)
    if details != stays.details:
        edit(session, stays.id, version=stays.version, details=details, by=by, now=now, how_checked=how_checked)
    for contact_id in contacts:
        held = contact_view(session, goes.id, contact_id)
        mailbox = Mailbox(email=held.email, language=held.language, name=held.name, role=held.role)
        add_contact(session, stays.id, mailbox, by=by, now=now)
    row = _take_away(session, stays, goes, reason, by, now)
    _settle_duplicates(session, goes.id, by, now)
    audit.record(session, actor=by, action="entries_joined", now=now, organisation_id=stays.id, subject=str(row.id))
    return row


def _as_seen(session: Session, seen: Seen) -> Entry:
    entry = load_entry(session, seen.id)
    if entry.version != seen.version:
        raise EntryMovedOn(entry.revision, ())
    return entry


def _take_away(session: Session, stays: Entry, goes: Entry, reason: str, by: str, now: datetime) -> HidingRow:
    """Hide the other, or set it aside if it is a draft, which nobody sees anyway."""
    if goes.state is State.PUBLIC:
        return hide(session, goes.id, reason=reason, by=by, now=now, joined_into=stays.id)
    set_aside(session, goes.id, joined_into=stays.id, by=by, now=now)
    row = HidingRow(
        id=uuid4(),
        organisation_id=goes.id,
        state=HidingState.HIDDEN,
        reason=reason,
        only_match=[],
        joined_into=stays.id,
        asked_at=now,
        asked_by=by,
        decided_at=now,
        decided_by=by,
        ended_at=None,
        ended_by="",
    )
    session.add(row)
    return row


def _settle_duplicates(session: Session, organisation_id: UUID, by: str, now: datetime) -> None:
    """Finish the tasks that ask whether this entry is the same as some other."""
    asked = select(TaskRow.id).where(
        TaskRow.kind == TaskKind.DUPLICATE,
        TaskRow.state == TaskState.OPEN,
        TaskRow.key.contains(str(organisation_id)),
    )
    for task_id in session.scalars(asked.order_by(TaskRow.id)).all():
        finish_task(session, task_id, outcome=JOINED, by=by, now=now)
