"""The table of policies: each that was ever set, whole."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base


class PolicyRow(Base):
    """The policy as it was set at one moment. The one with the highest number holds; none is ever changed."""

    __tablename__ = "policy"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("made_by <> ''", name="made_by"),
    )

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    parts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Every part, those too that are as in the settings: what was set once stays, whatever these say later."""
    changed: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The parts that were changed, each with what it was before and is since."""
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(Text)
