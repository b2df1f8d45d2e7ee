"""Sending stops when more than 10 % of the last 50 mails bounced hard, until somebody has looked."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.database import writing
from directory.outbox.operations import mark_returned, resume_sending
from directory.outbox.queries import sending_is_stopped
from directory.outbox.rules import OutboxState, Outcome, Verdict
from directory.outbox.transports import MemoryTransport
from tests.unit.outbox.made import NOW, Post, put_in_many, sessions_of

GONE = Verdict(Outcome.BOUNCED, "5.1.1")
FULL = Verdict(Outcome.UNDELIVERED, "5.2.2")


def post_with(engine: Engine, sent: int) -> Post:
    post = Post(engine, MemoryTransport())
    put_in_many(engine, [f"info@charity{n}.example" for n in range(sent)])
    post.deliver()
    return post


def bounce(post: Post, number: int, verdict: Verdict = GONE) -> None:
    with writing(sessions_of(post.engine)) as session:
        marked = [mark_returned(session, row.id, verdict, NOW) for row in post.rows()[:number]]
    assert all(marked)


def is_stopped(post: Post) -> bool:
    with Session(post.engine) as session:
        return sending_is_stopped(session)


@pytest.mark.parametrize(("bounced", "stops"), [(5, False), (6, True)])
def test_more_than_five_hard_bounces_of_fifty_stop_the_sending(
    own_engine: Engine, bounced: int, *, stops: bool
) -> None:
    post = post_with(own_engine, 50)
    bounce(post, bounced)
    put_in_many(own_engine, ["info@another.example"])
    report = post.deliver()
    assert report.stopped_by_bounces is stops
    assert report.done[OutboxState.SENT] == (0 if stops else 1)
    assert report.done.total() == report.done[OutboxState.SENT]


def test_a_full_mailbox_is_not_held_against_us(own_engine: Engine) -> None:
    post = post_with(own_engine, 10)
    bounce(post, 10, FULL)
    assert not is_stopped(post)


def test_only_the_last_fifty_count(own_engine: Engine) -> None:
    post = post_with(own_engine, 10)
    bounce(post, 5)
    post.clock.forward(hours=1)
    put_in_many(own_engine, [f"info@later{n}.example" for n in range(50)])
    assert post.deliver().done == {OutboxState.SENT: 50}
    with writing(sessions_of(own_engine)) as session:
        late = max(post.rows(), key=lambda row: row.settled_at)
        mark_returned(session, late.id, GONE, NOW)
    assert not is_stopped(post)


def test_when_somebody_has_looked_it_goes_on_and_the_trail_says_who(own_engine: Engine) -> None:
    post = post_with(own_engine, 6)
    bounce(post, 6)
    put_in_many(own_engine, ["info@another.example"])
    assert post.deliver().stopped_by_bounces
    with writing(sessions_of(own_engine)) as session:
        resume_sending(session, by="officer:1", now=NOW)
    assert post.deliver().done == {OutboxState.SENT: 1}
    with Session(own_engine) as session:
        assert session.scalars(select(AuditEventRow.actor).where(AuditEventRow.action == "mail_resumed")).all() == [
            "officer:1"
        ]
