"""Putting the seed's terms into the taxonomy: as often as one likes, and never over what people changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.audit import SEED
from directory.directory_revision import lock_directory, raise_directory_revision, raise_lexicon_revision
from directory.errors import DomainError
from directory.taxonomy.models import MergedTermRow, TermRow
from directory.taxonomy.operations import new_row, write_term
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import Taxonomy, Term, TermKind

Key = tuple[TermKind, str]


class BroaderTermUnknown(DomainError):
    """A term stands under one that there is not, or under itself."""


def put_terms(session: Session, terms: Iterable[Term]) -> int:
    """Add these terms, and make those that are there already say the same; returns how many changed.

    Terms that are not named here stay as they are, and so do those that people changed, merged or put in an order of
    their own. Raises BroaderTermUnknown.
    """
    lock_directory(session)
    known = load_taxonomy(session)
    rows = session.scalars(select(TermRow).options(selectinload(TermRow.texts)).order_by(TermRow.kind, TermRow.code))
    held = {(row.kind, row.code): row for row in rows}
    theirs = {key for key, row in held.items() if row.edited_by != SEED}
    wanted = {(term.kind, term.code): term for term in _beside(theirs, known, terms)}
    changed = {key: term for key, term in wanted.items() if not known.has(*key) or known.term(*key) != term}
    if changed:
        raise_directory_revision(session)
    for term in _broader_first(changed, set(held)):
        row = held.get((term.kind, term.code))
        if row is None:
            row = new_row(term)
            row.edited_by = SEED
            session.add(row)
        write_term(row, term)
    session.flush()  # rows of other features refer to terms by code, an order that the session does not know
    _put_merged(session, known, changed)
    return len(changed)


def _beside(theirs: set[Key], known: Taxonomy, terms: Iterable[Term]) -> Iterator[Term]:
    """The terms that may be put, each at a place that fits where people have had a hand in its kind."""
    last = {kind: max((term.position for term in known.of(kind)), default=-1) for kind in TermKind}
    ordered = {kind for kind, _ in theirs} | {kind for kind, _ in known.successors}
    for term in terms:
        key = (term.kind, term.code)
        if key in theirs or key in known.successors:
            continue
        parent = known.current(term.kind, term.parent)
        if term.kind not in ordered:
            yield replace(term, parent=parent)
        elif known.has(*key):
            yield replace(term, parent=parent, position=known.term(*key).position, merged=known.term(*key).merged)
        else:
            last[term.kind] += 1
            yield replace(term, parent=parent, position=last[term.kind])


def _put_merged(session: Session, known: Taxonomy, changed: Mapping[Key, Term]) -> None:
    """Keep what was merged into the terms, unless there still is a term of that code here."""
    for (kind, code), term in changed.items():
        for merged in term.merged:
            if (kind, merged) not in known.successors and not known.has(kind, merged):
                session.add(MergedTermRow(kind=kind, code=merged, successor=code))
                raise_lexicon_revision(session)


def _broader_first(terms: Mapping[Key, Term], known: set[Key]) -> list[Term]:
    """The terms, each after the one it stands under."""
    sorter: TopologicalSorter[Key] = TopologicalSorter()
    for key, term in terms.items():
        broader = (term.kind, term.parent)
        if term.parent and broader not in terms and broader not in known:
            raise BroaderTermUnknown(f"{term.kind} {term.code} under {term.parent}")
        sorter.add(key, *([broader] if term.parent and broader in terms else []))
    try:
        return [terms[key] for key in sorter.static_order()]
    except CycleError as error:
        raise BroaderTermUnknown(str(error.args[1])) from error
