"""Letters over real SMTP: what a server answers decides what becomes of a mail."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from directory.config import MailSecurity
from directory.database import writing
from directory.outbox.rules import RETRY_AFTER, OutboxState, Outcome, Verdict
from directory.outbox.transports import SmtpTransport, Unreachable
from tests.unit.outbox.certificates import Certificate, certificate
from tests.unit.outbox.made import HEAD, NOW, RETURNS, LosesAnswers, Post, put_in, put_in_many, sessions_of
from tests.unit.outbox.mail_server import Mailbox, mail_server


def smtp(port: int, **given) -> SmtpTransport:
    return SmtpTransport(host="127.0.0.1", port=port, **{"security": MailSecurity.NONE, "timeout": 5.0} | given)


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("tls"))


def test_letters_go_over_one_connection_with_a_return_path_for_each(own_engine: Engine) -> None:
    mailbox = Mailbox()
    put_in_many(own_engine, ["info@charity.example", "ada@other.example"])
    with mail_server(mailbox) as port:
        post = Post(own_engine, smtp(port))
        assert post.deliver().done == {OutboxState.SENT: 2}
    rows = {row.message_id: row.id for row in post.rows()}
    assert {RETURNS.mail_id(envelope.mail_from) for envelope in mailbox.taken} == set(rows.values())
    assert sorted(mailbox.ids) == sorted(rows)
    assert [envelope.rcpt_tos for envelope in mailbox.taken] == [[str(m["To"])] for m in mailbox.messages]


def test_5xx_for_a_recipient_is_final_and_is_told_once(own_engine: Engine) -> None:
    mailbox = Mailbox(answer_recipient=lambda address: "550 5.1.1 no such user" if "gone" in address else None)
    put_in_many(own_engine, ["gone@charity.example", "info@other.example"])
    with mail_server(mailbox) as port:
        post = Post(own_engine, smtp(port))
        assert post.deliver().done == {OutboxState.REFUSED: 1, OutboxState.SENT: 1}
        post.clock.forward(days=7)
        assert post.deliver().done == {}
    assert [verdict for _, verdict in post.told.failures] == [Verdict(Outcome.REFUSED, "550")]


def test_5xx_for_a_letter_is_final_too(own_engine: Engine) -> None:
    mailbox = Mailbox(answer_letter=lambda _: "554 5.7.1 looks like spam")
    put_in_many(own_engine, ["info@charity.example"])
    with mail_server(mailbox) as port:
        post = Post(own_engine, smtp(port))
        assert post.deliver().done == {OutboxState.REFUSED: 1}
    assert [verdict.code for _, verdict in post.told.failures] == ["554"]


@pytest.mark.parametrize("kind", ["recipient", "letter", "away"])
def test_4xx_and_a_server_that_is_away_are_retried_for_72_hours_and_no_longer(own_engine: Engine, kind: str) -> None:
    answer = {"recipient": "answer_recipient", "letter": "answer_letter"}.get(kind)
    mailbox = Mailbox(**({answer: lambda _: "451 4.7.1 greylisted"} if answer else {}))
    put_in_many(own_engine, ["info@charity.example"])
    with mail_server(mailbox) as port:
        post = Post(own_engine, smtp(port if answer else 1))
        tries = tries_of(post)
    assert [tried - NOW for tried in tries] == [timedelta(0), *RETRY_AFTER]
    assert [str(after) for after in RETRY_AFTER[:6]] == [
        "0:01:00",
        "0:05:00",
        "0:15:00",
        "1:00:00",
        "4:00:00",
        "8:00:00",
    ]
    code = "451" if answer else "connection"
    assert [verdict for _, verdict in post.told.failures] == [Verdict(Outcome.GAVE_UP, code)]
    assert [row.state for row in post.rows()] == [OutboxState.FAILED]


def tries_of(post: Post) -> list[datetime]:
    """Deliver whenever the mail is next due, and just before, until it no longer waits; when it was tried."""
    tries = []
    while (row := post.rows()[0]).state is OutboxState.WAITING:
        post.clock.at = row.next_at - timedelta(seconds=1)
        assert post.deliver().done == {}
        post.clock.at = row.next_at
        assert post.deliver().done.total() == 1
        tries.append(row.next_at)
    return tries


def test_after_a_long_pause_it_is_tried_once_more_before_giving_up(own_engine: Engine) -> None:
    mailbox = Mailbox(answer_recipient=lambda _: "451 later")
    put_in_many(own_engine, ["info@charity.example"])
    with mail_server(mailbox) as port:
        post = Post(own_engine, smtp(port))
        post.deliver()
        post.clock.forward(days=30)
        mailbox.answer_recipient = lambda _: None
        assert post.deliver().done == {OutboxState.SENT: 1}


def test_a_server_that_is_away_ends_the_round_and_the_others_keep_their_tries(own_engine: Engine) -> None:
    put_in_many(own_engine, ["info@charity.example", "ada@other.example"])
    post = Post(own_engine, smtp(1))
    assert post.deliver().unreachable == "connection"
    assert sorted(row.attempts for row in post.rows()) == [0, 1]


def test_a_server_that_hangs_up_in_the_middle_is_tried_again(own_engine: Engine) -> None:
    mailbox = Mailbox(answer_letter=lambda _: "421 4.3.2 closing down")
    put_in_many(own_engine, ["info@charity.example"])
    with mail_server(mailbox) as port:
        post = Post(own_engine, smtp(port))
        assert post.deliver().done == {OutboxState.WAITING: 1}
        mailbox.answer_letter = lambda _: None
        post.clock.forward(minutes=1)
        assert post.deliver().done == {OutboxState.SENT: 1}


def test_what_a_server_has_against_us_is_not_held_against_a_recipient(
    own_engine: Engine, own_certificate: Certificate
) -> None:
    put_in_many(own_engine, ["info@charity.example"])
    encrypted = {"security": MailSecurity.STARTTLS, "context": own_certificate.client, "user": "directory"}
    with mail_server(Mailbox(), context=own_certificate.server, login=("directory", "right")) as port:
        post = Post(own_engine, smtp(port, **encrypted, password="wrong"))
        assert post.deliver().unreachable == "535"
        assert (post.told.failures, post.rows()[0].state) == ([], OutboxState.WAITING)
        post.clock.forward(minutes=1)
        post.transport = smtp(port, **encrypted, password="right")
        assert post.deliver().done == {OutboxState.SENT: 1}


def test_the_connection_is_encrypted_and_a_certificate_of_nobody_is_refused(
    own_engine: Engine, own_certificate: Certificate
) -> None:
    put_in_many(own_engine, ["info@charity.example"])
    with mail_server(Mailbox(), context=own_certificate.server) as port:
        with pytest.raises(Unreachable, match="certificate"):
            smtp(port, security=MailSecurity.STARTTLS).check()
        trusting = smtp(port, security=MailSecurity.STARTTLS, context=own_certificate.client)
        assert Post(own_engine, trusting).deliver().done == {OutboxState.SENT: 1}


def test_without_encryption_nothing_leaves_unless_told_so(own_engine: Engine) -> None:
    with mail_server(Mailbox()) as port, pytest.raises(Unreachable):
        SmtpTransport(host="127.0.0.1", port=port, timeout=5.0).check()


def test_at_most_ten_a_minute_go_to_one_domain(own_engine: Engine) -> None:
    mailbox = Mailbox()
    put_in_many(own_engine, [f"person{n}@charity.example" for n in range(25)] + ["info@other.example"])
    with mail_server(mailbox) as port:
        post = Post(own_engine, smtp(port))
        assert post.deliver().done == {OutboxState.SENT: 11, OutboxState.WAITING: 15}
        post.clock.forward(seconds=59)
        assert post.deliver().done == {}
        post.clock.forward(seconds=1)
        assert post.deliver().done[OutboxState.SENT] == 10
        post.clock.forward(minutes=1)
        assert post.deliver().done[OutboxState.SENT] == 5
    assert {row.attempts for row in post.rows()} == {1}


def test_a_mail_made_again_is_the_same_mail(own_engine: Engine) -> None:
    """The time-out comes after the server has taken the letter: nobody can know, so that it comes twice."""
    mailbox = Mailbox()
    with writing(sessions_of(own_engine)) as session:
        put_in(session)
    with mail_server(mailbox) as port:
        post = Post(own_engine, LosesAnswers(smtp(port)))
        post.deliver()
        post.clock.forward(minutes=1)
        post.transport = smtp(port)
        post.deliver()
    first, second = mailbox.taken
    assert len(set(mailbox.ids)) == 1
    assert first.mail_from == second.mail_from
    bodies = [message.get_body(("plain",)).get_content() for message in mailbox.messages]
    assert bodies[0] == bodies[1]


def test_the_date_is_that_of_the_sending(own_engine: Engine) -> None:
    mailbox = Mailbox()
    put_in_many(own_engine, ["info@charity.example"])
    with mail_server(mailbox) as port:
        post = Post(own_engine, smtp(port))
        post.clock.forward(days=5)
        post.deliver()
    (message,) = mailbox.messages
    assert message["Date"].datetime.astimezone(UTC) == NOW + timedelta(days=5)
    assert message["From"].addresses[0].addr_spec in HEAD.sender
