"""Reading people."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.people.models import PersonRow


def emails_of(session: Session, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The email addresses of these people by their ids; of those who have one still."""
    rows = select(PersonRow.id, PersonRow.email).where(PersonRow.id.in_(person_ids), PersonRow.email != "")
    return {row.id: row.email for row in session.execute(rows.order_by(PersonRow.id))}
