"""What an officer hears on the phone that is not "all correct", and the links that officers send by hand."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.audit import AuditEventRow
from directory.checks.calls import log_closed_by_phone
from directory.checks.contacts import set_contact_state
from directory.checks.issuing import open_link, send_new_link
from directory.checks.keeping import mark_do_not_email
from directory.checks.models import AnswerRow, CheckRow
from directory.checks.rules import AnswerKind, CheckOutcome, ContactState, LinkReplaced, NobodyToMail
from directory.checks.sending import send_link, send_links
from directory.organisations.operations import hide
from directory.organisations.queries import public_organisation
from directory.outbox.message import MailKind
from directory.people.models import PersonRow
from tests.unit.checks.made import LADDER, NOW, OFFICER, TODAY, contacts, day, entry, links, mails, rounds, tasks


def test_closed_by_phone_is_the_same_as_closed_by_link(session):
    identity = entry(session)
    rounds(session, 0, 0)
    receipt = log_closed_by_phone(session, identity, name="Ayşe", role="Manager", by=OFFICER, now=day(1))
    assert public_organisation(session, "harbour").standing.told_closed_on == TODAY + timedelta(days=1)
    assert tasks(session, identity) == ["told_of_closing"]
    assert session.scalars(select(CheckRow)).one().outcome is CheckOutcome.CLOSED
    answer = session.get(AnswerRow, receipt.answer_id)
    assert (answer.kind, answer.link_id) == (AnswerKind.CLOSED, None)
    assert session.get(PersonRow, answer.person_id).name == "Ayşe"
    assert not mails(session)


def test_an_officer_sends_the_first_contact_a_link(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    send_link(session, identity, by=OFFICER, now=NOW, ladder=LADDER)
    (link,), (mail,) = links(session), mails(session)
    assert (mail.kind, mail.person_id) == (MailKind.YOUR_LINK, contacts(session, identity)[0].person_id)
    assert open_link(session, link.id, NOW).organisation_id == identity
    (sent,) = session.scalars(select(AuditEventRow).where(AuditEventRow.action == "new_link_sent"))
    assert (sent.actor, sent.organisation_id) == (OFFICER, identity)


def test_it_takes_the_place_of_the_one_they_had_and_of_no_try_of_theirs(session):
    identity = entry(session, "first@harbour.example")
    for minutes in range(4):
        send_link(session, identity, by=OFFICER, now=NOW + timedelta(minutes=minutes), ladder=LADDER)
    with pytest.raises(LinkReplaced):
        open_link(session, links(session)[0].id, NOW)
    send_new_link(session, "harbour", now=NOW, ladder=LADDER)
    assert len(mails(session)) == 5


def test_one_mailbox_gets_one_mail_for_all_its_entries(session):
    both = [entry(session, "First@harbour.example"), entry(session, "first@harbour.example", slug="quay")]
    other = entry(session, "other@harbour.example", slug="third")
    assert send_links(session, [*both, other], by=OFFICER, now=NOW, ladder=LADDER) == {*both, other}
    assert sorted(len(mail.message.organisation_ids) for mail in mails(session)) == [1, 2]


def test_the_second_contact_is_asked_where_mail_to_the_first_comes_back(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    first, second = contacts(session, identity)
    set_contact_state(session, first.id, ContactState.BOUNCING, by=OFFICER, now=NOW)
    send_link(session, identity, by=OFFICER, now=NOW, ladder=LADDER)
    assert [mail.person_id for mail in mails(session)] == [second.person_id]


def test_nobody_is_mailed_who_does_not_want_it_or_whose_entry_is_hidden(session):
    without = entry(session)
    unwilling = entry(session, "first@harbour.example", slug="quay")
    mark_do_not_email(session, unwilling, by=OFFICER, now=NOW)
    hidden = entry(session, "other@harbour.example", slug="third")
    hide(session, hidden, by=OFFICER, now=NOW)
    session.flush()
    assert send_links(session, [without, unwilling, hidden], by=OFFICER, now=NOW, ladder=LADDER) == frozenset()
    with pytest.raises(NobodyToMail):
        send_link(session, without, by=OFFICER, now=NOW, ladder=LADDER)
    assert not mails(session)
