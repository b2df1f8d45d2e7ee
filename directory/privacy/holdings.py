"""Finding a person, and everything that is held about them: the same for the page, the file and the command."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from directory.checks.models import AnswerRow, ContactRow, LinkRow
from directory.people.models import PersonRow
from directory.people.operations import PersonUnknown
from directory.privacy.mentions import mentions
from directory.privacy.needed import references
from directory.privacy.sources import SOURCES

MOST_FOUND = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person as they are known, and how often each record refers to them, by its column (`contact.person_id`)."""

    id: UUID
    name: str
    role: str
    email: str
    since: datetime
    erased_at: datetime | None
    referred: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that is held about a person."""

    what: str
    at: datetime | None
    facts: Mapping[str, str | int | bool]
    """What it says, by the names of its columns, as text where it is a day, a moment, a list or a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Everything that is held about somebody, who may be known several times by the same address."""

    people: tuple[KnownPerson, ...]
    records: tuple[Record, ...]


def find_people(session: Session, words: str) -> tuple[KnownPerson, ...]:
    """People whose name or address holds these words, by address and name; at most `MOST_FOUND`."""
    wanted = words.strip()
    if not wanted:
        return ()
    holds = (
        condition
        for column in (PersonRow.name, PersonRow.email)
        for condition in (
            column.contains(wanted, autoescape=True),
            func.lower(column).contains(wanted.lower(), autoescape=True),
        )
    )
    query = select(PersonRow).where(or_(*holds)).order_by(PersonRow.email, PersonRow.name, PersonRow.id)
    return _known(session, session.scalars(query.limit(MOST_FOUND)).all())


def same_people(session: Session, chosen: Collection[UUID]) -> tuple[UUID, ...]:
    """The ids under which somebody is known: those chosen, and all with the same address. Raises PersonUnknown."""
    held = session.scalars(select(PersonRow).where(PersonRow.id.in_(chosen)).order_by(PersonRow.id)).all()
    if not chosen or len(held) != len(set(chosen)):
        raise PersonUnknown(", ".join(map(str, chosen)))
    addresses = {row.email.lower() for row in held if row.email}
    same = or_(PersonRow.id.in_(chosen), func.lower(PersonRow.email).in_(addresses))
    return tuple(session.scalars(select(PersonRow.id).where(same).order_by(PersonRow.since, PersonRow.id)))


def namesakes(session: Session, ids: Collection[UUID]) -> tuple[KnownPerson, ...]:
    """Others who may be the same: of the same name, or who answered by a link that was sent to one of these."""
    names = session.scalars(select(PersonRow.name).where(PersonRow.id.in_(ids), PersonRow.name != "")).all()
    signed = (
        select(AnswerRow.person_id)
        .join(LinkRow, LinkRow.id == AnswerRow.link_id)
        .join(ContactRow, ContactRow.id == LinkRow.contact_id)
        .where(ContactRow.person_id.in_(ids))
    )
    is_like = or_(func.lower(PersonRow.name).in_([name.lower() for name in names]), PersonRow.id.in_(signed))
    query = select(PersonRow).where(is_like, PersonRow.id.not_in(ids), PersonRow.erased_at.is_(None))
    return _known(session, session.scalars(query.order_by(PersonRow.name, PersonRow.id).limit(MOST_FOUND)).all())


def held_about(session: Session, chosen: Collection[UUID]) -> Holdings:
    """Everything that is held about somebody, the newest first within each kind. Raises PersonUnknown."""
    ids = same_people(session, chosen)
    rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(ids)).order_by(PersonRow.since, PersonRow.id))
    people = _known(session, rows.all())
    referred = {"", *(column for person in people for column in person.referred)}
    records = [
        record
        for source in SOURCES
        if source.column in referred
        for record in _records(session, source.what, source.query(session, ids))
    ]
    found = (
        Record(what="mention", at=None, facts={"where": mention.where, "organisation": mention.organisation})
        for mention in mentions(session, [(person.name, person.email) for person in people])
    )
    return Holdings(people=people, records=(*records, *found))


def as_json(holdings: Holdings, now: datetime) -> dict[str, Any]:
    """The same as plain data, to be given to whom it is about."""
    return {
        "made_at": now.isoformat(),
        "people": [
            {
                "id": str(person.id),
                "name": person.name,
                "role": person.role,
                "email": person.email,
                "since": person.since.isoformat(),
                "erased_at": person.erased_at.isoformat() if person.erased_at else None,
            }
            for person in holdings.people
        ],
        "records": [
            {"what": record.what, "at": record.at.isoformat() if record.at else None, **record.facts}
            for record in holdings.records
        ],
    }


def _known(session: Session, rows: Collection[PersonRow]) -> tuple[KnownPerson, ...]:
    referred: dict[UUID, Counter[str]] = defaultdict(Counter)
    ids = [row.id for row in rows]
    if ids:
        counted = (
            select(literal(str(column)).label("where"), column.label("person"), func.count().label("times"))
            .where(column.in_(ids))
            .group_by(column)
            for column in references()
        )
        for where, person_id, times in session.execute(union_all(*counted)):
            referred[person_id][where] = times
    return tuple(
        KnownPerson(
            id=row.id,
            name=row.name,
            role=row.role,
            email=row.email,
            since=row.since,
            erased_at=row.erased_at,
            referred=dict(sorted(referred[row.id].items())),
        )
        for row in rows
    )


def _records(session: Session, what: str, query: Any) -> Iterator[Record]:
    for row in session.execute(query).mappings():
        facts = {name: _plain(value) for name, value in row.items() if name != "at" and value not in (None, "", [])}
        yield Record(what=what, at=row["at"], facts=facts)


def _plain(value: Any) -> str | int | bool:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value if isinstance(value, str | int | bool) else str(value)
