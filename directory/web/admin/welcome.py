"""What a browser is given when an officer has signed in, by whichever door."""

from collections.abc import Callable
from http import HTTPStatus

from flask import g, redirect, url_for
from flask import session as cookie
from flask_login import login_user
from werkzeug.wrappers import Response

from directory import clock
from directory.accounts.queries import signed_in
from directory.web.admin.access import SignedIn
from directory.web.admin.known_browsers import remember_browser
from directory.web.extensions import db


def let_in(session_id: str, answer: Callable[[], Response]) -> Response:
    """The answer, with which the browser's cookie names the session from now on, and nothing of before.

    To the door, if the session is over by now.
    """
    officer = signed_in(db.session(), session_id, clock.now())
    if officer is None:
        return redirect(url_for("admin.sign_in"), HTTPStatus.SEE_OTHER)
    cookie.clear()
    login_user(SignedIn(officer, session_id))
    cookie.pop("_id")  # flask-login's hash of whoever asks, by address and browser: we want to know neither
    cookie.permanent = True
    g.officer = officer
    response = answer()
    remember_browser(response, officer.id)
    return response
