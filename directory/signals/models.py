"""Tables of the signs: what was looked at, what people wrote, what a register said."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base, enumeration
from directory.signals.rules import LONGEST_TEXT, ProblemKind, WebsiteStatus


class WebsiteCheckRow(Base):
    """When a link of a public entry was last looked at, and how it answered."""

    __tablename__ = "website_check"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    url: Mapped[str] = mapped_column(Text, primary_key=True)
    last_at: Mapped[datetime]
    status: Mapped[WebsiteStatus] = mapped_column(enumeration(WebsiteStatus, "status"))
    failed_on: Mapped[list[str]] = mapped_column(JSON)
    """The newest days (ISO) on which it failed, since it was last fine."""
    moved_to: Mapped[str] = mapped_column(Text)
    """Where it says that it has moved for good."""


class ProblemReportRow(Base):
    """What somebody says is wrong with an entry. It is deleted after some months."""

    __tablename__ = "problem_report"
    __table_args__ = (CheckConstraint(f"length(text) <= {LONGEST_TEXT}", name="text"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), index=True)
    kind: Mapped[ProblemKind] = mapped_column(enumeration(ProblemKind, "kind"))
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who would like to hear back."""
    at: Mapped[datetime] = mapped_column(index=True)


class SuggestionRow(Base):
    """An organisation that somebody thinks should be listed. It is deleted after some months."""

    __tablename__ = "suggestion"
    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    website: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    how_known: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who would like to hear back."""
    at: Mapped[datetime] = mapped_column(index=True)


class CharityRow(Base):
    """What the register of charities last said about a number that an entry has."""

    __tablename__ = "charity"

    number: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    removed_on: Mapped[date | None]
    seen_at: Mapped[datetime]


class SignalRoundRow(Base):
    """The day on which a search for signs was last done: each is done once a day."""

    __tablename__ = "signal_round"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[date]
