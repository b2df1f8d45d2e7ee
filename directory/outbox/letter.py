"""An email becomes a letter: headers that nobody can add to, and a body whose lines arrive whole."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from directory.clock import LONDON
from directory.config import Settings, SettingsError
from directory.outbox.message import Email
from directory.outbox.models import OutboxRow
from directory.outbox.return_path import ReturnPaths

LONGEST_LINE = 76
POLICY = SMTP.clone(max_line_length=LONGEST_LINE)
_MORE_HEADERS = re.compile(r"X-[A-Za-z-]+|In-Reply-To|References")
_ENCODED_WORD = "=?"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, halves of characters, and separators of lines and paragraphs."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e")
"""Characters that turn the direction of what stands after them; those that only keep directions apart may stay."""


class AddressUnusable(Exception):
    """This is not one address that mail can be sent to."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, and where what comes back goes."""

    sender: str
    reply_to: str
    returns: ReturnPaths | None

    @classmethod
    def of(cls, settings: Settings) -> "Letterhead":
        """The letterhead that the settings describe."""
        is_signed = bool(settings.mail_return_domain and settings.mail_keys)
        returns = ReturnPaths(settings.mail_return_domain, settings.mail_keys) if is_signed else None
        host = urlsplit(settings.public_origin).hostname or ""
        sender = settings.mail_from or f"noreply@{host if '.' in host else 'directory.invalid'}"
        return cls(sender, settings.mail_reply_to, returns)

    def __post_init__(self) -> None:
        """Raise SettingsError for an address of ours that is none, which no recipient is to blame for."""
        try:
            mailbox_address(self.sender)
            mailbox_address(self.reply_to or self.sender)
        except AddressUnusable as error:
            raise SettingsError("MAIL_FROM and MAIL_REPLY_TO must each be one address.") from error

    @property
    def domain(self) -> str:
        """The domain of who writes."""
        return parseaddr(self.sender)[1].rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to go."""

    message: EmailMessage
    return_path: str
    to: str
    """The address for the envelope, its domain in ASCII."""
    email: Email
    reference: str
    """The same for every try of this mail: the left part of its Message-ID."""
    was_tried: bool
    """Whether an earlier try may have got through."""


def letter(row: OutboxRow, email: Email, head: Letterhead, now: datetime) -> Letter:
    """Build the letter of a mail. Raises AddressUnusable."""
    to = _address(email.to)
    message = EmailMessage(policy=POLICY)
    message["From"] = mailbox_address(head.sender)
    message["To"] = to
    if head.reply_to:
        message["Reply-To"] = mailbox_address(head.reply_to)
    message["Subject"] = one_line(email.subject)
    message["Date"] = format_datetime(now.astimezone(LONDON))
    message["Message-ID"] = f"<{row.message_id}@{head.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    for name, value in email.headers.items():
        if not _MORE_HEADERS.fullmatch(name) or name in message:
            raise ValueError(f"no mail of ours may set the header {name!r}")
        message[name] = one_line(value)
    message.set_content(email.text, cte=_encoding(email.text))
    message.add_alternative(email.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = one_line(email.language)  # afterwards: the bodies take such headers with them
    return Letter(
        message=message,
        return_path=head.returns.address(row.id) if head.returns else mailbox_address(head.sender).addr_spec,
        to=to.addr_spec,
        email=email,
        reference=row.message_id,
        was_tried=row.attempts > 1,
    )


def one_line(text: str) -> str:
    """The text without anything that could end a line or hide in it: every such character becomes a space.

    What looks like an encoded word of a header is taken apart too, since it could hold a line's end when it is decoded.
    """
    hidden = {sign for sign in text if unicodedata.category(sign) in _UNSEEN} | _TURNING
    seen = "".join(" " if sign in hidden else sign for sign in text)
    return " ".join(seen.replace(_ENCODED_WORD, "= ?").split())


def _encoding(text: str) -> str:
    """Plain where it can be, else quoted-printable, which leaves lines of up to 76 ASCII characters as they are."""
    is_plain = text.isascii() and all(len(line) <= LONGEST_LINE for line in text.splitlines())
    return "7bit" if is_plain else "quoted-printable"


def mailbox_address(text: str) -> Address:
    """The address that a setting holds, with its name. Raises AddressUnusable."""
    name, address = parseaddr(text)
    return Address(one_line(name), addr_spec=str(_address(address)))


def _address(text: str) -> Address:
    """One plain address, with its domain as it travels. Raises AddressUnusable."""
    local, _, domain = text.rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode('ascii')}"
        if not _ADDRESS.fullmatch(plain) or _ENCODED_WORD in plain:
            raise AddressUnusable
        return Address(addr_spec=plain)
    except (MessageError, ValueError, IndexError) as error:
        raise AddressUnusable from error
