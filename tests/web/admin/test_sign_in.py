"""Signing in: what lets somebody in, one refusal for all else, what is kept where, and how it ends."""

from datetime import datetime

import pytest

from directory import clock
from directory.accounts.codes import current_code
from directory.accounts.rules import Role
from tests.page import Pages
from tests.web.admin.desk import CODE_SECRET, ORIGIN, PASSPHRASE, Desk, add_officer

GOOD = {"passphrase": PASSPHRASE}


def send(pages: Pages, email: str, *, status: int = 303, now: datetime | None = None, **fields: str) -> object:
    code = current_code(CODE_SECRET, now or clock.now())
    return pages.post("/desk/sign-in", status=status, data={"email": email, "code": code, **GOOD, **fields})


@pytest.fixture
def email(desk: Desk, request: pytest.FixtureRequest) -> str:
    """An officer of this test alone."""
    name = f"ada{abs(hash(request.node.name))}"
    with desk.writing() as session:
        add_officer(session, Role.OFFICER, name=name)
    return f"{name}@council.example"


def test_address_passphrase_and_code_open_the_desk(desk: Desk, email: str) -> None:
    pages = Pages(desk.app, ORIGIN)
    send(pages, email.upper())
    assert pages.get("/desk/").heading == "Home"
