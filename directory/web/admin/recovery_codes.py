"""New recovery codes of one's own: shown once, to whoever has the app in hand."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import request

from directory import clock
from directory.accounts.codes import tidy_code
from directory.accounts.operations import make_recovery_codes as take_new_codes
from directory.accounts.queries import credentials_of
from directory.accounts.rules import CodeRefused, TooManyTries
from directory.accounts.signing_in import forget_tries, take_code
from directory.web.admin.access import account_keys, actor, current_officer
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.own_tries import count_own_try, own_tries
from directory.web.admin.secret_words import waiting
from directory.web.templating import render
from directory.web.transaction import transaction

WRONG = "This is not the code that the app shows now. Each code works once: wait for the next one"


@admin.get("/account/recovery-codes")
def recovery_codes() -> Page:
    """The question for a code of the app."""
    return _page()


@admin.post("/account/recovery-codes")
def make_recovery_codes() -> Page:
    """Make new ones and show them, this once."""
    try:
        count_own_try()
        return render("admin/recovery_codes.html", codes=_new_codes())
    except TooManyTries as error:
        return _page(waiting(error)), HTTPStatus.TOO_MANY_REQUESTS
    except CodeRefused:
        return _page(WRONG), HTTPStatus.UNPROCESSABLE_ENTITY


def _new_codes() -> Sequence[str]:
    officer_id, keys, now = current_officer().id, account_keys(), clock.now()
    code = tidy_code(request.form.get("code", ""))
    with transaction() as session:
        if not take_code(session, credentials_of(session, officer_id), code, keys, now):
            raise CodeRefused
        forget_tries(session, own_tries())
        return take_new_codes(session, officer_id, keys, by=actor(), now=now)


def _page(error: str = "") -> str:
    return render("admin/new_recovery_codes.html", error=error)
