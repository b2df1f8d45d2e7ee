"""Signing in and out: address, passphrase and code on one page, and one refusal whatever of them was wrong."""

from http import HTTPStatus

from flask import redirect, request, url_for
from flask_login import logout_user

from directory import clock
from directory.accounts.operations import officer_address
from directory.accounts.passphrases import is_passphrase
from directory.accounts.queries import Credentials, credentials_at
from directory.accounts.rules import SignInRefused, TooManyTries
from directory.accounts.sessions import end_session
from directory.accounts.signing_in import count_try, renew_hash
from directory.accounts.signing_in import sign_in as take_sign_in
from directory.people.addresses import AddressInvalid
from directory.web.admin.access import account_keys, actor, current_session_id
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.known_browsers import known_browser
from directory.web.admin.secret_words import waiting
from directory.web.admin.welcome import let_in
from directory.web.desk_sessions import DESK
from directory.web.extensions import db
from directory.web.limits import TRIES_PERIOD, may_try_to_sign_in
from directory.web.plain_form import one_line, tidy
from directory.web.templating import render
from directory.web.transaction import end_reading, transaction

NOT_AN_ADDRESS = "Enter your email address, like name@haringey.gov.uk"
WRONG = "The email address, the passphrase or the code is not right. Wait for a new code, then try again"


@admin.get("/sign-in")
def sign_in() -> Page:
    """The door."""
    return _page("")


@admin.post("/sign-in")
def send_sign_in() -> Page:
    """Let in whoever gives an address, its passphrase and a code."""
    email = one_line(tidy(request.form.get("email", "")))
    try:
        session_id = _begin(officer_address(email))
        return let_in(session_id, lambda: redirect(_wanted(), HTTPStatus.SEE_OTHER))
    except AddressInvalid:
        return _page(email, NOT_AN_ADDRESS), HTTPStatus.UNPROCESSABLE_ENTITY
    except SignInRefused:
        return _page(email, WRONG), HTTPStatus.UNPROCESSABLE_ENTITY
    except TooManyTries as error:
        return _page(email, waiting(error)), HTTPStatus.TOO_MANY_REQUESTS


@admin.post("/sign-out")
def sign_out() -> Page:
    """End the session, so that no copy of the cookie opens anything."""
    with transaction() as session:
        end_session(session, current_session_id(), by=actor(), now=clock.now())
    logout_user()
    return redirect(url_for("admin.sign_in"), HTTPStatus.SEE_OTHER)


def _begin(email: str) -> str:
    """The id of the new session. Whatever is wrong, the same is done, and takes the same time."""
    passphrase, code = request.form.get("passphrase", ""), request.form.get("code", "")
    found = credentials_at(db.session(), email)
    digest = account_keys().tries_digest(_whose_tries(email, found))
    with transaction() as session:
        count_try(session, digest, whose=found, now=clock.now())
    end_reading()
    is_right = is_passphrase(found.password_hash if found else "", passphrase)
    with transaction() as session:
        right = found if is_right else None
        session_id = take_sign_in(session, right, code, digest=digest, keys=account_keys(), now=clock.now())
        if right:
            renew_hash(session, right, passphrase)
    return session_id


def _whose_tries(email: str, found: Credentials | None) -> str:
    """A browser that the officer has signed in with before counts apart; all others count as one, by address."""
    browser = known_browser()
    if browser is not None and found is not None and browser.knows(found.officer_id):
        return f"{browser.id} {found.officer_id}"
    if not may_try_to_sign_in():
        raise TooManyTries(clock.now() + TRIES_PERIOD)
    return email


def _wanted() -> str:
    """The page that was asked for before, if it is one of the desk."""
    wanted = request.args.get("next", "")
    return wanted if wanted.startswith(f"{DESK}/") else url_for("admin.home")


def _page(email: str, error: str = "") -> str:
    return render("admin/sign_in.html", email=email, error=error, wanted=request.args.get("next"))
