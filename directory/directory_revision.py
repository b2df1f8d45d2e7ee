"""How often what the public sees has changed: the number by which whatever is made of the database knows its age."""

from dataclasses import dataclass

from sqlalchemy import CheckConstraint, Integer, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from directory.database import Base


class DirectoryRevisionRow(Base):
    """One row: how often what the public sees has changed. Its lock makes the order of counting that of commits."""

    __tablename__ = "directory_revision"
    __table_args__ = (CheckConstraint("id = 1", name="id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer)
    lexicon: Mapped[int] = mapped_column(Integer)
    """The number at which a word of the lexicon changed last."""


@dataclass(frozen=True, slots=True)
class DirectoryRevision:
    """The number, and the one at which a word of the lexicon changed last."""

    number: int
    lexicon: int


def directory_revision(session: Session) -> int:
    """How often what the public sees has changed: one read by primary key."""
    return revision_with_lexicon(session).number


def revision_with_lexicon(session: Session) -> DirectoryRevision:
    """The same, with the lexicon's: one read by primary key."""
    query = select(DirectoryRevisionRow.number, DirectoryRevisionRow.lexicon).where(DirectoryRevisionRow.id == 1)
    row = session.execute(query).one()
    return DirectoryRevision(row.number, row.lexicon)


def lock_directory(session: Session) -> None:
    """Stand in the queue of all changes of what the public sees, without making one yet: before any other lock."""
    session.execute(select(DirectoryRevisionRow.number).with_for_update())


def raise_directory_revision(session: Session) -> None:
    """Count one change of what the public sees. Comes first, since its row lock is the queue of all such changes."""
    session.execute(update(DirectoryRevisionRow).values(number=DirectoryRevisionRow.number + 1))


def raise_lexicon_revision(session: Session) -> None:
    """Count one change of the lexicon, which costs more to follow than one of an entry."""
    raised = DirectoryRevisionRow.number + 1
    session.execute(update(DirectoryRevisionRow).values(number=raised, lexicon=raised))
