"""New organisations of a file beside all that we have, beside each other, and beside what is not listed again.

Nothing here commits.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from directory.exchange.imports.models import ImportEntryRow
from directory.exchange.imports.rules import EntryState, Treatment
from directory.listing.queries import reminders
from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.rules import State
from directory.signals.duplicates import likely_pairs
from directory.signals.queries import Known, known_organisations

MOST_ALIKE = 5
OURS, ROW, NOT_LISTED = "ours", "row", "not_listed"
"""What an organisation of a file can be like."""


def look_alikes(session: Session, import_id: UUID) -> dict[int, list[dict[str, Any]]]:
    """What each new organisation is like, by its position, the likest first; not where an officer has said what it is.

    It takes seconds in a large directory, and only reads.
    """
    entries = session.scalars(
        select(ImportEntryRow).where(*_undecided(import_id)).order_by(ImportEntryRow.position)
    ).all()
    if not entries:
        return {}
    details = {entry.position: stored.load(entry.proposed or {}) for entry in entries}
    alike = _pairs(session, import_id, entries, details)
    found = {place: alike.get(place, []) + _not_listed(session, held) for place, held in details.items()}
    return {place: like[:MOST_ALIKE] for place, like in found.items() if like}


def note_look_alikes(session: Session, import_id: UUID, found: Mapping[int, list[dict[str, Any]]]) -> None:
    """Keep with each new organisation what it is like now, in the place of what it was like before."""
    again = update(ImportEntryRow).where(*_undecided(import_id)).values(alike=[], has_alike=False)
    session.execute(again, execution_options={"synchronize_session": False})
    for place, alike in found.items():
        entry = session.get(ImportEntryRow, (import_id, place), populate_existing=True)
        if entry is not None:
            entry.alike, entry.has_alike = alike, True


def _undecided(import_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        ImportEntryRow.run_id == import_id,
        ImportEntryRow.state == EntryState.NEW,
        ImportEntryRow.treatment == Treatment.UNDECIDED,
    )


def _pairs(
    session: Session, import_id: UUID, entries: Sequence[ImportEntryRow], details: Mapping[int, OrganisationDetails]
) -> dict[int, list[dict[str, Any]]]:
    """By position what each entry is like: ours, and earlier rows of the same file."""
    ours = known_organisations(session)
    names = {one.id: one.names[0] for one in ours}
    by_id = {uuid5(import_id, f"entry/{entry.position}"): entry for entry in entries}
    new = [_known(identity, details[entry.position]) for identity, entry in by_id.items()]
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for pair in likely_pairs((*ours, *new), only=by_id):
        first, second = by_id.get(pair.first), by_id.get(pair.second)
        if first and second:
            earlier, later = sorted((first, second), key=lambda entry: entry.position)
            found[later.position].append({"what": ROW, "row": earlier.first_row, "name": earlier.name})
        elif first or second:
            mine, other = (first, pair.second) if first else (second, pair.first)
            if mine:
                found[mine.position].append(
                    {"what": OURS, "id": str(other), "name": names[other], "reasons": list(pair.reasons)}
                )
    return found


def _not_listed(session: Session, details: OrganisationDetails) -> list[dict[str, Any]]:
    """What is not to be listed again and is like these details."""
    return [
        {"what": NOT_LISTED, "name": one.row.name, "reasons": list(one.because)} for one in reminders(session, details)
    ]


def _known(identity: UUID, details: OrganisationDetails) -> Known:
    """An organisation of a file, as far as likeness goes."""
    websites = (details.website, *(service.website for service in details.services))
    return Known(
        id=identity,
        state=State.DRAFT,
        names=(details.name, *details.other_names),
        part_of=details.part_of,
        charity_number=details.charity_number,
        numbers=tuple(dict.fromkeys(phone.number for service in details.services for phone in service.phones)),
        links=(),
        websites=tuple(dict.fromkeys(filter(None, websites))),
        places=tuple((one.postcode, "\n".join(one.address)) for one in details.locations if " " in one.postcode),
    )
