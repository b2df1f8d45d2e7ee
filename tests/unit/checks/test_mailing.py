from datetime import timedelta

from sqlalchemy import select

from directory.checks.answers import record_answer
from directory.checks.bouncing import bounce
from directory.checks.contacts import Mailbox, add_contact, replace_contact
from directory.checks.keeping import bring_forward
from directory.checks.models import CheckMailRow
from directory.checks.rules import AnswerKind, Step
from directory.outbox.message import MailKind
from tests.unit.checks.made import LADDER, NOW, OFFICER, TODAY, contacts, day, entry, links, mails, rounds

MAILBOX = "office@four.example"


def test_one_mailbox_that_keeps_four_entries_gets_one_mail_with_a_link_for_each(session):
    identities = [entry(session, MAILBOX, slug=f"entry-{number}") for number in range(4)]
    assert rounds(session, 0, 0)[0].mails == 1
    (mail,) = mails(session)
    assert {*mail.message.organisation_ids} == {*identities}
    held = {link.id: link for link in links(session)}
    assert len(held) == 4
    assert [held[link_id].organisation_id for link_id in mail.link_ids] == list(mail.message.organisation_ids)
    assert {row.outbox_id for row in session.scalars(select(CheckMailRow))} == {mail.id}


def test_spelling_an_address_in_another_case_makes_no_second_mailbox(session):
    entry(session, "Office@four.example", slug="one")
    entry(session, MAILBOX, slug="two")
    assert rounds(session, 0, 0)[0].mails == 1


def test_what_comes_due_for_an_address_that_had_its_mail_today_waits_until_tomorrow(session):
    entry(session, MAILBOX, slug="one")
    later = entry(session, MAILBOX, slug="two", due_on=TODAY + timedelta(days=9))
    rounds(session, 0, 0)
    bring_forward(session, later, by=OFFICER, now=NOW)
    assert rounds(session, 0, 0)[0].mails == 0
    assert rounds(session, 1, 1)[1].mails == 1
    assert [mail.message.organisation_ids for mail in mails(session)][1] == (later,)


def test_a_mail_that_holds_several_steps_is_named_for_the_first_and_says_which_is_which(session):
    entry(session, MAILBOX, slug="one")
    entry(session, MAILBOX, slug="two", due_on=TODAY + timedelta(days=7))
    rounds(session, 0, 7)
    mail = mails(session)[1]
    assert mail.kind is MailKind.PLEASE_CHECK
    assert [mail.facts[f"{link_id}.step"] for link_id in mail.link_ids] == ["remind", "ask"]


def test_a_reminder_carries_the_same_link(session):
    entry(session, MAILBOX)
    rounds(session, 0, 22)
    first, reminder, last = mails(session)
    assert first.link_ids == reminder.link_ids == last.link_ids
    assert len(links(session)) == 1
    assert links(session)[0].expires_at == NOW + timedelta(days=LADDER.link_days)


def test_mails_hold_ids_and_dates_alone_and_the_first_says_that_it_is_the_first(session):
    entry(session, MAILBOX)
    rounds(session, 0, 7)
    first, reminder = mails(session)
    link_id = first.link_ids[0]
    assert first.facts == {f"{link_id}.step": "ask", f"{link_id}.marked_on": "2026-08-02", "is_first": "yes"}
    assert reminder.facts == {f"{link_id}.step": "remind", f"{link_id}.marked_on": "2026-08-02"}
    assert (first.language, links(session)[0].language) == ("tr", "tr")


def test_after_an_answer_nobody_is_mailed_in_that_round(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 0)
    record_answer(session, links(session)[0].id, kind=AnswerKind.PART, name="Ayşe", role="Manager", now=day(1))
    before = len(mails(session))
    rounds(session, 1, 27)
    assert len(mails(session)) == before
    assert [step for step, _ in rounds(session, 28, 28)[28].steps.items()] == [Step.RING], "a person asks for the rest"
    assert identity


def test_a_mail_that_waits_for_tomorrow_is_not_sent_when_somebody_answers_today(session):
    one = entry(session, MAILBOX, "second@one.example", slug="one")
    two = entry(session, MAILBOX, slug="two", due_on=TODAY + timedelta(days=9))
    rounds(session, 0, 0)
    bring_forward(session, two, by=OFFICER, now=NOW)
    rounds(session, 0, 0)
    bounce(session, contacts(session, two)[0].id, now=NOW, ladder=LADDER)
    rounds(session, 1, 3)
    assert [mail.message.organisation_ids for mail in mails(session)] == [(one,)]


def test_when_the_first_contact_bounces_the_second_is_asked_at_once(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 0)
    first, second = contacts(session, identity)
    bounce(session, first.id, now=NOW, ladder=LADDER)
    rounds(session, 0, 1)
    assert len(mails(session)) == 2
    assert {mail.kind: mail.person_id for mail in mails(session)} == {
        MailKind.PLEASE_CHECK: first.person_id,
        MailKind.COULD_NOT_REACH: second.person_id,
    }


def test_who_takes_the_place_of_a_contact_in_a_round_is_asked_with_a_link_of_their_own(session):
    identity = entry(session, "old@harbour.example")
    rounds(session, 0, 0)
    old = contacts(session, identity)[0]
    new = replace_contact(session, old.id, Mailbox(email="new@harbour.example", language="en"), by=OFFICER, now=day(1))
    rounds(session, 1, 1)
    asked = [mail for mail in mails(session) if mail.kind is MailKind.PLEASE_CHECK]
    assert [mail.person_id for mail in asked] == [old.person_id, new.person_id]
    assert asked[0].link_ids != asked[1].link_ids


def test_a_second_contact_that_comes_in_a_round_waits_for_the_last_email(session):
    identity = entry(session, "first@harbour.example")
    rounds(session, 0, 0)
    add_contact(session, identity, Mailbox(email="second@harbour.example", language="en"), by=OFFICER, now=day(1))
    rounds(session, 1, 22)
    assert [mail.kind.value for mail in mails(session)] == ["please_check", "reminder", "last_email", "last_email"]
