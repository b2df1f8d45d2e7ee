"""Reading the outbox."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.outbox.models import OutboxRow
from directory.outbox.rules import BREAKER_WINDOW, RATE, RATE_PERIOD, MailUnknown, OutboxState, is_stopped


def mail(session: Session, mail_id: UUID) -> OutboxRow:
    """One mail. Raises MailUnknown."""
    row = session.get(OutboxRow, mail_id)
    if row is None:
        raise MailUnknown(str(mail_id))
    return row


def mails_to(session: Session, person_id: UUID) -> Sequence[OutboxRow]:
    """All mails to one person that are still kept, the newest first."""
    query = select(OutboxRow).where(OutboxRow.person_id == person_id)
    return session.scalars(query.order_by(OutboxRow.created_at.desc(), OutboxRow.id)).all()


def mails_of(session: Session, references: Collection[str]) -> Sequence[OutboxRow]:
    """The mails with these left parts of their Message-IDs."""
    return session.scalars(
        select(OutboxRow).where(OutboxRow.message_id.in_(references)).order_by(OutboxRow.created_at, OutboxRow.id)
    ).all()


def count_by_state(session: Session) -> dict[OutboxState, int]:
    """How many mails stand where."""
    query = select(OutboxRow.state, func.count()).group_by(OutboxRow.state).order_by(OutboxRow.state)
    return {row[0]: row[1] for row in session.execute(query)}


def sending_is_stopped(session: Session) -> bool:
    """Whether too many of the last mails bounced hard, so that a person must look before more are sent."""
    last = (
        select(OutboxRow.counts_as_bounce)
        .where(OutboxRow.state.in_((OutboxState.SENT, OutboxState.REFUSED)))
        .order_by(OutboxRow.settled_at.desc(), OutboxRow.id)
        .limit(BREAKER_WINDOW)
    )
    return is_stopped(sum(session.scalars(last)))


def domain_free_at(session: Session, domain_digest: str, now: datetime) -> datetime:
    """When the next mail may go to a domain: `now`, or when the tenth last one is a minute old."""
    tried = (
        select(OutboxRow.tried_at)
        .where(OutboxRow.domain_digest == domain_digest, OutboxRow.tried_at > now - RATE_PERIOD)
        .order_by(OutboxRow.tried_at.desc(), OutboxRow.id)
        .limit(1)
        .offset(RATE - 1)
    )
    tenth_last = session.scalars(tried).one_or_none()
    return now if tenth_last is None else tenth_last + RATE_PERIOD
