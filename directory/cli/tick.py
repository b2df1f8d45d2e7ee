"""The command that does all that is due."""

import sys
from functools import partial

import click

from directory import clock, schedule
from directory.config import MailTransport
from directory.exchange.imports.work import go_on
from directory.outbox.jobs import mail_job, returns_job
from directory.signals.bounces import failures, sending_stopped
from directory.signals.jobs import looker, signal_jobs
from directory.web.extensions import current_settings, db
from directory.web.mailing import mail_words
from directory.web.searching import search_engine


@click.command("tick")
def tick() -> None:
    """Do one round of everything due."""
    settings = current_settings()
    more = list(signal_jobs(looker(settings.public_origin), websites=settings.websites_each_tick))
    more.append(("imports", partial(go_on, clock=clock.now)))
    if settings.imap_host:
        more.append(("returned mail", returns_job(settings, failures(settings), clock.now)))
    if settings.mail_transport is not MailTransport.OFF:
        more.append(("mail", mail_job(settings, mail_words(), failures(settings), sending_stopped, clock.now)))
    failed = schedule.jobs(search_engine(), settings, more).run(db.session(), clock.now())
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}. The log says why.")
