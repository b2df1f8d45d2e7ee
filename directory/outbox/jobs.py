"""What `flask tick` does about mail: asks what came back, sends what is due."""

import logging
from collections.abc import Callable
from datetime import datetime
from email.message import Message

from sqlalchemy.orm import Session, sessionmaker

from directory.config import Settings
from directory.database import Sessions, writing
from directory.outbox.delivery import Clock, OnFailure, Render, Report, deliver
from directory.outbox.letter import Letterhead
from directory.outbox.mailbox import open_mailbox, read_mailbox
from directory.outbox.queries import mails_of
from directory.outbox.returns import Returned, note_failure, receive
from directory.outbox.rules import Outcome, Verdict
from directory.outbox.transports import MadeUpOnly, NotifyTransport, Unreachable, make_transport

log = logging.getLogger(__name__)

OnStop = Callable[[Session, datetime], None]


def mail_job(
    settings: Settings, render: Render, on_failure: OnFailure, on_stop: OnStop, clock: Clock
) -> Callable[[Session, datetime], None]:
    """The job, for machines that send mail; `on_stop` hears of it when bounces have stopped the sending."""

    def send(session: Session, now: datetime) -> None:
        report = deliver_due(session, settings, render, on_failure, clock)
        if report.stopped_by_bounces:
            with writing(sessionmaker(session.get_bind())) as own:
                on_stop(own, now)
        if report.unreachable:
            log.warning("no mail can leave now (%s): `flask mail doctor` says why", report.unreachable)

    return send


def returns_job(settings: Settings, on_failure: OnFailure, clock: Clock) -> Callable[[Session, datetime], None]:
    """The job, for machines that read the mailbox to which undelivered mail comes back: each mail is noted by itself.

    It fails with MailboxUnreachable, and alone: nothing else waits for that mailbox.
    """
    paths = Letterhead.of(settings).returns

    def take_in(session: Session, _now: datetime) -> None:
        if paths is None:
            log.warning("what comes back cannot be told apart: `flask mail doctor` says why")
            return
        session.rollback()
        sessions = sessionmaker(session.get_bind())

        def handle(message: Message) -> Returned:
            with writing(sessions) as own:
                return receive(own, message, paths=paths, returned=on_failure, now=clock())

        read_mailbox(open_mailbox(settings), handle)

    return take_in


def deliver_due(session: Session, settings: Settings, render: Render, on_failure: OnFailure, clock: Clock) -> Report:
    """Send all mail that is due by the transport that the settings choose, in transactions of its own.

    The session only says which database; what it has read so far is ended, since it would keep others from writing.
    """
    session.rollback()
    sessions = sessionmaker(session.get_bind())
    transport = make_transport(settings)
    if isinstance(transport, NotifyTransport):
        ask_notify(sessions, transport, on_failure, clock)
    carrier = MadeUpOnly(transport) if settings.development else transport
    return deliver(sessions, carrier, render, clock, letterhead=Letterhead.of(settings), on_failure=on_failure)


def ask_notify(sessions: Sessions, transport: NotifyTransport, on_failure: OnFailure, clock: Clock) -> None:
    """Take in what Notify could not deliver, which no mail tells us."""
    try:
        references = transport.refused()
    except Unreachable as error:
        log.warning("GOV.UK Notify cannot be asked what came back (%s)", error.code)
        return
    with writing(sessions) as session:
        for row in mails_of(session, references):
            note_failure(session, row.id, Verdict(Outcome.BOUNCED), returned=on_failure, now=clock())
