"""The dry run: what each organisation of a file would change, and what is wrong with it. Nothing here commits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes.outcome import Proposal, outcome
from directory.changes.queries import Entry, RevisionUnknown, load_entries, seen_details
from directory.exchange.cells import Manner
from directory.exchange.columns import Slot
from directory.exchange.findings import Fault, Finding
from directory.exchange.imports.models import ImportEntryRow, ImportRow
from directory.exchange.imports.queries import term_words
from directory.exchange.imports.rules import MOST_ROWS_OF_ONE, EntryState, Treatment
from directory.exchange.imports.splitting import NAMES, lines_of_entry
from directory.exchange.matching import matching_of
from directory.exchange.reading import EntryReading, read_entry
from directory.exchange.record_cells import Line
from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import OrganisationRow, SlugRow
from directory.organisations.rules import State


@dataclass(frozen=True, slots=True)
class Known:
    """What of our entries the rows of a batch speak of."""

    entries: Mapping[UUID, Entry]
    by_slug: Mapping[str, UUID]


@dataclass(frozen=True, slots=True)
class FileManner:
    """How the whole file is read."""

    slots: Sequence[Slot]
    manner: Manner
    today: date


def file_manner(session: Session, row: ImportRow, today: date) -> FileManner:
    """How the rows of an import are read, with today's terms."""
    slots = [slot for slot in matching_of(row.matching, row.headings) if slot is not None]
    return FileManner(slots, Manner(term_words(session, row.words), day_first=row.day_first), today)


def check_entries(session: Session, row: ImportRow, entries: Sequence[ImportEntryRow], today: date) -> None:
    """Find out what these entries would change, and note it with them."""
    how = file_manner(session, row, today)
    known = _known(session, entries)
    readings = {entry.position: _check(session, row, entry, how, known) for entry in entries}
    _check_wholes(session, entries, readings)


def _check(
    session: Session, row: ImportRow, entry: ImportEntryRow, how: FileManner, known: Known
) -> OrganisationDetails | None:
    """Check one entry; the details that it proposes, if it can be read."""
    lines = lines_of_entry(entry)
    entry.proposed, entry.findings, entry.alike, entry.has_alike = None, [], [], False
    entry.differences, entry.base_revision = 0, 0
    if entry.treatment is Treatment.LEAVE_OUT:
        entry.state = EntryState.LEFT_OUT
        return None
    faults = list(_faults(entry, lines, known))
    if faults:
        _broken(entry, faults)
        return None
    ours = known.entries.get(entry.organisation_id) if entry.organisation_id else None
    base: OrganisationDetails | None = None
    if ours is not None:
        entry.name = ours.details.name
        entry.base_revision = _revision(lines, ours)
        try:
            base = seen_details(session, ours, entry.base_revision)
        except RevisionUnknown:
            _broken(entry, [Finding(row=lines[0].row, what=Fault.NO_SUCH_REVISION)])
            return None
    reading = read_entry(
        lines,
        how.slots,
        base,
        manner=how.manner,
        mode=row.mode,
        new_id=lambda words: uuid5(row.id, f"{entry.position}/{words}"),
    )
    return _note(entry, reading, how.today, ours, base)


def _note(
    entry: ImportEntryRow,
    reading: EntryReading,
    today: date,
    ours: Entry | None,
    base: OrganisationDetails | None,
) -> OrganisationDetails | None:
    """Note what came of reading an entry."""
    findings = list(reading.findings)
    if reading.last_checked and reading.last_checked > today:
        findings.append(Finding(row=entry.first_row, what=Fault.IN_FUTURE, column="organisation.last_checked"))
    if reading.details is None or any(not finding.is_remark for finding in findings):
        _broken(entry, findings)
        return None
    entry.findings = [asdict(finding) for finding in findings]
    entry.last_checked = reading.last_checked
    entry.name = reading.details.name
    entry.proposed = stored.dump(reading.details)
    if ours is None or base is None:
        entry.state = EntryState.NEW
        return reading.details
    proposal = Proposal(base, reading.details)
    entry.differences = len(proposal.units)
    says_so = not proposal.units or outcome(proposal, ours.details, list(proposal.units)) == ours.details
    entry.state = EntryState.SAME if says_so else EntryState.CHANGED
    if ours.state is State.HIDDEN and not says_so:
        entry.proposed = None
        _broken(entry, [Finding(row=entry.first_row, what=Fault.HIDDEN)])
        return None
    return reading.details


