"""What the signs need to know of all entries at once: a few columns, in as many queries as there are tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.organisations.models import OrganisationRow, OtherNameRow
from directory.organisations.rules import State
from directory.organisations.service_models import LocationRow, PhoneRow, ServiceRow
from directory.signals.models import ProblemReportRow, SuggestionRow
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One entry, as far as signs go."""

    id: UUID
    state: State
    names: tuple[str, ...]
    part_of: UUID | None
    charity_number: str
    numbers: tuple[str, ...]
    links: tuple[str, ...]
    """Every link that the entry gives its readers."""
    websites: tuple[str, ...]
    """Those that are the organisation's own site, or a service's."""
    places: tuple[tuple[str, str], ...]
    """The full postcode and the address of each location."""


def known_organisations(session: Session) -> tuple[Known, ...]:
    """Every entry in every state, by id."""
    names, numbers, places = _other_names(session), _numbers(session), _places(session)
    websites, more_links = _service_links(session)
    rows = session.execute(
        select(
            OrganisationRow.id,
            OrganisationRow.state,
            OrganisationRow.name,
            OrganisationRow.part_of,
            OrganisationRow.charity_number,
            OrganisationRow.website,
        ).order_by(OrganisationRow.id)
    )
    return tuple(
        Known(
            id=row.id,
            state=row.state,
            names=(row.name, *names.get(row.id, ())),
            part_of=row.part_of,
            charity_number=row.charity_number,
            numbers=_once(numbers.get(row.id, ())),
            websites=_once(filter(None, (row.website, *websites.get(row.id, ())))),
            links=_once(filter(None, (row.website, *websites.get(row.id, ()), *more_links.get(row.id, ())))),
            places=_once(places.get(row.id, ())),
        )
        for row in rows
    )


def problem_reports(session: Session, task_id: UUID) -> Sequence[ProblemReportRow]:
    """What people wrote that belongs to a task, the oldest first."""
    return session.scalars(
        select(ProblemReportRow)
        .where(ProblemReportRow.task_id == task_id)
        .order_by(ProblemReportRow.at, ProblemReportRow.id)
    ).all()


def suggestions(session: Session, task_id: UUID) -> Sequence[SuggestionRow]:
    """The suggestions that belong to a task, the oldest first."""
    return session.scalars(
        select(SuggestionRow).where(SuggestionRow.task_id == task_id).order_by(SuggestionRow.at, SuggestionRow.id)
    ).all()


def suggestions_of_change(session: Session, change_id: UUID) -> Sequence[SuggestionRow]:
    """The suggestions that led to a change, decided or not, the oldest first."""
    return session.scalars(
        select(SuggestionRow)
        .join(TaskRow, TaskRow.id == SuggestionRow.task_id)
        .where(TaskRow.kind == TaskKind.REVIEW_CHANGE, TaskRow.key == str(change_id))
        .order_by(SuggestionRow.at, SuggestionRow.id)
    ).all()


def _other_names(session: Session) -> Mapping[UUID, list[str]]:
    rows = select(OtherNameRow.organisation_id, OtherNameRow.name).order_by(
        OtherNameRow.organisation_id, OtherNameRow.position
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in session.execute(rows):
        found[row.organisation_id].append(row.name)
    return found


def _numbers(session: Session) -> Mapping[UUID, list[str]]:
    rows = (
        select(ServiceRow.organisation_id, PhoneRow.number)
        .join(PhoneRow, PhoneRow.service_id == ServiceRow.id)
        .order_by(ServiceRow.organisation_id, ServiceRow.position, PhoneRow.position, PhoneRow.number)
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in session.execute(rows):
        found[row.organisation_id].append(row.number)
    return found


def _places(session: Session) -> Mapping[UUID, list[tuple[str, str]]]:
    rows = select(LocationRow.organisation_id, LocationRow.postcode, LocationRow.address).order_by(
        LocationRow.organisation_id, LocationRow.position, LocationRow.id
    )
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for row in session.execute(rows):
        if " " in row.postcode:
            found[row.organisation_id].append((row.postcode, row.address))
    return found


def _service_links(session: Session) -> tuple[Mapping[UUID, list[str]], Mapping[UUID, list[str]]]:
    """The websites of services, and their forms and chats, by organisation."""
    rows = select(
        ServiceRow.organisation_id,
        ServiceRow.website,
        ServiceRow.form,
        ServiceRow.web_chat,
        ServiceRow.referral_form,
    ).order_by(ServiceRow.organisation_id, ServiceRow.position, ServiceRow.id)
    websites: dict[UUID, list[str]] = defaultdict(list)
    others: dict[UUID, list[str]] = defaultdict(list)
    for row in session.execute(rows):
        websites[row.organisation_id].append(row.website)
        others[row.organisation_id] += (row.form, row.web_chat, row.referral_form)
    return websites, others


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
