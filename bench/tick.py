"""Measures `flask tick` as it runs every minute, with mail that is due to a mail server on this machine."""

import os
import resource
import smtplib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from socket import create_server
from time import perf_counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession
from sqlalchemy.orm import Session

from bench.directories import Directory, stored
from bench.made_up import SEED, Entry, made_up
from bench.report import Figure, Table
from directory.checks.keeping import day_of, enrol, set_due, set_way
from directory.checks.operations import Mailbox, add_contact
from directory.checks.rules import Ladder, Way
from directory.clock import now
from directory.config import ROOT
from directory.search.engine import SearchEngine

KEY = "only-for-measuring-and-known-to-all-of-us"
BY = "bench"
MOST_SERVICES = 10
"""More than any made-up organisation has."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How many organisations there are, and how many of them are due a mail."""

    organisations: int = 5_000
    due: int = 500


PLAN = Plan()


@dataclass
class Taken:
    """What the server took, as it came."""

    letters: list[Envelope] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: SmtpSession, envelope: Envelope) -> str:  # noqa: ARG002, N802
        self.letters.append(envelope)
        return "250 OK"


def measure(folder: Path, plan: Plan = PLAN) -> Iterator[Table]:
    """All tables of the tick."""
    entries = list(islice(made_up(plan.organisations * MOST_SERVICES), plan.organisations))
    directory = stored(folder / "site", entries)
    with directory.session() as session:
        _keep(session, entries, plan.due)
        SearchEngine(directory.index, SEED).index.rebuild(session)
    taken = Taken()
    with _mail_server(taken) as port:
        environment = _environment(directory, port)
        busy = _timed(["tick"], environment)
        letters = tuple(taken.letters)
        if len(letters) != plan.due:
            raise RuntimeError(f"{len(letters)} mails arrived, and {plan.due} were due")
        bare = _bare(port, letters)
        quiet, alone = _timed(["tick"], environment), _timed(["routes"], environment)
    title = f"Tick: {plan.organisations:,} organisations, {plan.due} mails due, all that is done once a day with it"
    yield Table(title, "smtplib alone", ("s", "CPU s"), (Figure("the first of a day", busy, bare),))
    yield Table("Tick with nothing due", "start alone", ("s", "CPU s"), (Figure("any other", quiet, alone),))


def _keep(session: Session, entries: Sequence[Entry], due: int) -> None:
    """Every entry is kept; the first so many have a mailbox of their own, and today is their day."""
    moment = now()
    enrol(session, [entry.id for entry in entries], moment, Ladder())
    for entry in entries[:due]:
        mailbox = Mailbox(email=f"office@{entry.slug}.example", language="en")
        add_contact(session, entry.id, mailbox, by=BY, now=moment)
        set_way(session, entry.id, Way.OWN_LINK, by=BY, now=moment)
        set_due(session, entry.id, day_of(moment), by=BY, now=moment)
    session.commit()


@contextmanager
def _mail_server(taken: Taken) -> Iterator[int]:
    with create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    controller = Controller(taken, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def _environment(directory: Directory, port: int) -> dict[str, str]:
    """What the command is told; as in development mail leaves at any time of day, and to made-up addresses alone."""
    return {
        **os.environ,
        "SECRET_KEY": KEY,
        "LINK_KEYS": KEY,
        "MAIL_KEYS": KEY,
        "DATABASE_URL": directory.url,
        "SEARCH_INDEX": str(directory.index),
        "DEVELOPMENT": "1",
        "WEBSITES_EACH_TICK": "0",
        "MAIL_TRANSPORT": "smtp",
        "MAIL_FROM": "Directory <directory@directory.example>",
        "MAIL_RETURN_DOMAIN": "returns.directory.example",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_SECURITY": "none",
    }


def _timed(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """The seconds that a command of the site takes, and those that it computes."""
    before, start = _computed_by_children(), perf_counter()
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    subprocess.run([*flask, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start, _computed_by_children() - before


def _computed_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _bare(port: int, letters: Sequence[Envelope]) -> tuple[float, float]:
    """The same for the very same letters, sent over one connection with nothing around it.

    What it computes holds the server's share too, which is a thread of this process.
    """
    before, start = resource.getrusage(resource.RUSAGE_SELF), perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for letter in letters:
            server.sendmail(letter.mail_from or "", letter.rcpt_tos, letter.original_content or b"")
    used = resource.getrusage(resource.RUSAGE_SELF)
    return perf_counter() - start, used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
