"""The table of what was deleted when: a row a day for each rule of keeping."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base


class RetentionRow(Base):
    """What one rule did on one day. How many, never what."""

    __tablename__ = "retention"
    __table_args__ = (CheckConstraint("removed >= 0", name="removed"),)

    rule: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    removed: Mapped[int | None] = mapped_column(Integer)
    """How many were deleted or blanked; None if the rule failed that day, and the log says why."""
