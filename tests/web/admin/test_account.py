"""One's own account: another passphrase, new recovery codes, the weekly mail."""

from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from directory import clock
from directory.accounts.passphrases import is_passphrase
from directory.accounts.queries import credentials_of, officer_of, recovery_codes_left
from directory.accounts.rules import Role
from directory.web.extensions import db
from tests.officers import PASSPHRASE, add_officer, code_at
from tests.page import Page, Pages
from tests.web.admin.desk import Desk

NUMBERS = count()
NEW = "seven green kettles on the moon"
FORM = "/desk/account/passphrase"
CODES = "/desk/account/recovery-codes"


@pytest.fixture
def officer_id(desk: Desk) -> UUID:
    with desk.writing() as session:
        return add_officer(session, Role.VIEWER, name=f"owner{next(NUMBERS)}")


@pytest.fixture
def pages(desk: Desk, officer_id: UUID) -> Pages:
    return desk.signed_in(officer_id)


def has_passphrase(desk: Desk, officer_id: UUID, passphrase: str) -> bool:
    with desk.app.app_context():
        return is_passphrase(credentials_of(db.session(), officer_id).password_hash, passphrase)


def test_the_page_says_who_one_is_and_leads_on(pages: Pages) -> None:
    page = pages.get("/desk/account")
    assert "owner" in page.main
    assert "Viewer: reads everything" in page.main
    for words in ("Choose another passphrase", "Make new recovery codes"):
        pages.get(page.link(words))


def test_trust_23_another_passphrase_ends_every_other_session_and_this_one_is_a_new_one(
    desk: Desk, pages: Pages, officer_id: UUID
) -> None:
    other = desk.signed_in(officer_id)
    copied = Pages(desk.app, "https://localhost")
    cookie = pages.client.get_cookie("__Host-desk", domain="localhost")
    assert cookie is not None
    copied.client.set_cookie("__Host-desk", cookie.value, domain="localhost")
    told = pages.post(FORM, data={"current": PASSPHRASE, "passphrase": NEW}).headers["Location"]
    assert "Your passphrase is changed" in pages.get(told).main
    assert has_passphrase(desk, officer_id, NEW)
    for ended in (other, copied):
        ended.answer("/desk/", status=303)


@pytest.mark.parametrize(
    ("current", "new", "words"),
    [
        ("wrong", NEW, "This is not your passphrase"),
        ("", NEW, "This is not your passphrase"),
        (PASSPHRASE, "short", "Use at least 15 characters"),
        (PASSPHRASE, "passwordpassword", "This is easy to guess"),
    ],
)
def test_a_passphrase_that_is_refused_changes_nothing_and_is_not_shown(
    desk: Desk, pages: Pages, officer_id: UUID, current: str, new: str, words: str
) -> None:
    page = Page(FORM, pages.post(FORM, status=422, data={"current": current, "passphrase": new}))
    assert words in page.main
    assert new not in page.html
    assert has_passphrase(desk, officer_id, PASSPHRASE)
    pages.get("/desk/")


def test_an_open_session_is_no_place_to_guess(desk: Desk, pages: Pages, officer_id: UUID) -> None:
    for number in range(10):
        pages.post(
            FORM if number % 2 else CODES, status=422, data={"current": "guess", "passphrase": NEW, "code": "000000"}
        )
    page = Page(FORM, pages.post(FORM, status=429, data={"current": PASSPHRASE, "passphrase": NEW}))
    assert "Wait 5 minutes" in page.main
    pages.post(CODES, status=429, data={"code": code_at(clock.now())})
    assert has_passphrase(desk, officer_id, PASSPHRASE)


def test_new_codes_are_shown_once_to_whoever_has_the_app(desk: Desk, pages: Pages, officer_id: UUID) -> None:
    code = code_at(clock.now())
    page = Page(CODES, pages.post(CODES, status=200, data={"code": code}))
    assert len(page.all("code")) == 10
    pages.post(CODES, status=422, data={"code": code})
    later = code_at(clock.now() + timedelta(seconds=30))
    again = Page(CODES, pages.post(CODES, status=200, data={"code": later}))
    assert {item.text for item in again.tree.iter("code")}.isdisjoint({item.text for item in page.tree.iter("code")})
    with desk.app.app_context():
        assert recovery_codes_left(db.session(), officer_id) == 10
    assert "10 left" in pages.get("/desk/account").main


def test_the_weekly_mail_is_wanted_or_not(desk: Desk, pages: Pages, officer_id: UUID) -> None:
    for sent, is_wanted in (({"digest": "yes"}, True), ({"digest": ""}, False)):
        pages.post("/desk/account/digest", data=sent)
        with desk.app.app_context():
            assert officer_of(db.session(), officer_id).weekly_digest is is_wanted


def test_trust_21_one_changes_ones_own_account_alone(desk: Desk, pages: Pages, officer_id: UUID) -> None:
    with desk.writing() as session:
        other = add_officer(session, Role.MANAGER, name=f"other{next(NUMBERS)}")
    forged = {
        "officer_id": str(other),
        "id": str(other),
        "role": "manager",
        "state": "disabled",
        "email": "x@council.example",
    }
    pages.post("/desk/account/digest", data={"digest": "yes", **forged})
    pages.post(FORM, data={"current": PASSPHRASE, "passphrase": NEW, **forged})
    with desk.app.app_context():
        assert not officer_of(db.session(), other).weekly_digest
        mine = officer_of(db.session(), officer_id)
    assert (mine.role, mine.email.startswith("owner")) == (Role.VIEWER, True)
    assert has_passphrase(desk, other, PASSPHRASE)
