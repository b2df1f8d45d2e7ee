"""From a checked import to changes, and back if it is stopped. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from directory.changes.operations import add_proposed, approve, propose, withdraw
from directory.changes.queries import load_change, load_entry
from directory.changes.rules import (
    ChangeState,
    EntryMovedOn,
    NothingChanged,
    Origin,
    UnitsBelongTogether,
    UnitsCollide,
)
from directory.checks.keeping import confirm_elsewhere
from directory.exchange.imports.models import ImportEntryRow, ImportRow
from directory.exchange.imports.rules import EntryState
from directory.organisations import stored


def send_entries(session: Session, row: ImportRow, entries: Sequence[ImportEntryRow], now: datetime) -> None:
    """Make these entries changes or, where the import publishes, what our entries say.

    An entry that has moved on meanwhile, so that both cannot stand, waits for a decision in any case. Raises what
    proposing raises.
    """
    for entry in entries:
        _send(session, row, entry, now)


def take_back(session: Session, entries: Sequence[ImportEntryRow], *, by: str, now: datetime) -> None:
    """Withdraw what still waits of these changes; what somebody has decided meanwhile stays decided."""
    for entry in entries:
        waits = entry.change_id and load_change(session, entry.change_id).state is ChangeState.WAITING
        if entry.change_id and waits:
            withdraw(session, entry.change_id, by=by, now=now)
        entry.state = EntryState.TAKEN_BACK if waits else EntryState.DECIDED


def _send(session: Session, row: ImportRow, entry: ImportEntryRow, now: datetime) -> None:
    if entry.state is EntryState.SAME:
        _is_unchanged(session, entry, now)
        return
    try:
        change = propose(
            session,
            entry.organisation_id,
            base_revision=entry.base_revision,
            proposed=stored.load(entry.proposed or {}),
            origin=Origin.IMPORT,
            by=row.started_by,
            now=now,
            checked_on=entry.last_checked,
        )
    except NothingChanged:  # somebody has done it by hand meanwhile
        _is_unchanged(session, entry, now)
        return
    entry.change_id, entry.state = change.id, EntryState.SENT
    if row.publishes:
        _publish(session, row, entry, change.id, now)


def _is_unchanged(session: Session, entry: ImportEntryRow, now: datetime) -> None:
    """Our entry says all that another directory says: if that says when it checked it, this is shown, and no more."""
    entry.state = EntryState.UNCHANGED
    if entry.last_checked and entry.organisation_id:
        confirm_elsewhere(session, entry.organisation_id, checked_on=entry.last_checked, now=now)


def _publish(session: Session, row: ImportRow, entry: ImportEntryRow, change_id: UUID, now: datetime) -> None:
    """Publish one change at once; a new organisation becomes a draft, since somebody must say that it can be listed."""
    how = row.how_checked
    if entry.organisation_id is None:
        made = add_proposed(session, change_id, by=row.started_by, now=now, how_checked=how, as_draft=True)
        entry.organisation_id, entry.state = made.organisation_id, EntryState.PUBLISHED
        return
    revision = load_entry(session, entry.organisation_id).revision
    try:
        with session.begin_nested():
            approve(session, change_id, revision=revision, by=row.started_by, now=now, how_checked=how)
    except (EntryMovedOn, UnitsCollide, UnitsBelongTogether):
        return  # it goes on waiting
    entry.state = EntryState.PUBLISHED
