"""An entry as rows of a spreadsheet: one for each service, and more where one row has no room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any
from uuid import UUID

from directory.exchange.cells import Manner
from directory.exchange.columns import NUMBERED, Part, Slot
from directory.organisations.details import LocationDetails, OrganisationDetails, Phone, ServiceDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEntry:
    """An entry with all that a file tells of it beside its details."""

    id: UUID
    slug: str
    state: str
    revision: int
    details: OrganisationDetails
    confirmed_on: date | None = None
    confirmed_by: str = ""
    contacts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """What one row is about, beside its organisation."""

    service: ServiceDetails | None
    phones: tuple[Phone, ...] = ()
    places: tuple[LocationDetails, ...] = ()


def lines_of(entry: WrittenEntry, slots: Sequence[Slot], manner: Manner) -> Iterator[tuple[str, ...]]:
    """The rows of an entry: the text of each slot, in their order."""
    for row in _rows(entry.details):
        yield tuple(_text(entry, row, slot, manner) for slot in slots)


def _rows(details: OrganisationDetails) -> Iterator[_Row]:
    """The rows in an order that tells the order of everything.

    Places stand in the rows of their services. Where that would not say in which order the organisation has them, or
    leaves one out, rows without a service come first, with all of them.
    """
    places = {place.id: place for place in details.locations}
    of_services = dict.fromkeys(place for service in details.services for place in service.locations)
    if list(of_services) != list(places):
        yield from (_Row(None, places=some) for some in _some(details.locations, Part.PLACE))
    elif not details.services:
        yield _Row(None)
    for service in details.services:
        its_places = tuple(places[place] for place in service.locations)
        pairs = zip_longest(_some(service.phones, Part.PHONE), _some(its_places, Part.PLACE), fillvalue=())
        rows = [_Row(service, phones, some) for phones, some in pairs]
        yield from rows or [_Row(service)]


def _some(records: tuple[Any, ...], part: Part) -> Iterator[tuple[Any, ...]]:
    """The records, as many at a time as one row has room for."""
    room = NUMBERED[part]
    return (records[start : start + room] for start in range(0, len(records), room))


def _text(entry: WrittenEntry, row: _Row, slot: Slot, manner: Manner) -> str:
    match slot.column.part:
        case Part.ORGANISATION:
            return slot.column.cell.write(_of_organisation(entry, slot.column.attribute), manner)
        case Part.SERVICE:
            return _of(row.service, slot, manner)
        case Part.PHONE:
            return _of(_numbered(row.phones, slot), slot, manner)
        case Part.PLACE:
            return _of(_numbered(row.places, slot), slot, manner)


def _numbered(records: tuple[Any, ...], slot: Slot) -> Any:
    return records[slot.number - 1] if slot.number <= len(records) else None


def _of(record: Any, slot: Slot, manner: Manner) -> str:
    if record is None:
        return ""
    if slot.column.attribute == "position":
        return slot.column.cell.write((record.latitude, record.longitude), manner)
    return slot.column.cell.write(getattr(record, slot.column.attribute), manner)


def _of_organisation(entry: WrittenEntry, attribute: str) -> Any:
    """One fact about the organisation or its entry; what our own columns have in several lines is text already."""
    match attribute:
        case "id" | "slug" | "state" | "revision" | "confirmed_by":
            return getattr(entry, attribute)
        case "confirmed_on":
            return entry.confirmed_on.isoformat() if entry.confirmed_on else ""
        case "contacts" | "notes" | "sources":
            return "\n".join(getattr(entry, attribute))
        case "notice_text":
            return entry.details.notice.text if entry.details.notice else ""
        case "notice_until":
            return entry.details.notice.until if entry.details.notice else None
    return getattr(entry.details, attribute)
