"""A real SMTP server on loopback that keeps what it takes, and answers as a test tells it to."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class Mailbox:
    """What a server took: envelopes in order. `answer_*` may refuse, by returning an answer of SMTP."""

    taken: list[Envelope] = field(default_factory=list)
    answer_recipient: Callable[[str], str | None] = lambda _address: None
    answer_letter: Callable[[Envelope], str | None] = lambda _envelope: None

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        refusal = self.answer_recipient(address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        refusal = self.answer_letter(envelope)
        if refusal is None:
            self.taken.append(envelope)
        return refusal or "250 OK"

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(envelope.original_content, policy=policy.SMTP) for envelope in self.taken]

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]).split("@")[0].lstrip("<") for message in self.messages]


@contextmanager
def mail_server(
    mailbox: Mailbox, *, context: ssl.SSLContext | None = None, login: tuple[str, str] | None = None
) -> Iterator[int]:
    """The port of a server that puts what it takes into `mailbox`."""

    def sign_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        is_right = login is not None and (data.login.decode(), data.password.decode()) == login
        return AuthResult(success=is_right, handled=False)

    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        auth_required=login is not None,
        authenticator=sign_in,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
