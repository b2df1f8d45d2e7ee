"""Mail that did not arrive becomes a task."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.checks.ladder import ladder_of
from directory.checks.models import ContactRow
from directory.checks.operations import bounce_address_of
from directory.checks.rules import Ladder
from directory.clock import LONDON
from directory.config import Settings
from directory.outbox.delivery import OnFailure
from directory.outbox.models import OutboxRow
from directory.outbox.rules import HARD, Verdict
from directory.policy.defaults import defaults_of
from directory.policy.queries import current_policy
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind


def failures(settings: Settings) -> OnFailure:
    """What is done about mail that did not arrive, by the policy that holds at the time."""
    defaults = defaults_of(settings)

    def note(session: Session, row: OutboxRow, verdict: Verdict, now: datetime) -> None:
        policy = current_policy(session, defaults)
        not_delivered(session, row, verdict, now, ladder=ladder_of(policy, at_any_time=settings.development))

    return note


def not_delivered(session: Session, row: OutboxRow, verdict: Verdict, now: datetime, *, ladder: Ladder) -> None:
    """Somebody did not get a mail: an update contact whose address is wrong is bouncing, all else is one task each."""
    is_contact = session.scalars(select(ContactRow.id).where(ContactRow.person_id == row.person_id).limit(1)).first()
    if verdict.outcome in HARD and is_contact is not None:
        bounce_address_of(session, row.person_id, now=now, ladder=ladder, code=verdict.code)
        return
    open_task(
        session,
        kind=TaskKind.MAIL_REFUSED,
        key=str(row.person_id),
        due_on=now.astimezone(LONDON).date(),
        now=now,
        organisation_id=UUID(row.organisation_ids[0]) if row.organisation_ids else None,
        mail=str(row.id),
        mail_kind=row.kind.value,
        outcome=verdict.outcome.value,
        code=verdict.code,
    )


def sending_stopped(session: Session, now: datetime) -> None:
    """So many mails came back that none is sent until somebody has looked."""
    today = now.astimezone(LONDON).date()
    open_task(session, kind=TaskKind.MAIL_REFUSED, key="sending stopped", due_on=today, now=now, outcome="stopped")
