"""What came back is read from its mailbox by every tick, and keeps nothing else waiting."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.config import MailSecurity, Settings
from directory.outbox.jobs import returns_job
from directory.outbox.letter import Letterhead
from directory.outbox.transports import MemoryTransport
from directory.schedule import Jobs
from tests.unit.outbox.imap_server import Kept, imap_server
from tests.unit.outbox.made import KEY, NOW, Post, SetClock, Told, put_in_many
from tests.unit.outbox.test_returns import named, sample

GONE = named("bounced-5.1.1-postfix")


def settings(port: int, **given: str) -> Settings:
    return Settings(
        secret_key=KEY,
        mail_keys=(KEY,),
        imap_host="127.0.0.1",
        imap_port=port,
        imap_security=MailSecurity.NONE,
        imap_user="returns",
        imap_password="right",
        **{"mail_return_domain": "returns.directory.example", **given},
    )


def sent(engine: Engine, address: str) -> UUID:
    (mail_id,) = put_in_many(engine, [address])
    Post(engine, MemoryTransport()).deliver()
    return mail_id


def ticked(engine: Engine, given: Settings, told: Told) -> tuple[tuple[str, ...], list[datetime]]:
    """The jobs that failed, and when the one after it was done."""
    done: list[datetime] = []
    job = returns_job(given, told, SetClock())
    jobs = Jobs((("returned mail", job), ("the next", lambda _session, now: done.append(now))))
    with Session(engine) as session:
        return jobs.run(session, NOW), done


def test_a_tick_takes_in_what_came_back_once(own_engine: Engine) -> None:
    told, kept, mail_id = Told(), Kept(), sent(own_engine, "gone@charity.example")
    kept.put(sample(GONE, mail_id).as_bytes())
    with imap_server(kept, "returns", "right") as port:
        for _ in range(2):
            assert ticked(own_engine, settings(port), told) == ((), [NOW])
    assert [(failed, verdict.code) for failed, verdict in told.failures] == [(mail_id, "5.1.1")]
    assert not kept.mails


def test_what_was_noted_stays_noted_when_a_later_mail_cannot_be(own_engine: Engine) -> None:
    class Breaks(Told):
        def __call__(self, session: Session, row, verdict, now: datetime) -> None:
            if self.failures:
                raise RuntimeError("a fault")
            super().__call__(session, row, verdict, now)

    told, kept = Breaks(), Kept()
    mails = [sent(own_engine, f"gone@charity{number}.example") for number in range(2)]
    kept.put(*(sample(GONE, mail_id).as_bytes() for mail_id in mails))
    with imap_server(kept, "returns", "right") as port:
        assert ticked(own_engine, settings(port), told) == (("returned mail",), [NOW])
        assert [failed for failed, _ in told.failures] == mails[:1]
        assert len(kept.mails) == 1
    bounced = [row.bounced_at is not None for row in Post(own_engine, MemoryTransport()).rows()]
    assert sorted(bounced) == [False, True]


def test_a_mailbox_that_cannot_be_opened_fails_alone(own_engine: Engine) -> None:
    assert ticked(own_engine, settings(1), Told()) == (("returned mail",), [NOW])


def test_without_a_return_path_nothing_can_be_told_apart(own_engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    given = settings(1, mail_return_domain="")
    assert Letterhead.of(given).returns is None
    assert ticked(own_engine, given, Told()) == ((), [NOW])
    assert "mail doctor" in caplog.text
