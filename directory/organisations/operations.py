"""What may happen to an entry. Nothing here commits: the caller's transaction holds it all or nothing."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.base import ExecutableOption

from directory.directory_revision import raise_directory_revision
from directory.errors import DomainError
from directory.organisations import stored
from directory.organisations.codes import codes_in
from directory.organisations.current import with_details
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import NoteRow, OrganisationRow, RevisionRow, SlugRow, SourceRow
from directory.organisations.provenance import Provenance
from directory.organisations.queries import OrganisationNotFound
from directory.organisations.rows import details_of, write_details
from directory.organisations.rules import ConfirmedBy, State, StateRefused, check_publishable, check_transition
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
    check_entry(session, details)
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
    row = _locked(session, organisation_id, *with_details())
    check_transition(row.state, State.DRAFT)
    check_entry(session, details)
    write_details(row, details)
    _edited(row, by, now)


def publish(
    session: Session, organisation_id: UUID, details: OrganisationDetails, *, by: str, why: str, now: datetime
) -> int:
    """Make an entry public as these details say, and keep them as its next revision; returns its number.

    Raises DetailsInvalid, UnknownCodes, NoWayToReach, OrganisationNotFound, or StateRefused (a joined draft).
    """
    raise_directory_revision(session)
    row = _locked(session, organisation_id, *with_details())
    check_entry(session, details)
    check_publishable(details)
    check_transition(row.state, State.PUBLIC)
    if row.state is State.DRAFT and row.joined_into is not None:
        raise StateRefused("a draft that is a duplicate")
    write_details(row, details)
    row.state, row.joined_into = State.PUBLIC, None
    return _make_revision(session, row, details, by=by, why=why, now=now)


def hide(session: Session, organisation_id: UUID, *, by: str, now: datetime, joined_into: UUID | None = None) -> None:
    """Take a public entry away from the public; with `joined_into` its addresses lead to that one.

    Raises StateRefused if it is not public.
    """
    raise_directory_revision(session)
    row = _row(session, organisation_id)
    check_transition(row.state, State.HIDDEN)
    row.state, row.joined_into = State.HIDDEN, joined_into
    _edited(row, by, now)


def set_aside(session: Session, organisation_id: UUID, *, joined_into: UUID | None, by: str, now: datetime) -> None:
    """Note that a draft is a duplicate of this entry, and is not to be published (or, with None, that it is none).

    Raises StateRefused if it is no draft.
    """
    row = _row(session, organisation_id)
    check_transition(row.state, State.DRAFT)
    row.joined_into = joined_into
    _edited(row, by, now)


def rename_slug(session: Session, organisation_id: UUID, slug: str, *, by: str, now: datetime) -> None:
    """Give an entry another slug; the old one leads to it for ever, and may be taken back by the same entry.

    A public entry gets a revision, since everything that shows it must learn of its new place. Raises SlugTaken.
    """
    raise_directory_revision(session)
    row = _locked(session, organisation_id, *with_details())
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
    row = _locked(session, organisation_id, selectinload(OrganisationRow.notes))
    number = max((note.number for note in row.notes), default=0) + 1
    row.notes.append(NoteRow(number=number, text=text, written_at=now, written_by=by))


def set_provenance(session: Session, organisation_id: UUID, provenance: Provenance, *, by: str, now: datetime) -> None:
    """Say anew where the facts came from; of the notes only those of the same writer are replaced."""
    row = _locked(session, organisation_id, selectinload(OrganisationRow.sources), selectinload(OrganisationRow.notes))
    row.confidence = provenance.confidence
    row.sources = [
        SourceRow(position=position, url=source.url, date=source.date, what=source.what)
        for position, source in enumerate(provenance.sources)
    ]
    row.notes = [note for note in row.notes if note.written_by != by]
    session.flush()  # the numbers of the notes taken away are free again
    for text in provenance.notes:
        add_note(session, organisation_id, text, by=by, now=now)


def check_entry(session: Session, details: OrganisationDetails) -> None:
    """Refuse details that no entry could hold: DetailsInvalid, UnknownCodes, or OrganisationNotFound (`part_of`)."""
    check_details(details)
    known = load_codes(session)
    unknown = sorted(f"{kind} {code}" for kind, code in codes_in(details) if (kind, code) not in known)
    if unknown:
        raise UnknownCodes(", ".join(unknown))
    if details.part_of is not None and session.get(OrganisationRow, details.part_of) is None:
        raise OrganisationNotFound(f"part of {details.part_of}")


def confirm(session: Session, organisation_id: UUID, *, at: datetime, by: ConfirmedBy, now: datetime) -> bool:
    """Somebody said at this moment that the entry is right. False if a better word stands: a later one, or our own.

    What another directory says is shown and takes no mark away; an officer's own look also answers "it has closed".
    """
    if at > now:
        raise ValueError("nobody can have confirmed an entry in the future")
    raise_directory_revision(session)
    row = _row(session, organisation_id)
    is_ours, was_ours = (word not in {None, ConfirmedBy.ANOTHER_DIRECTORY} for word in (by, row.confirmed_by))
    if is_ours < was_ours or (is_ours == was_ours and row.confirmed_at is not None and row.confirmed_at >= at):
        return False
    row.confirmed_at, row.confirmed_by = at, by
    if is_ours:
        row.overdue_since = None
    if by in {ConfirmedBy.OFFICER_BY_PHONE, ConfirmedBy.OFFICER_BY_SOURCE}:
        row.told_closed_on = None
    return True


def unconfirm(session: Session, organisation_id: UUID) -> None:
    """What the entry says now is not what anybody confirmed: no confirmation is shown until there is a new one."""
    raise_directory_revision(session)
    row = _row(session, organisation_id)
    row.confirmed_at = row.confirmed_by = None


def mark_overdue(session: Session, organisation_id: UUID, *, since: date) -> None:
    """Tell the public that a confirmation is overdue; a mark that stands is left as it is."""
    raise_directory_revision(session)
    row = _row(session, organisation_id)
    row.overdue_since = row.overdue_since or since


def mark_told_changed(session: Session, organisation_id: UUID, *, on: date | None) -> None:
    """Tell the public that the organisation told us of a change which we are checking; None when that is done."""
    raise_directory_revision(session)
    _row(session, organisation_id).told_changed_on = on


def mark_told_closed(session: Session, organisation_id: UUID, *, on: date | None) -> None:
    """Tell the public that the organisation told us of its end, which we are checking; None when that is done."""
    raise_directory_revision(session)
    _row(session, organisation_id).told_closed_on = on


def _locked(session: Session, organisation_id: UUID, *parts: ExecutableOption) -> OrganisationRow:
    """The entry with these of its parts, locked."""
    row = session.scalars(
        select(OrganisationRow).where(OrganisationRow.id == organisation_id).options(*parts).with_for_update()
    ).one_or_none()
    if row is None:
        raise OrganisationNotFound(str(organisation_id))
    return row


def _row(session: Session, organisation_id: UUID) -> OrganisationRow:
    """The entry without its parts, locked."""
    row = session.get(OrganisationRow, organisation_id, with_for_update=True)
    if row is None:
        raise OrganisationNotFound(str(organisation_id))
    return row


def _claim_slug(session: Session, slug: str) -> None:
    if session.get(SlugRow, slug) is not None:
        raise SlugTaken(slug)


def keep_revision(
    session: Session, row: OrganisationRow, details: OrganisationDetails, *, by: str, why: str, now: datetime
) -> None:
    """Keep what an entry says from now on as its next revision."""
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


def _make_revision(
    session: Session, row: OrganisationRow, details: OrganisationDetails, *, by: str, why: str, now: datetime
) -> int:
    keep_revision(session, row, details, by=by, why=why, now=now)
    _edited(row, by, now)
    return row.revision


def _edited(row: OrganisationRow, by: str, now: datetime) -> None:
    row.edited_at, row.edited_by = now, by
