"""What the tests of checks share: entries with contacts, days on which a round is done, and what it left."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.checks.contacts import Mailbox, add_contact
from directory.checks.keeping import set_due
from directory.checks.models import CheckRow, CheckStepRow, ContactRow, KeepingRow, LinkRow
from directory.checks.rounds import RoundReport, do_round
from directory.checks.rules import Ladder, first_period
from directory.outbox.models import OutboxRow
from directory.tasks.queries import open_tasks
from tests.factories import details, published, put_taxonomy, service

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
"""A Wednesday morning."""
TODAY = date(2026, 6, 3)
A_DAY = timedelta(days=1)
LADDER = Ladder()
OFFICER = f"officer:{UUID(int=7)}"


def entry(session: Session, *addresses: str, slug: str = "harbour", due_on: date = TODAY, **facts) -> UUID:
    """A public entry that is due, with its update contacts."""
    if not session.scalars(select(KeepingRow)).first():
        put_taxonomy(session)
    identity = published(session, details(service(**facts)), slug=slug)
    for address in addresses:
        add_contact(session, identity, Mailbox(email=address, language="tr"), by=OFFICER, now=NOW)
    set_due(session, identity, due_on, by=OFFICER, now=NOW)
    session.flush()
    return identity


def day(number: int) -> datetime:
    """The morning of a day, counted from `NOW`."""
    return NOW + number * A_DAY


def rounds(session: Session, first: int, last: int, ladder: Ladder = LADDER) -> dict[int, RoundReport]:
    """Do a round each day from one to another, both counted; what each did that did something."""
    reports = {number: do_round(session, day(number), ladder=ladder) for number in range(first, last + 1)}
    return {number: report for number, report in reports.items() if report.steps or report.mails}


def steps(session: Session, organisation_id: UUID) -> list[tuple[str, date]]:
    """The steps taken for an entry, in order."""
    rows = session.scalars(
        select(CheckStepRow)
        .join(CheckRow, CheckRow.id == CheckStepRow.check_id)
        .where(CheckRow.organisation_id == organisation_id)
        .order_by(CheckStepRow.done_at)
    )
    return [(row.step.value, row.done_at.date()) for row in rows]


def mails(session: Session) -> list[OutboxRow]:
    return list(session.scalars(select(OutboxRow).order_by(OutboxRow.created_at, OutboxRow.id)))


def links(session: Session) -> list[LinkRow]:
    return list(session.scalars(select(LinkRow).order_by(LinkRow.issued_at, LinkRow.id)))


def contacts(session: Session, organisation_id: UUID) -> list[ContactRow]:
    query = select(ContactRow).where(ContactRow.organisation_id == organisation_id, ContactRow.ended_at.is_(None))
    return list(session.scalars(query.order_by(ContactRow.position)))


def sooner(identity: UUID, period: int = 180) -> int:
    """The days between the first check of an entry and its second."""
    days = first_period(identity, period, LADDER)
    assert days is not None
    return days


def tasks(session: Session, organisation_id: UUID | None = None) -> list[str]:
    return [task.kind.value for task in open_tasks(session, organisation_id=organisation_id)]


def some_id() -> UUID:
    return uuid4()
