"""What people do with an import: bring a file in, say what its columns and words mean, send it, stop it.

Nothing here commits. What takes long is left to `work`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from directory import audit
from directory.changes.rules import CheckNeeded, HowChecked
from directory.exchange.cells import Day
from directory.exchange.csv_files import CsvManner
from directory.exchange.dates import guess_day_first
from directory.exchange.imports.models import ImportEntryRow, ImportMemoryRow, ImportRow
from directory.exchange.imports.queries import count_alike, count_states, load_import
from directory.exchange.imports.rules import (
    READY,
    EntriesBroken,
    EntriesUndecided,
    EntryState,
    ImportState,
    NoNameColumn,
    NothingToSend,
    Treatment,
    check_transition,
)
from directory.exchange.imports.splitting import NAMES
from directory.exchange.matching import Matching, guess_matching, matching_of
from directory.exchange.record_cells import Mode
from directory.exchange.spreadsheet_files import guess_file, read_table
from directory.exchange.tables import Table, heading_key

LONGEST_NAME = 200
MOST_SAMPLES, LONGEST_SAMPLE = 3, 40
Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What somebody says about the columns of a file."""

    matching: Sequence[str]
    """For each column the key of the slot that it fills, or nothing."""
    mode: Mode
    day_first: bool
    source: str = ""


def upload(session: Session, content: bytes, *, file_name: str, by: str, now: datetime) -> UUID:
    """Take a file in, with a guess what its columns are; the id of the import. Raises FileRefused."""
    manner = guess_file(content)
    row = ImportRow(
        id=uuid4(),
        state=ImportState.COLUMNS,
        started_at=now,
        started_by=by,
        file_name=file_name.strip()[-LONGEST_NAME:],
        content=content,
        mode=Mode.ADDS,
        words={},
        source="",
        is_split=False,
        publishes=False,
        how_checked=None,
        total=0,
        done=0,
        lease_until=None,
        lease_by="",
        ended_at=None,
        failure="",
    )
    _set_manner(session, row, read_table(content, manner), manner)
    session.add(row)
    audit.record(session, actor=by, action="import_started", now=now, subject=str(row.id), rows=row.total)
    row.total = 0
    session.flush()  # what follows finds it by its id
    return row.id


def read_otherwise(session: Session, import_id: UUID, manner: CsvManner) -> None:
    """Read the text of a file in another encoding, or with another delimiter. Raises FileRefused."""
    row = _locked(session, import_id, ImportState.COLUMNS)
    _set_manner(session, row, read_table(row.content or b"", manner), manner)
    row.total = 0


def choose_columns(session: Session, import_id: UUID, columns: Columns, *, by: str, now: datetime) -> None:
    """Say what the columns are, and have the rows checked; the same is guessed for the next file with such headings.

    Raises NoNameColumn, ImportUnknown or ImportStateRefused.
    """
    row = _locked(session, import_id, ImportState.CHECKING)
    keys = [slot.key if slot else "" for slot in matching_of(columns.matching, row.headings)]
    if not set(NAMES) & set(keys):
        raise NoNameColumn
    session.execute(delete(ImportEntryRow).where(ImportEntryRow.run_id == import_id))
    row.matching, row.mode, row.day_first, row.source = keys, columns.mode, columns.day_first, columns.source
    row.state, row.is_split, row.total, row.done = ImportState.CHECKING, False, 0, 0
    _remember(session, row, now)
    audit.record(session, actor=by, action="import_columns_chosen", now=now, subject=str(import_id))


def back_to_columns(session: Session, import_id: UUID) -> None:
    """Say again what the columns are. Raises ImportUnknown or ImportStateRefused."""
    row = _locked(session, import_id, ImportState.COLUMNS)
    row.state = ImportState.COLUMNS
    session.execute(delete(ImportEntryRow).where(ImportEntryRow.run_id == import_id))


def choose_words(session: Session, import_id: UUID, words: Words, *, by: str, now: datetime) -> None:
    """Say what unknown words mean, and have the entries checked again that have something wrong."""
    row = _locked(session, import_id, ImportState.CHECKING)
    row.words = {kind: {**row.words.get(kind, {}), **words.get(kind, {})} for kind in {*row.words, *words}}
    _remember(session, row, now)
    _check_again(session, row, ImportEntryRow.state == EntryState.BROKEN)
    audit.record(session, actor=by, action="import_words_chosen", now=now, subject=str(import_id))


def choose_treatments(
    session: Session, import_id: UUID, treatments: Mapping[int, Treatment | UUID], *, by: str, now: datetime
) -> None:
    """Say of organisations, by their positions in the file, whether they are ours; they are checked again.

    The id of an entry says that it is that one.
    """
    row = _locked(session, import_id, ImportState.CHECKING)
    query = select(ImportEntryRow).where(
        ImportEntryRow.run_id == import_id, ImportEntryRow.position.in_(treatments), ImportEntryRow.has_alike.is_(True)
    )
    for entry in session.scalars(query.order_by(ImportEntryRow.position)).all():
        _treat(entry, treatments[entry.position])
    _check_again(session, row, ImportEntryRow.position.in_(treatments))
    audit.record(session, actor=by, action="import_entries_told", now=now, subject=str(import_id))


