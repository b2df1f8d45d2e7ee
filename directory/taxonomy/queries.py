"""Reading the taxonomy."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.taxonomy.models import MergedTermRow, TermRow
from directory.taxonomy.terms import Taxonomy, Term, TermKind, language_order


def load_taxonomy(session: Session) -> Taxonomy:
    """The whole taxonomy, in three queries."""
    rows = session.scalars(
        select(TermRow).options(selectinload(TermRow.texts)).order_by(TermRow.kind, TermRow.position, TermRow.code)
    )
    merged: dict[tuple[TermKind, str], list[str]] = {}
    for (kind, code), successor in successors(session).items():
        merged.setdefault((kind, successor), []).append(code)
    return Taxonomy(tuple(_term(row, merged.get((row.kind, row.code), ())) for row in rows))


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


def _term(row: TermRow, merged: Iterable[str]) -> Term:
    texts = sorted(row.texts, key=lambda text: language_order(text.language))
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
