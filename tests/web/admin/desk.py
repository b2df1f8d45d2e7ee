"""A desk of a test's own: the small taxonomy, entries that the test makes, and somebody of each role signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory import clock
from directory.accounts.keys import AccountKeys
from directory.accounts.models import OfficerRow
from directory.accounts.passphrases import hash_passphrase
from directory.accounts.rules import OfficerState, Role
from directory.accounts.sessions import begin_session
from directory.database import begin_writing
from directory.people.operations import remember_person
from tests.databases import Databases
from tests.page import Pages
from tests.seeding import small_taxonomy
from tests.web.conftest import SECRET_KEY, settings, started
from tests.web.public.made_directory import MadeDirectory

ORIGIN = "https://localhost"
PASSPHRASE = "a long walk beside the river Lea"
CODE_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KEYS = AccountKeys(SECRET_KEY)
OFFICERS = {role: UUID(int=number) for number, role in enumerate(Role, start=1)}
"""The id of the officer of each role. Their addresses are `viewer@council.example` and so on."""
PASSPHRASE_HASH = hash_passphrase(PASSPHRASE)


def add_officer(
    session: Session,
    role: Role = Role.OFFICER,
    *,
    name: str = "",
    officer_id: UUID | None = None,
    state: OfficerState = OfficerState.ACTIVE,
    now: datetime | None = None,
) -> UUID:
    """An officer who can sign in with PASSPHRASE and the codes of CODE_SECRET."""
    held, since = officer_id or uuid4(), now or clock.now()
    word = name or role.value
    person_id = remember_person(session, now=since, name=word.title(), email=f"{word}@council.example")
    session.add(
        OfficerRow(
            id=held,
            person_id=person_id,
            role=role,
            state=state,
            password_hash=PASSPHRASE_HASH,
            sealed_secret=KEYS.seal(CODE_SECRET),
            last_code_step=0,
            weekly_digest=False,
            created_at=since,
        )
    )
    session.flush()
    return held


class Desk(MadeDirectory):
    """The application with one officer of each role; `viewer`, `officer`, `manager` and `nobody` ask for pages."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.nobody = Pages(app, ORIGIN)
        self.by_role = {role: self.signed_in(officer_id) for role, officer_id in OFFICERS.items()}
        self.viewer, self.officer, self.manager = self.by_role.values()

    def signed_in(self, officer_id: UUID) -> Pages:
        """A browser in which this officer has just signed in."""
        pages = Pages(self.app, ORIGIN)
        with self.writing() as session:
            session_id = begin_session(session, officer_id, clock.now())
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
def made_desk(databases: Databases, folder: Path) -> Iterator[Desk]:
    """A desk of its own, in a few milliseconds."""
    for app in started(settings(databases.filled(officers), folder, ORIGIN), indexed=True):
        yield Desk(app)
