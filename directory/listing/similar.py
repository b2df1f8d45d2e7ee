"""Entries that a new one may be the same as. Few are compared: those that share a number, a website or a word."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, or_, select
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
    ids = [identity for identity in _candidates(session, own) if identity not in but]
    names, known = _known(session, ids)
    found = []
    for identity in ids:
        points = likeness(own, known[identity])
        if sum(points.values()) >= LIKE_ENOUGH:
            found.append(Similar(identity, names[identity], sum(points.values()), tuple(points)))
    return tuple(sorted(found, key=lambda one: (-one.points, one.name, one.id)))


def _candidates(session: Session, own: Traits) -> list[UUID]:
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
    query = select(OrganisationRow.id).where(or_(*shared)).order_by(OrganisationRow.id).limit(MOST)
    return list(session.scalars(query))


def _known(session: Session, ids: Iterable[UUID]) -> tuple[Mapping[UUID, str], Mapping[UUID, Traits]]:
    """The names of entries, and what is compared of each."""
    wanted = list(ids)
    rows = session.execute(
        select(OrganisationRow.id, OrganisationRow.name, OrganisationRow.website)
        .where(OrganisationRow.id.in_(wanted))
        .order_by(OrganisationRow.id)
    ).all()
    others = _grouped(
        session.execute(
            select(OtherNameRow.organisation_id, OtherNameRow.name)
            .where(OtherNameRow.organisation_id.in_(wanted))
            .order_by(OtherNameRow.organisation_id, OtherNameRow.position)
        )
    )
    numbers = _grouped(
        session.execute(
            select(ServiceRow.organisation_id, PhoneRow.number)
            .join(PhoneRow, PhoneRow.service_id == ServiceRow.id)
            .where(ServiceRow.organisation_id.in_(wanted))
            .order_by(ServiceRow.organisation_id, PhoneRow.service_id, PhoneRow.number)
        )
    )
    traits = {row.id: _traits([row.name, *others[row.id]], numbers[row.id], [row.website]) for row in rows}
    return {row.id: row.name for row in rows}, traits


def _grouped(pairs: Iterable[Row[UUID, str]]) -> Mapping[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for identity, text in pairs:
        found[identity].append(text)
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
