"""Tables of listing: who hid an entry and why, who checked it against the policy, and what is not listed again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base, enumeration
from directory.listing.rules import Criterion, HidingState


class HidingRow(Base):
    """An entry that is to be hidden, or was. Of each entry at most one is waiting or in force."""

    __tablename__ = "hiding"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("asked_by <> ''", name="asked_by"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("joined_into <> organisation_id", name="joined_into"),
        Index(
            "uq_hiding_open",
            "organisation_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'hidden')"),
            postgresql_where=text("state IN ('waiting', 'hidden')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    state: Mapped[HidingState] = mapped_column(enumeration(HidingState, "state"))
    reason: Mapped[str] = mapped_column(Text)
    only_match: Mapped[list[str]] = mapped_column(JSON)
    """What nobody else offers, as `ground:race`, `language:tr`, `kind:helpline`; a second officer was asked for it."""
    joined_into: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The entry that it is a duplicate of."""
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(Text)


class InclusionCheckRow(Base):
    """Somebody compared an organisation with the policy of who can be listed. The newest counts, all are kept."""

    __tablename__ = "inclusion_check"
    __table_args__ = (CheckConstraint("checked_by <> ''", name="checked_by"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    checked_at: Mapped[datetime]
    checked_by: Mapped[str] = mapped_column(Text)
    met: Mapped[list[str]] = mapped_column(JSON)
    """The criteria that it meets."""
    note: Mapped[str] = mapped_column(Text)

    @property
    def is_met(self) -> bool:
        """Whether it meets them all."""
        return set(self.met) == {criterion.value for criterion in Criterion}


class NotListedRow(Base):
    """An organisation that is not to be listed again, so that nobody adds it without knowing why."""

    __tablename__ = "not_listed"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(ended_at IS NULL) = (ended_by = '')", name="ended"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    website: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    """The entry that was hidden, if there ever was one."""
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    """When somebody said that it may be listed after all."""
    ended_by: Mapped[str] = mapped_column(Text)
