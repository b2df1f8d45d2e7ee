"""Who could not be reached is told by whatever way is left."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from directory.audit import AuditEventRow
from directory.checks.answers import record_answer
from directory.checks.bouncing import bounce, bounce_address_of
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.keeping import mark_do_not_email
from directory.checks.rules import AnswerKind
from directory.checks.unreached import end_task_by_hand, log_no_answer
from directory.organisations.operations import hide
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.people.models import PersonRow
from directory.tasks.operations import open_task
from directory.tasks.queries import open_tasks
from directory.tasks.rules import Outcome, TaskKind
from tests.unit.checks.made import LADDER, NOW, OFFICER, contacts, day, entry, links, mails, rounds, tasks


def rang(session, identity, number=28) -> None:
    log_no_answer(session, identity, by=OFFICER, now=day(number), ladder=LADDER)
    session.flush()


def told(session) -> list[OutboxRow]:
    return [mail for mail in mails(session) if mail.kind is MailKind.COULD_NOT_REACH]


def addresses(session, rows) -> list[str]:
    return sorted(session.get_one(PersonRow, row.person_id).email for row in rows)


def test_after_a_call_that_nobody_answered_both_contacts_are_told_with_a_link(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 28)
    assert tasks(session) == ["ring"]
    rang(session, identity)
    assert addresses(session, told(session)) == ["first@harbour.example", "second@harbour.example"]
    assert [mail.facts for mail in told(session)] == [{"why": "call"}] * 2
    assert tasks(session) == []
    event = session.scalars(select(AuditEventRow).where(AuditEventRow.action == "rang_in_vain")).one()
    assert (event.actor, event.organisation_id) == (OFFICER, identity)


def test_the_ladder_goes_on_after_a_call_in_vain(session):
    identity = entry(session, "first@harbour.example")
    rounds(session, 0, 28)
    rang(session, identity)
    rounds(session, 29, 42)
    assert tasks(session) == ["ring_again"]


def test_the_link_is_a_new_one_where_that_of_the_round_ends_soon(session):
    identity = entry(session, "first@harbour.example")
    rounds(session, 0, 0)
    rang(session, identity, 10)
    rang(session, identity, 28)
    early, late = told(session)
    assert early.link_ids == [links(session)[0].id]
    new = links(session)[-1]
    assert (late.link_ids, new.check_id) == ([new.id], links(session)[0].check_id)
    record_answer(session, new.id, kind=AnswerKind.ALL_CORRECT, name="Ayşe", role="Manager", now=day(29))
    assert rounds(session, 29, 60) == {}


def test_two_calls_on_one_day_are_one_mail(session):
    identity = entry(session, "first@harbour.example")
    rang(session, identity)
    rang(session, identity)
    assert len(told(session)) == 1


def test_who_does_not_want_mail_gets_none(session):
    identity = entry(session, "first@harbour.example")
    mark_do_not_email(session, identity, by=OFFICER, now=NOW)
    rang(session, identity)
    assert told(session) == []


def test_nobody_is_told_about_an_entry_that_is_hidden(session):
    identity = entry(session, "first@harbour.example")
    hide(session, identity, by=OFFICER, now=NOW)
    rang(session, identity)
    assert told(session) == []


def test_where_mail_to_one_contact_came_back_the_other_is_told_and_asked(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 0)
    bounce(session, contacts(session, identity)[0].id, now=day(1), ladder=LADDER)
    assert addresses(session, told(session)) == ["second@harbour.example"]
    assert told(session)[0].facts == {"why": "other_contact"}
    rounds(session, 1, 7)
    assert [mail.kind.value for mail in mails(session)] == ["please_check", "could_not_reach", "reminder"]
    assert told(session)[0].link_ids == mails(session)[-1].link_ids


def test_who_had_a_mail_today_is_told_tomorrow(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 21)
    bounce(session, contacts(session, identity)[0].id, now=day(21), ladder=LADDER)
    (mail,) = told(session)
    assert mail.next_at.date() == day(22).date()


def test_what_comes_back_at_night_is_told_in_working_hours(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    friday_night = datetime(2026, 6, 5, 22, 0, tzinfo=UTC)
    bounce(session, contacts(session, identity)[0].id, now=friday_night, ladder=LADDER)
    (mail,) = told(session)
    assert mail.next_at == datetime(2026, 6, 8, 8, 0, tzinfo=UTC)


def test_one_mail_tells_the_other_contact_of_several_entries(session):
    identities = [entry(session, "office@many.example", "chair@many.example", slug=slug) for slug in "ab"]
    bounce_address_of(session, contacts(session, identities[0])[0].person_id, now=NOW, ladder=LADDER)
    (mail,) = told(session)
    assert addresses(session, [mail]) == ["chair@many.example"]
    assert set(mail.message.organisation_ids) == {*identities}
    assert len(mail.link_ids) == 2


def test_a_contact_added_later_is_not_told_of_what_was_before(session):
    identity = entry(session, "first@harbour.example")
    bounce(session, contacts(session, identity)[0].id, now=NOW, ladder=LADDER)
    add_contact(session, identity, Mailbox(email="new@harbour.example", language="en"), by=OFFICER, now=day(1))
    bounce(session, contacts(session, identity)[0].id, now=day(1) + timedelta(hours=1), ladder=LADDER)
    assert told(session) == []


@pytest.mark.parametrize(("outcome", "number"), [(Outcome.NO_ANSWER, 1), (Outcome.OTHER, 0)])
def test_a_task_to_ring_that_ends_with_no_answer_tells_them_too(session, outcome, number):
    identity = entry(session, "first@harbour.example")
    rounds(session, 0, 28)
    (task,) = open_tasks(session, organisation_id=identity)
    end_task_by_hand(session, task.id, outcome=outcome, note="Twice.", by=OFFICER, now=day(28), ladder=LADDER)
    assert (len(told(session)), tasks(session)) == (number, [])


def test_another_task_that_ends_tells_nobody(session):
    identity = entry(session, "first@harbour.example")
    task = open_task(
        session, kind=TaskKind.PROBLEM_REPORT, key="1", due_on=NOW.date(), now=NOW, organisation_id=identity
    )
    end_task_by_hand(session, task.id, outcome=Outcome.NOTHING_WRONG, note="", by=OFFICER, now=NOW, ladder=LADDER)
    assert told(session) == []
