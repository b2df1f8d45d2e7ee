"""Codes: those of an app, each good for half a minute, and those on paper, each good for once."""

import secrets
from datetime import datetime
from urllib.parse import quote

from pyotp import TOTP

ISSUER = "Haringey directory desk"
STEP_SECONDS = 30
SKEW_STEPS = 1
"""The clocks of phones are right within half a minute."""
_SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Letters and digits that nobody takes for one another."""
_GROUPS, _GROUP = 3, 4


def step_of(code_secret: str, code: str, now: datetime) -> int | None:
    """Which half minute a code belongs to, of the present one and its neighbours; None if to none of them."""
    present, app = int(now.timestamp()) // STEP_SECONDS, TOTP(code_secret)
    steps = [present + skew for skew in range(-SKEW_STEPS, SKEW_STEPS + 1)]
    found = [step for step in steps if secrets.compare_digest(app.generate_otp(step), code)]
    return found[-1] if found else None


def current_code(code_secret: str, now: datetime) -> str:
    """What the app shows."""
    return TOTP(code_secret).generate_otp(int(now.timestamp()) // STEP_SECONDS)


def app_address(code_secret: str, email: str) -> str:
    """What the app reads from the picture."""
    label = quote(f"{ISSUER}:{email}", safe="")
    return f"otpauth://totp/{label}?secret={code_secret}&issuer={quote(ISSUER, safe='')}"


def tidy_code(typed: str) -> str:
    """A code as it is compared: people type spaces, hyphens and small letters."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())


def new_recovery_code() -> str:
    """A code for paper, as it is shown: `ABCD-EFGH-JKMN` (58 bits)."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
