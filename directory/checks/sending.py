"""Update links that officers send by hand. Nothing here commits."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_
from sqlalchemy.orm import Session

from directory.checks.issuing import mail_links, replace_link
from directory.checks.models import ContactRow, KeepingRow
from directory.checks.queries import reachable_contacts
from directory.checks.rules import Ladder, NobodyToMail
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.people.models import PersonRow


def send_links(
    session: Session, organisation_ids: Collection[UUID], *, by: str, now: datetime, ladder: Ladder
) -> frozenset[UUID]:
    """Send the first contact of each of these entries a new link now; the entries that somebody was mailed about.

    Their older links are replaced. One mailbox gets one mail with all its links. Nothing goes out about an entry that
    is not public, or whose organisation does not want mail.
    """
    first = session.execute(
        reachable_contacts()
        .join(OrganisationRow, OrganisationRow.id == ContactRow.organisation_id)
        .outerjoin(KeepingRow, KeepingRow.organisation_id == ContactRow.organisation_id)
        .where(
            ContactRow.organisation_id.in_(organisation_ids),
            OrganisationRow.state == State.PUBLIC,
            or_(KeepingRow.do_not_email.is_(None), KeepingRow.do_not_email.is_(False)),
        )
        .add_columns(func.lower(PersonRow.email))
    ).all()
    by_organisation = {held.organisation_id: (held, address) for held, address in reversed(first)}
    by_address: dict[str, list[ContactRow]] = {}
    for held, address in by_organisation.values():
        by_address.setdefault(address, []).append(held)
    for contacts in by_address.values():
        links = [(held, replace_link(session, held, now, ladder, by=by)) for held in contacts]
        mail_links(session, links, now)
    return frozenset(by_organisation)


def send_link(session: Session, organisation_id: UUID, *, by: str, now: datetime, ladder: Ladder) -> None:
    """Send the first contact of one entry a new link now. Raises NobodyToMail."""
    if not send_links(session, [organisation_id], by=by, now=now, ladder=ladder):
        raise NobodyToMail(str(organisation_id))
