"""Letters by SMTP, encrypted unless told otherwise, over one connection for many."""

import ssl
from contextlib import suppress
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from directory.config import MailSecurity
from directory.outbox.letter import Letter
from directory.outbox.transports.transport import Refused, TryLater, Unreachable

TIMEOUT = 30.0
FINAL = 500


class SmtpTransport:
    """Hands letters to one server, which must show a certificate for its name unless `context` says otherwise.

    What the server says of a recipient or a letter decides on that letter: 5xx is final, 4xx is not. What it says of
    us (the connection, the sign-in, the sender) is never held against a recipient: the letter is tried again.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        security: MailSecurity = MailSecurity.STARTTLS,
        user: str = "",
        password: str = "",
        timeout: float = TIMEOUT,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._host, self._port, self._security = host, port, security
        self._user, self._password = user, password
        self._timeout = timeout
        self._context = context or ssl.create_default_context()
        self._connection: SMTP | None = None

    def send(self, letter: Letter) -> None:
        """Return when the server has answered the whole letter with 250."""
        connection = self._connected()
        try:
            connection.send_message(letter.message, letter.return_path, [letter.to])
        except SMTPRecipientsRefused as error:
            code, _ = next(iter(error.recipients.values()))
            raise _of_letter(code) from error
        except SMTPDataError as error:
            raise _of_letter(error.smtp_code) from error
        except SMTPSenderRefused as error:
            self.close()
            raise Unreachable(str(error.smtp_code)) from error
        except (SMTPException, OSError) as error:  # whether it was taken is unknown: it is sent again
            self.close()
            raise Unreachable("connection") from error

    def check(self) -> None:
        """Connect, encrypt and sign in, without sending anything. Raises Unreachable."""
        self._connected()

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            with suppress(SMTPException, OSError):
                self._connection.quit()
            self._connection.close()
            self._connection = None

    def _connected(self) -> SMTP:
        if self._connection is not None and not _is_alive(self._connection):
            self.close()
        if self._connection is None:
            try:
                self._connection = self._connect()
            except SMTPResponseException as error:
                raise Unreachable(str(error.smtp_code)) from error
            except (SMTPException, OSError) as error:
                raise Unreachable(_why(error)) from error
        return self._connection

    def _connect(self) -> SMTP:
        is_tls = self._security is MailSecurity.TLS
        connection: SMTP = (
            SMTP_SSL(self._host, self._port, timeout=self._timeout, context=self._context)
            if is_tls
            else SMTP(self._host, self._port, timeout=self._timeout)
        )
        try:
            connection.ehlo()
            if self._security is MailSecurity.STARTTLS:
                connection.starttls(context=self._context)
                connection.ehlo()
            if self._user:
                connection.login(self._user, self._password)
        except BaseException:
            connection.close()
            raise
        return connection


def _is_alive(connection: SMTP) -> bool:
    try:
        return connection.noop()[0] < FINAL
    except (SMTPException, OSError):
        return False


def _of_letter(code: int) -> Refused | TryLater:
    """What an answer about a recipient or a letter means for it; 421 ends the connection, whoever it is about."""
    return Refused(str(code)) if code >= FINAL else TryLater(str(code))


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "certificate" if isinstance(error, ssl.SSLCertVerificationError) else "tls"
    return "timeout" if isinstance(error, TimeoutError) else "connection"
