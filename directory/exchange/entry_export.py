"""Every entry as rows of a spreadsheet, a few entries at a time, so that no file is too long to be made."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.checks.keeping import day_of
from directory.checks.models import ContactRow
from directory.exchange.cells import Manner, in_words
from directory.exchange.columns import written_slots
from directory.exchange.lines import WrittenEntry, lines_of
from directory.exchange.term_words import TermWords
from directory.organisations.current import NEWEST_REVISION, details_now
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import OrganisationRow, RevisionRow, SlugRow
from directory.organisations.public_view import public_view
from directory.organisations.rules import State
from directory.people.models import PersonRow
from directory.taxonomy.queries import load_taxonomy

AT_A_TIME = 100
Sessions = Callable[[], Session]


def export_rows(sessions: Sessions, *, for_officers: bool) -> Iterator[tuple[str, ...]]:
    """The headings, then the rows of all entries by slug; for others than officers, of what everybody may see.

    Each few entries are read in a session of their own, which is closed before their rows are given out: a slow
    reader keeps nobody from writing.
    """
    slots = written_slots(for_officers=for_officers)
    yield tuple(slot.heading for slot in slots)
    with sessions() as session:
        manner = Manner(TermWords(load_taxonomy(session)))
    after = ""
    while True:
        with sessions() as session:
            entries = _entries(session, after, for_officers=for_officers)
        if not entries:
            return
        for entry in entries:
            yield from lines_of(entry, slots, manner)
        after = entries[-1].slug


def _entries(session: Session, after: str, *, for_officers: bool) -> list[WrittenEntry]:
    """The next entries after this slug."""
    query = (
        select(OrganisationRow, SlugRow.slug, RevisionRow.details)
        .join(SlugRow, SlugRow.organisation_id == OrganisationRow.id)
        .outerjoin(RevisionRow, NEWEST_REVISION)
        .where(SlugRow.is_current, SlugRow.slug > after)
        .order_by(SlugRow.slug)
        .limit(AT_A_TIME)
    )
    if for_officers:
        query = query.options(selectinload(OrganisationRow.sources), selectinload(OrganisationRow.notes))
    else:
        query = query.where(OrganisationRow.state == State.PUBLIC)
    found = session.execute(query).all()
    private = {row.id: _private(row) for row, _, _ in found} if for_officers else {}
    contacts = _contacts(session, private)
    held = details_now(session, ((row.id, newest) for row, _, newest in found))
    if not for_officers:  # of a private place the area alone, without even that area's centre
        return [_entry(row, slug, public_view(held[row.id], {})) for row, slug, _ in found]
    return [
        replace(_entry(row, slug, held[row.id]), contacts=contacts.get(row.id, ()), notes=notes, sources=sources)
        for row, slug, _ in found
        for notes, sources in [private[row.id]]
    ]


def _entry(row: OrganisationRow, slug: str, details: OrganisationDetails) -> WrittenEntry:
    return WrittenEntry(
        id=row.id,
        slug=slug,
        state=row.state.value,
        revision=row.revision,
        details=details,
        confirmed_on=day_of(row.confirmed_at) if row.confirmed_at else None,
        confirmed_by=in_words(row.confirmed_by) if row.confirmed_by else "",
    )


def _private(row: OrganisationRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What officers noted about an entry, and where its facts came from, each in one line."""
    sources = (_joined(source.what, source.url, source.date) for source in row.sources)
    return tuple(note.text for note in row.notes), tuple(sources)


def _contacts(session: Session, organisation_ids: Collection[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """The update contacts of entries, each in one line, first ones first."""
    rows = session.execute(
        select(ContactRow.organisation_id, PersonRow.name, PersonRow.role, PersonRow.email)
        .join(PersonRow, PersonRow.id == ContactRow.person_id)
        .where(ContactRow.organisation_id.in_(organisation_ids), ContactRow.ended_at.is_(None))
        .order_by(ContactRow.organisation_id, ContactRow.position)
    )
    found: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.organisation_id] += (_joined(row.name, row.role, row.email),)
    return found


def _joined(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))
