"""A public form: what was typed, what is wrong with it, and two checks that keep programs out without a puzzle.

Forms carry no cookie. A stamp, signed and dated, says when the form was opened; a box that people do not see stays
empty. Whoever trips over either is told, keeps what they typed, and can send it again.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app, request
from flask_babel import gettext as _
from itsdangerous import BadSignature, Signer

from directory import clock

FASTEST = timedelta(seconds=3)
"""Nobody reads and fills in a form in less; where there is nothing to type, a press of the button can be as quick."""
LONGEST_OPEN = timedelta(hours=24)
TRAP = "subject"
"""The name of the box that stays empty."""
SEND = "send"
"""The id of the button, to which errors of the form as a whole lead."""


@dataclass(frozen=True, slots=True)
class PlainForm:
    """A form as it is shown: values and errors by field."""

    stamp: str
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def with_errors(self, errors: Mapping[str, str]) -> "PlainForm":
        """The same with these errors; while a field is wrong, that it was sent quickly or late does not matter."""
        kept = {name: words for name, words in self.errors.items() if not errors or name != SEND}
        return replace(self, errors={**errors, **kept})


def new_form(name: str) -> PlainForm:
    """An empty form, opened now."""
    return PlainForm(stamp(name, _secret_key(), clock.now()))


def sent_form(name: str, fields: Sequence[str]) -> PlainForm:
    """What was sent, tidied, with the errors of the form as a whole."""
    values = {name: tidy(_last(name)) for name in fields}
    now, sent = clock.now(), request.form.get("stamp", "")
    opened = opened_at(name, sent, _secret_key())
    if request.form.get(TRAP, ""):
        return PlainForm(sent, values, {TRAP: _("Leave this box empty")})
    if opened is None or now - opened > LONGEST_OPEN:
        old = _("This page was open for a long time. Check what you wrote, then send it again")
        return PlainForm(stamp(name, _secret_key(), now), values, {SEND: old})
    if fields and now - opened < FASTEST:
        return PlainForm(sent, values, {SEND: _("That was very quick. Check what you wrote, then send it again")})
    return PlainForm(sent, values)


def stamp(name: str, secret_key: str, now: datetime) -> str:
    """A text that says when the form of this name was opened."""
    return _signer(name, secret_key).sign(str(int(now.timestamp()))).decode()


def opened_at(name: str, sent: str, secret_key: str) -> datetime | None:
    """When a form was opened; None if the stamp is not ours, or another form's."""
    try:
        seconds = int(_signer(name, secret_key).unsign(sent))
    except (BadSignature, UnicodeError, ValueError):
        return None
    return datetime.fromtimestamp(seconds, tz=clock.LONDON)


def tidy(text: str) -> str:
    """What was typed, with plain line breaks and without characters that nobody types."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp")).strip()


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(text.split())


def _last(name: str) -> str:
    """What was sent for a field; before a chosen answer stands an empty one."""
    return (request.form.getlist(name) or [""])[-1]


def _signer(name: str, secret_key: str) -> Signer:
    """A salt for each form: a stamp opens no other form and is no other kind of token."""
    return Signer(secret_key, salt=f"public form: {name}", digest_method=sha256, key_derivation="hmac")


def _secret_key() -> str:
    return str(current_app.config["SECRET_KEY"])
