"""The ways a letter can leave: SMTP, GOV.UK Notify, a folder of files, or a list in memory."""

from directory.config import MailTransport, Settings, SettingsError
from directory.outbox.transports.file import FileTransport
from directory.outbox.transports.made_up import MadeUpOnly
from directory.outbox.transports.memory import MemoryTransport
from directory.outbox.transports.notify import NotifyTransport
from directory.outbox.transports.smtp import SmtpTransport
from directory.outbox.transports.transport import Refused, Transport, TryLater, Unreachable

__all__ = [
    "FileTransport",
    "MadeUpOnly",
    "MemoryTransport",
    "NotifyTransport",
    "Refused",
    "SmtpTransport",
    "Transport",
    "TryLater",
    "Unreachable",
    "make_transport",
]


def make_transport(settings: Settings) -> Transport:
    """The transport that the settings choose. Raises SettingsError if none is chosen."""
    match settings.mail_transport:
        case MailTransport.SMTP:
            return SmtpTransport(
                host=settings.smtp_host,
                port=settings.smtp_port,
                security=settings.smtp_security,
                user=settings.smtp_user,
                password=settings.smtp_password,
            )
        case MailTransport.NOTIFY:
            return NotifyTransport(
                api_key=settings.notify_api_key,
                template_id=settings.notify_template_id,
                reply_to_id=settings.notify_reply_to_id,
                base_url=settings.notify_url,
            )
        case MailTransport.FILE:
            return FileTransport(settings.mail_folder)
        case MailTransport.OFF:
            raise SettingsError("MAIL_TRANSPORT is off: no mail can leave.")
