"""How often what the public sees has changed: the number by which whatever is made of the database knows its age."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import CheckConstraint, Integer, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from directory.database import Base


class DirectoryRevisionRow(Base):
    """One row: how often what the public sees has changed. Its lock makes the order of counting that of commits."""

    __tablename__ = "directory_revision"
    __table_args__ = (CheckConstraint("id = 1", name="id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer)
    taxonomy: Mapped[int] = mapped_column(Integer)
    """The number at which a term changed last."""
    lexicon: Mapped[int] = mapped_column(Integer)
    """The number at which a word of the lexicon changed last."""


class Part(StrEnum):
    """What changes seldom, and costs more to follow than one entry."""

    TAXONOMY = "taxonomy"
    LEXICON = "lexicon"


@dataclass(frozen=True, slots=True)
class DirectoryRevision:
    """The number, and those at which the terms and the words of the lexicon changed last."""

    number: int
    taxonomy: int
    lexicon: int


def directory_revision(session: Session) -> int:
    """How often what the public sees has changed: one read by primary key."""
    return revision_with_parts(session).number


def revision_with_parts(session: Session) -> DirectoryRevision:
    """The same, with what changes seldom: one read by primary key."""
    row = session.execute(
        select(DirectoryRevisionRow.number, DirectoryRevisionRow.taxonomy, DirectoryRevisionRow.lexicon).where(
            DirectoryRevisionRow.id == 1
        )
    ).one()
    return DirectoryRevision(row.number, row.taxonomy, row.lexicon)


def lock_directory(session: Session) -> None:
    """Stand in the queue of all changes of what the public sees, without making one yet: before any other lock."""
    session.execute(select(DirectoryRevisionRow.number).with_for_update())


def raise_directory_revision(session: Session, part: Part | None = None) -> None:
    """Count one change of what the public sees. Comes first, since its row lock is the queue of all such changes."""
    raised = DirectoryRevisionRow.number + 1
    values = {"number": raised} if part is None else {"number": raised, part.value: raised}
    session.execute(update(DirectoryRevisionRow).values(values))
