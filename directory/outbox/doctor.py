"""What is wrong with the settings of mail, said in words that help to mend it."""

import os
import re
import tempfile
from collections.abc import Iterator
from urllib.parse import urlsplit

from directory.config import LOOPBACK_HOSTS, MailSecurity, MailTransport, Settings
from directory.outbox.letter import AddressUnusable, mailbox_address
from directory.outbox.mailbox import MailboxUnreachable, open_mailbox
from directory.outbox.transports import NotifyTransport, SmtpTransport, Unreachable, make_transport

LONGEST_ORIGIN = 35
"""With a longer one, the line of an update link has more than the 76 characters that mail leaves whole."""
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NOTIFY_KEY = re.compile(rf".*-?{_UUID}-{_UUID}", re.IGNORECASE)
_SMTP_WORDS = {
    "certificate": "shows a certificate that cannot be verified. Use the name that stands in it as SMTP_HOST.",
    "tls": "does not speak TLS on this port. Is SMTP_PORT 587 with starttls, or 465 with tls?",
    "timeout": "does not answer. Does a firewall let us through to this port?",
    "connection": "cannot be reached, or does not offer what SMTP_SECURITY asks for.",
    "535": "refuses SMTP_USER and SMTP_PASSWORD.",
}
_NOTIFY_WORDS = {
    "403": "refuses NOTIFY_API_KEY. Is it whole, not revoked, and the clock of this machine right?",
    "404": "does not know the template of NOTIFY_TEMPLATE_ID.",
    "503": "cannot be reached.",
}


def problems(settings: Settings) -> list[str]:
    """Everything that is wrong: first what the settings show, then what trying them shows, if they are fit for it."""
    found = list(_unfit(settings))
    return found or list(_failing(settings))


def _unfit(settings: Settings) -> Iterator[str]:
    if settings.mail_transport is MailTransport.OFF:
        yield "MAIL_TRANSPORT is off: mail waits and none leaves. Set it to smtp, notify or file."
        return
    yield from _unfit_origin(settings)
    if settings.mail_transport is MailTransport.SMTP:
        yield from _unfit_sender(settings)
        yield from _unfit_smtp(settings)
        yield from _unfit_returns(settings)
    if settings.mail_transport is MailTransport.NOTIFY:
        yield from _unfit_notify(settings)


def _unfit_origin(settings: Settings) -> Iterator[str]:
    origin = settings.public_origin
    if len(origin) > LONGEST_ORIGIN:
        yield (
            f"PUBLIC_ORIGIN has {len(origin)} characters: with more than {LONGEST_ORIGIN} the update link does not fit "
            "on one line of a mail, and some programs break it. Use a shorter name for the site."
        )
    is_here = urlsplit(origin).hostname in {host.strip("[]") for host in LOOPBACK_HOSTS}
    if settings.mail_transport is not MailTransport.FILE and (is_here or not origin.startswith("https:")):
        yield f"PUBLIC_ORIGIN is {origin}: links in mails need an https address that people can reach."


def _unfit_sender(settings: Settings) -> Iterator[str]:
    named = (("MAIL_FROM", settings.mail_from), ("MAIL_REPLY_TO", settings.mail_reply_to))
    for name, text in named[: 2 if settings.mail_reply_to else 1]:
        try:
            mailbox_address(text)
        except AddressUnusable:
            yield f"{name} is {text!r}: it must be one address, such as Support directory <directory@example.org>."


def _unfit_smtp(settings: Settings) -> Iterator[str]:
    if not settings.smtp_host:
        yield "SMTP_HOST is not set: it names the mail server that takes our mail."
    if settings.smtp_security is MailSecurity.NONE and settings.smtp_host not in LOOPBACK_HOSTS:
        yield "SMTP_SECURITY is none: mail would cross the network for all to read. Use starttls or tls."
    if bool(settings.smtp_user) is not bool(settings.smtp_password):
        yield "SMTP_USER and SMTP_PASSWORD go together: set both, or neither."


def _unfit_returns(settings: Settings) -> Iterator[str]:
    if not settings.mail_return_domain:
        yield "MAIL_RETURN_DOMAIN is not set: nobody would hear of mail that does not arrive."
    elif "@" in settings.mail_return_domain or "." not in settings.mail_return_domain:
        yield f"MAIL_RETURN_DOMAIN is {settings.mail_return_domain!r}: it must be a domain like bounces.example.org."
    if not settings.mail_keys:
        yield "MAIL_KEYS is not set: return paths cannot be signed. Set it to 48 random characters."
    elif {settings.secret_key} & set(settings.mail_keys):
        yield "MAIL_KEYS holds SECRET_KEY: each purpose needs a key of its own."
    if settings.imap_host and not (settings.imap_user and settings.imap_password):
        yield "IMAP_HOST is set, IMAP_USER or IMAP_PASSWORD is not: the mailbox cannot be opened."


def _unfit_notify(settings: Settings) -> Iterator[str]:
    if not _NOTIFY_KEY.fullmatch(settings.notify_api_key):
        yield "NOTIFY_API_KEY is not like name-8-4-4-4-12-8-4-4-4-12: copy the whole key that GOV.UK Notify showed."
    if not re.fullmatch(_UUID, settings.notify_template_id):
        yield "NOTIFY_TEMPLATE_ID is not the id of a template, which is like 8-4-4-4-12 letters and digits."


def _failing(settings: Settings) -> Iterator[str]:
    if settings.mail_transport is MailTransport.FILE:
        yield from _failing_folder(settings)
    else:
        yield from _failing_transport(settings)
    if settings.imap_host:
        try:
            open_mailbox(settings).logout()
        except MailboxUnreachable as error:
            yield f"The mailbox at {settings.imap_host}:{settings.imap_port} cannot be opened ({error})."


def _failing_folder(settings: Settings) -> Iterator[str]:
    try:
        settings.mail_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.mail_folder) as file:
            os.fsync(file.fileno())
    except OSError as error:
        yield f"MAIL_FOLDER is {settings.mail_folder}, and nothing can be written there: {error.strerror}."


def _failing_transport(settings: Settings) -> Iterator[str]:
    transport = make_transport(settings)
    try:
        match transport:
            case SmtpTransport():
                transport.check()
            case NotifyTransport():
                subject, body = transport.check()
                if "((subject))" not in subject or "((body))" not in body:
                    yield "The template at GOV.UK Notify needs ((subject)) as its subject and ((body)) as its text."
    except Unreachable as error:
        is_smtp = isinstance(transport, SmtpTransport)
        who = f"The mail server {settings.smtp_host}:{settings.smtp_port}" if is_smtp else "GOV.UK Notify"
        yield f"{who} {(_SMTP_WORDS if is_smtp else _NOTIFY_WORDS).get(error.code, f'answers {error.code}.')}"
    finally:
        transport.close()
