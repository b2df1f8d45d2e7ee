"""Tables of the taxonomy."""

from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.database import Base, enumeration
from directory.taxonomy.terms import TermKind


class TermRow(Base):
    """One term. Other tables refer to it by kind and code, so that an unknown or misplaced code is refused."""

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("kind", "code"),
        ForeignKeyConstraint(["kind", "parent"], ["term.kind", "term.code"], onupdate="CASCADE"),
        CheckConstraint("code <> ''", name="code"),
        CheckConstraint("parent <> code", name="parent"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="coordinates"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[TermKind] = mapped_column(enumeration(TermKind, "kind"))
    code: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer)
    latitude: Mapped[float | None] = mapped_column(Double)
    longitude: Mapped[float | None] = mapped_column(Double)
    retired: Mapped[bool]
    edited_by: Mapped[str] = mapped_column(Text)
    """Who changed it last: what people changed, the seed leaves as it is."""

    texts: Mapped[list["TermTextRow"]] = relationship(
        cascade="all, delete-orphan", order_by="TermTextRow.language", lazy="raise"
    )


class TermTextRow(Base):
    """The words of one term in one language."""

    __tablename__ = "term_text"
    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    term_id: Mapped[UUID] = mapped_column(ForeignKey("term.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    examples: Mapped[list[str]] = mapped_column(JSON)


class MergedTermRow(Base):
    """A term that there is no more: whatever had its code has that of another term now."""

    __tablename__ = "merged_term"
    __table_args__ = (
        ForeignKeyConstraint(["kind", "successor"], ["term.kind", "term.code"], onupdate="CASCADE"),
        CheckConstraint("code <> successor", name="successor"),
    )

    kind: Mapped[TermKind] = mapped_column(enumeration(TermKind, "kind"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    successor: Mapped[str] = mapped_column(Text)
