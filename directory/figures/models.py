"""The table of what was asked for, day by day."""

from datetime import date

from sqlalchemy import CheckConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base, enumeration
from directory.figures.asked import By


class SearchCountRow(Base):
    """How many searches of one day asked for one thing, in all processes together."""

    __tablename__ = "search_count"
    __table_args__ = (
        CheckConstraint("(asked_by = 'all') = (facet = '')", name="facet"),
        CheckConstraint("(facet = '') = (code = '')", name="code"),
        CheckConstraint("in_vain BETWEEN 0 AND searches", name="in_vain"),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    asked_by: Mapped[By] = mapped_column(enumeration(By, "asked_by"), primary_key=True)
    facet: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    searches: Mapped[int] = mapped_column(Integer)
    in_vain: Mapped[int] = mapped_column(Integer)
    """Of those, the ones for which nothing was found that fits."""
