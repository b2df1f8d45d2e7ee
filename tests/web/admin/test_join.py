"""Joining by an invitation: what the link shows and does, what is refused, and what is shown once."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from directory import clock, create_app
from directory.accounts.codes import current_code
from directory.accounts.demo import DEMO, demo_link
from directory.accounts.invitations import JOIN, issue_invitation
from directory.accounts.models import OfficerRow
from directory.accounts.operations import add_officer, disable
from directory.accounts.queries import officer_of
from directory.accounts.rules import OfficerState, Purpose, Role
from directory.checks.links import UPDATE, LinkSigner
from directory.web.extensions import db
from tests.officers import KEYS, OFFICERS
from tests.page import Page, Pages
from tests.web.admin.desk import ORIGIN, Desk, officers
from tests.web.conftest import LINK_KEY, settings

NEW = "seven green kettles on the moon"


def token(link_id: str, purpose: str = JOIN) -> str:
    return LinkSigner([LINK_KEY], purpose).token(link_id)


def invited(desk: Desk, name: str) -> tuple[UUID, str]:
    """A new officer, and the address on the desk that their link leads to."""
    with desk.writing() as session:
        officer_id = add_officer(
            session, name=name, email=f"{name}@council.example", role=Role.OFFICER, by="test", now=clock.now()
        )
        link_id = issue_invitation(session, officer_id, Purpose.INVITE, now=clock.now())
    return officer_id, f"/desk/join/{token(link_id)}"


def browser(desk: Desk) -> Pages:
    return Pages(desk.app, ORIGIN)


def secret_of(page: Page) -> str:
    (shown,) = page.all("code", class_="code-key")
    return str(shown.text).replace(" ", "")


def state(desk: Desk, officer_id: UUID) -> OfficerState:
    with desk.app.app_context():
        return officer_of(db.session(), officer_id).state


def test_the_mailed_link_changes_nothing_sets_no_cookie_and_leads_on(desk: Desk) -> None:
    officer_id, address = invited(desk, "first")
    pages = browser(desk)
    answer = pages.answer(address.replace("/desk/join/", "/j/"))
    assert "Set-Cookie" not in answer.headers
    page = pages.get(address.replace("/desk/join/", "/j/"))
    assert page.link("Start") == address
    assert "First" not in page.title
    assert state(desk, officer_id) is OfficerState.INVITED


def test_an_officer_chooses_a_passphrase_scans_proves_and_is_in(desk: Desk) -> None:
    officer_id, address = invited(desk, "joining")
    pages = browser(desk)
    page = pages.get(address)
    code = current_code(secret_of(page), clock.now())
    answer = pages.post(address, status=200, data={"passphrase": NEW, "code": code})
    shown = Page(address, answer)
    codes = [str(item.text) for item in shown.tree.iter("code")]
    assert shown.heading == "Your recovery codes"
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){2}", one) for one in codes)
    assert "joining" in pages.get("/desk/").text.lower()
    assert state(desk, officer_id) is OfficerState.ACTIVE
    for used in (address, address.replace("/desk/join/", "/j/")):
        browser(desk).get(used, status=410)
    pages.post("/desk/sign-out")
    data = {"email": "joining@council.example", "passphrase": NEW, "code": codes[0]}
    pages.post("/desk/sign-in", data=data)
    assert "joining" in pages.get("/desk/").text.lower()


def test_the_secret_belongs_to_one_browser_and_showing_it_again_shows_the_same(desk: Desk) -> None:
    _, address = invited(desk, "browsers")
    mine, theirs = browser(desk), browser(desk)
    secret = secret_of(mine.get(address))
    assert secret_of(mine.get(address)) == secret
    assert secret_of(theirs.get(address)) != secret
    code = current_code(secret, clock.now())
    answer = theirs.post(address, status=422, data={"passphrase": NEW, "code": code})
    assert "This is not the code" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("short", "Use at least 15 characters"),
        ("x" * 201, "Use at most 200 characters"),
        ("passwordpassword", "This is easy to guess"),
    ],
)
def test_a_passphrase_that_is_not_good_is_refused_beside_its_field_and_not_shown(
    desk: Desk, passphrase: str, words: str
) -> None:
    officer_id, address = invited(desk, f"weak{len(passphrase)}")
    pages = browser(desk)
    code = current_code(secret_of(pages.get(address)), clock.now())
    answer = pages.post(address, status=422, data={"passphrase": passphrase, "code": code})
    page = Page(address, answer)
    assert words in page.text
    assert passphrase not in page.html
    assert page.title.startswith("Error: ")
    assert state(desk, officer_id) is OfficerState.INVITED


def test_a_used_a_taken_back_and_a_forged_link_have_their_pages(desk: Desk) -> None:
    officer_id, address = invited(desk, "over")
    pages = browser(desk)
    with desk.writing() as session:
        disable(session, officer_id, by="test", now=clock.now())
    for held in (address, address.replace("/desk/join/", "/j/")):
        assert pages.get(held, status=410).heading == "This link has been used, or is too old"
        for wrong in (f"{held}x", held[:-5], f"{held.rpartition('/')[0]}/{token('a' * 10)}"):
            assert pages.get(wrong, status=404).heading == "This link does not work"
    pages.post(address, status=410, data={"passphrase": NEW, "code": "000000"})


def test_a_link_of_another_purpose_opens_no_door(desk: Desk) -> None:
    _, address = invited(desk, "purpose")
    link_id = LinkSigner([LINK_KEY], JOIN).link_id(address.rpartition("/")[2])
    for purpose in (UPDATE, DEMO):
        browser(desk).get(f"/desk/join/{token(link_id, purpose)}", status=404)
    with desk.writing() as session:
        demo = demo_link(session, keys=KEYS, by="test", now=clock.now())
    browser(desk).get(f"/desk/join/{token(demo)}", status=404)


def test_only_what_the_form_asks_for_is_taken(desk: Desk) -> None:
    officer_id, address = invited(desk, "columns")
    pages = browser(desk)
    code = current_code(secret_of(pages.get(address)), clock.now())
    with desk.app.app_context():
        before = officer_of(db.session(), officer_id)
    columns = {column.name: "manager" for column in OfficerRow.__table__.columns} | {
        "name": "Eve",
        "officer_id": str(OFFICERS[Role.MANAGER]),
    }
    pages.post(address, status=200, data={**columns, "email": "eve@council.example", "passphrase": NEW, "code": code})
    with desk.app.app_context():
        after = officer_of(db.session(), officer_id)
    assert after == replace(before, state=OfficerState.ACTIVE, last_signed_in_at=after.last_signed_in_at)


def test_the_demo_door_is_there_in_development_alone(desk: Desk, databases, tmp_path) -> None:
    with desk.writing() as session:
        link_id = demo_link(session, keys=KEYS, by="test", now=clock.now())
    address = f"/desk/demo/{token(link_id, DEMO)}"
    desk.nobody.get(address, status=404)
    desk.nobody.post(address, status=404)
    url = databases.filled(officers)
    app = create_app(replace(settings(url, tmp_path, "http://127.0.0.1:8000"), development=True))
    with app.app_context():
        held = demo_link(db.session(), keys=KEYS, by="test", now=clock.now())
        db.session.commit()
    pages, address = Pages(app, "http://127.0.0.1:8000"), f"/desk/demo/{token(held, DEMO)}"
    pages.get(address)
    pages.post(address)
    assert "Demo manager" in pages.get("/desk/").text
    pages.post(address, status=410)
    with app.app_context():
        db.engine.dispose()
