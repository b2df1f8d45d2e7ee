"""The records that refer to people, each with what of it is theirs to know."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory.accounts.models import InvitationRow, OfficerRow, OfficerSessionRow
from directory.audit import AuditEventRow
from directory.changes.models import ChangeRow
from directory.checks.models import AnswerRow, ContactChangeRow, ContactRow, LinkRow
from directory.organisations.models import OrganisationRow
from directory.outbox.models import OutboxRow
from directory.signals.models import ProblemReportRow, SuggestionRow

Ids = Collection[UUID]
Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of record: its name, the column by which somebody has any, and its facts."""

    what: str
    column: str
    """Who is in no row of it has no such record; empty where that is not told by one column."""
    query: Callable[[Session, Ids], Query]
    """Gives `at`, when it happened, and whatever else is theirs to know, each under its name."""


def _plain(
    held: InstrumentedAttribute[Any], at: InstrumentedAttribute[Any], *columns: Any, organisation: Any = None
) -> Callable[[Session, Ids], Query]:
    def query(_session: Session, ids: Ids) -> Query:
        found: Query = (
            select(at.label("at"), *columns).where(held.in_(ids)).order_by(at.desc(), *held.table.primary_key)
        )
        return found if organisation is None else _named(found, organisation)

    return query


def _named(query: Query, organisation: Any) -> Query:
    name = OrganisationRow.name.label("organisation")
    return query.add_columns(name).outerjoin(OrganisationRow, OrganisationRow.id == organisation)


def _contact_changes(_session: Session, ids: Ids) -> Query:
    asked = ContactChangeRow
    query = (
        select(asked.asked_at.label("at"), asked.language, asked.decided_at, asked.is_agreed)
        .join(ContactRow, ContactRow.id == asked.contact_id)
        .where(asked.person_id.in_(ids))
        .order_by(asked.asked_at.desc(), asked.id)
    )
    return _named(query, ContactRow.organisation_id)


def _links(_session: Session, ids: Ids) -> Query:
    query = (
        select(LinkRow.issued_at.label("at"), LinkRow.expires_at, LinkRow.used_at, LinkRow.revoked_at)
        .join(ContactRow, ContactRow.id == LinkRow.contact_id)
        .where(ContactRow.person_id.in_(ids))
        .order_by(LinkRow.issued_at.desc(), LinkRow.id)
    )
    return _named(query, LinkRow.organisation_id)


def _sessions(_session: Session, ids: Ids) -> Query:
    return (
        select(OfficerSessionRow.started_at.label("at"), OfficerSessionRow.ended_at)
        .join(OfficerRow, OfficerRow.id == OfficerSessionRow.officer_id)
        .where(OfficerRow.person_id.in_(ids))
        .order_by(OfficerSessionRow.started_at.desc(), OfficerSessionRow.id)
    )


def _invitations(_session: Session, ids: Ids) -> Query:
    return (
        select(InvitationRow.issued_at.label("at"), InvitationRow.purpose, InvitationRow.used_at)
        .join(OfficerRow, OfficerRow.id == InvitationRow.officer_id)
        .where(OfficerRow.person_id.in_(ids))
        .order_by(InvitationRow.issued_at.desc(), InvitationRow.id)
    )


def _acts(session: Session, ids: Ids) -> Query:
    """What the audit trail holds of what somebody did, as an officer or by an update link, or of what befell them."""
    officers = session.scalars(select(OfficerRow.id).where(OfficerRow.person_id.in_(ids)))
    links = session.scalars(
        select(LinkRow.id).join(ContactRow, ContactRow.id == LinkRow.contact_id).where(ContactRow.person_id.in_(ids))
    )
    actors = [*(f"officer:{officer_id}" for officer_id in officers), *(f"link:{link_id}" for link_id in links)]
    query = (
        select(AuditEventRow.at, AuditEventRow.action)
        .where(or_(AuditEventRow.actor.in_(actors), AuditEventRow.subject.in_([str(one) for one in ids])))
        .order_by(AuditEventRow.id.desc())
    )
    return _named(query, AuditEventRow.organisation_id)


SOURCES = (
    Source(
        "update_contact",
        "contact.person_id",
        _plain(
            ContactRow.person_id,
            ContactRow.since,
            ContactRow.position,
            ContactRow.language,
            ContactRow.state,
            ContactRow.ended_at,
            organisation=ContactRow.organisation_id,
        ),
    ),
    Source("contact_change", "contact_change.person_id", _contact_changes),
    Source("link", "contact.person_id", _links),
    Source(
        "answer",
        "answer.person_id",
        _plain(
            AnswerRow.person_id,
            AnswerRow.at,
            AnswerRow.kind,
            AnswerRow.sections,
            organisation=AnswerRow.organisation_id,
        ),
    ),
    Source(
        "named_instead",
        "answer.right_person_id",
        _plain(AnswerRow.right_person_id, AnswerRow.at, organisation=AnswerRow.organisation_id),
    ),
    Source(
        "change",
        "change.submitted_by",
        _plain(
            ChangeRow.submitted_by,
            ChangeRow.submitted_at,
            ChangeRow.origin,
            ChangeRow.state,
            ChangeRow.decided_at,
            ChangeRow.reason,
            organisation=ChangeRow.organisation_id,
        ),
    ),
    Source(
        "report",
        "problem_report.person_id",
        _plain(
            ProblemReportRow.person_id,
            ProblemReportRow.at,
            ProblemReportRow.kind,
            ProblemReportRow.text,
            organisation=ProblemReportRow.organisation_id,
        ),
    ),
    Source(
        "suggestion",
        "suggestion.person_id",
        _plain(
            SuggestionRow.person_id,
            SuggestionRow.at,
            SuggestionRow.name,
            SuggestionRow.description,
            SuggestionRow.phone,
            SuggestionRow.website,
            SuggestionRow.email,
            SuggestionRow.how_known,
        ),
    ),
    Source(
        "mail",
        "outbox.person_id",
        _plain(
            OutboxRow.person_id,
            OutboxRow.created_at,
            OutboxRow.kind,
            OutboxRow.language,
            OutboxRow.state,
            OutboxRow.settled_at,
            OutboxRow.bounced_at,
        ),
    ),
    Source(
        "officer",
        "officer.person_id",
        _plain(
            OfficerRow.person_id, OfficerRow.created_at, OfficerRow.role, OfficerRow.state, OfficerRow.weekly_digest
        ),
    ),
    Source("session", "officer.person_id", _sessions),
    Source("invitation", "officer.person_id", _invitations),
    Source("act", "", _acts),
)
"""Every kind of record, in the order in which it is told."""
