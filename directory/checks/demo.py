"""Update contacts that are made up, so that the loop can be tried out without mailing anybody. Nothing here commits."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from directory.checks.contacts import Mailbox, add_contact
from directory.checks.keeping import bring_forward, locked_keeping
from directory.checks.models import ContactRow
from directory.checks.rules import Way
from directory.organisations.models import OrganisationRow, SlugRow
from directory.organisations.rules import State

LONGEST_LABEL = 63
"""Signs that a part of a domain may have."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was made up."""

    contacts: int
    asked: int
    """Organisations whose check is due now."""


def add_demo_contacts(session: Session, *, by: str, now: datetime, mailboxes: int) -> DemoReport:
    """Give every public entry that has no update contact one at `.example`, where no mail can arrive.

    What belongs to one organisation shares a mailbox. The entries of so many mailboxes, of the fullest first, are due
    at once; entries that an officer checks are left to the officer. Done again, it does nothing.
    """
    found = _without_contact(session)
    by_mailbox: dict[str, list[UUID]] = defaultdict(list)
    for organisation_id, slug in found:
        email = f"office@{slug[:LONGEST_LABEL].strip('-')}.example"
        add_contact(session, organisation_id, Mailbox(email=email, language="en"), by=by, now=now)
        if locked_keeping(session, organisation_id, now).way is Way.OWN_LINK:
            by_mailbox[email].append(organisation_id)
    fullest = sorted(by_mailbox.values(), key=len, reverse=True)[:mailboxes]
    asked = [organisation_id for group in fullest for organisation_id in group]
    for organisation_id in asked:
        bring_forward(session, organisation_id, by=by, now=now)
    return DemoReport(contacts=len(found), asked=len(asked))


def _without_contact(session: Session) -> Sequence[tuple[UUID, str]]:
    """Public entries without an update contact, each with its slug, or that of the organisation that it is part of."""
    has_contact = exists().where(ContactRow.organisation_id == OrganisationRow.id, ContactRow.ended_at.is_(None))
    whole = func.coalesce(OrganisationRow.part_of, OrganisationRow.id)
    query = (
        select(OrganisationRow.id, SlugRow.slug)
        .join(SlugRow, SlugRow.organisation_id == whole)
        .where(SlugRow.is_current, OrganisationRow.state == State.PUBLIC, ~has_contact)
        .order_by(SlugRow.slug, OrganisationRow.id)
    )
    return [(found.id, found.slug) for found in session.execute(query)]
