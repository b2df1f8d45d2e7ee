"""Sessions: begun, and ended one by one or all of an officer. Nothing here commits."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory import audit
from directory.accounts.models import OfficerSessionRow


def begin_session(session: Session, officer_id: UUID, now: datetime) -> str:
    """Note that an officer has signed in; the id of the session."""
    session_id = secrets.token_urlsafe(24)
    session.add(OfficerSessionRow(id=session_id, officer_id=officer_id, started_at=now, ended_at=None))
    audit.record(session, actor=f"officer:{officer_id}", action="signed_in", now=now, subject=str(officer_id))
    return session_id


def end_session(session: Session, session_id: str, *, by: str, now: datetime) -> None:
    """Sign out: from now on no copy of the cookie opens anything."""
    ended = session.scalars(
        update(OfficerSessionRow)
        .where(OfficerSessionRow.id == session_id, OfficerSessionRow.ended_at.is_(None))
        .values(ended_at=now)
        .returning(OfficerSessionRow.officer_id)
    ).one_or_none()
    if ended is not None:
        audit.record(session, actor=by, action="signed_out", now=now, subject=str(ended))


def end_sessions(session: Session, officer_id: UUID, *, by: str, now: datetime, but: str = "") -> int:
    """End all sessions of an officer but one; how many."""
    ended = session.scalars(
        update(OfficerSessionRow)
        .where(
            OfficerSessionRow.officer_id == officer_id,
            OfficerSessionRow.ended_at.is_(None),
            OfficerSessionRow.id != but,
        )
        .values(ended_at=now)
        .returning(OfficerSessionRow.id)
    ).all()
    if ended:
        audit.record(session, actor=by, action="sessions_ended", now=now, subject=str(officer_id), sessions=len(ended))
    return len(ended)
