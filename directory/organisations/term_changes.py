"""What becomes of entries when a term is merged or retired. Nothing here commits."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.directory_revision import raise_directory_revision
from directory.organisations.codes import Change, with_codes
from directory.organisations.current import with_details
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import keep_revision
from directory.organisations.rows import details_of, write_details
from directory.organisations.rules import State
from directory.organisations.term_usage import entries_with
from directory.taxonomy.operations import replace_term, retire_term
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.rules import check_merge
from directory.taxonomy.terms import TermKind

TOGETHER = 200
"""Entries that are read at once."""


def merge(session: Session, kind: TermKind, code: str, *, into: str, by: str, now: datetime) -> int:
    """Give `into` to all that has a term, then let that be no more; returns how many entries followed.

    Raises TermUnknown, TermFixed or MergeRefused.
    """
    raise_directory_revision(session)
    taxonomy = load_taxonomy(session)
    check_merge(taxonomy.term(kind, code), taxonomy.term(kind, into), taxonomy)

    def change(held_kind: TermKind, held: str) -> str:
        return into if (held_kind, held) == (kind, code) else held

    affected = [entry.id for entry in entries_with(session, kind, [code])]
    for row in _changed(session, affected, change, by=by, why=f"merged {kind}/{code} into {kind}/{into}", now=now):
        row.edited_at = now  # who edited it stays: what it says is the same, and the seed goes on keeping it
    session.flush()  # nothing may refer to the term when it goes
    replace_term(session, kind, code, into=into, by=by, now=now)
    return len(affected)


def retire(session: Session, kind: TermKind, code: str, *, entries_keep_it: bool, by: str, now: datetime) -> int:
    """Offer a term no more, nor those under it, and take them from entries unless they keep them.

    Returns how many entries lost one. Raises TermUnknown or TermFixed.
    """
    codes = retire_term(session, kind, code, by=by, now=now)
    if entries_keep_it:
        return 0

    def change(held_kind: TermKind, held: str) -> str | None:
        return None if held_kind is kind and held in codes else held

    affected = [entry.id for entry in entries_with(session, kind, codes)]
    for row in _changed(session, affected, change, by=by, why=f"retired {kind}/{code}", now=now):
        row.edited_at, row.edited_by = now, by
    return len(affected)


def _changed(
    session: Session, ids: Sequence[UUID], change: Change, *, by: str, why: str, now: datetime
) -> Iterator[OrganisationRow]:
    """Each entry, with other codes; one that was ever public has it as a revision, in whatever state it is."""
    for start in range(0, len(ids), TOGETHER):
        rows = session.scalars(
            select(OrganisationRow)
            .where(OrganisationRow.id.in_(sorted(ids)[start : start + TOGETHER]))
            .order_by(OrganisationRow.id)
            .options(*with_details())
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        for row in rows:
            details = with_codes(details_of(row), change)
            write_details(row, details)
            if row.state is not State.DRAFT:
                keep_revision(session, row, details, by=by, why=why, now=now)
            yield row
