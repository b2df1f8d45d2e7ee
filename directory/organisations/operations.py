"""What may happen to an entry. Nothing here commits: the caller's transaction holds it all or nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from directory.errors import DomainError
from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import (
    DirectoryRevisionRow,
    NoteRow,
    OrganisationRow,
    RevisionRow,
    SlugRow,
    SourceRow,
)
from directory.organisations.provenance import Provenance
from directory.organisations.queries import OrganisationNotFound, with_details
from directory.organisations.rows import codes_in, details_of, write_details
from directory.organisations.rules import State, check_publishable, check_transition
from directory.organisations.validity import check_details
from directory.taxonomy.queries import load_codes


class SlugTaken(DomainError):
    """Another entry has this slug, or had it once."""


class UnknownCodes(DomainError):
    """The details hold codes that the taxonomy does not have."""


def add_organisation(
    session: Session, *, organisation_id: UUID, slug: str, details: OrganisationDetails, by: str, now: datetime
) -> OrganisationRow:
    """Add an entry as a draft, which the public does not see. Raises SlugTaken, DetailsInvalid or UnknownCodes."""
    _check(session, details)
    _claim_slug(session, slug)
    row = OrganisationRow(
        id=organisation_id,
        state=State.DRAFT,
        revision=0,
        edited_at=now,
        edited_by=by,
        slugs=[SlugRow(slug=slug, is_current=True)],
        other_names=[],
        translations=[],
        services=[],
        locations=[],
        sources=[],
        notes=[],
    )
    write_details(row, details)
    session.add(row)
    session.flush()  # so that the database refuses a wrong entry here, and what follows finds a right one
    return row


def save_draft(
    session: Session, organisation_id: UUID, details: OrganisationDetails, *, by: str, now: datetime
) -> None:
    """Change an entry that has not been public yet. Raises StateRefused, DetailsInvalid or UnknownCodes."""
    row = _locked(session, organisation_id)
    check_transition(row.state, State.DRAFT)
    _check(session, details)
    write_details(row, details)
    _edited(row, by, now)


def publish(
    session: Session, organisation_id: UUID, details: OrganisationDetails, *, by: str, why: str, now: datetime
) -> int:
    """Make an entry public as these details say, and keep them as its next revision; returns its number.

    Raises DetailsInvalid, UnknownCodes, NoWayToReach or OrganisationNotFound.
    """
    raise_directory_revision(session)
    row = _locked(session, organisation_id)
    _check(session, details)
    check_publishable(details)
    check_transition(row.state, State.PUBLIC)
    write_details(row, details)
    row.state = State.PUBLIC
    return _make_revision(session, row, details, by=by, why=why, now=now)


def hide(session: Session, organisation_id: UUID, *, by: str, now: datetime) -> None:
    """Take a public entry away from the public. Raises StateRefused if it is not public."""
    raise_directory_revision(session)
    row = _locked(session, organisation_id)
    check_transition(row.state, State.HIDDEN)
    row.state = State.HIDDEN
    _edited(row, by, now)


def rename_slug(session: Session, organisation_id: UUID, slug: str, *, by: str, now: datetime) -> None:
    """Give an entry another slug; the old one leads to it for ever, and may be taken back by the same entry.

    A public entry gets a revision, since everything that shows it must learn of its new place. Raises SlugTaken.
    """
    raise_directory_revision(session)
    row = _locked(session, organisation_id)
    held = {known.slug: known for known in session.scalars(select(SlugRow).filter_by(organisation_id=row.id))}
    if slug not in held:
        _claim_slug(session, slug)
    for known in held.values():
        known.is_current = False
    session.flush()  # the old slug must cease to be the current one before another becomes it
    if slug in held:
        held[slug].is_current = True
    else:
        session.add(SlugRow(slug=slug, organisation_id=row.id, is_current=True))
    if row.state is State.PUBLIC:
        _make_revision(session, row, details_of(row), by=by, why=f"renamed to {slug}", now=now)


def add_note(session: Session, organisation_id: UUID, text: str, *, by: str, now: datetime) -> None:
    """Add a private note to an entry; notes are never edited."""
    row = _locked(session, organisation_id)
    number = max((note.number for note in row.notes), default=0) + 1
    row.notes.append(NoteRow(number=number, text=text, written_at=now, written_by=by))


def set_provenance(session: Session, organisation_id: UUID, provenance: Provenance, *, by: str, now: datetime) -> None:
    """Say anew where the facts came from; of the notes only those of the same writer are replaced."""
    row = _locked(session, organisation_id)
    row.confidence = provenance.confidence
    row.sources = [
        SourceRow(position=position, url=source.url, date=source.date, what=source.what)
        for position, source in enumerate(provenance.sources)
    ]
    row.notes = [note for note in row.notes if note.written_by != by]
    session.flush()  # the numbers of the notes taken away are free again
    for text in provenance.notes:
        add_note(session, organisation_id, text, by=by, now=now)


def raise_directory_revision(session: Session) -> None:
    """Count one change of what the public sees. Comes first, since its row lock is the queue of all such changes."""
    session.execute(update(DirectoryRevisionRow).values(number=DirectoryRevisionRow.number + 1))


def _locked(session: Session, organisation_id: UUID) -> OrganisationRow:
    row = session.scalars(
        select(OrganisationRow)
        .where(OrganisationRow.id == organisation_id)
        .options(*with_details(), selectinload(OrganisationRow.sources), selectinload(OrganisationRow.notes))
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise OrganisationNotFound(str(organisation_id))
    return row


def _check(session: Session, details: OrganisationDetails) -> None:
    check_details(details)
    known = load_codes(session)
    unknown = sorted(f"{kind} {code}" for kind, code in codes_in(details) if (kind, code) not in known)
    if unknown:
        raise UnknownCodes(", ".join(unknown))
    if details.part_of is not None and session.get(OrganisationRow, details.part_of) is None:
        raise OrganisationNotFound(f"part of {details.part_of}")


def _claim_slug(session: Session, slug: str) -> None:
    if session.get(SlugRow, slug) is not None:
        raise SlugTaken(slug)


def _make_revision(
    session: Session, row: OrganisationRow, details: OrganisationDetails, *, by: str, why: str, now: datetime
) -> int:
    row.revision += 1
    session.add(
        RevisionRow(
            organisation_id=row.id,
            number=row.revision,
            details=stored.dump(details),
            made_at=now,
            made_by=by,
            why=why,
        )
    )
    _edited(row, by, now)
    return row.revision


def _edited(row: OrganisationRow, by: str, now: datetime) -> None:
    row.edited_at, row.edited_by = now, by
