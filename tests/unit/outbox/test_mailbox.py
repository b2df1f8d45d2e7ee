"""The mailbox of what comes back, read by IMAP."""

from email.message import Message

import pytest

from directory.config import MailSecurity, Settings
from directory.outbox.mailbox import MailboxUnreachable, open_mailbox, read_mailbox
from directory.outbox.returns import Returned, read_returned
from directory.outbox.rules import Outcome
from tests.unit.outbox.imap_server import Kept, imap_server
from tests.unit.outbox.made import KEY, RETURNS
from tests.unit.outbox.test_returns import MAIL, named, sample

OURS = sample(named("bounced-5.1.1-postfix")).as_bytes()
NOT_OURS = b"From: ada@charity.example\nTo: directory@council.example\nSubject: Hello\n\nHow are you?\n"


def settings(port: int, password: str = "right") -> Settings:
    return Settings(
        secret_key=KEY,
        imap_host="127.0.0.1",
        imap_port=port,
        imap_security=MailSecurity.NONE,
        imap_user="returns",
        imap_password=password,
    )


def read(message: Message) -> Returned:
    return read_returned(message, RETURNS)


def test_what_is_ours_is_handled_and_deleted_and_the_rest_is_left_for_a_person() -> None:
    kept = Kept()
    kept.put(OURS, NOT_OURS, OURS)
    with imap_server(kept, "returns", "right") as port:
        results = read_mailbox(open_mailbox(settings(port)), read)
        assert [(found.mail_id, found.verdict.outcome) for found in results] == [
            (MAIL, Outcome.BOUNCED),
            (None, Outcome.OTHER),
            (MAIL, Outcome.BOUNCED),
        ]
        assert (list(kept.mails), kept.seen) == ([2], {2})
        assert read_mailbox(open_mailbox(settings(port)), read) == []


def test_what_could_not_be_handled_stays(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_message: Message) -> Returned:
        raise RuntimeError("the database is away")

    kept = Kept()
    kept.put(OURS, OURS)
    with imap_server(kept, "returns", "right") as port:
        with pytest.raises(RuntimeError, match="database"):
            read_mailbox(open_mailbox(settings(port)), broken)
        assert (len(kept.mails), kept.seen) == (2, set())
        assert len(read_mailbox(open_mailbox(settings(port)), read)) == 2


def test_a_mailbox_that_cannot_be_opened_is_told() -> None:
    with imap_server(Kept(), "returns", "right") as port, pytest.raises(MailboxUnreachable):
        open_mailbox(settings(port, "wrong"))
    with pytest.raises(MailboxUnreachable):
        open_mailbox(settings(1))
