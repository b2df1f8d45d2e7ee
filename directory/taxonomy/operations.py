"""What may happen to the taxonomy. Nothing here commits."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.errors import DomainError
from directory.taxonomy.models import TermRow, TermTextRow
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import Term, TermKind


class BroaderTermUnknown(DomainError):
    """A term stands under one that there is not, or under itself."""


def put_terms(session: Session, terms: Iterable[Term]) -> int:
    """Add these terms, and make those that are there already say the same; returns how many changed.

    Terms that are not named here stay as they are. Raises BroaderTermUnknown.
    """
    known = load_taxonomy(session)
    changed = [
        term for term in terms if not known.has(term.kind, term.code) or known.term(term.kind, term.code) != term
    ]
    rows = session.scalars(select(TermRow).options(selectinload(TermRow.texts)).order_by(TermRow.kind, TermRow.code))
    held = {(row.kind, row.code): row for row in rows}
    for term in _broader_first({(term.kind, term.code): term for term in changed}, set(held)):
        row = held.get((term.kind, term.code))
        if row is None:
            row = TermRow(id=uuid5(NAMESPACE_URL, f"term/{term.kind}/{term.code}"), texts=[])
            session.add(row)
        _write(row, term)
    session.flush()  # rows of other features refer to terms by code, an order that the session does not know
    return len(changed)


def _write(row: TermRow, term: Term) -> None:
    row.kind, row.code, row.parent, row.position = term.kind, term.code, term.parent or None, term.position
    row.latitude, row.longitude = term.latitude, term.longitude
    held = {text.language: text for text in row.texts}
    texts = [held.get(language) or TermTextRow(language=language) for language in term.names]
    for text in texts:
        text.name = term.names[text.language]
        text.description = term.descriptions.get(text.language, "")
        text.examples = list(term.examples.get(text.language, ()))
    if set(texts) != set(row.texts):
        row.texts = texts


def _broader_first(terms: dict[tuple[TermKind, str], Term], known: set[tuple[TermKind, str]]) -> list[Term]:
    """The terms, each after the one it stands under."""
    sorter: TopologicalSorter[tuple[TermKind, str]] = TopologicalSorter()
    for key, term in terms.items():
        broader = (term.kind, term.parent)
        if term.parent and broader not in terms and broader not in known:
            raise BroaderTermUnknown(f"{term.kind} {term.code} under {term.parent}")
        sorter.add(key, *([broader] if term.parent and broader in terms else []))
    try:
        return [terms[key] for key in sorter.static_order()]
    except CycleError as error:
        raise BroaderTermUnknown(str(error.args[1])) from error
