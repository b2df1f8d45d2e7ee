"""How much of the directory a term describes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import CompoundSelect, func, select, union
from sqlalchemy.orm import Session

from directory.organisations.models import OrganisationRow, SlugRow
from directory.organisations.service_models import (
    LocationAccessRow,
    LocationRow,
    PhoneLanguageRow,
    ServiceRow,
    ServiceTermRow,
)
from directory.taxonomy.terms import TermKind


@dataclass(frozen=True, slots=True)
class Usage:
    """How many services and places have a term, in entries of any state."""

    services: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry, to be shown by name."""

    id: UUID
    slug: str
    name: str


def usage_by_code(session: Session, kind: TermKind) -> Mapping[str, Usage]:
    """How much each term of a kind is used, by its code; terms that nothing has are left out."""
    of_services, of_places = _counted(session, _services(kind)), _counted(session, _places(kind))
    return {
        code: Usage(of_services.get(code, 0), of_places.get(code, 0))
        for code in sorted(of_services.keys() | of_places.keys())
    }


def entries_with(
    session: Session, kind: TermKind, codes: Collection[str], *, limit: int | None = None
) -> tuple[NamedEntry, ...]:
    """The entries in which something has one of these terms, by slug, or the first of them."""
    holding = _entries(kind, codes).subquery()
    rows = session.execute(
        select(OrganisationRow.id, SlugRow.slug, OrganisationRow.name)
        .join(SlugRow, SlugRow.organisation_id == OrganisationRow.id)
        .where(SlugRow.is_current, OrganisationRow.id.in_(select(holding.c.organisation_id)))
        .order_by(SlugRow.slug)
        .limit(limit)
    )
    return tuple(NamedEntry(row.id, row.slug, row.name) for row in rows)


def number_with(session: Session, kind: TermKind, codes: Collection[str]) -> int:
    """In how many entries something has one of these terms."""
    return session.scalar(select(func.count()).select_from(_entries(kind, codes).subquery())) or 0


def _entries(kind: TermKind, codes: Collection[str]) -> CompoundSelect[tuple[UUID]]:
    services, places = _services(kind).subquery(), _places(kind).subquery()
    return union(
        select(ServiceRow.organisation_id)
        .join(services, services.c.holder == ServiceRow.id)
        .where(services.c.code.in_(codes)),
        select(LocationRow.organisation_id)
        .join(places, places.c.holder == LocationRow.id)
        .where(places.c.code.in_(codes)),
    )


def _services(kind: TermKind) -> CompoundSelect[tuple[UUID, str]]:
    """Service and code, for each term of the kind that a service or one of its numbers has."""
    return union(
        select(ServiceTermRow.service_id.label("holder"), ServiceTermRow.code).where(ServiceTermRow.kind == kind),
        select(PhoneLanguageRow.service_id, PhoneLanguageRow.code).where(PhoneLanguageRow.kind == kind),
    )


def _places(kind: TermKind) -> CompoundSelect[tuple[UUID, str]]:
    """Location and code, for each term of the kind that a location has."""
    return union(
        select(LocationRow.id.label("holder"), LocationRow.area.label("code")).where(
            LocationRow.area_kind == kind, LocationRow.area.is_not(None)
        ),
        select(LocationAccessRow.location_id, LocationAccessRow.code).where(LocationAccessRow.kind == kind),
    )


def _counted(session: Session, holding: CompoundSelect[tuple[UUID, str]]) -> dict[str, int]:
    held = holding.subquery()
    rows = session.execute(
        select(held.c.code, func.count().label("number")).group_by(held.c.code).order_by(held.c.code)
    )
    return {row.code: row.number for row in rows}
