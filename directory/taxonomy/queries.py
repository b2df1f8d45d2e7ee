"""Reading the taxonomy."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.taxonomy.models import MergedTermRow, TermRow, TermTextRow
from directory.taxonomy.terms import Taxonomy, Term, TermKind, language_order

_TERM = (
    TermRow.id,
    TermRow.kind,
    TermRow.code,
    TermRow.parent,
    TermRow.position,
    TermRow.latitude,
    TermRow.longitude,
    TermRow.retired,
)
_TEXT = (
    TermTextRow.term_id,
    TermTextRow.language,
    TermTextRow.name,
    TermTextRow.description,
    TermTextRow.examples,
)


def load_taxonomy(session: Session) -> Taxonomy:
    """The whole taxonomy, in three queries; columns alone, since it is read often and has thousands of texts."""
    texts = _texts(session)
    merged: dict[tuple[TermKind, str], list[str]] = {}
    for (kind, code), successor in successors(session).items():
        merged.setdefault((kind, successor), []).append(code)
    rows = session.execute(select(*_TERM).order_by(TermRow.kind, TermRow.position, TermRow.code))
    return Taxonomy(tuple(_term(row, texts.get(row.id, ()), merged.get((row.kind, row.code), ())) for row in rows))


def successors(session: Session) -> Mapping[tuple[TermKind, str], str]:
    """Of each term that was merged into another, the code of that one."""
    rows = session.scalars(select(MergedTermRow).order_by(MergedTermRow.kind, MergedTermRow.code))
    return {(row.kind, row.code): row.successor for row in rows}


def load_codes(session: Session) -> frozenset[tuple[TermKind, str]]:
    """Read which codes there are."""
    rows = session.execute(select(TermRow.kind, TermRow.code).order_by(TermRow.kind, TermRow.code))
    return frozenset((row.kind, row.code) for row in rows)


def area_centres(session: Session) -> Mapping[str, tuple[float, float]]:
    """The centre (latitude, longitude) of each area that has one, by its code."""
    rows = session.execute(
        select(TermRow.code, TermRow.latitude, TermRow.longitude)
        .where(TermRow.kind == TermKind.AREA, TermRow.latitude.is_not(None))
        .order_by(TermRow.code)
    )
    return {row.code: (row.latitude, row.longitude) for row in rows}


def _texts(session: Session) -> dict[UUID, list[Any]]:
    """The texts of each term by its id, in the order in which languages are listed."""
    rows = session.execute(select(*_TEXT).order_by(TermTextRow.term_id, TermTextRow.language)).all()
    found: dict[UUID, list[Any]] = {}
    for row in sorted(rows, key=lambda text: language_order(text.language)):
        found.setdefault(row.term_id, []).append(row)
    return found


def _term(row: Any, texts: Sequence[Any], merged: Iterable[str]) -> Term:
    return Term(
        kind=row.kind,
        code=row.code,
        parent=row.parent or "",
        names={text.language: text.name for text in texts},
        descriptions={text.language: text.description for text in texts if text.description},
        examples={text.language: tuple(text.examples) for text in texts if text.examples},
        latitude=row.latitude,
        longitude=row.longitude,
        position=row.position,
        retired=row.retired,
        merged=tuple(merged),
    )
