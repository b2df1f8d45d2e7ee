"""A guard for development: no mail to an address that somebody could have."""

from directory.outbox.letter import Letter
from directory.outbox.transports.transport import Refused, Transport

RESERVED = ("example", "test", "localhost")
"""Top-level domains that RFC 2606 keeps free of mailboxes."""


def is_made_up(address: str) -> bool:
    """Whether an address is at a domain that nobody can have."""
    return address.rpartition("@")[2].lower().rpartition(".")[2] in RESERVED


class MadeUpOnly:
    """Lets letters to made-up addresses through to a transport, and refuses all others."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def send(self, letter: Letter) -> None:
        """Pass the letter on, if nobody can have its address."""
        if not is_made_up(letter.to):
            raise Refused("development")
        self._transport.send(letter)

    def close(self) -> None:
        """Close the transport."""
        self._transport.close()
