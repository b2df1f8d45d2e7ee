"""The long part of imports, beside the requests of this process. If the process ends, `flask tick` goes on."""

from threading import Thread
from uuid import UUID

from sqlalchemy.orm import sessionmaker

from directory import clock
from directory.exchange.imports.work import work_on
from directory.web.extensions import db

NAME = "import "
"""How the names of these threads begin."""


def begin_work(import_id: UUID) -> None:
    """Have what is to be done of an import done in the background; returns at once."""
    sessions = sessionmaker(db.engine)
    Thread(target=work_on, args=(sessions, import_id, clock.now), name=f"{NAME}{import_id}", daemon=True).start()
