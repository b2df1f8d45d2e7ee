"""Signing in and out: what lets somebody in, one refusal for all else, limits, and how a session ends."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from directory import clock, create_app
from directory.accounts.models import OfficerRow, OfficerSessionRow
from directory.accounts.operations import change_passphrase, disable
from directory.accounts.queries import credentials_at
from directory.accounts.rules import OfficerState, Role
from directory.accounts.sessions import begin_session
from directory.web.desk_sessions import DeskSessions
from directory.web.extensions import db
from directory.web.limits import Limit
from tests.databases import Databases
from tests.officers import OFFICERS, PASSPHRASE, add_officer, code_at
from tests.page import Page, Pages
from tests.web.admin.desk import ORIGIN, Desk, officers
from tests.web.conftest import settings

NUMBERS = count()
WRONG = "The email address, the passphrase or the code is not right"
COOKIE, KNOWN = "__Host-desk", "__Host-known"


@pytest.fixture(autouse=True)
def no_limit_of_sources(desk: Desk) -> None:
    desk.app.extensions["sign_in_limit"] = Limit(most=10_000)


@pytest.fixture
def email(desk: Desk) -> str:
    """The address of an officer of this test alone."""
    name = f"officer{next(NUMBERS)}"
    with desk.writing() as session:
        add_officer(session, Role.OFFICER, name=name)
    return f"{name}@council.example"


@pytest.fixture
def browser(desk: Desk) -> Pages:
    return Pages(desk.app, ORIGIN)


def send(pages: Pages, email: str, *, status: int = 303, path: str = "/desk/sign-in", **fields: str) -> Page | None:
    given = {"email": email, "passphrase": PASSPHRASE, "code": code_at(clock.now()), **fields}
    answer = pages.post(path, status=status, data=given)
    return None if status == 303 else Page(path, answer)


def is_in(pages: Pages) -> bool:
    return pages.client.get("/desk/", base_url=ORIGIN).status_code == 200


def identity(desk: Desk, email: str) -> OfficerRow:
    with desk.app.app_context():
        found = credentials_at(db.session(), email)
    assert found is not None
    return found.officer_id


def cookie_of(pages: Pages, name: str = COOKIE) -> str:
    held = pages.client.get_cookie(name, domain="localhost")
    return held.value if held else ""


def test_address_passphrase_and_code_open_the_desk(browser: Pages, email: str) -> None:
    send(browser, f" {email.upper()} ")
    assert is_in(browser)


def test_the_page_helps_password_managers_and_asks_for_nothing_else(browser: Pages) -> None:
    page = browser.get("/desk/sign-in")
    kinds = {field.attrib["name"]: field.attrib.get("autocomplete") for field in page.tree.iter("input")}
    assert kinds == {
        "csrf_token": None,
        "email": "username",
        "passphrase": "current-password",
        "code": "one-time-code",
    }


def test_after_signing_in_the_page_is_shown_that_was_asked_for(browser: Pages, email: str) -> None:
    door = browser.answer("/desk/?from=mail", status=303).headers["Location"]
    action = browser.get(door).one("form").attrib["action"]
    given = {"email": email, "passphrase": PASSPHRASE, "code": code_at(clock.now())}
    assert browser.post(action, data=given).headers["Location"] == "/desk/?from=mail"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/desk/", "//elsewhere.example", "/\\elsewhere.example", "/desk"],
)
def test_nobody_is_led_elsewhere_after_signing_in(browser: Pages, email: str, elsewhere: str) -> None:
    given = {"email": email, "passphrase": PASSPHRASE, "code": code_at(clock.now())}
    answer = browser.post("/desk/sign-in", query_string={"next": elsewhere}, data=given)
    assert answer.headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody@council.example"},
        {"passphrase": ""},
        {"passphrase": PASSPHRASE.upper()},
        {"passphrase": "x" * 5_000},
        {"code": ""},
        {"code": "000000"},
        {"code": "ABCD-EFGH-JKMN"},
        {"passphrase": "", "code": ""},
    ],
)
def test_whatever_is_wrong_the_refusal_is_the_same_and_keeps_the_address_alone(
    browser: Pages, email: str, wrong: dict[str, str]
) -> None:
    given = {"email": email, **wrong}
    page = send(browser, **given, status=422)
    assert page is not None
    assert page.main.count(WRONG) == 2
    assert page.title.startswith("Error: ")
    kept = {field.attrib["name"]: field.attrib.get("value", "") for field in page.tree.iter("input")}
    assert (kept["email"], kept["passphrase"], kept["code"]) == (given["email"], "", "")
    assert not is_in(browser)


@pytest.mark.parametrize("state", [OfficerState.INVITED, OfficerState.DISABLED])
def test_who_may_not_sign_in_is_refused_in_the_same_words(
    desk: Desk, browser: Pages, email: str, state: OfficerState
) -> None:
    with desk.writing() as session:
        session.execute(update(OfficerRow).where(OfficerRow.id == identity(desk, email)).values(state=state))
    page = send(browser, email, status=422)
    assert page is not None
    assert WRONG in page.main


def test_what_is_no_address_is_said_beside_its_field(browser: Pages) -> None:
    page = send(browser, "no address", status=422)
    assert page is not None
    assert "Enter your email address" in page.main


def test_a_code_that_was_used_is_refused(desk: Desk, browser: Pages, email: str) -> None:
    code = code_at(clock.now())
    send(browser, email, code=code)
    send(Pages(desk.app, ORIGIN), email, code=code, status=422)


def test_trust_22_an_attack_slows_the_account_down_and_does_not_lock_out_its_owner(
    desk: Desk, browser: Pages, email: str
) -> None:
    send(browser, email)
    browser.post("/desk/sign-out")
    attacker = Pages(desk.app, ORIGIN)
    for _ in range(10):
        send(attacker, email, passphrase="guessed", status=422)
    page = send(attacker, email, status=429, passphrase="guessed")
    assert page is not None
    assert "Wait 5 minutes" in page.main
    later = clock.now() + timedelta(seconds=30)
    send(attacker, email, status=429, code=code_at(later))
    send(browser, email, code=code_at(later))
    assert is_in(browser)


def test_trust_22_an_address_that_nobody_has_is_slowed_down_alike(browser: Pages) -> None:
    for _ in range(10):
        send(browser, "nobody.at.all@council.example", status=422)
    page = send(browser, "nobody.at.all@council.example", status=429)
    assert page is not None
    assert "Wait 5 minutes" in page.main


def test_trust_22_a_known_browser_has_ten_tries_of_its_own_and_no_more(browser: Pages, email: str) -> None:
    send(browser, email)
    browser.post("/desk/sign-out")
    for _ in range(10):
        send(browser, email, passphrase="guessed", status=422)
    send(browser, email, status=429)


def test_trust_22_a_browser_known_to_another_officer_is_unknown_here(desk: Desk, browser: Pages, email: str) -> None:
    send(browser, email)
    with desk.writing() as session:
        add_officer(session, name=f"other{email.partition('@')[0]}")
    other = f"other{email}"
    for _ in range(10):
        send(Pages(desk.app, ORIGIN), other, passphrase="guessed", status=422)
    send(browser, other, status=429)


@pytest.mark.parametrize("forged", ["x", "1_2", "x_00000000-0000-0000-0000-000000000003.signature"])
def test_a_forged_word_that_a_browser_is_known_is_worth_nothing(browser: Pages, email: str, forged: str) -> None:
    browser.client.set_cookie(KNOWN, forged, domain="localhost")
    for _ in range(10):
        send(browser, email, passphrase="guessed", status=422)
    send(browser, email, status=429)


FORGED = "198.51.100.{}"


@pytest.mark.parametrize(("hops", "before"), [(0, ""), (1, ", 192.0.2.7"), (2, ", 192.0.2.7, 192.0.2.8")])
def test_trust_24_a_forged_sender_never_lifts_the_limit(
    databases: Databases, tmp_path: Path, hops: int, before: str
) -> None:
    """Whatever stands before what our own proxies add, the eleventh try of one source waits."""
    app = create_app(replace(settings(databases.filled(officers), tmp_path, ORIGIN), proxy_hops=hops))
    pages, status = Pages(app, ORIGIN), []
    for number in range(11):
        forged = FORGED.format(number)
        headers = {"X-Forwarded-For": forged + before, "X-Real-IP": forged, "Forwarded": f"for={forged}"}
        given = {"email": f"somebody{number}@council.example", "csrf_token": pages.token()}
        answer = pages.client.post("/desk/sign-in", data=given, base_url=ORIGIN, headers=headers)
        status.append(answer.status_code)
    assert status == [422] * 10 + [429]
    with app.app_context():
        db.engine.dispose()


def test_trust_23_the_cookie_names_a_session_and_nothing_of_the_browser(desk: Desk, browser: Pages, email: str) -> None:
    send(browser, email)
    with browser.client.session_transaction("/desk/", base_url=ORIGIN) as cookie:
        assert set(cookie) <= {"_user_id", "_fresh", "_permanent", "csrf_token"}
        session_id = cookie["_user_id"]
    with desk.app.app_context():
        row = db.session().get(OfficerSessionRow, session_id)
        assert row is not None
        assert row.officer_id == identity(desk, email)


def test_trust_23_a_copied_cookie_dies_with_signing_out(browser: Pages, email: str, desk: Desk) -> None:
    send(browser, email)
    thief = Pages(desk.app, ORIGIN)
    thief.client.set_cookie(COOKIE, cookie_of(browser), domain="localhost")
    assert is_in(thief)
    browser.post("/desk/sign-out")
    assert not is_in(thief)
    assert not is_in(browser)


@pytest.mark.parametrize("end", ["disable", "passphrase", "eight hours"])
def test_trust_23_a_session_ends_at_once(desk: Desk, browser: Pages, email: str, end: str) -> None:
    send(browser, email)
    officer_id, now = identity(desk, email), clock.now()
    with desk.writing() as session:
        if end == "disable":
            disable(session, officer_id, by="test", now=now)
        elif end == "passphrase":
            change_passphrase(session, officer_id, "x", by="test", now=now)
        else:
            started = now - timedelta(hours=8)
            whose = OfficerSessionRow.officer_id == officer_id
            session.execute(update(OfficerSessionRow).where(whose).values(started_at=started))
    browser.answer("/desk/", status=303)


def cookie_of_a_moment(desk: Desk, session_id: str, at: datetime) -> str:
    """The cookie of a session as it was given at some moment."""
    signer = DeskSessions(lambda: at).get_signing_serializer(desk.app)
    assert signer is not None
    return str(signer.dumps({"_user_id": session_id, "_permanent": True}))


@pytest.mark.parametrize(
    ("idle", "is_good"), [(timedelta(minutes=29, seconds=50), True), (timedelta(minutes=30, seconds=2), False)]
)
def test_trust_23_a_session_ends_after_half_an_hour_without_a_request(
    desk: Desk, browser: Pages, idle: timedelta, *, is_good: bool
) -> None:
    seen = clock.now() - idle
    with desk.writing() as session:
        session_id = begin_session(session, OFFICERS[Role.VIEWER], seen)
    browser.client.set_cookie(COOKIE, cookie_of_a_moment(desk, session_id, seen), domain="localhost")
    assert is_in(browser) is is_good
    if is_good:
        assert is_in(browser), "each request gives half an hour more"
        assert cookie_of(browser) != cookie_of_a_moment(desk, session_id, seen)


def test_asking_for_a_page_writes_nothing_though_it_gives_half_an_hour_more(desk: Desk) -> None:
    answer = desk.viewer.answer("/desk/")  # fails if anything is written
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(COOKIE)
    assert "Expires=" in cookie


def test_signing_in_begins_a_session_of_its_own_and_forgets_what_the_cookie_held(
    desk: Desk, browser: Pages, email: str
) -> None:
    browser.get("/desk/sign-in")
    before = cookie_of(browser)
    token = browser.token()
    send(browser, email)
    assert cookie_of(browser) != before
    browser.post("/desk/sign-out", status=400, forged=True, data={"csrf_token": token})


def test_the_public_side_neither_reads_nor_sets_a_cookie(desk: Desk) -> None:
    pages = desk.signed_in(OFFICERS[Role.MANAGER])
    for path in ("/", "/kept-current", "/nowhere", "/deskwork"):
        answer = pages.answer(path, status=404 if path in {"/nowhere", "/deskwork"} else 200)
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "Manager" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("origin", "name"),
    [("http://127.0.0.1:8000", "desk"), ("http://localhost:8000", "desk"), ("https://localhost", COOKIE)],
)
def test_only_development_on_its_own_machine_goes_without_tls(
    databases: Databases, tmp_path: Path, origin: str, name: str
) -> None:
    app = create_app(settings(databases.filled(officers), tmp_path, origin))
    answer = Pages(app, origin).answer("/desk/sign-in")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"{name}=")
    assert ("Secure" in cookie) is origin.startswith("https")
    with app.app_context():
        db.engine.dispose()


def test_signing_in_is_counted_once_for_each_session(desk: Desk, browser: Pages, email: str) -> None:
    send(browser, email)
    whose = OfficerSessionRow.officer_id == identity(desk, email)
    with desk.app.app_context():
        assert db.session().scalars(select(func.count()).select_from(OfficerSessionRow).where(whose)).one() == 1


def test_only_what_the_form_asks_for_is_taken(desk: Desk, browser: Pages, email: str) -> None:
    officer_id = identity(desk, email)
    with desk.app.app_context():
        before = {
            c.name: getattr(db.session().get(OfficerRow, officer_id), c.key) for c in OfficerRow.__table__.columns
        }
    forged = {name: "manager" for name in before if name != "id"} | {"id": str(OFFICERS[Role.MANAGER])}
    send(browser, email, **forged)
    with desk.app.app_context():
        after = {c.name: getattr(db.session().get(OfficerRow, officer_id), c.key) for c in OfficerRow.__table__.columns}
    assert after | {"last_code_step": 0} == before
