"""Who is needed still: for how long each record needs the person it holds."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, case, exists, or_, true

from directory.changes.models import ChangeRow
from directory.changes.rules import Origin
from directory.checks.models import AnswerRow, ContactChangeRow, ContactRow
from directory.database import Base
from directory.people.models import PersonRow
from directory.policy.rules import Policy

AT_LEAST = timedelta(days=1)
"""How long somebody is kept in any case: longer than it takes to write what refers to them."""


def since(now: datetime, months: int) -> datetime:
    """The moment so many months ago, a month being the twelfth part of a year."""
    return now - timedelta(days=months * 365 // 12)


def references() -> Iterator[Column[Any]]:
    """Every column of any table that refers to a person."""
    for table in Base.metadata.sorted_tables:
        yield from (key.parent for key in table.foreign_keys if key.column.table.name == PersonRow.__tablename__)


def limits(policy: Policy, now: datetime) -> Mapping[str, ColumnElement[bool]]:
    """The columns whose rows outlive their need of a person, each with when a row needs that person."""
    names, contacts = since(now, policy.keep_names_months), since(now, policy.keep_contacts_months)
    reports = since(now, policy.keep_reports_months)
    is_of_stranger = ChangeRow.origin == Origin.SUGGESTION
    waits = ContactChangeRow.decided_at.is_(None) & (ContactChangeRow.expires_at >= now)
    return {
        "answer.person_id": AnswerRow.at >= names,
        "answer.right_person_id": AnswerRow.at >= names,
        "change.submitted_by": case(
            (is_of_stranger, ChangeRow.submitted_at >= reports),
            else_=or_(ChangeRow.decided_at.is_(None), ChangeRow.decided_at >= names),
        ),
        "contact_change.person_id": or_(waits, ContactChangeRow.asked_at >= contacts),
        "contact.person_id": or_(ContactRow.ended_at.is_(None), ContactRow.ended_at >= contacts),
    }


def is_needed(policy: Policy, now: datetime) -> ColumnElement[bool]:
    """Whether anything still needs a person, as a condition on their row.

    A record without a limit of its own needs its person for as long as it is there, whoever adds its table.
    """
    limited = limits(policy, now)
    held = (
        exists().where(column == PersonRow.id, limited.get(str(column), true())).correlate(PersonRow)
        for column in references()
    )
    return or_(PersonRow.since >= now - AT_LEAST, *held)
