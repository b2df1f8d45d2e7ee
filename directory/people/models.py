"""The table of people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base


class PersonRow(Base):
    """A person, or the people behind a shared mailbox. Everything else holds the id."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("erased_at IS NULL OR (name = '' AND role = '' AND email = '')", name="erased"),
        CheckConstraint("email = '' OR email LIKE '%_@_%'", name="email"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text, index=True)
    since: Mapped[datetime]
    erased_at: Mapped[datetime | None]
