"""The long part of an import, done in batches: each in a transaction of its own, by one process at a time.

Whoever takes an import in begins at once, in the background; if that process dies, `flask tick` goes on when the lease
ends. Everything that is done is in the database, so it does not matter who goes on.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import or_, update
from sqlalchemy.orm import Session, sessionmaker

from directory.checks.keeping import day_of
from directory.database import Sessions, writing
from directory.exchange.imports.checking import check_entries
from directory.exchange.imports.comparing import look_alikes, note_look_alikes
from directory.exchange.imports.models import ImportRow
from directory.exchange.imports.operations import begin_undoing, end
from directory.exchange.imports.queries import count_states, entries_of, imports_to_go_on, load_import
from directory.exchange.imports.rules import (
    AT_WORK,
    CHECKED_AT_A_TIME,
    LEASE,
    READY,
    SENT_AT_A_TIME,
    EntryState,
    ImportState,
)
from directory.exchange.imports.sending import send_entries, take_back
from directory.exchange.imports.splitting import split
from directory.exchange.tables import FileRefused

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Alike = Mapping[int, list[dict[str, Any]]]


def work_on(sessions: Sessions, import_id: UUID, clock: Clock) -> None:
    """Do all that is to be done of an import, unless another process is at it."""
    worker = uuid4().hex
    try:
        while _do_batch(sessions, import_id, worker, clock):
            pass
    except Exception as error:  # whatever it is, the import must not wait for ever
        log.exception("import %s cannot go on", import_id)
        with writing(sessions) as session:
            _give_up(session, import_id, error, clock())
        while _do_batch(sessions, import_id, worker, clock):  # taking back what was sent
            pass


def go_on(session: Session, _now: datetime, *, clock: Clock) -> None:
    """Go on with the imports that nobody is at: a job of `flask tick`, with transactions of its own."""
    session.rollback()
    sessions = sessionmaker(session.get_bind())
    with sessions() as reading:
        waiting = imports_to_go_on(reading, clock())
    for import_id in waiting:
        work_on(sessions, import_id, clock)


def _do_batch(sessions: Sessions, import_id: UUID, worker: str, clock: Clock) -> bool:
    """Do the next part; whether there may be more."""
    alike = _look_alikes(sessions, import_id)
    with writing(sessions) as session:
        now = clock()
        if not _claim(session, import_id, worker, now):
            return False
        row = load_import(session, import_id)
        match row.state:
            case ImportState.CHECKING:
                _check(session, row, alike, now)
            case ImportState.SENDING:
                _send(session, row, now)
            case _:
                _undo(session, row, now)
        if row.state not in AT_WORK:
            row.lease_until, row.lease_by = None, ""
        return row.state in AT_WORK


def _claim(session: Session, import_id: UUID, worker: str, now: datetime) -> bool:
    """Take the lease, or prolong one's own; False where there is nothing to do, or another process does it."""
    claimed = session.scalars(
        update(ImportRow)
        .where(
            ImportRow.id == import_id,
            ImportRow.state.in_(AT_WORK),
            or_(ImportRow.lease_until.is_(None), ImportRow.lease_until < now, ImportRow.lease_by == worker),
        )
        .values(lease_until=now + LEASE, lease_by=worker)
        .returning(ImportRow.id)
    ).all()
    return bool(claimed)


def _look_alikes(sessions: Sessions, import_id: UUID) -> Alike | None:
    """What new organisations are like, once all are checked; worked out while others may write."""
    with sessions() as session:
        row = load_import(session, import_id)
        is_next = row.state is ImportState.CHECKING and row.is_split
        if not is_next or count_states(session, import_id).get(EntryState.WAITING):
            return None
        return look_alikes(session, import_id)


def _check(session: Session, row: ImportRow, alike: Alike | None, now: datetime) -> None:
    if not row.is_split:
        entries = split(row)
        session.add_all(entries)
        row.is_split, row.total, row.done = True, len(entries), 0
        return
    batch = entries_of(session, row.id, [EntryState.WAITING], most=CHECKED_AT_A_TIME)
    if batch:
        check_entries(session, row, batch, day_of(now))
        row.done = min(row.done + len(batch), row.total)
        return
    if alike is not None:
        note_look_alikes(session, row.id, alike)
        row.state = ImportState.CHECKED


def _send(session: Session, row: ImportRow, now: datetime) -> None:
    batch = entries_of(session, row.id, READY, skip=0, most=SENT_AT_A_TIME)
    send_entries(session, row, batch, now)
    row.done = min(row.done + len(batch), row.total)
    if not batch:
        end(session, row, ImportState.DONE, now)


def _undo(session: Session, row: ImportRow, now: datetime) -> None:
    batch = entries_of(session, row.id, [EntryState.SENT], most=SENT_AT_A_TIME)
    take_back(session, batch, by=row.started_by, now=now)
    row.done = min(row.done + len(batch), row.total)
    if not batch:
        end(session, row, ImportState.FAILED if row.failure else ImportState.CANCELLED, now)


def _give_up(session: Session, import_id: UUID, error: Exception, now: datetime) -> None:
    """End an import in which something went wrong; what it has sent is taken back first."""
    row = load_import(session, import_id, lock=True)
    failure = error.limit.value if isinstance(error, FileRefused) else type(error).__name__
    if row.state is ImportState.SENDING:
        begin_undoing(session, row, failure)
    elif row.state is ImportState.CHECKING:
        end(session, row, ImportState.FAILED, now, failure)
    elif row.state is ImportState.UNDOING:
        row.failure = failure
