"""Another passphrase of one's own: it ends every session but that of the browser in which it was chosen."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import redirect, request, url_for

from directory import clock
from directory.accounts.operations import change_passphrase
from directory.accounts.passphrases import hash_passphrase, is_passphrase
from directory.accounts.queries import credentials_of
from directory.accounts.rules import TooManyTries
from directory.accounts.sessions import begin_session
from directory.accounts.signing_in import forget_tries
from directory.web.admin.access import actor, current_officer
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.own_tries import count_own_try, own_tries
from directory.web.admin.secret_words import passphrase_fault, waiting
from directory.web.admin.welcome import let_in
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.transaction import end_reading, transaction


@admin.get("/account/passphrase")
def new_passphrase() -> Page:
    """The one that is good now, and a new one."""
    return _page({})


@admin.post("/account/passphrase")
def send_passphrase() -> Page:
    """Take the new one."""
    try:
        count_own_try()
    except TooManyTries as error:
        return _page({"current": waiting(error)}), HTTPStatus.TOO_MANY_REQUESTS
    new = request.form.get("passphrase", "")
    if errors := _errors(new):
        return _page(errors), HTTPStatus.UNPROCESSABLE_ENTITY
    session_id = _change(hash_passphrase(new))
    return let_in(session_id, lambda: redirect(url_for("admin.account", told="passphrase"), HTTPStatus.SEE_OTHER))


def _errors(new: str) -> Mapping[str, str]:
    officer, errors = current_officer(), {}
    held = credentials_of(db.session(), officer.id).password_hash
    end_reading()
    if not is_passphrase(held, request.form.get("current", "")):
        errors["current"] = "This is not your passphrase"
    if fault := passphrase_fault(new, (officer.name, officer.email)):
        errors["passphrase"] = fault
    return errors


def _change(password_hash: str) -> str:
    """The id of the session that takes the place of all others."""
    officer_id, now = current_officer().id, clock.now()
    with transaction() as session:
        forget_tries(session, own_tries())
        change_passphrase(session, officer_id, password_hash, by=actor(), now=now)
        return begin_session(session, officer_id, now)


def _page(errors: Mapping[str, str]) -> str:
    return render("admin/passphrase.html", errors=errors)
