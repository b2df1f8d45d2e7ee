"""Tables of checks: how entries are kept, who is asked, what was asked, by which links, and what was answered."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.checks.rules import LONGEST_PERIOD, AnswerKind, CheckOutcome, ContactState, Step, Way
from directory.database import Base, enumeration


class KeepingRow(Base):
    """How one organisation's entry is kept, and when it is due."""

    __tablename__ = "keeping"
    __table_args__ = (
        CheckConstraint(f"period_days BETWEEN 1 AND {LONGEST_PERIOD}", name="period_days"),
        CheckConstraint("(paused_until IS NULL) = (pause_reason = '')", name="pause"),
        Index("ix_keeping_due", "due_on", "looked_on"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    way: Mapped[Way] = mapped_column(enumeration(Way, "way"))
    source_to_check: Mapped[str] = mapped_column(Text)
    """The page that an officer compares the entry with, where it is kept so."""
    period_days: Mapped[int] = mapped_column(Integer)
    period_is_set: Mapped[bool]
    """Whether an officer chose the period; if not, it follows the entry and the settings."""
    due_on: Mapped[date]
    """When the open check was due, or when the next one will be."""
    looked_on: Mapped[date | None]
    """The last day on which a round looked here; None has the next one look again."""
    paused_until: Mapped[date | None]
    pause_reason: Mapped[str] = mapped_column(Text)
    do_not_email: Mapped[bool]
    """Officers ring instead, whatever the way."""
    first_period_days: Mapped[int | None] = mapped_column(Integer)
    """Until the first check has ended: the days between it and the second, which are fewer (`rules.first_period`)."""


class ContactRow(Base):
    """An update contact: the mailbox that is asked, first or second. One that was replaced stays, with its end."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("position IN (1, 2)", name="position"),
        Index(
            "uq_contact_position",
            "organisation_id",
            "position",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(Text)
    state: Mapped[ContactState] = mapped_column(enumeration(ContactState, "state"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ContactChangeRow(Base):
    """Somebody asks that an update contact be replaced; the old address or an officer says yes or no."""

    __tablename__ = "contact_change"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Text)
    is_agreed: Mapped[bool | None]


class CheckRow(Base):
    """One round of asking an organisation to confirm its entry. At most one is open."""

    __tablename__ = "check"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="ended"),
        Index(
            "uq_check_open",
            "organisation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date]
    started_at: Mapped[datetime]
    mailing_ended_at: Mapped[datetime | None]
    """When somebody answered in part, after which nobody gets more mails in this round."""
    ended_at: Mapped[datetime | None]
    outcome: Mapped[CheckOutcome | None] = mapped_column(enumeration(CheckOutcome, "outcome"))


class CheckStepRow(Base):
    """A step that was taken: each once in its round."""

    __tablename__ = "check_step"

    check_id: Mapped[UUID] = mapped_column(ForeignKey("check.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[Step] = mapped_column(enumeration(Step, "step"), primary_key=True)
    done_at: Mapped[datetime]


class LinkRow(Base):
    """An update link: for one organisation and one contact. Its id says nothing, and is signed anew."""

    __tablename__ = "link"
    __table_args__ = (CheckConstraint("expires_at > issued_at", name="expires"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    check_id: Mapped[UUID | None] = mapped_column(ForeignKey("check.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    was_asked_for: Mapped[bool]
    """Whether the contact asked for it, by "send me a new link"."""
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("link.id", ondelete="SET NULL"))


class CheckMailRow(Base):
    """A mail of a round to one contact; those to one address on one day go out as one."""

    __tablename__ = "check_mail"
    __table_args__ = (
        Index(
            "ix_check_mail_waiting",
            "contact_id",
            sqlite_where=text("mailed_on IS NULL"),
            postgresql_where=text("mailed_on IS NULL"),
        ),
    )

    check_id: Mapped[UUID] = mapped_column(ForeignKey("check.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[Step] = mapped_column(enumeration(Step, "step"), primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True, index=True)
    due_on: Mapped[date]
    mailed_on: Mapped[date | None]
    outbox_id: Mapped[UUID | None]
    """The mail it went out in; it outlives that one, which is purged."""


class AnswerRow(Base):
    """What was answered, by a link or by an officer who rang or looked."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint(
            "(link_id IS NOT NULL OR kind IN ('phone', 'source', 'closed'))"
            " AND (link_id IS NULL OR kind NOT IN ('phone', 'source'))",
            name="link",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    link_id: Mapped[str | None] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), unique=True)
    check_id: Mapped[UUID | None] = mapped_column(ForeignKey("check.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    kind: Mapped[AnswerKind] = mapped_column(enumeration(AnswerKind, "kind"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who answered."""
    sections: Mapped[list[str]] = mapped_column(JSON)
    """The sections that were checked, in a partial answer."""
    right_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Whom the wrong person named instead."""


class DraftRow(Base):
    """A half-done edit, kept until its link expires or is used."""

    __tablename__ = "draft"

    link_id: Mapped[str] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), primary_key=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    marks: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What was ticked and done section by section."""
    saved_at: Mapped[datetime]
