"""What comes back, in the shapes of many servers: `samples/<outcome>-<code>-<shape>.eml`."""

from email.message import Message
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from directory.outbox.operations import claim, mark_sent
from directory.outbox.queries import mail
from directory.outbox.return_path import ReturnPaths
from directory.outbox.returns import Returned, classify, read_mail, read_returned, receive
from directory.outbox.rules import FAILURES, OutboxState, Outcome, Verdict
from tests.unit.outbox.made import KEY, NOW, RETURNS, Told, put_in

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.eml"))
MAIL = UUID("8a4b2c5e-6f0d-5a3e-9b1c-2d7e4f6a8b90")


def sample(path: Path, mail_id: UUID = MAIL) -> Message:
    address = RETURNS.address(mail_id)
    text = path.read_text(encoding="utf-8")
    return read_mail(text.replace("{return_path}", address).replace("{RETURN_PATH}", address.upper()).encode())


def expected(path: Path) -> Verdict:
    outcome, code, _ = path.stem.split("-", maxsplit=2)
    return Verdict(Outcome(outcome), code)


def named(name: str) -> Path:
    (path,) = (path for path in SAMPLES if path.stem == name)
    return path


def sent(session: Session) -> UUID:
    mail_id = put_in(session)
    mark_sent(session, claim(session, by="one", now=NOW), NOW)
    return mail_id


def test_there_are_thirty_samples_and_more_of_every_outcome() -> None:
    assert len(SAMPLES) >= 30
    assert {expected(path).outcome for path in SAMPLES} == set(Outcome) - {Outcome.REFUSED, Outcome.GAVE_UP}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_is_classed_right_and_tells_its_mail(path: Path) -> None:
    assert read_returned(sample(path), RETURNS) == Returned(MAIL, expected(path))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_only_failures_are_told_and_only_once(session: Session, path: Path) -> None:
    told, mail_id = Told(), sent(session)
    for _ in range(2):
        receive(session, sample(path, mail_id), paths=RETURNS, returned=told, now=NOW)
    is_failure = expected(path).outcome in FAILURES
    assert told.failures == ([(mail_id, expected(path))] if is_failure else [])
    row = mail(session, mail_id)
    assert (row.state, row.bounced_at is not None) == (OutboxState.SENT, is_failure)


def test_a_return_path_that_we_did_not_sign_tells_nothing(session: Session) -> None:
    told, mail_id = Told(), sent(session)
    message = sample(named("bounced-5.1.1-postfix"), mail_id)
    forged = ReturnPaths(RETURNS.domain, ("another key",))
    found = receive(session, message, paths=forged, returned=told, now=NOW)
    assert (found.mail_id, found.verdict.outcome, told.failures) == (None, Outcome.BOUNCED, [])


def test_the_envelope_tells_the_mail_where_no_header_does() -> None:
    message = sample(named("bounced-5.1.1-postfix"))
    message.replace_header("To", "postmaster@council.example")
    assert read_returned(message, RETURNS).mail_id is None
    assert read_returned(message, RETURNS, RETURNS.address(MAIL)).mail_id == MAIL


def test_a_failure_of_a_mail_that_is_gone_is_no_failure(session: Session) -> None:
    told = Told()
    receive(session, sample(named("bounced-5.1.1-postfix")), paths=RETURNS, returned=told, now=NOW)
    assert told.failures == []


def test_every_old_key_still_reads_and_the_last_one_signs() -> None:
    both = ReturnPaths(RETURNS.domain, (KEY, "n" * 40))
    assert both.mail_id(RETURNS.address(MAIL)) == MAIL
    assert RETURNS.mail_id(both.address(MAIL)) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda address: address.replace("-", "", 1),
        lambda address: address.replace("@", "a@"),
        lambda address: address.replace("@", ".@"),
        lambda address: address.replace("@returns.", "@other."),
        lambda address: address[:2] + ("b" if address[2] == "a" else "a") + address[3:],
        lambda address: address.split("@")[0],
        lambda address: address.replace("-", "-\n", 1),
        lambda address: "r-" + "7" * 26 + "-" + "a" * 20 + "@returns.directory.example",
    ],
)
def test_a_changed_return_path_is_nobodys(change) -> None:
    assert RETURNS.mail_id(change(RETURNS.address(MAIL))) is None


def test_a_return_path_fits_into_a_local_part_and_survives_the_loss_of_case() -> None:
    address = RETURNS.address(MAIL)
    assert len(address.split("@")[0]) <= 64
    assert RETURNS.mail_id(address.upper()) == RETURNS.mail_id(f" {address} ") == MAIL


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: =?nonsense?B?!!!?=\nContent-Type: text/plain; charset=nonsense\n\n\xff",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nAction:\n\n--x--",
        b"Content-Type: multipart/report; boundary=x\n\n--x\n--x--",
        b"From: " + b"<" * 5000 + b"\nTo: " + b'"' * 5000 + b"\n\n550 ",
        b"Subject: \xe2\x80\xa8Auto:\nTo: \xff@\xff\n\n",
    ],
)
def test_nothing_that_strangers_send_is_an_error(raw: bytes) -> None:
    message = read_mail(raw)
    assert read_returned(message, RETURNS).mail_id is None
    assert classify(message).outcome not in FAILURES
