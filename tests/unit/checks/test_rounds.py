from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, func, select

from directory.checks.contacts import Mailbox, add_contact
from directory.checks.keeping import bring_forward, mark_do_not_email, pause, set_due, set_way
from directory.checks.models import CheckRow, CheckStepRow, KeepingRow
from directory.checks.queries import open_check
from directory.checks.rounds import do_part, do_round
from directory.checks.rules import CheckOutcome, Ladder, Step, Way
from directory.config import ROOT
from directory.exchange.seed_load import load_seed
from directory.organisations.operations import hide
from directory.organisations.queries import public_organisation
from directory.tasks.models import TaskRow
from directory.tasks.operations import finish_task
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from directory.tasks.working_days import is_working_day
from tests.factories import details, published, put_taxonomy, service
from tests.unit.checks.made import LADDER, NOW, OFFICER, TODAY, day, entry, mails, rounds, sooner, steps, tasks


def days_of(session, identity):
    return [(step, (when - TODAY).days) for step, when in steps(session, identity)]


def test_an_entry_that_nobody_answers_for_goes_down_the_whole_ladder(session):
    identity = entry(session, "info@harbour.example")
    rounds(session, 0, 95)
    assert days_of(session, identity) == [
        ("ask", 0),
        ("remind", 7),
        ("last", 21),
        ("ring", 28),
        ("ring_again", 42),
        ("mark", 61),  # the 60th day is a Sunday
        ("decide", 91),
    ]
    assert [mail.kind.value for mail in mails(session)] == ["please_check", "reminder", "last_email"]
    assert tasks(session) == ["ring", "ring_again", "decide_entry"]
    assert public_organisation(session, "harbour").standing.overdue_since == TODAY


def test_after_the_last_step_the_next_round_comes(session):
    identity = entry(session, "info@harbour.example")
    rounds(session, 0, 95)
    check = session.scalars(select(CheckRow)).one()
    assert check.outcome is CheckOutcome.UNANSWERED
    assert session.get_one(KeepingRow, identity).due_on == TODAY + timedelta(days=91 + sooner(identity))
    rounds(session, 96, 91 + sooner(identity) + 6)
    assert len(steps(session, identity)) == 8
    assert steps(session, identity)[-1][0] == "ask"


def test_without_a_contact_somebody_is_to_find_one_and_the_days_count_from_then(session):
    identity = entry(session)
    rounds(session, 0, 95)
    assert days_of(session, identity) == [
        ("find_keeper", 0),
        ("ring", 28),
        ("ring_again", 42),
        ("mark", 61),
        ("decide", 91),
    ]
    assert tasks(session) == ["find_keeper", "decide_entry"], "one call is enough while nobody has made it"


def test_when_nobody_was_found_ringing_them_is_a_task_again(session):
    identity = entry(session)
    rounds(session, 0, 3)
    finish_task(session, open_tasks(session)[0].id, outcome="no_answer", by=OFFICER, now=day(3))
    rounds(session, 4, 45)
    assert tasks(session, identity) == ["ring", "ring_again"]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (Way.PHONE, [("ring", 0), ("ring_again", 14), ("mark", 61), ("decide", 91)]),
        (Way.OFFICER_CHECK, [("check_source", 0), ("check_source_again", 14), ("mark", 61), ("decide", 91)]),
    ],
)
def test_what_is_kept_by_officers_has_a_ladder_of_its_own(session, way, expected):
    identity = entry(session, "info@harbour.example")
    set_way(session, identity, way, by=OFFICER, now=NOW, source_to_check="https://harbour.example/")
    rounds(session, 0, 95)
    assert days_of(session, identity) == expected
    assert mails(session) == []


def test_who_does_not_want_mail_is_rung(session):
    identity = entry(session, "info@harbour.example")
    mark_do_not_email(session, identity, by=OFFICER, now=NOW)
    rounds(session, 0, 0)
    assert tasks(session) == ["ring"]
    assert mails(session) == []
    mark_do_not_email(session, identity, by=OFFICER, now=NOW, do_not_email=False)
    rounds(session, 0, 1)
    assert [mail.kind.value for mail in mails(session)] == []
    assert days_of(session, identity) == [("ring", 0)]


def test_a_round_done_twice_does_nothing_the_second_time(session):
    entry(session, "info@harbour.example")
    assert rounds(session, 0, 0)[0].steps == {Step.ASK: 1}
    assert rounds(session, 0, 0) == {}
    assert len(mails(session)) == 1


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 6, 6, 10, 0, tzinfo=UTC),  # Saturday
        datetime(2026, 8, 31, 10, 0, tzinfo=UTC),  # bank holiday
        datetime(2026, 6, 4, 7, 59, tzinfo=UTC),  # 8:59 in London's summer
        datetime(2026, 6, 4, 16, 0, tzinfo=UTC),  # 17:00
        datetime(2026, 12, 2, 8, 59, tzinfo=UTC),
    ],
)
def test_nothing_is_sent_outside_working_hours(session, moment):
    identity = entry(session, "info@harbour.example")
    do_round(session, moment, ladder=LADDER)
    assert steps(session, identity) == []
    do_round(session, moment, ladder=Ladder(at_any_time=True))
    assert len(steps(session, identity)) == 1


