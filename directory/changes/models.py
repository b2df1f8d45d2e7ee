"""The tables of changes: what was proposed, and what was decided about each unit of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.changes.rules import ChangeState, HowChecked, Origin, Risk
from directory.database import Base, enumeration
from directory.organisations.units import Path


class ChangeRow(Base):
    """A proposed new state of an organisation, or (without one) a proposed new organisation."""

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'waiting') = (decided_by = '')", name="decided_by"),
        CheckConstraint("organisation_id IS NOT NULL OR base IS NULL", name="base"),
        CheckConstraint("base_revision >= 0", name="base_revision"),
        CheckConstraint("submitted_through <> ''", name="submitted_through"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Of a new organisation there is one from its approval on."""
    base_revision: Mapped[int] = mapped_column(Integer)
    """The revision that whoever proposed it saw; 0 for a draft and for a new organisation."""
    base: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The details they saw, as `stored.dump` made them: a draft has no revision that would keep them."""
    proposed: Mapped[dict[str, Any]] = mapped_column(JSON)
    origin: Mapped[Origin] = mapped_column(enumeration(Origin, "origin"))
    state: Mapped[ChangeState] = mapped_column(enumeration(ChangeState, "state"), index=True)
    risk: Mapped[Risk] = mapped_column(enumeration(Risk, "risk"))
    """The worst of its units'."""
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    submitted_through: Mapped[str] = mapped_column(Text)
    """The actor, as the audit trail names it (`link:<id>`, `officer:<id>`, `public`)."""
    link_id: Mapped[str | None] = mapped_column(ForeignKey("link.id", ondelete="SET NULL"), index=True)
    answer_id: Mapped[UUID | None] = mapped_column(ForeignKey("answer.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    """Why it, or some of it, was declined: sent to whoever proposed it."""
    checked_on: Mapped[date | None]
    """When the directory that it was imported from checked it."""

    units: Mapped[list["ChangeUnitRow"]] = relationship(
        cascade="all, delete-orphan", order_by="ChangeUnitRow.position", lazy="raise"
    )


class ChangeUnitRow(Base):
    """One unit of a change, and what was decided about it."""

    __tablename__ = "change_unit"
    __table_args__ = (
        CheckConstraint("path <> ''", name="path"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state <> 'declined' OR reason <> ''", name="reason"),
        CheckConstraint("(state = 'approved') = (revision IS NOT NULL)", name="revision"),
    )

    change_id: Mapped[UUID] = mapped_column(ForeignKey("change.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    path: Mapped[str] = mapped_column(Text)
    """The unit's path, its parts joined by `/`."""
    risk: Mapped[Risk] = mapped_column(enumeration(Risk, "risk"))
    is_warning: Mapped[bool]
    """Whether it says that something by which people reach the organisation now is wrong."""
    state: Mapped[ChangeState] = mapped_column(enumeration(ChangeState, "state"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    how_checked: Mapped[HowChecked | None] = mapped_column(enumeration(HowChecked, "how_checked"))
    is_edited: Mapped[bool]
    """Whether an officer approved something else than was proposed."""
    revision: Mapped[int | None] = mapped_column(Integer)
    """The entry's revision from which on it is public; 0 in a draft."""

    @property
    def key(self) -> Path:
        """The unit's path, in its parts."""
        return tuple(self.path.split("/"))
