"""A desk of a test's own: the small taxonomy, entries that the test makes, and somebody of each role signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory import clock
from directory.accounts.sessions import begin_session
from directory.database import begin_writing
from tests.databases import Databases, Fill
from tests.officers import OFFICERS, add_officer
from tests.page import Pages
from tests.seeding import small_taxonomy
from tests.web.conftest import settings, started
from tests.web.public.made_directory import MadeDirectory

ORIGIN = "https://localhost"


class Desk(MadeDirectory):
    """The application with one officer of each role; `viewer`, `officer`, `manager` and `nobody` ask for pages."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.nobody = Pages(app, ORIGIN)
        self.by_role = {role: self.signed_in(officer_id) for role, officer_id in OFFICERS.items()}
        self.viewer, self.officer, self.manager = self.by_role.values()

    def signed_in(self, officer_id: UUID) -> Pages:
        """A browser in which this officer has just signed in."""
        with self.writing() as session:
            session_id = begin_session(session, officer_id, clock.now())
        return self._browser(session_id)

    def same_browser(self, pages: Pages) -> Pages:
        """One that has the session of another, and stays signed in when that one signs out."""
        with pages.client.session_transaction("/desk/", base_url=ORIGIN) as cookie:
            return self._browser(cookie["_user_id"])

    def _browser(self, session_id: str) -> Pages:
        pages = Pages(self.app, ORIGIN)
        with pages.client.session_transaction("/desk/", base_url=ORIGIN) as cookie:
            cookie["_user_id"] = session_id
            cookie.permanent = True
        return pages


def officers(engine: Engine) -> None:
    """All tables, the small taxonomy and an officer of each role."""
    small_taxonomy(engine)
    with Session(engine) as session:
        begin_writing(session)
        for role, officer_id in OFFICERS.items():
            add_officer(session, role, officer_id=officer_id)
        session.commit()


@contextmanager
def made_desk(databases: Databases, folder: Path, fill: Fill = officers) -> Iterator[Desk]:
    """A desk of its own, in a few milliseconds; `fill` gives it more than its officers."""
    for app in started(settings(databases.filled(fill), folder, ORIGIN), indexed=True):
        yield Desk(app)
