"""The weekly mail to officers: on Monday morning, once a week whatever is missed, and only to those who want it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import OfficerRow
from directory.accounts.operations import invite
from directory.accounts.rules import OfficerState, Role
from directory.figures.digest import first_working_day, send_digests
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow

SUNDAY, MONDAY = datetime(2026, 6, 7, 10, tzinfo=UTC), datetime(2026, 6, 8, 10, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def officer(session: Session, name: str, *, wants: bool = True, state: OfficerState = OfficerState.ACTIVE) -> UUID:
    identity = invite(
        session, name=name, email=f"{name}@council.example", role=Role.OFFICER, by="officer:1", now=SUNDAY - WEEK
    )
    row = session.get_one(OfficerRow, identity)
    row.state, row.password_hash, row.sealed_secret, row.weekly_digest = state, "x", "x", wants
    session.flush()
    return row.person_id


def mails(session: Session) -> list[OutboxRow]:
    wanted = select(OutboxRow).where(OutboxRow.kind == MailKind.WEEKLY_DIGEST)
    return list(session.scalars(wanted.order_by(OutboxRow.created_at, OutboxRow.id)))


def test_only_active_officers_who_want_it_get_it(session: Session) -> None:
    wanting = officer(session, "ayse")
    officer(session, "bo", wants=False)
    officer(session, "cem", state=OfficerState.DISABLED)
    assert send_digests(session, MONDAY) == 1
    (mail,) = mails(session)
    assert (mail.person_id, mail.language, mail.facts, mail.organisation_ids) == (wanting, "en", {}, [])


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (MONDAY - 3 * HOUR, 0),  # 8 in London's summer
        (MONDAY, 1),
        (MONDAY + 7 * HOUR, 0),  # after working hours
        (SUNDAY, 0),
        (MONDAY + 3 * DAY, 1),  # whatever was missed
        (MONDAY - 2 * WEEK, 0),  # a bank holiday
        (MONDAY - 2 * WEEK + DAY, 1),
    ],
)
def test_it_goes_out_on_the_first_working_morning_of_the_week_or_as_soon_after_as_can_be(
    session: Session, moment: datetime, sent: int
) -> None:
    officer(session, "ayse")
    assert send_digests(session, moment) == sent


def test_once_a_week_however_often_it_is_tried(session: Session) -> None:
    officer(session, "ayse")
    sent = [send_digests(session, MONDAY + n * HOUR + day * DAY) for day in range(14) for n in range(6)]
    assert sum(sent) == 2
    assert [mail.created_at for mail in mails(session)] == [MONDAY, MONDAY + WEEK]


def test_where_things_are_tried_out_it_goes_at_any_time(session: Session) -> None:
    officer(session, "ayse")
    assert send_digests(session, SUNDAY, at_any_time=True) == 1


def test_a_week_of_two_years_is_one_week(session: Session) -> None:
    officer(session, "ayse")
    sent = [send_digests(session, datetime(2026, 12, 29, 10, tzinfo=UTC) + n * DAY) for n in range(6)]
    assert sum(sent) == 1


def test_the_first_working_day_comes_after_a_bank_holiday() -> None:
    assert first_working_day(date(2026, 6, 10)) == date(2026, 6, 8)
    assert first_working_day(date(2026, 5, 25)) == date(2026, 5, 26)
    assert first_working_day(date(2026, 12, 25)) == date(2026, 12, 21)
