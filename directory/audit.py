"""The audit trail: who did what to what, and when. It is only ever added to; the database refuses anything else."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
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
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(Text)
    """`seed`, `system`, `command`, `public`, `policy`, `link:<id>` or `officer:<id>`."""
    action: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
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