def test_a_pause_puts_everything_off_and_needs_no_second_asking(session):
    identity = entry(session, "info@harbour.example")
    rounds(session, 0, 1)
    pause(session, identity, until=TODAY + timedelta(days=40), reason="Flooded out.", by=OFFICER, now=day(1))
    rounds(session, 2, 39)
    assert days_of(session, identity) == [("ask", 0)]
    rounds(session, 40, 61)
    assert days_of(session, identity) == [("ask", 0), ("remind", 40), ("last", 54), ("ring", 61)]


def test_hidden_entries_and_drafts_are_not_asked(session):
    identity = entry(session, "info@harbour.example")
    hide(session, identity, by=OFFICER, now=NOW)
    assert rounds(session, 0, 10) == {}


def test_an_officer_brings_a_check_forward_or_sets_its_day(session):
    identity = entry(session, "info@harbour.example", due_on=TODAY + timedelta(days=50))
    assert rounds(session, 0, 0) == {}
    bring_forward(session, identity, by=OFFICER, now=NOW)
    assert rounds(session, 0, 0)[0].steps == {Step.ASK: 1}
    bring_forward(session, identity, by=OFFICER, now=NOW)
    assert rounds(session, 0, 0) == {}
    set_due(session, identity, TODAY + timedelta(days=30), by=OFFICER, now=NOW)
    assert open_check(session, identity) is None
    assert list(rounds(session, 1, 30)) == [30]


def test_of_two_contacts_the_first_is_asked_and_both_get_the_last_email(session):
    entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 22)
    people = [mail.person_id for mail in mails(session)]
    assert [mail.kind.value for mail in mails(session)] == ["please_check", "reminder", "last_email", "last_email"]
    assert people[0] == people[1]
    assert set(people[2:]) > {people[0]}


def test_a_contact_that_comes_during_a_round_without_one_is_asked_from_the_beginning(session):
    identity = entry(session)
    rounds(session, 0, 30)
    add_contact(session, identity, Mailbox(email="new@harbour.example", language="en"), by=OFFICER, now=day(30))
    assert tasks(session, identity) == [], "the keeper is found"
    rounds(session, 30, 60)
    assert days_of(session, identity)[2:] == [("ask", 30), ("remind", 37), ("last", 51), ("ring", 58)]


def test_first_checks_of_the_seed_do_not_flood_anybody(session):
    """61 of the 70 public entries have no email: finding who keeps them is spread as well."""
    load_seed(session, ROOT / "seed", NOW)
    do_round(session, NOW, ladder=LADDER)
    due = session.scalars(select(KeepingRow.due_on)).all()
    assert len(due) >= 70
    assert all(is_working_day(one) and TODAY <= one < TODAY + timedelta(weeks=12, days=7) for one in due)
    for number in range(1, 90):
        do_round(session, day(number), ladder=LADDER)
    opened = session.execute(
        select(TaskRow.due_on, func.count())
        .where(TaskRow.kind.in_([TaskKind.FIND_KEEPER, TaskKind.CHECK_SOURCE]))
        .group_by(TaskRow.due_on)
        .order_by(TaskRow.due_on)
    ).all()
    assert sum(number for _, number in opened) >= 70
    assert max(number for _, number in opened) <= 10
    assert mails(session) == []


def test_no_more_keepers_are_to_be_found_on_one_day_than_people_can_ring(session):
    put_taxonomy(session)
    identities = [published(session, details(service()), slug=f"entry-{number}") for number in range(12)]
    for identity in identities:
        set_due(session, identity, TODAY, by=OFFICER, now=NOW)
    reports = rounds(session, 0, 4)
    assert [report.steps[Step.FIND_KEEPER] for report in reports.values()] == [5, 5, 2]
    assert sorted(reports) == [0, 1, 2]


def test_a_part_does_a_part_and_the_next_one_the_rest(session):
    put_taxonomy(session)
    for number in range(5):
        published(session, details(service()), slug=f"entry-{number}")
    parts = []
    while not parts or not parts[-1].is_done:
        parts.append(do_part(session, NOW, ladder=Ladder(spread_weeks=0), most=2))
    assert [part.enrolled for part in parts] == [2, 2, 1]
    assert sum(part.looked_at for part in parts) == 5


def test_a_round_asks_the_database_as_often_for_many_entries_as_for_few(session):
    put_taxonomy(session)

    def statements(number_of_entries):
        for _ in range(number_of_entries):
            identity = published(
                session,
                details(service()),
                slug=f"entry-{session.scalar(select(func.count()).select_from(KeepingRow))}",
            )
            set_due(session, identity, TODAY, by=OFFICER, now=NOW)
        do_round(session, NOW, ladder=LADDER)
        session.flush()
        seen = []
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", count := (lambda *given: seen.append(given[2])))
        do_round(session, day(1), ladder=Ladder(find_keepers_a_day=1))
        event.remove(engine, "before_cursor_execute", count)
        return len(seen)

    few, many = statements(6), statements(40)
    assert many <= few + 2


def test_steps_are_in_the_database_once(session):
    identity = entry(session, "info@harbour.example")
    rounds(session, 0, 0)
    check = open_check(session, identity)
    assert session.scalars(select(CheckStepRow.step).where(CheckStepRow.check_id == check.id)).all() == [Step.ASK]
    assert isinstance(check.id, UUID)
    assert check.due_on == date(2026, 6, 3)
