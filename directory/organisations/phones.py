"""Phone numbers: read as people write them, kept as E.164 or a short code, shown and linked the UK way."""

import re
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from directory.errors import DomainError
from directory.organisations.details import PhoneKind

SHORT_CODES: Final = {
    "101": "101",
    "105": "105",
    "111": "111",
    "112": "112",
    "116000": "116 000",
    "116111": "116 111",
    "116117": "116 117",
    "116123": "116 123",
    "119": "119",
    "18000": "18000",
    "999": "999",
}
"""Numbers that stay as they are, as they are kept and as they are shown. Five-digit text codes are a pattern below."""

_TEXT_CODE: Final = re.compile(r"[678]\d{4}")
"""What a UK code for text messages looks like (`85258`, `61016`)."""
_RELAY_PREFIX: Final = "18001"
"""Dialled before a number from a textphone or an app, so that a relay assistant joins the call."""
_NOT_DIALLED: Final = re.compile(r"[\s().\-\u2010-\u2015\u00a0\u2066-\u2069]")
_LAST_SIX: Final = re.compile(r" (\d{3})(\d{3})$")


class UnreadableNumber(DomainError):
    """The text is not a phone number or short code that can be rung from the United Kingdom."""


def normalise(text: str) -> str:
    """The one form in which a number is kept: E.164, or the digits of a short code or of a text relay number.

    Raises UnreadableNumber when nobody could ring it.
    """
    dialled = _NOT_DIALLED.sub("", text)
    if _is_short(dialled):
        return dialled
    if dialled.startswith(_RELAY_PREFIX):
        return _RELAY_PREFIX + _dialled_in_uk(normalise(dialled.removeprefix(_RELAY_PREFIX)))
    try:
        number = phonenumbers.parse(text, "GB")
    except NumberParseException as error:
        raise UnreadableNumber(text) from error
    if number.extension or not phonenumbers.is_valid_number(number):
        raise UnreadableNumber(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """A kept number as people in the UK write it: `020 8489 1000`, `0800 555 111`, `116 123`, `18001 101`."""
    dialled = _NOT_DIALLED.sub("", number)
    if dialled in SHORT_CODES:
        return SHORT_CODES[dialled]
    if dialled.startswith(_RELAY_PREFIX) and dialled != _RELAY_PREFIX:
        return f"{_RELAY_PREFIX} {shown(dialled.removeprefix(_RELAY_PREFIX))}"
    if _TEXT_CODE.fullmatch(dialled):
        return dialled
    try:
        parsed = phonenumbers.parse(dialled, "GB")
    except NumberParseException:
        return number
    british = parsed.country_code == phonenumbers.country_code_for_region("GB")
    form = PhoneNumberFormat.NATIONAL if british else PhoneNumberFormat.INTERNATIONAL
    return _LAST_SIX.sub(r" \1 \2", phonenumbers.format_number(parsed, form))


def link(number: str, kind: PhoneKind) -> str:
    """What a tap opens: `tel:` for a call or textphone, `sms:` for a text message, WhatsApp's own address."""
    dialled = _NOT_DIALLED.sub("", number)
    if kind is PhoneKind.TEXT:
        return f"sms:{dialled}"
    if kind is PhoneKind.WHATSAPP and dialled.startswith("+"):
        return f"https://wa.me/{dialled.removeprefix('+')}"
    return f"tel:{dialled}"


def is_voice(kind: PhoneKind) -> bool:
    """Whether somebody can answer and speak: a text, textphone or voicemail-only number is not a voice number."""
    return kind is PhoneKind.VOICE


def _is_short(dialled: str) -> bool:
    return dialled in SHORT_CODES or _TEXT_CODE.fullmatch(dialled) is not None


def _dialled_in_uk(number: str) -> str:
    """The digits pressed in the UK for a kept number."""
    return "0" + number.removeprefix("+44") if number.startswith("+44") else number
