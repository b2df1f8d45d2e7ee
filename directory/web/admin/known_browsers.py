"""Browsers that have signed in before: they count their tries apart, so that guessing elsewhere locks nobody out.

The cookie names the officers by id, and the browser by a number that says nothing. It opens nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from flask import request
from itsdangerous import BadSignature, Signer
from werkzeug.wrappers import Response

from directory.web.desk_sessions import KNOWN, current_cookies
from directory.web.extensions import current_settings

KEPT_FOR = timedelta(days=365)
MOST_OFFICERS = 5
"""Who share one browser."""


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """A browser, and who has signed in with it, the last one first."""

    id: str
    officers: tuple[str, ...]

    def knows(self, officer_id: UUID) -> bool:
        """Whether this officer has signed in with it."""
        return str(officer_id) in self.officers


def known_browser() -> KnownBrowser | None:
    """The browser that asks, if somebody has signed in with it before."""
    held = request.cookies.get(current_cookies().name(KNOWN), "")
    try:
        browser, *officers = _signer().unsign(held).decode("ascii").split("_")
    except (BadSignature, UnicodeError):
        return None
    return KnownBrowser(browser, tuple(officers))


def remember_browser(response: Response, officer_id: UUID) -> None:
    """Have the browser say from now on that this officer has signed in with it."""
    held, kind = known_browser() or KnownBrowser(secrets.token_hex(16), ()), current_cookies()
    officers = (str(officer_id), *(other for other in held.officers if other != str(officer_id)))
    response.set_cookie(
        kind.name(KNOWN),
        _signer().sign("_".join((held.id, *officers[:MOST_OFFICERS]))).decode("ascii"),
        max_age=KEPT_FOR,
        secure=kind.secure,
        httponly=True,
        samesite="Lax",
    )


def _signer() -> Signer:
    key = current_settings().secret_key
    return Signer(key, salt="known browser of the desk", digest_method=sha256, key_derivation="hmac")
