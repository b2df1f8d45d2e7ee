"""Sessions, cookies and forged forms of the desk. No other page has a session, reads a cookie or sets one.

What is signed in is a row of the database; the cookie only names it, with the token against forged forms beside it,
and says when it was last seen. A copied cookie dies with its row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Request, current_app
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from directory import clock
from directory.accounts.rules import IDLE_SESSION
from directory.config import LOOPBACK_HOSTS, Settings

DESK = "/desk"
"""Where all pages with a session stand."""
SIGNED_IN, KNOWN = "desk", "known"
"""The names of the cookies, without their prefix."""

login_manager = LoginManager()
login_manager.session_protection = None  # it would hash whoever asks by address and browser
forged_forms = CSRFProtect()


@dataclass(frozen=True, slots=True)
class CookieKind:
    """How cookies of the desk are set: with every guard there is where the site has TLS."""

    prefix: str
    secure: bool

    def name(self, of: str) -> str:
        """The name of a cookie as browsers know it; `__Host-` binds it to this very host."""
        return self.prefix + of


def is_desk(path: str) -> bool:
    """Whether an address belongs to the desk."""
    return path == DESK or path.startswith(f"{DESK}/")


class DeskSessions(SecureCookieSessionInterface):
    """Flask's signed cookie for the pages of the desk, by our own clock; other pages have nothing that could be set."""

    salt = "desk session"
    digest_method = staticmethod(sha256)

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self._now = now

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the desk; None elsewhere, in whose place Flask puts one that holds and keeps nothing."""
        return super().open_session(app, request) if is_desk(request.path) else None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Flask's, with times of our clock."""
        made = super().get_signing_serializer(app)
        if made is not None:
            made.signer, made.signer_kwargs["now"] = _ClockSigner, self._now
        return made


class _ClockSigner(TimestampSigner):
    """Reads the time where the rest of the site does."""

    def __init__(self, *keys: Any, now: Callable[[], datetime], **options: Any) -> None:
        super().__init__(*keys, **options)
        self._now = now

    def get_timestamp(self) -> int:
        """The present second."""
        return int(self._now().timestamp())


def init_desk_sessions(app: Flask, settings: Settings) -> None:
    """Give the desk its sessions, and its forms their tokens."""
    kind = cookie_kind(settings.public_origin)
    app.extensions["desk cookies"] = kind
    app.session_interface = DeskSessions()
    app.config.update(
        SESSION_COOKIE_NAME=kind.name(SIGNED_IN),
        SESSION_COOKIE_SECURE=kind.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=IDLE_SESSION,
        WTF_CSRF_CHECK_DEFAULT=False,  # the desk asks for it; public forms have no cookie that could be ridden on
        WTF_CSRF_SSL_STRICT=False,  # our pages send no referrer; Sec-Fetch-Site says where a form comes from
        WTF_CSRF_TIME_LIMIT=None,  # the session ends sooner
    )
    forged_forms.init_app(app)
    login_manager.init_app(app, add_context_processor=False)


def cookie_kind(origin: str) -> CookieKind:
    """With `__Host-` and Secure, but for development on http, where browsers would not keep such a cookie."""
    parts = urlsplit(origin)
    is_local = parts.scheme == "http" and parts.hostname in {host.strip("[]") for host in LOOPBACK_HOSTS}
    return CookieKind("", secure=False) if is_local else CookieKind("__Host-", secure=True)


def current_cookies() -> CookieKind:
    """How cookies of the desk are set by the application that is answering."""
    kind: CookieKind = current_app.extensions["desk cookies"]
    return kind
