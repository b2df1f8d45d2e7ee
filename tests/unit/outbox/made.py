"""What the tests of the outbox share: a person, a mail to them, plain words, a clock that is set by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from directory.database import writing
from directory.outbox.delivery import Report, deliver
from directory.outbox.letter import Letter, Letterhead
from directory.outbox.message import Email, MailKind, Message
from directory.outbox.models import OutboxRow
from directory.outbox.operations import enqueue
from directory.outbox.return_path import ReturnPaths
from directory.outbox.rules import Verdict
from directory.outbox.transports.transport import Transport, Unreachable
from directory.people.operations import person, remember_person

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
KEY = "k" * 40
RETURNS = ReturnPaths("returns.directory.example", (KEY,))
HEAD = Letterhead("Support directory <directory@council.example>", "team@council.example", RETURNS)
ORIGIN = "https://support.example"


def sessions_of(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine)


def put_in(session: Session, address: str = "info@charity.example", **given) -> UUID:
    """Enqueue a mail to a new person."""
    person_id = remember_person(session, email=address, now=NOW)
    message = Message(
        kind=MailKind.PLEASE_CHECK,
        person_id=person_id,
        language="en",
        link_ids=(uuid4().hex[:16],),
    )
    return enqueue(session, message, now=given.pop("now", NOW), **given)


def put_in_many(engine: Engine, addresses: list[str]) -> list[UUID]:
    with writing(sessions_of(engine)) as session:
        return [put_in(session, address) for address in addresses]


def link_of(row: OutboxRow) -> str:
    return f"{ORIGIN}/u/{row.link_ids[0]}.signature"


def plain(session: Session, row: OutboxRow) -> Email:
    """Words enough for a test, with the link alone on its line."""
    link = link_of(row)
    return Email(
        subject="Please check your entry",
        text=f"Hello,\n\nis this still right?\n\n{link}\n\nThank you.\n",
        html=f'<p>Is this still right?</p><p><a href="{link}">{link}</a></p>',
        to=person(session, row.person_id).email,
        language=row.language,
    )


@dataclass
class SetClock:
    """Says what it was set to."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **time: float) -> datetime:
        self.at += timedelta(**time)
        return self.at


@dataclass
class Told:
    """Remembers what it was told of."""

    failures: list[tuple[UUID, Verdict]] = field(default_factory=list)

    def __call__(self, session: Session, row: OutboxRow, verdict: Verdict, now: datetime) -> None:
        self.failures.append((row.id, verdict))


class LosesAnswers:
    """Sends, and does not hear that it was taken."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def send(self, letter: Letter) -> None:
        self.transport.send(letter)
        raise Unreachable("connection")

    def close(self) -> None:
        self.transport.close()


@dataclass
class Post:
    """A sender over one database: deliver with it as often as you like."""

    engine: Engine
    transport: Transport
    clock: SetClock = field(default_factory=SetClock)
    told: Told = field(default_factory=Told)
    render: Callable[[Session, OutboxRow], Email | None] = plain

    def deliver(self) -> Report:
        return deliver(
            sessions_of(self.engine),
            self.transport,
            self.render,
            self.clock,
            letterhead=HEAD,
            on_failure=self.told,
        )

    def rows(self) -> list[OutboxRow]:
        with Session(self.engine, expire_on_commit=False) as session:
            return list(session.scalars(select(OutboxRow).order_by(OutboxRow.created_at, OutboxRow.id)))
