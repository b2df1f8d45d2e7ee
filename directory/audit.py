"""The audit trail: who did what to what, and when. It is only ever added to; the database refuses anything else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Select, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from directory.database import Base

SEED = "seed"
"""The actor that loads what a new directory starts with."""


class AuditEventRow(Base):
    """One thing that was done. Holds ids and codes, never a person's name or address, so that nothing needs erasing."""

    __tablename__ = "audit_event"
    __table_args__ = (
        CheckConstraint("actor <> ''", name="actor"),
        CheckConstraint("action <> ''", name="action"),
        Index("ix_audit_event_actor", "actor", "id"),
        Index("ix_audit_event_action", "action", "id"),
        Index("ix_audit_event_organisation_id", "organisation_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(Text)
    """`seed`, `system`, `command`, `public`, `policy`, `link:<id>` or `officer:<id>`."""
    action: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    subject: Mapped[str] = mapped_column(Text)
    """The id of what it was done to, where that is not the organisation itself."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    now: datetime,
    organisation_id: UUID | None = None,
    subject: str = "",
    **facts: str | int | bool | None,
) -> None:
    """Add an event in the caller's transaction: it is there if what it tells of is there."""
    session.add(
        AuditEventRow(at=now, actor=actor, action=action, organisation_id=organisation_id, subject=subject, facts=facts)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which events are wanted; what is left empty asks for all."""

    actor: str = ""
    """The whole of it, or with a colon at its end all actors of that kind (`link:`)."""
    actions: frozenset[str] = frozenset()
    organisation_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def events(session: Session, wanted: AuditFilter, *, limit: int, before: int | None = None) -> Sequence[AuditEventRow]:
    """The newest of the wanted events, or the newest of those that come before one."""
    query = _wanted(wanted).order_by(AuditEventRow.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(AuditEventRow.id < before)).all()


def every_event(session: Session, wanted: AuditFilter, part: int = 1_000) -> Iterator[AuditEventRow]:
    """All wanted events, the newest first, read in parts; forgotten by the session as they are gone through."""
    before: int | None = None
    while found := events(session, wanted, limit=part, before=before):
        before = found[-1].id
        yield from found
        session.expunge_all()


def _wanted(wanted: AuditFilter) -> Select[AuditEventRow]:
    query = select(AuditEventRow)
    if wanted.actor.endswith(":"):
        query = query.where(AuditEventRow.actor >= wanted.actor, AuditEventRow.actor < f"{wanted.actor[:-1]};")
    elif wanted.actor:
        query = query.where(AuditEventRow.actor == wanted.actor)
    if wanted.actions:
        query = query.where(AuditEventRow.action.in_(wanted.actions))
    if wanted.organisation_id is not None:
        query = query.where(AuditEventRow.organisation_id == wanted.organisation_id)
    if wanted.since is not None:
        query = query.where(AuditEventRow.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(AuditEventRow.at < wanted.until)
    return query
