"""What may happen to a mail: it is put in, claimed, put back, and settled. Nothing here commits."""

from datetime import datetime
from hashlib import sha256
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from directory import audit
from directory.outbox.message import Message
from directory.outbox.models import OutboxRow
from directory.outbox.queries import domain_free_at
from directory.outbox.rules import HARD, LEASE, OutboxState, Verdict, retry_at


def enqueue(
    session: Session, message: Message, *, now: datetime, not_before: datetime | None = None, key: str | None = None
) -> UUID:
    """Put a mail in, to be sent from `not_before` on, and return its id.

    With a key it is put in once, however often it is asked for, until it is purged; the id is that of the first.
    """
    mail_id = uuid4()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    put_in = session.scalars(
        insert(OutboxRow)
        .values(
            id=mail_id,
            kind=message.kind,
            person_id=message.person_id,
            language=message.language,
            organisation_ids=[str(identity) for identity in message.organisation_ids],
            link_ids=list(message.link_ids),
            facts=dict(message.facts),
            key=key,
            message_id=uuid4().hex,
            created_at=now,
            state=OutboxState.WAITING,
            next_at=max(now, not_before or now),
            leased_by="",
            attempts=0,
            domain_digest="",
            outcome_code="",
            counts_as_bounce=False,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(OutboxRow.id)
    ).one_or_none()
    return put_in or session.scalars(select(OutboxRow.id).where(OutboxRow.key == key)).one()


def claim(session: Session, *, by: str, now: datetime) -> OutboxRow | None:
    """Take the mail that is due longest, for as long as a lease; None if nothing is due. Two never take the same.

    A mail whose sender died is due again when its lease ends.
    """
    due = (
        select(OutboxRow.id)
        .where(OutboxRow.state.in_((OutboxState.WAITING, OutboxState.LEASED)), OutboxRow.next_at <= now)
        .order_by(OutboxRow.next_at, OutboxRow.created_at, OutboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return session.scalars(
        update(OutboxRow)
        .where(OutboxRow.id == due)
        .values(
            state=OutboxState.LEASED,
            leased_by=by,
            lease_until=now + LEASE,
            next_at=now + LEASE,
            attempts=OutboxRow.attempts + 1,
            first_tried_at=func.coalesce(OutboxRow.first_tried_at, now),
        )
        .returning(OutboxRow)
        .execution_options(populate_existing=True)
    ).one_or_none()


def reserve_domain(session: Session, row: OutboxRow, domain: str, now: datetime) -> bool:
    """Take one of the ten places a minute at a domain; without a free one the mail is put back until there is."""
    digest = sha256(domain.lower().encode()).hexdigest()[:16]
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        session.execute(select(func.pg_advisory_xact_lock(int(digest[:15], 16))))
    free_at = domain_free_at(session, digest, now)
    if free_at > now:
        _settle(session, row, state=OutboxState.WAITING, next_at=free_at, attempts=row.attempts - 1)
        return False
    session.execute(
        update(OutboxRow).where(OutboxRow.id == row.id).values(domain_digest=digest, tried_at=now),
    )
    return True


def mark_sent(session: Session, row: OutboxRow, now: datetime) -> bool:
    """The next server has taken it. False if the lease was lost meanwhile: somebody else has it in hand."""
    return _settle(session, row, state=OutboxState.SENT, settled_at=now)


def mark_dropped(session: Session, row: OutboxRow, now: datetime) -> bool:
    """There is nobody to send it to any more, or nothing to say."""
    return _settle(session, row, state=OutboxState.DROPPED, settled_at=now)


def mark_refused(session: Session, row: OutboxRow, verdict: Verdict, now: datetime) -> bool:
    """The other side refused it for good."""
    return _settle(
        session,
        row,
        state=OutboxState.REFUSED,
        settled_at=now,
        outcome_code=verdict.code,
        counts_as_bounce=verdict.outcome in HARD,
    )


def try_again_or_give_up(session: Session, row: OutboxRow, code: str, now: datetime) -> OutboxState:
    """It could not be taken now: put it back until its next time, or settle it as failed after 72 hours."""
    next_at = retry_at(row.first_tried_at or now, now)
    if next_at is None:
        _settle(session, row, state=OutboxState.FAILED, settled_at=now, outcome_code=code)
        return OutboxState.FAILED
    _settle(session, row, state=OutboxState.WAITING, next_at=next_at, outcome_code=code)
    return OutboxState.WAITING


def mark_returned(session: Session, mail_id: UUID, verdict: Verdict, now: datetime) -> bool:
    """Note that a mail came back undelivered. False if that is known, or it never went out."""
    return _changed(
        session,
        update(OutboxRow)
        .where(OutboxRow.id == mail_id, OutboxRow.state == OutboxState.SENT, OutboxRow.bounced_at.is_(None))
        .values(bounced_at=now, outcome_code=verdict.code, counts_as_bounce=verdict.outcome in HARD),
    )


def resume_sending(session: Session, *, by: str, now: datetime) -> None:
    """Somebody has looked into the bounces: they no longer stop the sending."""
    session.execute(update(OutboxRow).where(OutboxRow.counts_as_bounce).values(counts_as_bounce=False))
    audit.record(session, actor=by, action="mail_resumed", now=now)


def _settle(session: Session, row: OutboxRow, *, state: OutboxState, **values: Any) -> bool:
    """End a lease, if it is still ours."""
    return _changed(
        session,
        update(OutboxRow)
        .where(OutboxRow.id == row.id, OutboxRow.leased_by == row.leased_by)
        .values(state=state, leased_by="", lease_until=None, **values),
    )


def _changed(session: Session, change: Any) -> bool:
    return bool(cast("CursorResult[Any]", session.execute(change)).rowcount)
