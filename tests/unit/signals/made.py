"""Short ways to what the tests of signs need."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.organisations.models import OrganisationRow, RevisionRow
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind


def tasks(session: Session, kind: TaskKind) -> Sequence[TaskRow]:
    """All tasks of a kind, finished ones too."""
    return session.scalars(select(TaskRow).where(TaskRow.kind == kind).order_by(TaskRow.key, TaskRow.created_at)).all()


def entries(session: Session) -> list[object]:
    """All that signs must leave alone: what entries say, when they were confirmed, their revisions."""
    session.flush()
    organisations = session.execute(select(OrganisationRow.__table__).order_by(OrganisationRow.id)).all()
    revisions = session.execute(select(RevisionRow.organisation_id, RevisionRow.number, RevisionRow.details)).all()
    return [*organisations, *revisions]
