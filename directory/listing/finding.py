"""Finding entries for officers: a page of the list, and how many entries each filter has, in a few queries."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from directory.checks.models import ContactRow, KeepingRow
from directory.checks.rules import ContactState, Way
from directory.listing.criteria import EntryCriteria, Sign, Sort
from directory.organisations.models import OrganisationRow, OtherNameRow, SlugRow
from directory.organisations.rules import ConfirmedBy, State
from directory.organisations.service_models import PhoneRow, ServiceRow, ServiceTermRow
from directory.people.models import PersonRow
from directory.taxonomy.terms import Taxonomy, TermKind

_NUMBER = re.compile(r"[\d\s()+-]+")
SHORTEST_NUMBER = 3
"""Figures that are looked for in phone numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry in the list."""

    id: UUID
    slug: str
    name: str
    state: State
    is_joined: bool
    way: Way | None
    """None before the first round has looked at it."""
    due_on: date | None
    paused_until: date | None
    confirmed_at: datetime | None
    confirmed_by: ConfirmedBy | None
    signs: frozenset[Sign]


@dataclass(frozen=True, slots=True)
class EntryCounts:
    """How many entries there are in each state, and with each sign among those that all other filters let through."""

    total: int
    """Of all that was asked for."""
    states: Mapping[State, int]
    signs: Mapping[Sign, int]


def find_entries(
    session: Session, criteria: EntryCriteria, taxonomy: Taxonomy, *, today: date, limit: int, offset: int = 0
) -> tuple[EntryLine, ...]:
    """A page of the entries that were asked for, in their order."""
    signs = {sign: condition.label(sign.value) for sign, condition in _signs(today).items()}
    query = _from(
        select(
            OrganisationRow.id,
            SlugRow.slug,
            OrganisationRow.name,
            OrganisationRow.state,
            OrganisationRow.joined_into,
            OrganisationRow.confirmed_at,
            OrganisationRow.confirmed_by,
            KeepingRow.way,
            KeepingRow.due_on,
            KeepingRow.paused_until,
            *signs.values(),
        ).join(SlugRow, and_(SlugRow.organisation_id == OrganisationRow.id, SlugRow.is_current))
    )
    conditions = [*_conditions(criteria, taxonomy), *_of_sign(criteria, today), *_of_state(criteria)]
    rows = session.execute(query.where(*conditions).order_by(*_order(criteria.sort)).limit(limit).offset(offset))
    return tuple(
        EntryLine(
            id=row.id,
            slug=row.slug,
            name=row.name,
            state=row.state,
            is_joined=row.joined_into is not None,
            way=row.way,
            due_on=row.due_on,
            paused_until=row.paused_until,
            confirmed_at=row.confirmed_at,
            confirmed_by=row.confirmed_by,
            signs=frozenset(sign for sign in signs if getattr(row, sign.value)),
        )
        for row in rows
    )


def count_entries(session: Session, criteria: EntryCriteria, taxonomy: Taxonomy, *, today: date) -> EntryCounts:
    """What the filters show: of states the choice of a state does not count, of signs that of a sign does not."""
    signs = _signs(today)
    columns = [func.sum(case((condition, 1), else_=0)).label(sign.value) for sign, condition in signs.items()]
    wanted = [*_conditions(criteria, taxonomy), *_of_state(criteria)]
    row = session.execute(_from(select(func.count().label("all"), *columns)).where(*wanted)).one()
    held = {sign: int(getattr(row, sign.value) or 0) for sign in signs}
    by_state = _from(select(OrganisationRow.state, func.count().label("number"))).group_by(OrganisationRow.state)
    among = [*_conditions(criteria, taxonomy), *_of_sign(criteria, today)]
    rows = session.execute(by_state.where(*among).order_by(OrganisationRow.state))
    states = {row.state: row.number for row in rows}
    total = held[criteria.sign] if criteria.sign else int(row.all)
    return EntryCounts(total, states, held)


def _from(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.select_from(OrganisationRow).outerjoin(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)


def _signs(today: date) -> Mapping[Sign, ColumnElement[bool]]:
    """What each sign means of an entry. Only of public ones somebody is asked."""
    is_public = OrganisationRow.state == State.PUBLIC
    held = select(ContactRow.id).where(ContactRow.organisation_id == OrganisationRow.id, ContactRow.ended_at.is_(None))
    active = held.join(PersonRow, PersonRow.id == ContactRow.person_id).where(
        ContactRow.state == ContactState.ACTIVE, PersonRow.email != ""
    )
    bouncing = held.where(ContactRow.state == ContactState.BOUNCING)
    return {
        Sign.DUE: and_(is_public, KeepingRow.due_on.is_not(None), KeepingRow.due_on <= today),
        Sign.OVERDUE: and_(is_public, OrganisationRow.overdue_since.is_not(None)),
        Sign.NEVER_CONFIRMED: and_(
            is_public,
            or_(OrganisationRow.confirmed_at.is_(None), OrganisationRow.confirmed_by == ConfirmedBy.ANOTHER_DIRECTORY),
        ),
        Sign.NO_CONTACT: and_(is_public, ~active.exists()),
        Sign.BOUNCING: bouncing.exists(),
        Sign.PAUSED: and_(KeepingRow.paused_until.is_not(None), KeepingRow.paused_until > today),
        Sign.TOLD_CHANGED: OrganisationRow.told_changed_on.is_not(None),
        Sign.TOLD_CLOSED: and_(is_public, OrganisationRow.told_closed_on.is_not(None)),
    }


def _of_sign(criteria: EntryCriteria, today: date) -> Collection[ColumnElement[bool]]:
    return [_signs(today)[criteria.sign]] if criteria.sign else []


def _of_state(criteria: EntryCriteria) -> Collection[ColumnElement[bool]]:
    return [OrganisationRow.state == criteria.state] if criteria.state else []


def _conditions(criteria: EntryCriteria, taxonomy: Taxonomy) -> Collection[ColumnElement[bool]]:
    """Every filter but state and sign."""
    found = [_with_word(word) for word in _words(criteria.words)]
    if criteria.way:
        found.append(KeepingRow.way == criteria.way)
    if criteria.kind:
        found.append(OrganisationRow.kind == criteria.kind)
    if criteria.ground:
        codes = taxonomy.under(TermKind.GROUND, criteria.ground)
        is_one = and_(ServiceTermRow.kind == TermKind.GROUND, ServiceTermRow.code.in_(codes))
        found.append(or_(_with_term(is_one), _with_service(ServiceRow.all_grounds.is_(True))))
    for kind, code in ((TermKind.LANGUAGE, criteria.language), (TermKind.KIND, criteria.service_kind)):
        if code:
            found.append(_with_term(and_(ServiceTermRow.kind == kind, ServiceTermRow.code == code)))
    return found


def _words(text: str) -> Collection[str]:
    """The words that must all be there; a number is one, however it is written."""
    return [text] if _NUMBER.fullmatch(text.strip()) else text.split()


def _with_word(word: str) -> ColumnElement[bool]:
    """Whether a word stands in a name or slug, or figures in one of the numbers."""
    like = {"autoescape": True}
    lower = word.lower()
    other = select(OtherNameRow.name).where(OtherNameRow.organisation_id == OrganisationRow.id)
    slug = select(SlugRow.slug).where(SlugRow.organisation_id == OrganisationRow.id).correlate(OrganisationRow)
    found = [
        func.lower(OrganisationRow.name).contains(lower, **like),
        other.where(func.lower(OtherNameRow.name).contains(lower, **like)).exists(),
        slug.where(SlugRow.slug.contains(lower, **like)).exists(),
    ]
    if len(word) >= SHORTEST_NUMBER:
        found += [OrganisationRow.charity_number.contains(word, **like), OrganisationRow.company_number == word.upper()]
    figures = "".join(filter(str.isdecimal, word)).lstrip("0")
    if _NUMBER.fullmatch(word) and len(figures) >= SHORTEST_NUMBER:
        found.append(_with_phone(PhoneRow.number.contains(figures)))
    return or_(*found)


def _with_service(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return OrganisationRow.id.in_(select(ServiceRow.organisation_id).where(condition))


def _with_term(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    terms = select(ServiceRow.organisation_id).join(ServiceTermRow, ServiceTermRow.service_id == ServiceRow.id)
    return OrganisationRow.id.in_(terms.where(condition))


def _with_phone(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    phones = select(ServiceRow.organisation_id).join(PhoneRow, PhoneRow.service_id == ServiceRow.id)
    return OrganisationRow.id.in_(phones.where(condition))


def _order(sort: Sort) -> Collection[ColumnExpressionArgument[Any]]:
    by_name: tuple[ColumnExpressionArgument[Any], ...] = (func.lower(OrganisationRow.name), OrganisationRow.id)
    first: Mapping[Sort, tuple[ColumnExpressionArgument[Any], ...]] = {
        Sort.NAME: (),
        Sort.DUE: (KeepingRow.due_on.is_(None), KeepingRow.due_on),
        Sort.CONFIRMED: (OrganisationRow.confirmed_at.is_not(None), OrganisationRow.confirmed_at),
        Sort.EDITED: (OrganisationRow.edited_at.desc(),),
    }
    return (*first[sort], *by_name)
