"""Reading organisations, above all as the public may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.errors import DomainError
from directory.organisations import stored
from directory.organisations.current import NEWEST_REVISION, details_now
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import OrganisationRow, RevisionRow, SlugRow, SourceRow
from directory.organisations.provenance import Provenance, Source
from directory.organisations.public_view import Centres, confirmed_view, public_view
from directory.organisations.rules import State
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
_PUBLIC = (
    select(
        OrganisationRow.id,
        OrganisationRow.state,
        OrganisationRow.revision,
        *_STANDING,
        SlugRow.slug,
        RevisionRow.details,
    )
    .join(SlugRow, SlugRow.organisation_id == OrganisationRow.id)
    .outerjoin(RevisionRow, NEWEST_REVISION)
)
"""What a `PublicOrganisation` is made of."""


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


def public_organisation(session: Session, slug: str) -> PublicOrganisation:
    """One public entry.

    Raises OrganisationMoved for an old slug of one, or one of a duplicate of it, OrganisationGone for a hidden one and
    OrganisationNotFound else.
    """
    found = session.execute(_PUBLIC.add_columns(SlugRow.is_current).where(SlugRow.slug == slug)).one_or_none()
    if found is None or found.state is State.DRAFT:
        raise OrganisationNotFound(slug)
    if found.state is State.HIDDEN:
        kept = public_front(session, found.id)
        raise OrganisationMoved(kept[0]) if kept else OrganisationGone(slug)
    if not found.is_current:
        raise OrganisationMoved(current_slug(session, found.id))
    return _public(found, area_centres(session))


def public_organisations(session: Session, only: Collection[UUID] | None = None) -> tuple[PublicOrganisation, ...]:
    """All public entries, or those of `only`, by slug, in two queries."""
    centres = area_centres(session)
    wanted = _PUBLIC.where(SlugRow.is_current, OrganisationRow.state == State.PUBLIC).order_by(SlugRow.slug)
    if only is not None:
        wanted = wanted.where(OrganisationRow.id.in_(only))
    return tuple(_public(found, centres) for found in session.execute(wanted))


def organisation_records(session: Session) -> tuple[OrganisationRecord, ...]:
    """All entries in every state by slug, with what is private."""
    newest = session.execute(
        select(OrganisationRow.id, RevisionRow.details)
        .outerjoin(RevisionRow, NEWEST_REVISION)
        .order_by(OrganisationRow.id)
    ).all()
    details = details_now(session, newest)
    found = session.execute(
        select(OrganisationRow, SlugRow.slug)
        .join(SlugRow, SlugRow.organisation_id == OrganisationRow.id)
        .where(SlugRow.is_current)
        .order_by(SlugRow.slug)
        .options(selectinload(OrganisationRow.sources), selectinload(OrganisationRow.notes))
    )
    # Where the database lets us see what others add between two questions, that one comes next time.
    return tuple(_record(row, slug, details[row.id]) for row, slug in found if row.id in details)


def organisation_names(session: Session, organisation_ids: Collection[UUID]) -> dict[str, str]:
    """The names of entries in any state by their ids, as text."""
    if not organisation_ids:
        return {}
    query = select(OrganisationRow.id, OrganisationRow.name).where(OrganisationRow.id.in_(organisation_ids))
    return {str(row.id): row.name for row in session.execute(query.order_by(OrganisationRow.id))}


def sources_of(session: Session, organisation_id: UUID) -> tuple[Source, ...]:
    """Where the facts of an entry came from."""
    query = select(SourceRow).where(SourceRow.organisation_id == organisation_id).order_by(SourceRow.position)
    return tuple(Source(url=row.url, date=row.date, what=row.what) for row in session.scalars(query))


def public_front(session: Session, organisation_id: UUID) -> tuple[str, str] | None:
    """Slug and name of an entry, or of the one that it was joined into; `None` if the public sees neither."""
    row = session.get(OrganisationRow, organisation_id)
    passed = {organisation_id}
    while row is not None and row.joined_into is not None and row.joined_into not in passed:
        passed.add(row.joined_into)
        row = session.get(OrganisationRow, row.joined_into)
    return (current_slug(session, row.id), row.name) if row is not None and row.state is State.PUBLIC else None


def public_versions(session: Session) -> dict[UUID, str]:
    """The version of each public entry by its id: another text whenever the public sees something else of it."""
    found = session.execute(
        select(OrganisationRow.id, OrganisationRow.revision, *_STANDING)
        .where(OrganisationRow.state == State.PUBLIC)
        .order_by(OrganisationRow.id)
    )
    return {row.id: _standing(row).version(row.revision) for row in found}


def current_slug(session: Session, organisation_id: UUID) -> str:
    """The slug of an entry in any state, or OrganisationNotFound."""
    slug = session.scalars(
        select(SlugRow.slug).where(SlugRow.organisation_id == organisation_id, SlugRow.is_current)
    ).one_or_none()
    if slug is None:
        raise OrganisationNotFound(str(organisation_id))
    return slug


def _public(found: Any, centres: Centres) -> PublicOrganisation:
    """An entry that was ever public, from a row of `_PUBLIC`."""
    details, standing = public_view(stored.load(found.details), centres), _standing(found)
    return PublicOrganisation(
        id=found.id,
        slug=found.slug,
        revision=found.revision,
        details=confirmed_view(details) if standing.confirmed_at else details,
        standing=standing,
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


def _record(row: OrganisationRow, slug: str, details: OrganisationDetails) -> OrganisationRecord:
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
        details=details,
        provenance=provenance,
        edited_by=row.edited_by,
    )
