"""Reading the taxonomy."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.taxonomy.models import TermRow
from directory.taxonomy.terms import LANGUAGE_ORDER, Taxonomy, Term, TermKind


def load_taxonomy(session: Session) -> Taxonomy:
    """The whole taxonomy, in two queries."""
    rows = session.scalars(
        select(TermRow).options(selectinload(TermRow.texts)).order_by(TermRow.kind, TermRow.position, TermRow.code)
    )
    return Taxonomy(tuple(_term(row) for row in rows))


def area_centres(session: Session) -> Mapping[str, tuple[float, float]]:
    """The centre (latitude, longitude) of each area that has one, by its code."""
    rows = session.execute(
        select(TermRow.code, TermRow.latitude, TermRow.longitude)
        .where(TermRow.kind == TermKind.AREA, TermRow.latitude.is_not(None))
        .order_by(TermRow.code)
    )
    return {code: (latitude, longitude) for code, latitude, longitude in rows}


def _term(row: TermRow) -> Term:
    texts = sorted(row.texts, key=lambda text: LANGUAGE_ORDER.index(text.language))
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
    )
