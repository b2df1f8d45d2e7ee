"""What a browser is given when an officer has signed in, by whichever door."""

from flask import session as cookie
from flask_login import login_user
from werkzeug.wrappers import Response

from directory import clock
from directory.accounts.queries import signed_in
from directory.accounts.rules import SignInRefused
from directory.web.admin.access import SignedIn
from directory.web.admin.known_browsers import remember_browser
from directory.web.extensions import db


def let_in(session_id: str, response: Response) -> Response:
    """The same response, by which the browser's cookie names the session from now on, and nothing of before.

    Raises SignInRefused if the session is over by now.
    """
    officer = signed_in(db.session(), session_id, clock.now())
    if officer is None:
        raise SignInRefused
    cookie.clear()
    login_user(SignedIn(officer, session_id))
    cookie.pop("_id")  # flask-login's hash of whoever asks, by address and browser: we want to know neither
    cookie.permanent = True
    remember_browser(response, officer.id)
    return response
