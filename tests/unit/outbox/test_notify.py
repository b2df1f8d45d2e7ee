"""Letters by GOV.UK Notify, against a server that answers as its documentation says."""

from uuid import uuid4

import pytest
from sqlalchemy import Engine

from directory.outbox.jobs import ask_notify
from directory.outbox.rules import OutboxState, Outcome, Verdict
from directory.outbox.transports import NotifyTransport, Unreachable
from tests.unit.outbox.made import Post, link_of, put_in_many, sessions_of
from tests.unit.outbox.notify_server import API_KEY, TEMPLATE, Notify, failure, notify_server

ELSEWHERE = f"other-{uuid4()}-{uuid4()}"
TRIAL = "Can't send to this recipient when service is in trial mode"


def transport(url: str, **given: str) -> NotifyTransport:
    return NotifyTransport(**{"api_key": API_KEY, "template_id": TEMPLATE, "base_url": url} | given)


def test_a_letter_goes_to_one_template_with_its_reference(own_engine: Engine) -> None:
    notify = Notify()
    put_in_many(own_engine, ["info@charity.example"])
    with notify_server(notify) as url:
        post = Post(own_engine, transport(url, reply_to_id="8e222534-7f05-4972-86e3-17c5d9f894e2"))
        assert post.deliver().done == {OutboxState.SENT: 1}
    (row,), (sent,) = post.rows(), notify.sent
    assert (sent["reference"], sent["email_address"]) == (row.message_id, "info@charity.example")
    assert sent["email_reply_to_id"] == "8e222534-7f05-4972-86e3-17c5d9f894e2"
    assert sent["personalisation"]["subject"] == "Please check your entry"
    assert link_of(row) in sent["personalisation"]["body"].splitlines()
    assert notify.asked == 0


def test_what_notify_has_already_is_not_sent_again(own_engine: Engine) -> None:
    notify = Notify(loses_answers=True)
    put_in_many(own_engine, ["info@charity.example"])
    with notify_server(notify) as url:
        post = Post(own_engine, transport(url))
        assert post.deliver().unreachable == "503"
        notify.loses_answers = False
        post.clock.forward(minutes=1)
        assert post.deliver().done == {OutboxState.SENT: 1}
    assert (len(notify.sent), notify.asked) == (1, 1)


@pytest.mark.parametrize(
    ("status", "state", "letters"),
    [
        ("delivered", OutboxState.SENT, 1),
        ("sending", OutboxState.SENT, 1),
        ("temporary-failure", OutboxState.SENT, 2),
        ("technical-failure", OutboxState.SENT, 2),
        ("permanent-failure", OutboxState.REFUSED, 1),
    ],
)
def test_what_became_of_an_earlier_try_decides(
    own_engine: Engine, status: str, state: OutboxState, letters: int
) -> None:
    notify = Notify(loses_answers=True)
    put_in_many(own_engine, ["info@charity.example"])
    with notify_server(notify) as url:
        post = Post(own_engine, transport(url))
        post.deliver()
        notify.loses_answers = False
        notify.sent[0]["status"] = status
        post.clock.forward(minutes=1)
        assert post.deliver().done == {state: 1}
    assert len(notify.sent) == letters


@pytest.mark.parametrize(
    "answer",
    [
        failure(429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"),
        failure(429, "TooManyRequestsError", "Exceeded send limits (250) for today"),
        failure(500, "Exception", "Internal server error"),
        failure(400, "BadRequestError", TRIAL),
        failure(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"),
    ],
    ids=["rate", "limit", "fault", "trial", "clock"],
)
def test_what_is_not_the_recipients_doing_is_tried_again(own_engine: Engine, answer) -> None:
    notify = Notify(refuses=[answer])
    put_in_many(own_engine, ["info@charity.example"])
    with notify_server(notify) as url:
        post = Post(own_engine, transport(url))
        assert post.deliver().done == {OutboxState.WAITING: 1}
        post.clock.forward(minutes=1)
        assert post.deliver().done == {OutboxState.SENT: 1}
    assert post.told.failures == []


def test_a_wrong_address_is_final(own_engine: Engine) -> None:
    notify = Notify(refuses=[failure(400, "ValidationError", "email_address Not a valid email address")])
    put_in_many(own_engine, ["info@charity.example"])
    with notify_server(notify) as url:
        post = Post(own_engine, transport(url))
        assert post.deliver().done == {OutboxState.REFUSED: 1}
    assert [verdict for _, verdict in post.told.failures] == [Verdict(Outcome.REFUSED, "400")]


def test_a_key_of_somebody_else_and_a_server_that_is_away_are_told() -> None:
    with notify_server(Notify()) as url:
        stranger = transport(url, api_key=ELSEWHERE)
        with pytest.raises(Unreachable, match="403"):
            stranger.check()
        ours = transport(url)
        assert ours.check() == ("((subject))", "((body))")
    with pytest.raises(Unreachable, match="503"):
        ours.check()
    ours.close()
    stranger.close()


def test_bounces_are_told_by_asking_and_only_once(own_engine: Engine) -> None:
    notify = Notify()
    put_in_many(own_engine, ["info@charity.example", "ada@other.example"])
    with notify_server(notify) as url:
        post = Post(own_engine, transport(url))
        post.deliver()
        notify.sent[1]["status"] = "permanent-failure"
        for _ in range(2):
            ask_notify(sessions_of(own_engine), post.transport, post.told, post.clock)
        post.transport.close()
    (bounced,) = [row for row in post.rows() if row.message_id == notify.sent[1]["reference"]]
    assert post.told.failures == [(bounced.id, Verdict(Outcome.BOUNCED))]
