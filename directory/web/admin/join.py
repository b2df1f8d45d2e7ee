"""Joining by an invitation: a passphrase, and an app that shows codes. Showing the page stores nothing.

The secret in the picture belongs to the invitation and to this browser: whoever opens the link elsewhere gets another.
"""

import secrets
from collections.abc import Sequence
from http import HTTPStatus

import segno
from flask import make_response, request
from flask import session as cookie
from markupsafe import Markup

from directory import clock
from directory.accounts.codes import app_address
from directory.accounts.invitations import Invitation
from directory.accounts.invitations import join as take_join
from directory.accounts.passphrases import hash_passphrase
from directory.accounts.rules import CodeRefused
from directory.accounts.sessions import begin_session
from directory.web.admin.access import account_keys
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.invitation import opened_by
from directory.web.admin.secret_words import passphrase_fault
from directory.web.admin.welcome import let_in
from directory.web.templating import render
from directory.web.transaction import end_reading, transaction

NONCE = "joining"
"""What in the cookie makes the secret this browser's own."""
WRONG_CODE = "This is not the code that the app shows now. Scan the picture again, then type the six digits"


@admin.get("/join/<token>")
def join(token: str) -> Page:
    """What to choose, and what to scan."""
    return _page(token, opened_by(token))


@admin.post("/join/<token>")
def send_join(token: str) -> Page:
    """Take the passphrase and the proof that the app works; show the recovery codes, this once."""
    opened, passphrase = opened_by(token), request.form.get("passphrase", "")
    end_reading()
    if fault := passphrase_fault(passphrase, (opened.officer.name, opened.officer.email)):
        return _page(token, opened, {"passphrase": fault}), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        codes, session_id = _take(opened, hash_passphrase(passphrase))
    except CodeRefused:
        return _page(token, opened, {"code": WRONG_CODE}), HTTPStatus.UNPROCESSABLE_ENTITY
    return let_in(session_id, lambda: make_response(render("admin/recovery_codes.html", codes=codes)))


def _take(opened: Invitation, password_hash: str) -> tuple[Sequence[str], str]:
    now = clock.now()
    with transaction() as session:
        codes = take_join(
            session,
            opened.id,
            password_hash=password_hash,
            code_secret=_secret(opened),
            code=request.form.get("code", ""),
            keys=account_keys(),
            now=now,
        )
        return codes, begin_session(session, opened.officer.id, now)


def _secret(opened: Invitation) -> str:
    nonce: str = cookie.setdefault(NONCE, secrets.token_hex(16))
    cookie.permanent = True  # so that each request gives half an hour more
    return account_keys().code_secret(opened.id, nonce)


def _page(token: str, opened: Invitation, errors: dict[str, str] | None = None) -> str:
    secret = _secret(opened)
    picture = segno.make(app_address(secret, opened.officer.email), micro=False)
    drawn = picture.svg_inline(scale=5, border=4, light="#fff", lineclass=None)
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return render(
        "admin/join.html",
        token=token,
        name=opened.officer.name,
        email=opened.officer.email,
        picture=Markup(drawn),  # noqa: S704 - made of numbers and our own words
        secret=spaced,
        errors=errors or {},
    )
