"""Commands that send mail, take in what comes back, and say what is wrong."""

import logging
import os
import sys
from collections.abc import Callable
from email.message import Message

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from directory import clock
from directory.config import MailTransport
from directory.outbox.doctor import problems
from directory.outbox.jobs import deliver_due
from directory.outbox.letter import Letterhead
from directory.outbox.mailbox import MailboxUnreachable, open_mailbox, read_mailbox
from directory.outbox.operations import resume_sending
from directory.outbox.queries import count_by_state, sending_is_stopped
from directory.outbox.returns import Returned, read_mail, receive
from directory.signals.bounces import failures
from directory.web.extensions import current_settings, db
from directory.web.mailing import mail_words
from directory.web.transaction import transaction

log = logging.getLogger(__name__)

mail = AppGroup("mail", help="Mail that leaves, and mail that comes back.")

STOPPED = "Sending is stopped: too many of the last mails came back. See why, then run `flask mail resume`."


@mail.command("send")
def send() -> None:
    """Send all mail that is due (`tick` does so too)."""
    settings = current_settings()
    if settings.mail_transport is MailTransport.OFF:
        sys.exit("MAIL_TRANSPORT is off: mail waits and none leaves. Set it to smtp, notify or file.")
    report = deliver_due(db.session(), settings, mail_words(), failures(settings), clock.now)
    click.echo(", ".join(f"{number} {state}" for state, number in sorted(report.done.items())) or "Nothing was due.")
    if report.stopped_by_bounces:
        sys.exit(STOPPED)
    if report.unreachable:
        sys.exit(f"Nothing can leave now ({report.unreachable}): `flask mail doctor` says why. It is tried again.")


@mail.command("receive")
@click.option("--recipient", envvar="ORIGINAL_RECIPIENT", default="", help="The envelope's address.")
def receive_command(recipient: str) -> None:
    """Take in what came back: one mail from standard input, or all of the mailbox where IMAP_HOST is set.

    From a pipe it ends with 75 if it could not be taken in, so that the mail server keeps the mail and tries again.
    """
    settings = current_settings()
    paths = Letterhead.of(settings).returns
    if paths is None:
        sys.exit("MAIL_RETURN_DOMAIN and MAIL_KEYS are not set: what comes back cannot be told apart.")

    returned = failures(settings)

    def handle(message: Message) -> Returned:
        with transaction() as session:
            return receive(session, message, paths=paths, returned=returned, now=clock.now(), recipient=recipient)

    if not settings.imap_host:
        found = [_from_pipe(handle)]
    else:
        try:
            found = read_mailbox(open_mailbox(settings), handle)
        except MailboxUnreachable as error:
            sys.exit(f"The mailbox cannot be opened ({error}): `flask mail doctor` says more.")
    for one in found:
        click.echo(f"{one.verdict.outcome} {one.verdict.code}".strip() + ("" if one.mail_id else " (not ours)"))


def _from_pipe(handle: Callable[[Message], Returned]) -> Returned:
    try:
        return handle(read_mail(sys.stdin.buffer.read()))
    except SQLAlchemyError:
        log.exception("a returned mail could not be taken in")
        sys.exit(os.EX_TEMPFAIL)


@mail.command("resume")
def resume() -> None:
    """Go on sending after too many mails came back, when you have seen why."""
    with transaction() as session:
        resume_sending(session, by="command", now=clock.now())
    click.echo("Mail is sent again.")


@mail.command("doctor")
def doctor() -> None:
    """Say what is wrong with the settings of mail, and what waits in the outbox."""
    found = problems(current_settings())
    session = db.session()
    waiting = ", ".join(f"{number} {state}" for state, number in count_by_state(session).items())
    click.echo(f"Outbox: {waiting or 'empty'}.")
    if sending_is_stopped(session):
        found.append(STOPPED)
    for problem in found:
        click.echo(f"- {problem}")
    if found:
        sys.exit(1)
    click.echo("All is well: mail can leave.")
