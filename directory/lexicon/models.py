"""Tables of the lexicon."""

from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base


class WordGroupRow(Base):
    """Words of one language with one meaning. What was removed stays, so that it can come back and the seed knows."""

    __tablename__ = "word_group"
    __table_args__ = (
        CheckConstraint("language <> ''", name="language"),
        CheckConstraint("version > 0", name="version"),
        Index(None, "language", "position"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer)
    words: Mapped[list[str]] = mapped_column(JSON)
    means: Mapped[list[str]] = mapped_column(JSON)
    english: Mapped[str] = mapped_column(Text)
    removed: Mapped[bool]
    version: Mapped[int] = mapped_column(Integer)
    """Raised by every change, so that nobody overwrites what they have not seen."""
    edited_by: Mapped[str] = mapped_column(Text)
    """Who changed it last: what people changed, the seed leaves as it is."""


class LexiconLanguageRow(Base):
    """A language of the lexicon, and whether somebody who speaks it has read its words."""

    __tablename__ = "lexicon_language"
    __table_args__ = (CheckConstraint("language <> ''", name="language"),)

    language: Mapped[str] = mapped_column(Text, primary_key=True)
    reviewed: Mapped[bool]
    edited_by: Mapped[str] = mapped_column(Text)
