"""Reading mail that strangers wrote: headers and text as far as they can be read, never an error."""

from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message

LONGEST_TEXT = 20_000


def header(message: Message, name: str) -> str:
    """A header's text, decoded where that is possible; "" if there is none."""
    raw = message.get(name, "")
    try:
        return str(make_header(decode_header(raw)))
    except (MessageError, HeaderParseError, ValueError, LookupError):
        return str(raw)


def plain_text(message: Message) -> str:
    """The beginning of what a reader sees of it as plain text."""
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            return payload.decode("utf-8", "replace")[:LONGEST_TEXT] if isinstance(payload, bytes) else ""
    return ""
