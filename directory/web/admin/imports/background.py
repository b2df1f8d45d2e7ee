"""The long part of imports, beside the requests of this process. If the process ends, `flask tick` goes on."""

from threading import Thread
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy.orm import sessionmaker

from directory import clock
from directory.exchange.imports.work import work_on
from directory.web.extensions import db
from directory.web.searching import tell_the_search

NAME = "import "
"""How the names of these threads begin."""


PATIENCE = 2
"""Seconds for which whoever sent a form waits: by then a short import is done, and nobody has to look twice."""


def begin_work(import_id: UUID) -> None:
    """Have what is to be done of an import done in the background; returns when it is done, and no later than that."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's way to the application itself
    db.session.rollback()  # a read that goes on would keep the other one from writing
    work = Thread(target=_work, args=(app, import_id), name=f"{NAME}{import_id}", daemon=True)
    work.start()
    work.join(PATIENCE)


def _work(app: Flask, import_id: UUID) -> None:
    with app.app_context():
        work_on(sessionmaker(db.engine), import_id, clock.now)
        tell_the_search()
