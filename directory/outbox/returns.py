"""What comes back: which mail it was, and whether somebody did not get it."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses
from uuid import UUID

from flufl.bounce import all_failures
from sqlalchemy.orm import Session

from directory.outbox.auto_replies import is_auto_reply, is_receipt
from directory.outbox.delivery import OnFailure
from directory.outbox.mail_text import header, plain_text
from directory.outbox.operations import mark_returned
from directory.outbox.queries import mail
from directory.outbox.return_path import ReturnPaths
from directory.outbox.rules import FAILURES, Outcome, Verdict

log = logging.getLogger(__name__)

LARGEST = 1_000_000
"""So many bytes of a mail are read; what is beyond tells nothing."""
_RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
_DAEMON = re.compile(
    r"mailer-?daemon|postmaster|gwia|mail[ ._-]*(?:delivery|administrator)|system administrator", re.IGNORECASE
)
_GONE_WRONG = re.compile(
    r"undeliver|not delivered|deliver\w* (?:has )?fail|returned|failure|unzustellbar", re.IGNORECASE
)
_ENHANCED = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_BASIC = re.compile(r"(?<![\d.-])([45][0-5]\d)(?=[ -])")
_MAILBOX_FULL = ("5.2.2", "552")


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: the mail of ours that it answers, if its return path says so, and what it is."""

    mail_id: UUID | None
    verdict: Verdict


def read_mail(raw: bytes) -> Message:
    """A mail from its bytes; whatever they are, it is one."""
    return message_from_bytes(raw[:LARGEST])


def read_returned(message: Message, paths: ReturnPaths, recipient: str = "") -> Returned:
    """Classify a mail that came to our return domain; `recipient` is the address of its envelope, if that is known."""
    return Returned(_mail_id(message, paths, recipient), classify(message))


def receive(
    session: Session, message: Message, *, paths: ReturnPaths, returned: OnFailure, now: datetime, recipient: str = ""
) -> Returned:
    """Take in one mail. If it says that a mail of ours did not arrive, note that and tell `returned`, once."""
    found = read_returned(message, paths, recipient)
    if found.mail_id is not None and found.verdict.outcome in FAILURES:
        note_failure(session, found.mail_id, found.verdict, returned=returned, now=now)
    return found


def note_failure(session: Session, mail_id: UUID, verdict: Verdict, *, returned: OnFailure, now: datetime) -> None:
    """Note that a mail did not arrive, and tell `returned`, unless that is known."""
    if mark_returned(session, mail_id, verdict, now):
        returned(session, mail(session, mail_id), verdict, now)


def classify(message: Message) -> Verdict:
    """What a mail is, whoever it is about. What a server reports by the standard comes before all guessing."""
    if message.get_content_type() == "multipart/report":
        reported = _report(message)
        if reported is not None:
            return reported
    if not _is_from_daemon(message):
        if is_receipt(message):
            return Verdict(Outcome.RECEIPT)
        if is_auto_reply(message):
            return Verdict(Outcome.AUTO_REPLY)
    return _guessed(message) or Verdict(Outcome.AUTO_REPLY if is_auto_reply(message) else Outcome.OTHER)


def _report(message: Message) -> Verdict | None:
    """The verdict of a report by RFC 3464 (delivery) or RFC 8098 (reading)."""
    parts = {part.get_content_type(): part for part in message.walk()}
    if "message/disposition-notification" in parts:
        return Verdict(Outcome.RECEIPT)
    status = parts.get("message/delivery-status")
    if status is None:
        return None
    recipients = [block for block in _blocks(status) if "Action" in block]
    actions = {_action(block): block for block in reversed(recipients)}
    if "failed" in actions:
        return _failure(_code(header(actions["failed"], "Status")) or _code(_diagnostic(actions["failed"])))
    if "delayed" in actions:
        return Verdict(Outcome.DELAYED, _code(header(actions["delayed"], "Status")))
    return Verdict(Outcome.RECEIPT) if actions else None


def _guessed(message: Message) -> Verdict | None:
    """The verdict by the shapes in which servers report without a standard."""
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # strangers send what its detectors do not expect
        log.exception("a returned mail could not be read")
        return None
    code = _code(plain_text(message))
    if permanent:
        return _failure(code)
    if temporary:
        return Verdict(Outcome.DELAYED, code)
    has_failed = _is_from_daemon(message) and _GONE_WRONG.search(header(message, "Subject"))
    return _failure(code) if has_failed else None


def _failure(code: str) -> Verdict:
    is_soft = code.startswith("4") or code in _MAILBOX_FULL
    return Verdict(Outcome.UNDELIVERED if is_soft else Outcome.BOUNCED, code)


def _code(text: str) -> str:
    found = _ENHANCED.search(text) or _BASIC.search(text)
    return found[1] if found else ""


def _action(block: Message) -> str:
    return header(block, "Action").strip().partition(" ")[0].strip(";").lower()


def _diagnostic(block: Message) -> str:
    return header(block, "Diagnostic-Code")


def _blocks(status: Message) -> Iterator[Message]:
    for block in status.walk():
        if block is not status:
            yield block


def _is_from_daemon(message: Message) -> bool:
    return header(message, "Return-Path").strip() == "<>" or bool(_DAEMON.search(header(message, "From")))


def _mail_id(message: Message, paths: ReturnPaths, recipient: str) -> UUID | None:
    given = [recipient, *(str(value) for name in _RECIPIENT_HEADERS for value in message.get_all(name, []))]
    found = (paths.mail_id(address) for _, address in getaddresses(given))
    return next((mail_id for mail_id in found if mail_id is not None), None)
