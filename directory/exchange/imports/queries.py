"""Reading imports: where each stands, what its entries would change, what is unknown in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import Session

from directory.changes.queries import load_entries
from directory.exchange.cells import CellFault
from directory.exchange.columns import Slot
from directory.exchange.findings import Finding
from directory.exchange.imports.models import ImportEntryRow, ImportRow
from directory.exchange.imports.rules import AT_WORK, READY, EntryState, ImportUnknown, Treatment
from directory.exchange.matching import all_slots
from directory.exchange.term_words import TermWords, folded
from directory.organisations import stored
from directory.organisations.codes import in_todays_terms
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import RevisionRow
from directory.taxonomy.queries import load_taxonomy, successors
from directory.taxonomy.terms import TermKind


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that no term is called by, and how many entries have it."""

    kind: TermKind
    word: str
    entries: int


def source_of_change(session: Session, change_id: UUID) -> str:
    """Where the file came from that a change was imported with, in the words of whoever brought it in."""
    rows = select(ImportRow.source).join(ImportEntryRow, ImportEntryRow.run_id == ImportRow.id)
    return session.scalars(rows.where(ImportEntryRow.change_id == change_id).limit(1)).one_or_none() or ""


def load_import(session: Session, import_id: UUID, *, lock: bool = False) -> ImportRow:
    """One import, read anew. Raises ImportUnknown."""
    row = session.get(ImportRow, import_id, populate_existing=True, with_for_update=lock)
    if row is None:
        raise ImportUnknown(str(import_id))
    return row


def imports(session: Session, *, skip: int, most: int) -> Sequence[ImportRow]:
    """Imports, the newest first."""
    query = select(ImportRow).order_by(ImportRow.started_at.desc(), ImportRow.id).offset(skip).limit(most)
    return session.scalars(query).all()


def count_imports(session: Session) -> int:
    """How many imports are kept."""
    return session.scalars(select(func.count()).select_from(ImportRow)).one()


def imports_to_go_on(session: Session, now: datetime) -> Sequence[UUID]:
    """The imports with something to do that no process is at, the oldest first."""
    query = select(ImportRow.id).where(
        ImportRow.state.in_(AT_WORK), or_(ImportRow.lease_until.is_(None), ImportRow.lease_until < now)
    )
    return session.scalars(query.order_by(ImportRow.started_at, ImportRow.id)).all()


def entries_of(
    session: Session, import_id: UUID, states: Iterable[EntryState], *, skip: int = 0, most: int
) -> Sequence[ImportEntryRow]:
    """Entries of an import that stand so, in the order of the file."""
    query = (
        select(ImportEntryRow)
        .where(ImportEntryRow.run_id == import_id, ImportEntryRow.state.in_(list(states)))
        .order_by(ImportEntryRow.position)
        .offset(skip)
        .limit(most)
    )
    return session.scalars(query).all()


def count_states(session: Session, import_id: UUID) -> dict[EntryState, int]:
    """How many entries of an import stand how."""
    rows = session.execute(
        select(ImportEntryRow.state, func.count())
        .where(ImportEntryRow.run_id == import_id)
        .group_by(ImportEntryRow.state)
        .order_by(ImportEntryRow.state)
    )
    return {row.state: row[1] for row in rows}


def alike_entries(session: Session, import_id: UUID, *, most: int) -> Sequence[ImportEntryRow]:
    """New organisations that look like others, about which nobody has said anything yet, in the order of the file."""
    query = select(ImportEntryRow).where(*_is_undecided(import_id)).order_by(ImportEntryRow.position).limit(most)
    return session.scalars(query).all()


def count_alike(session: Session, import_id: UUID) -> int:
    """How many of them there are."""
    return session.scalars(select(func.count()).select_from(ImportEntryRow).where(*_is_undecided(import_id))).one()


def states_of(session: Session, entries: Iterable[ImportEntryRow]) -> dict[int, tuple[OrganisationDetails | None, ...]]:
    """For each entry, by its position, what our entry said when the file began, and what it is to say."""
    held = [entry for entry in entries if entry.proposed is not None]
    wanted = {(entry.organisation_id, entry.base_revision) for entry in held if entry.organisation_id is not None}
    old = _seen(session, wanted)
    return {
        entry.position: (
            old.get((entry.organisation_id, entry.base_revision)) if entry.organisation_id else None,
            stored.load(entry.proposed or {}),
        )
        for entry in held
    }


def _seen(session: Session, wanted: set[tuple[UUID, int]]) -> dict[tuple[UUID, int], OrganisationDetails]:
    """What entries said at these revisions; of a draft, which has none, what it says now."""
    known = load_entries(session, {identity for identity, _ in wanted})
    seen = {
        (identity, number): known[identity].details
        for identity, number in wanted
        if identity in known and number in (0, known[identity].revision)
    }
    missing = wanted - seen.keys()
    if missing:
        key = tuple_(RevisionRow.organisation_id, RevisionRow.number)
        query = select(RevisionRow).where(key.in_(list(missing)))
        merged = successors(session)
        for row in session.scalars(query.order_by(RevisionRow.organisation_id, RevisionRow.number)):
            seen[row.organisation_id, row.number] = in_todays_terms(stored.load(row.details), merged)
    return seen


def unknown_words(session: Session, import_id: UUID) -> tuple[UnknownWord, ...]:
    """The words in the columns of terms that mean nothing, those of most entries first."""
    counts: dict[tuple[TermKind, str], int] = {}
    spelt: dict[tuple[TermKind, str], str] = {}
    rows = session.scalars(
        select(ImportEntryRow.findings)
        .where(ImportEntryRow.run_id == import_id, ImportEntryRow.state == EntryState.BROKEN)
        .order_by(ImportEntryRow.position)
    )
    kinds = {slot.key: kind for slot in all_slots() if (kind := _term_kind(slot)) is not None}
    for findings in rows:
        of_entry = {
            (kinds[finding.column], word)
            for finding in map(finding_of, findings)
            if finding.what == CellFault.TERM and finding.column in kinds
            for word in finding.words
        }
        for kind, word in of_entry:
            key = kind, folded(word)
            spelt.setdefault(key, word)
            counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    return tuple(UnknownWord(kind, spelt[kind, word], counts[kind, word]) for kind, word in ordered)


def term_words(session: Session, words: Mapping[str, Mapping[str, str]]) -> TermWords:
    """The words of today's taxonomy, with those of terms that were merged, and what an officer said of others."""
    replaced: dict[TermKind, dict[str, str]] = {kind: {} for kind in TermKind}
    for (kind, code), successor in successors(session).items():
        replaced[kind][folded(code)] = successor
    for name, said in words.items():
        replaced[TermKind(name)] |= said
    return TermWords(load_taxonomy(session), replaced)


def finding_of(stored: Mapping[str, Any]) -> Finding:
    """A finding as it was kept."""
    return Finding(**{**stored, "words": tuple(stored.get("words", ()))})


def _is_undecided(import_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        ImportEntryRow.run_id == import_id,
        ImportEntryRow.state.in_(READY),
        ImportEntryRow.treatment == Treatment.UNDECIDED,
        ImportEntryRow.has_alike.is_(True),
    )


def _term_kind(slot: Slot) -> TermKind | None:
    kind = getattr(slot.column.cell, "kind", None)
    return kind if isinstance(kind, TermKind) else None
