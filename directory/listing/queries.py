"""Reading who hid an entry and why, how it was checked against the policy, and what is not listed again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.listing.models import HidingRow, InclusionCheckRow, NotListedRow
from directory.listing.rules import HidingState, HidingUnknown, MemoryUnknown
from directory.organisations.details import OrganisationDetails
from directory.organisations.likeness import NAME, NUMBER, POINTS, WEBSITE, Traits, host_of, likeness, words_of

ALIKE = 0.8 * POINTS[NAME]
"""Points from which a name alone reminds of one that is not listed."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that is not to be listed again, and what of an entry is like it (`name`, `number`, `website`)."""

    row: NotListedRow
    because: tuple[str, ...]


def hiding(session: Session, hiding_id: UUID) -> HidingRow:
    """One request to hide an entry, read anew. Raises HidingUnknown."""
    row = session.get(HidingRow, hiding_id, populate_existing=True)
    if row is None:
        raise HidingUnknown(str(hiding_id))
    return row


def hidings_of(session: Session, organisation_id: UUID) -> Sequence[HidingRow]:
    """Every time that an entry was to be hidden, the newest first."""
    return session.scalars(
        select(HidingRow)
        .where(HidingRow.organisation_id == organisation_id)
        .order_by(HidingRow.asked_at.desc(), HidingRow.id)
    ).all()


def open_hiding(session: Session, organisation_id: UUID) -> HidingRow | None:
    """The request that waits for a second officer, or the one by which the entry is hidden."""
    return session.scalars(
        select(HidingRow).where(
            HidingRow.organisation_id == organisation_id,
            HidingRow.state.in_([HidingState.WAITING, HidingState.HIDDEN]),
        )
    ).one_or_none()


def joined_with(session: Session, organisation_id: UUID) -> Sequence[UUID]:
    """The entries that were joined into this one and still are, by when."""
    return session.scalars(
        select(HidingRow.organisation_id)
        .where(HidingRow.joined_into == organisation_id, HidingRow.state == HidingState.HIDDEN)
        .order_by(HidingRow.asked_at, HidingRow.id)
    ).all()


def inclusion_checks(session: Session, organisation_id: UUID) -> Sequence[InclusionCheckRow]:
    """Every time that an organisation was compared with the policy, the newest first."""
    return session.scalars(
        select(InclusionCheckRow)
        .where(InclusionCheckRow.organisation_id == organisation_id)
        .order_by(InclusionCheckRow.checked_at.desc(), InclusionCheckRow.id)
    ).all()


def not_listed(session: Session) -> Sequence[NotListedRow]:
    """What is not to be listed again, by name."""
    return session.scalars(
        select(NotListedRow).where(NotListedRow.ended_at.is_(None)).order_by(NotListedRow.name, NotListedRow.id)
    ).all()


def memory(session: Session, memory_id: UUID) -> NotListedRow:
    """One organisation that is not to be listed again. Raises MemoryUnknown."""
    row = session.get(NotListedRow, memory_id, populate_existing=True)
    if row is None or row.ended_at is not None:
        raise MemoryUnknown(str(memory_id))
    return row


def reminders(session: Session, details: OrganisationDetails) -> tuple[Reminder, ...]:
    """What is not to be listed again and is like these details, in name, number or website."""
    names = (details.name, *details.other_names, *(service.name for service in details.services))
    own = Traits(
        names=tuple(words_of(name) for name in names),
        numbers=frozenset(phone.number for service in details.services for phone in service.phones),
        websites=frozenset(),
        places=frozenset(),
    )
    sites = [details.website, *(service.website for service in details.services)]
    found = ((row, _because(row, own, sites)) for row in not_listed(session))
    return tuple(Reminder(row, because) for row, because in found if because)


def _because(row: NotListedRow, own: Traits, sites: Iterable[str]) -> tuple[str, ...]:
    held = Traits(
        names=(words_of(row.name),),
        numbers=frozenset(filter(None, (row.phone,))),
        websites=frozenset(),
        places=frozenset(),
    )
    points = likeness(held, own)
    reasons = {
        NAME: points.get(NAME, 0) >= ALIKE,
        NUMBER: NUMBER in points,
        WEBSITE: bool(row.website) and any(_is_within(site, row.website) for site in sites if site),
    }
    return tuple(reason for reason, is_so in reasons.items() if is_so)


def _is_within(site: str, website: str) -> bool:
    """Whether a page is on this website; one with a path (`…/harbour` of a platform) is only what lies below it."""
    path, below = (urlsplit(link).path.rstrip("/") for link in (website, site))
    return host_of(site) == host_of(website) and (not path or f"{below}/".startswith(f"{path}/"))
