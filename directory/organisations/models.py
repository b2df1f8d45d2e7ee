"""Tables of organisations: the entry itself, its slugs, sources, notes and revisions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.database import Base, enumeration
from directory.organisations.details import OrganisationKind
from directory.organisations.rules import Confidence, ConfirmedBy, State
from directory.organisations.service_models import LocationRow, ServiceRow, last_seen_check, link_check


class OrganisationRow(Base):
    """A body that is listed. Columns have the names of the fields of `OrganisationDetails`."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("part_of <> id", name="part_of"),
        CheckConstraint("joined_into IS NULL OR (joined_into <> id AND state <> 'public')", name="joined_into"),
        CheckConstraint("(notice_text = '') = (notice_until IS NULL)", name="notice"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed"),
        CheckConstraint("revision >= 0 AND (state = 'draft' OR revision > 0)", name="revision"),
        link_check("website"),
        last_seen_check(),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[State] = mapped_column(enumeration(State, "state"))
    revision: Mapped[int] = mapped_column(Integer)
    """Number of the latest revision, 0 before the first."""
    confidence: Mapped[Confidence | None] = mapped_column(enumeration(Confidence, "confidence"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[ConfirmedBy | None] = mapped_column(enumeration(ConfirmedBy, "confirmed_by"))
    edited_at: Mapped[datetime]
    edited_by: Mapped[str] = mapped_column(Text)

    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[OrganisationKind] = mapped_column(enumeration(OrganisationKind, "kind"))
    part_of: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    description: Mapped[str] = mapped_column(Text)
    website: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    charity_number: Mapped[str] = mapped_column(Text)
    company_number: Mapped[str] = mapped_column(Text)
    notice_text: Mapped[str] = mapped_column(Text)
    notice_until: Mapped[date | None]
    last_seen: Mapped[int | None] = mapped_column(Integer)

    overdue_since: Mapped[date | None]
    """The day on which a confirmation was due that has not come for so long that the public is told."""
    told_changed_on: Mapped[date | None]
    """When the organisation told us of a change that we are still checking."""
    told_closed_on: Mapped[date | None]
    """When the organisation told us that it has closed, which we are still checking."""
    joined_into: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The entry that this one was a duplicate of: its addresses lead there."""

    slugs: Mapped[list["SlugRow"]] = relationship(cascade="all, delete-orphan", lazy="raise")
    other_names: Mapped[list["OtherNameRow"]] = relationship(
        cascade="all, delete-orphan", order_by="OtherNameRow.position", lazy="raise"
    )
    translations: Mapped[list["OrganisationTranslationRow"]] = relationship(cascade="all, delete-orphan", lazy="raise")
    services: Mapped[list[ServiceRow]] = relationship(
        cascade="all, delete-orphan", order_by="ServiceRow.position", lazy="raise"
    )
    locations: Mapped[list[LocationRow]] = relationship(
        cascade="all, delete-orphan", order_by="LocationRow.position", lazy="raise"
    )
    sources: Mapped[list["SourceRow"]] = relationship(
        cascade="all, delete-orphan", order_by="SourceRow.position", lazy="raise"
    )
    notes: Mapped[list["NoteRow"]] = relationship(cascade="all, delete-orphan", order_by="NoteRow.number", lazy="raise")


class SlugRow(Base):
    """A name of an entry in URLs. Each entry has one current slug; its old ones stay and lead to it."""

    __tablename__ = "organisation_slug"
    __table_args__ = (
        CheckConstraint("slug <> '' AND ltrim(slug, 'abcdefghijklmnopqrstuvwxyz0123456789-') = ''", name="slug"),
        Index(
            "uq_organisation_slug_current",
            "organisation_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    slug: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    is_current: Mapped[bool]


class OtherNameRow(Base):
    """A name by which people know the organisation as well."""

    __tablename__ = "organisation_name"
    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class OrganisationTranslationRow(Base):
    """An organisation's description in another language."""

    __tablename__ = "organisation_translation"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer)


class SourceRow(Base):
    """Where the facts came from. Private."""

    __tablename__ = "organisation_source"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    date: Mapped[str | None] = mapped_column(Text)
    """Of when it is, as precisely as known (`2025`, `2025-03-02`)."""
    what: Mapped[str] = mapped_column(Text)


class NoteRow(Base):
    """A private note about an entry; notes are added, not edited."""

    __tablename__ = "organisation_note"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    written_by: Mapped[str] = mapped_column(Text)


class RevisionRow(Base):
    """An entry as it was made public: never changed, never removed."""

    __tablename__ = "revision"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    """As `stored.dump` made them."""
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
