"""Entries that a new one may be the same as. Few are compared: those that share a number, a website or a word."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, literal, or_, select, text, union_all
from sqlalchemy.orm import Session

from directory.organisations.details import OrganisationDetails
from directory.organisations.likeness import Traits, host_of, likeness, words_of
from directory.organisations.models import OrganisationRow, OtherNameRow
from directory.organisations.service_models import PhoneRow, ServiceRow

LIKE_ENOUGH = 35
"""Points from which a person is to look: one and the same number is enough."""
MOST = 200
"""Entries that are compared at most; a word that more of them have tells nothing."""
SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Similar:
    """An entry that may be the same, the likeliest first, and why (`name`, `number`, `website`)."""

    id: UUID
    name: str
    points: int
    because: tuple[str, ...]


def similar_entries(
    session: Session, details: OrganisationDetails, *, but: Collection[UUID] = ()
) -> tuple[Similar, ...]:
    """Entries in any state that may be the same as these details, but for some that are known not to be meant."""
    own = _traits([details.name, *details.other_names], _numbers(details), _sites(details))
    candidates = [row for row in _candidates(session, own) if row.id not in but]
    others, numbers = _names_and_numbers(session, [row.id for row in candidates])
    found = []
    for row in candidates:
        points = likeness(own, _traits([row.name, *others[row.id]], numbers[row.id], [row.website]))
        if sum(points.values()) >= LIKE_ENOUGH:
            found.append(Similar(row.id, row.name, sum(points.values()), tuple(points)))
    return tuple(sorted(found, key=lambda one: (-one.points, one.name, one.id)))


def _candidates(session: Session, own: Traits) -> Sequence[Row[UUID, str, str]]:
    """Id, name and website of the entries that have anything in common."""
    shared: list[ColumnElement[bool]] = []
    if own.numbers:
        phones = select(ServiceRow.organisation_id).join(PhoneRow, PhoneRow.service_id == ServiceRow.id)
        shared.append(OrganisationRow.id.in_(phones.where(PhoneRow.number.in_(own.numbers))))
    shared += [OrganisationRow.website.contains(host, autoescape=True) for host in sorted(own.websites) if host]
    for word in sorted({word for name in own.names for word in name if len(word) >= SHORTEST_WORD}):
        is_other = func.lower(OtherNameRow.name).contains(word, autoescape=True)
        shared += [
            func.lower(OrganisationRow.name).contains(word, autoescape=True),
            OrganisationRow.id.in_(select(OtherNameRow.organisation_id).where(is_other)),
        ]
    if not shared:
        return []
    query = select(OrganisationRow.id, OrganisationRow.name, OrganisationRow.website).where(or_(*shared))
    return session.execute(query.order_by(OrganisationRow.id).limit(MOST)).all()


def _names_and_numbers(
    session: Session, ids: Collection[UUID]
) -> tuple[Mapping[UUID, list[str]], Mapping[UUID, list[str]]]:
    """The other names and the phone numbers of entries, in one query."""
    names = select(OtherNameRow.organisation_id, literal("name"), OtherNameRow.name)
    numbers = select(ServiceRow.organisation_id, literal("number"), PhoneRow.number)
    both = union_all(
        names.where(OtherNameRow.organisation_id.in_(ids)),
        numbers.join(PhoneRow, PhoneRow.service_id == ServiceRow.id).where(ServiceRow.organisation_id.in_(ids)),
    )
    found: tuple[dict[UUID, list[str]], dict[UUID, list[str]]] = defaultdict(list), defaultdict(list)
    for identity, what, held in session.execute(both.order_by(text("1, 2, 3"))) if ids else ():
        found[0 if what == "name" else 1][identity].append(held)
    return found


def _traits(names: Iterable[str], numbers: Iterable[str], sites: Iterable[str]) -> Traits:
    return Traits(
        names=tuple(words_of(name) for name in names if name),
        numbers=frozenset(number for number in numbers if number.startswith("+")),
        websites=frozenset(host_of(site) for site in sites if site),
        places=frozenset(),
    )


def _numbers(details: OrganisationDetails) -> list[str]:
    return [phone.number for service in details.services for phone in service.phones]


def _sites(details: OrganisationDetails) -> list[str]:
    return [details.website, *(service.website for service in details.services)]
