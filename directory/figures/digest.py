"""The weekly mail to officers who want it: what waits, what is late, and the figures. Nothing here commits."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import OfficerRow
from directory.accounts.rules import OfficerState
from directory.checks.keeping import day_of
from directory.outbox.message import MailKind, Message
from directory.outbox.models import OutboxRow
from directory.outbox.operations import enqueue
from directory.tasks.working_days import is_working_time, same_or_next_working_day

LANGUAGE = "en"
"""The desk is in English, and so are its mails."""


def send_digests(session: Session, now: datetime, *, at_any_time: bool = False) -> int:
    """Send this week's mail to each officer who wants it and has not had it; how many are sent.

    It goes out on Monday morning, or on the first working day after it; whatever was missed, once in a week.
    """
    today = day_of(now)
    if not at_any_time and (today < first_working_day(today) or not is_working_time(now)):
        return 0
    wanting = session.execute(
        select(OfficerRow.id, OfficerRow.person_id)
        .where(OfficerRow.state == OfficerState.ACTIVE, OfficerRow.weekly_digest)
        .order_by(OfficerRow.id)
    ).all()
    year, week, _ = today.isocalendar()
    keys = {f"digest:{officer}:{year}-{week:02}": person for officer, person in wanting}
    sent = set(session.scalars(select(OutboxRow.key).where(OutboxRow.key.in_(keys))))
    new = {key: person for key, person in keys.items() if key not in sent}
    for key, person in new.items():
        message = Message(kind=MailKind.WEEKLY_DIGEST, person_id=person, language=LANGUAGE)
        enqueue(session, message, now=now, key=key)
    return len(new)


def first_working_day(day: date) -> date:
    """The first working day of the week in which a day lies."""
    return same_or_next_working_day(day - timedelta(days=day.weekday()))
