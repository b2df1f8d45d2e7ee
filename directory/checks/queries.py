"""Reading how entries are kept, who is asked, and what was asked and answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from directory.checks.models import AnswerRow, CheckRow, ContactRow, DraftRow, KeepingRow, LinkRow
from directory.checks.rules import FINAL, AnswerKind, ContactState, ContactUnknown, LinkUnknown, Served
from directory.organisations.models import OrganisationRow
from directory.organisations.service_models import ServiceRow, ServiceTermRow
from directory.people.models import PersonRow
from directory.taxonomy.terms import TermKind

FRONT_LINE = frozenset({"helpline", "report"})
"""Kinds of service that somebody in danger may use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The name and the role of somebody who answered."""

    name: str
    role: str


def keeping_of(session: Session, organisation_id: UUID) -> KeepingRow | None:
    """How an entry is kept; None before the first round has looked at it."""
    return session.get(KeepingRow, organisation_id)


def open_check(session: Session, organisation_id: UUID) -> CheckRow | None:
    """The round of asking that is going on for an organisation, if one is."""
    return session.scalars(
        select(CheckRow).where(CheckRow.organisation_id == organisation_id, CheckRow.ended_at.is_(None))
    ).one_or_none()


def contacts_of(session: Session, organisation_id: UUID) -> Sequence[ContactRow]:
    """The update contacts of an organisation, first and second, in any state."""
    return session.scalars(
        select(ContactRow)
        .where(ContactRow.organisation_id == organisation_id, ContactRow.ended_at.is_(None))
        .order_by(ContactRow.position)
    ).all()


def contact(session: Session, contact_id: UUID) -> ContactRow:
    """One update contact, ended ones too. Raises ContactUnknown."""
    row = session.get(ContactRow, contact_id)
    if row is None:
        raise ContactUnknown(str(contact_id))
    return row


def reachable_contacts() -> Select[ContactRow]:
    """A query of the contacts that can be asked by email, first ones first."""
    return (
        select(ContactRow)
        .join(PersonRow, PersonRow.id == ContactRow.person_id)
        .where(ContactRow.ended_at.is_(None), ContactRow.state == ContactState.ACTIVE, PersonRow.email != "")
        .order_by(ContactRow.organisation_id, ContactRow.position)
    )


def link_of(session: Session, link_id: str) -> LinkRow:
    """The row of a link, read anew. Raises LinkUnknown."""
    row = session.get(LinkRow, link_id, populate_existing=True)
    if row is None:
        raise LinkUnknown(link_id)
    return row


def answer_for(session: Session, link: LinkRow) -> AnswerRow | None:
    """What a link shows: its own answer, or the last one that ended its round after it was issued."""
    is_about_it = AnswerRow.link_id == link.id
    if link.check_id is not None:  # answers without a round are those of any organisation
        is_of_round = (AnswerRow.check_id == link.check_id) & AnswerRow.kind.in_(FINAL)
        is_about_it |= is_of_round & (AnswerRow.at >= link.issued_at)
    found = session.scalars(select(AnswerRow).where(is_about_it).order_by(AnswerRow.at.desc(), AnswerRow.id)).all()
    return next((answer for answer in found if answer.link_id == link.id), found[0] if found else None)


def answers_of(session: Session, organisation_id: UUID) -> Sequence[AnswerRow]:
    """All answers about one organisation, the newest first."""
    return session.scalars(
        select(AnswerRow)
        .where(AnswerRow.organisation_id == organisation_id)
        .order_by(AnswerRow.at.desc(), AnswerRow.id)
    ).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An answer as officers see it; who gave it is empty where nobody said so, or was erased."""

    at: datetime
    kind: AnswerKind
    name: str
    role: str


def last_answers(session: Session, organisation_id: UUID, most: int) -> tuple[AnswerView, ...]:
    """The newest answers about one organisation, with who gave them."""
    found = session.execute(
        select(AnswerRow.at, AnswerRow.kind, PersonRow.name, PersonRow.role)
        .outerjoin(PersonRow, PersonRow.id == AnswerRow.person_id)
        .where(AnswerRow.organisation_id == organisation_id)
        .order_by(AnswerRow.at.desc(), AnswerRow.id)
        .limit(most)
    )
    return tuple(AnswerView(at=row.at, kind=row.kind, name=row.name or "", role=row.role or "") for row in found)


def last_signature(session: Session, contact_id: UUID) -> tuple[UUID, Signature] | None:
    """Who answered last by a link of this contact, to be filled in again."""
    found = session.execute(
        select(PersonRow.id, PersonRow.name, PersonRow.role)
        .join(AnswerRow, AnswerRow.person_id == PersonRow.id)
        .join(LinkRow, LinkRow.id == AnswerRow.link_id)
        .where(LinkRow.contact_id == contact_id, PersonRow.erased_at.is_(None))
        .order_by(AnswerRow.at.desc(), AnswerRow.id)
        .limit(1)
    ).one_or_none()
    return None if found is None else (found.id, Signature(name=found.name, role=found.role))


def draft_of(session: Session, link_id: str) -> DraftRow | None:
    """The half-done edit of a link, if there is one."""
    return session.get(DraftRow, link_id)


def served(session: Session, organisation_ids: Iterable[UUID]) -> Mapping[UUID, Served]:
    """What of each entry decides how it is kept, in two queries."""
    ids = list(organisation_ids)
    if not ids:
        return {}
    terms: dict[UUID, set[tuple[TermKind, str]]] = defaultdict(set)
    for service_id, kind, code in session.execute(
        select(ServiceTermRow.service_id, ServiceTermRow.kind, ServiceTermRow.code)
        .join(ServiceRow, ServiceRow.id == ServiceTermRow.service_id)
        .where(
            ServiceRow.organisation_id.in_(ids),
            or_(ServiceTermRow.kind == TermKind.AREA, ServiceTermRow.code.in_(FRONT_LINE)),
        )
        .order_by(ServiceTermRow.service_id, ServiceTermRow.kind, ServiceTermRow.code)
    ):
        terms[service_id].add((kind, code))
    found = dict.fromkeys(ids, Served())
    for organisation_id, website, service_id, of_service in session.execute(
        select(OrganisationRow.id, OrganisationRow.website, ServiceRow.id, ServiceRow.website)
        .outerjoin(ServiceRow, ServiceRow.organisation_id == OrganisationRow.id)
        .where(OrganisationRow.id.in_(ids))
        .order_by(OrganisationRow.id, ServiceRow.position)
    ):
        areas = frozenset(code for kind, code in terms[service_id] if kind is TermKind.AREA)
        is_front_line = any(kind is TermKind.KIND for kind, _ in terms[service_id])
        held = found[organisation_id]
        found[organisation_id] = Served(
            areas=held.areas | areas,
            front_line_areas=held.front_line_areas | (areas if is_front_line else frozenset()),
            website=held.website or website or of_service or "",
        )
    return found
