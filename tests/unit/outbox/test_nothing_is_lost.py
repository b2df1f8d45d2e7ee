"""Mail at least once, whatever dies, and each mail by one sender: `SOAK=1` runs it at full size."""

import multiprocessing
import os
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing.context import BaseContext

import pytest
from sqlalchemy import Engine

from directory.config import MailSecurity
from directory.database import writing
from directory.outbox.rules import LEASE, OutboxState
from directory.outbox.transports import SmtpTransport
from tests.unit.outbox.made import Post, link_of, put_in, put_in_many, sessions_of
from tests.unit.outbox.mail_server import Mailbox, mail_server
from tests.unit.outbox.sender import Point, send_and_die

SOAK = bool(os.environ.get("SOAK"))
RUNS = 100 if SOAK else 3
MAILS = 1_000 if SOAK else 100
MAILS_OF_A_RUN = 3
IN_DOUBT = frozenset({Point.SERVER_HAS_IT, Point.TAKEN_NOT_STORED})
"""Where nobody can know that the mail at hand was sent; before the claim of one is stored, the one before it is."""


@pytest.fixture(scope="module")
def processes() -> BaseContext:
    """New processes from one that has imported everything and runs no threads."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.unit.outbox.sender"])
    return context


def smtp(port: int) -> SmtpTransport:
    return SmtpTransport(host="127.0.0.1", port=port, security=MailSecurity.NONE)


@pytest.mark.parametrize("point", Point, ids=lambda point: point.name.lower())
def test_a_sender_killed_at_any_point_loses_no_mail_and_doubles_at_most_one(
    own_engine: Engine, processes: BaseContext, point: Point
) -> None:
    mailbox = Mailbox()
    url = own_engine.url.render_as_string(hide_password=False)
    doubled = in_doubt = 0
    with mail_server(mailbox) as port:
        post = Post(own_engine, smtp(port))
        for run in range(RUNS):
            mailbox.taken.clear()
            with writing(sessions_of(own_engine)) as session:
                ids = {put_in(session, f"info@charity{n}.example", now=post.clock.at) for n in range(MAILS_OF_A_RUN)}
            number = run % MAILS_OF_A_RUN + 1
            process = processes.Process(target=send_and_die, args=(url, port, post.clock.at, point, number))
            if point is Point.SERVER_HAS_IT:
                mailbox.answer_letter = killer_of(process, mailbox, number)
            process.start()
            process.join()
            assert process.exitcode == -signal.SIGKILL
            mailbox.answer_letter = lambda _: None
            assert len(mailbox.taken) == number - (
                point in {Point.CLAIM_NOT_STORED, Point.CLAIMED, Point.ABOUT_TO_SEND}
            )
            post.clock.forward(seconds=LEASE.total_seconds())
            deliver_all(post)
            doubled += check_all_arrived(post, mailbox, ids)
            in_doubt += point in IN_DOUBT or (point is Point.CLAIM_NOT_STORED and number > 1)
            post.clock.forward(hours=1)
    assert doubled == in_doubt


def killer_of(process, mailbox: Mailbox, number: int):
    """Kills the sender when the server has its letter of a number whole, before it answers."""

    def kill(envelope):
        if len(mailbox.taken) + 1 == number:
            os.kill(process.pid, signal.SIGKILL)

    return kill


def deliver_all(post: Post) -> None:
    """Deliver until nothing waits: a database may need a moment to see that who held a row is dead."""
    while any(row.state in {OutboxState.WAITING, OutboxState.LEASED} for row in post.rows()):
        post.deliver()


def check_all_arrived(post: Post, mailbox: Mailbox, ids: set) -> int:
    """Every mail of these is there with its own link, and how many came twice."""
    rows = {row.message_id: row for row in post.rows() if row.id in ids}
    arrived = Counter(mailbox.ids)
    assert set(arrived) == set(rows)
    for message_id, message in zip(mailbox.ids, mailbox.messages, strict=True):
        assert link_of(rows[message_id]) in message.get_body(("plain",)).get_content()
    assert arrived.total() - len(arrived) <= 1
    return arrived.total() - len(arrived)


def test_two_senders_deliver_every_mail_once(own_engine: Engine) -> None:
    mailbox = Mailbox()
    put_in_many(own_engine, [f"info@charity{n}.example" for n in range(MAILS)])
    with mail_server(mailbox) as port, ThreadPoolExecutor(2) as senders:
        posts = [Post(own_engine, smtp(port)) for _ in range(2)]
        reports = list(senders.map(Post.deliver, posts))
    assert Counter(mailbox.ids) == {row.message_id: 1 for row in posts[0].rows()}
    assert len(mailbox.taken) == MAILS
    assert sum(report.done[OutboxState.SENT] for report in reports) == MAILS
    assert all(report.done[OutboxState.SENT] for report in reports)


def test_two_senders_together_keep_to_the_rate_of_a_domain(own_engine: Engine) -> None:
    mailbox = Mailbox()
    put_in_many(own_engine, [f"person{n}@charity.example" for n in range(30)])
    with mail_server(mailbox) as port, ThreadPoolExecutor(2) as senders:
        posts = [Post(own_engine, smtp(port)) for _ in range(2)]
        list(senders.map(Post.deliver, posts))
        assert len(mailbox.taken) == 10
        posts[0].clock.forward(seconds=timedelta(minutes=1).total_seconds())
        posts[0].deliver()
    assert len(mailbox.taken) == 20
