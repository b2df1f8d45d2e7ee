"""A directory of a test's own: the small taxonomy and the entries that the test makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from directory.database import begin_writing
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import add_organisation, publish
from directory.web.extensions import db
from directory.web.searching import search_engine
from tests.databases import Databases
from tests.factories import NOW, new_id
from tests.page import Pages
from tests.seeding import small_taxonomy
from tests.web.conftest import settings, started


class MadeDirectory:
    """An application with pages to look at, and entries to make."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.pages = Pages(app)

    def publish(self, slug: str, details: OrganisationDetails) -> UUID:
        identity = new_id()
        with self.writing() as session:
            add_organisation(session, organisation_id=identity, slug=slug, details=details, by="test", now=NOW)
            session.flush()
            publish(session, identity, details, by="test", why="test", now=NOW)
        self.catch_up()
        return identity

    def catch_up(self) -> None:
        with self.app.app_context():
            search_engine().catch_up(db.session())

    def rebuild(self) -> None:
        with self.app.app_context():
            search_engine().index.rebuild(db.session())

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self.app.app_context():
            session: Session = db.session()
            begin_writing(session)
            yield session
            session.commit()


@contextmanager
def made_directory(databases: Databases, folder: Path) -> Iterator[MadeDirectory]:
    """An empty directory; what its application holds open is closed at the end."""
    for app in started(settings(databases.filled(small_taxonomy), folder), indexed=True):
        yield MadeDirectory(app)
