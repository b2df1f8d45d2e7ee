"""The one way in which the web writes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from directory.database import begin_writing
from directory.web.extensions import db


@contextmanager
def transaction() -> Iterator[Session]:
    """A transaction that may write: committed at the end of the block, undone if the block raises.

    It ends what the request has read so far: take ids into the block and load again inside.
    """
    session: Session = db.session()
    begin_writing(session)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def end_reading() -> None:
    """Gives the connection back before a page is rendered; what was loaded can still be read, nothing more is."""
    db.session.close()