def _broken(entry: ImportEntryRow, findings: Sequence[Finding]) -> None:
    entry.state = EntryState.BROKEN
    entry.findings = [asdict(finding) for finding in findings]


def _faults(entry: ImportEntryRow, lines: Sequence[Line], known: Known) -> Iterator[Finding]:
    """What is wrong with an entry before its cells are read; also finds which of ours it is."""
    if len(lines) > MOST_ROWS_OF_ONE:
        yield Finding(row=lines[0].row, what=Fault.TOO_MANY_ROWS)
    said = {key: lines[0].cells.get(key, "").strip() for key in NAMES}
    if not any(said.values()):
        yield Finding(row=lines[0].row, what=Fault.NO_NAME)
    elif entry.treatment is not Treatment.OURS:
        entry.organisation_id = _identity(said, known)
        key = next((key for key in NAMES[:2] if said[key]), "")
        if key and entry.organisation_id is None:
            yield Finding(row=lines[0].row, what=Fault.NO_SUCH_ENTRY, column=key, text=said[key])


def _identity(said: Mapping[str, str], known: Known) -> UUID | None:
    """The entry of ours that a row names, by id, else by its name in addresses."""
    if said["organisation.id"]:
        identity = _uuid(said["organisation.id"])
        return identity if identity in known.entries else None
    return known.by_slug.get(said["organisation.slug"].casefold())


def _revision(lines: Sequence[Line], ours: Entry) -> int:
    """The revision that the file began with; that of now where it does not say."""
    said = lines[0].cells.get("organisation.revision", "").strip()
    return int(said) if said.isdecimal() and len(said) < len(str(2**31)) else ours.revision


def _known(session: Session, entries: Sequence[ImportEntryRow]) -> Known:
    """The entries of ours that these rows name, in a few queries."""
    first = [lines_of_entry(entry)[0].cells for entry in entries]
    slugs = {cells.get("organisation.slug", "").strip().casefold() for cells in first}
    query = select(SlugRow.slug, SlugRow.organisation_id).where(SlugRow.slug.in_(slugs)).order_by(SlugRow.slug)
    by_slug = {row.slug: row.organisation_id for row in session.execute(query)}
    ids = {_uuid(cells.get("organisation.id", "")) for cells in first} | {entry.organisation_id for entry in entries}
    wanted = {identity for identity in ids if identity is not None} | set(by_slug.values())
    return Known(load_entries(session, wanted), by_slug)


def _check_wholes(
    session: Session, entries: Sequence[ImportEntryRow], readings: Mapping[int, OrganisationDetails | None]
) -> None:
    """Refuse entries that are part of one that there is not, or of themselves."""
    wholes = {details.part_of for details in readings.values() if details and details.part_of}
    query = select(OrganisationRow.id).where(OrganisationRow.id.in_(wholes)).order_by(OrganisationRow.id)
    there = set(session.scalars(query)) if wholes else set()
    for entry in entries:
        details = readings[entry.position]
        if details and details.part_of and details.part_of not in there - {entry.organisation_id}:
            fault = Finding(row=entry.first_row, what=Fault.UNKNOWN_ORGANISATION, column="organisation.part_of")
            entry.proposed = None
            _broken(entry, [fault])


def _uuid(text: str) -> UUID | None:
    """The id that a text is, if it is one."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None
