"""Reading organisations, above all as the public may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.base import ExecutableOption

from directory.errors import DomainError
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import DirectoryRevisionRow, OrganisationRow, SlugRow
from directory.organisations.provenance import Provenance, Source
from directory.organisations.public_view import Centres, public_view
from directory.organisations.rows import details_of
from directory.organisations.rules import State
from directory.organisations.service_models import LocationRow, PhoneRow, ServiceRow
from directory.organisations.standing import Standing
from directory.taxonomy.queries import area_centres

_STANDING = (
    OrganisationRow.confirmed_at,
    OrganisationRow.confirmed_by,
    OrganisationRow.overdue_since,
    OrganisationRow.told_changed_on,
    OrganisationRow.told_closed_on,
)
"""The columns of a `Standing`."""


class OrganisationNotFound(DomainError):
    """There is no such entry, or it has never been public."""


class OrganisationGone(DomainError):
    """The entry was public once and is hidden now."""


class OrganisationMoved(DomainError):
    """The entry has another slug now."""

    def __init__(self, slug: str) -> None:
        """Keep the current slug, for the redirect."""
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOrganisation:
    """A public entry: `details` is its public view, with nothing of withheld locations but their areas."""

    id: UUID
    slug: str
    revision: int
    details: OrganisationDetails
    standing: Standing

    @property
    def version(self) -> str:
        """Another text whenever the public sees something else."""
        return self.standing.version(self.revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRecord:
    """An entry in any state, with all that is private: for the desk and for the seed, never for the public."""

    id: UUID
    slug: str
    state: State
    revision: int
    details: OrganisationDetails
    provenance: Provenance
    edited_by: str


def with_details() -> tuple[ExecutableOption, ...]:
    """Loader options for an organisation with all that its details need, in one query per table."""
    services = selectinload(OrganisationRow.services)
    return (
        selectinload(OrganisationRow.other_names),
        selectinload(OrganisationRow.translations),
        selectinload(OrganisationRow.locations).selectinload(LocationRow.access),
        services.selectinload(ServiceRow.terms),
        services.selectinload(ServiceRow.interpreting),
        services.selectinload(ServiceRow.translations),
        services.selectinload(ServiceRow.locations),
        services.selectinload(ServiceRow.phones).selectinload(PhoneRow.languages),
    )


def public_organisation(session: Session, slug: str) -> PublicOrganisation:
    """One public entry.

    Raises OrganisationMoved for an old slug of one, OrganisationGone for a hidden one and OrganisationNotFound else.
    """
    found = session.execute(
        select(OrganisationRow, SlugRow.is_current)
        .join(SlugRow, SlugRow.organisation_id == OrganisationRow.id)
        .where(SlugRow.slug == slug)
        .options(*with_details())
    ).one_or_none()
    if found is None:
        raise OrganisationNotFound(slug)
    row, is_current = found
    if row.state is State.DRAFT:
        raise OrganisationNotFound(slug)
    if row.state is State.HIDDEN:
        raise OrganisationGone(slug)
    if not is_current:
        raise OrganisationMoved(current_slug(session, row.id))
    return _public(row, slug, area_centres(session))


def public_organisations(session: Session, only: Collection[UUID] | None = None) -> tuple[PublicOrganisation, ...]:
    """All public entries, or those of `only`, by slug, in as many queries as there are tables."""
    centres = area_centres(session)
    wanted = (
        select(OrganisationRow, SlugRow.slug)
        .join(SlugRow, SlugRow.organisation_id == OrganisationRow.id)
        .where(SlugRow.is_current, OrganisationRow.state == State.PUBLIC)
        .order_by(SlugRow.slug)
        .options(*with_details())
    )
    if only is not None:
        wanted = wanted.where(OrganisationRow.id.in_(only))
    found = session.execute(wanted)
    return tuple(_public(row, slug, centres) for row, slug in found)


def organisation_records(session: Session) -> tuple[OrganisationRecord, ...]:
    """All entries in every state by slug, with what is private."""
    found = session.execute(
        select(OrganisationRow, SlugRow.slug)
        .join(SlugRow, SlugRow.organisation_id == OrganisationRow.id)
        .where(SlugRow.is_current)
        .order_by(SlugRow.slug)
        .options(*with_details(), selectinload(OrganisationRow.sources), selectinload(OrganisationRow.notes))
    )
    return tuple(_record(row, slug) for row, slug in found)


def public_front(session: Session, organisation_id: UUID) -> tuple[str, str] | None:
    """Slug and name of an entry, for a link to it; `None` if the public does not see it."""
    found = session.execute(
        select(SlugRow.slug, OrganisationRow.name)
        .join(OrganisationRow, OrganisationRow.id == SlugRow.organisation_id)
        .where(OrganisationRow.id == organisation_id, SlugRow.is_current, OrganisationRow.state == State.PUBLIC)
    ).one_or_none()
    return None if found is None else (found.slug, found.name)


def public_versions(session: Session) -> dict[UUID, str]:
    """The version of each public entry by its id: another text whenever the public sees something else of it."""
    found = session.execute(
        select(OrganisationRow.id, OrganisationRow.revision, *_STANDING)
        .where(OrganisationRow.state == State.PUBLIC)
        .order_by(OrganisationRow.id)
    )
    return {row.id: _standing(row).version(row.revision) for row in found}


def directory_revision(session: Session) -> int:
    """How often what the public sees has changed: one read by primary key."""
    return session.scalars(select(DirectoryRevisionRow.number).where(DirectoryRevisionRow.id == 1)).one()


def current_slug(session: Session, organisation_id: UUID) -> str:
    """The slug of an entry in any state, or OrganisationNotFound."""
    slug = session.scalars(
        select(SlugRow.slug).where(SlugRow.organisation_id == organisation_id, SlugRow.is_current)
    ).one_or_none()
    if slug is None:
        raise OrganisationNotFound(str(organisation_id))
    return slug


def _public(row: OrganisationRow, slug: str, centres: Centres) -> PublicOrganisation:
    return PublicOrganisation(
        id=row.id,
        slug=slug,
        revision=row.revision,
        details=public_view(details_of(row), centres),
        standing=_standing(row),
    )


def _standing(row: Any) -> Standing:
    """How an entry stands, from its row or from one that holds these columns."""
    return Standing(
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
        overdue_since=row.overdue_since,
        told_changed_on=row.told_changed_on,
        told_closed_on=row.told_closed_on,
    )


def _record(row: OrganisationRow, slug: str) -> OrganisationRecord:
    provenance = Provenance(
        confidence=row.confidence,
        sources=tuple(Source(url=source.url, date=source.date, what=source.what) for source in row.sources),
        notes=tuple(note.text for note in row.notes),
    )
    return OrganisationRecord(
        id=row.id,
        slug=slug,
        state=row.state,
        revision=row.revision,
        details=details_of(row),
        provenance=provenance,
        edited_by=row.edited_by,
    )