def send(
    session: Session,
    import_id: UUID,
    *,
    publishes: bool,
    how_checked: HowChecked | None,
    without_broken: bool,
    by: str,
    now: datetime,
) -> None:
    """Have all entries become changes that wait for a decision or, with `publishes`, have them published at once.

    Raises EntriesBroken unless they may be left out, EntriesUndecided, NothingToSend, CheckNeeded (publishing says how
    numbers and addresses were checked), ImportUnknown or ImportStateRefused.
    """
    row = _locked(session, import_id, ImportState.SENDING)
    counts = count_states(session, import_id)
    if counts.get(EntryState.BROKEN) and not without_broken:
        raise EntriesBroken
    if count_alike(session, import_id):
        raise EntriesUndecided
    if not any(counts.get(state) for state in READY):
        raise NothingToSend
    if publishes and how_checked is None:
        raise CheckNeeded
    row.publishes, row.how_checked = publishes, how_checked if publishes else None
    row.state, row.done = ImportState.SENDING, 0
    row.total = sum(counts.get(state, 0) for state in READY)
    audit.record(
        session,
        actor=by,
        action="import_sent",
        now=now,
        subject=str(import_id),
        entries=row.total,
        publishes=publishes,
        source=row.source,
    )


def cancel(session: Session, import_id: UUID, *, by: str, now: datetime) -> None:
    """Stop an import: what it has sent to be approved is taken back, and the file is deleted.

    Raises ImportUnknown or ImportStateRefused (it has ended).
    """
    row = load_import(session, import_id, lock=True)
    aim = ImportState.UNDOING if row.state is ImportState.SENDING else ImportState.CANCELLED
    check_transition(row.state, aim)
    if aim is ImportState.UNDOING:
        begin_undoing(session, row)
    else:
        end(session, row, ImportState.CANCELLED, now)
    audit.record(session, actor=by, action="import_cancelled", now=now, subject=str(import_id))


def begin_undoing(session: Session, row: ImportRow, failure: str = "") -> None:
    """Have the changes of an import taken back, since it was stopped or has failed."""
    sent = count_states(session, row.id).get(EntryState.SENT, 0)
    row.state, row.failure, row.total, row.done = ImportState.UNDOING, failure, sent, 0


def end(session: Session, row: ImportRow, state: ImportState, now: datetime, failure: str = "") -> None:
    """End an import in this state; nothing of what the file held is kept but the names of its organisations."""
    check_transition(row.state, state)
    row.state, row.ended_at, row.content, row.samples = state, now, None, []
    row.failure = failure or row.failure
    row.lease_until, row.lease_by = None, ""
    session.execute(
        update(ImportEntryRow)
        .where(ImportEntryRow.run_id == row.id)
        .values(lines=[], proposed=None, findings=[], alike=[])
    )


def _set_manner(session: Session, row: ImportRow, table: Table, manner: CsvManner | None) -> None:
    """Note how a file is read, and guess the rest: what was chosen for such headings before, else by their words."""
    row.encoding, row.delimiter = (manner.encoding, manner.delimiter) if manner else ("", "")
    row.encoding_is_guessed = manner is not None and manner.is_guessed
    row.headings, row.total = list(table.headings), len(table.rows)
    row.samples = [_sample(table, place) for place in range(len(table.headings))]
    known = session.get(ImportMemoryRow, _key(table.headings))
    if known is not None:
        row.matching, row.mode, row.words, row.source = known.matching, known.mode, known.words, known.source
    else:
        row.matching = [slot.key if slot else "" for slot in guess_matching(table.headings)]
    order = guess_day_first(_dates(table, matching_of(row.matching, row.headings)))
    row.day_first, row.day_first_is_guessed = order is not False, order is None


def _sample(table: Table, place: int) -> list[str]:
    """The first texts of a column."""
    texts = (text[:LONGEST_SAMPLE] for row in table.rows if (text := row.texts[place].strip()))
    return list(islice(dict.fromkeys(texts), MOST_SAMPLES))


def _dates(table: Table, matching: Matching) -> Sequence[str]:
    columns = [place for place, slot in enumerate(matching) if slot and isinstance(slot.column.cell, Day)]
    return [row.texts[place] for row in table.rows for place in columns]


def _remember(session: Session, row: ImportRow, now: datetime) -> None:
    memory = ImportMemoryRow(key=_key(row.headings), matching=row.matching, words=row.words, mode=row.mode)
    memory.source, memory.used_at = row.source, now
    session.merge(memory)


def _key(headings: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(map(heading_key, headings)).encode()).hexdigest()


def _locked(session: Session, import_id: UUID, aim: ImportState) -> ImportRow:
    """An import that may go on to this state, locked."""
    row = load_import(session, import_id, lock=True)
    check_transition(row.state, aim)
    return row


def _treat(entry: ImportEntryRow, said: Treatment | UUID) -> None:
    """Note what was said of an organisation; it can only be an entry that it was found to be like."""
    if isinstance(said, Treatment):
        entry.treatment, entry.organisation_id = said, None
    elif str(said) in {one.get("id") for one in entry.alike}:
        entry.treatment, entry.organisation_id = Treatment.OURS, said


def _check_again(session: Session, row: ImportRow, which: ColumnElement[bool]) -> None:
    entries = update(ImportEntryRow).where(ImportEntryRow.run_id == row.id, which)
    session.execute(entries.values(state=EntryState.WAITING))
    row.state, row.done = ImportState.CHECKING, 0
    row.total = count_states(session, row.id).get(EntryState.WAITING, 0)
