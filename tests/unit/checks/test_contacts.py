from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.checks.bouncing import bounce, bounce_address_of
from directory.checks.contacts import (
    Mailbox,
    add_contact,
    ask_contact_change,
    contact_change,
    decide_contact_change,
    remove_contact,
    replace_contact,
    set_contact_state,
)
from directory.checks.issuing import open_link
from directory.checks.keeping import pause, set_due, set_period
from directory.checks.models import ContactChangeRow, KeepingRow
from directory.checks.rules import (
    ContactChangeDecided,
    ContactEnded,
    ContactState,
    ContactUnknown,
    DateRefused,
    LinkRevoked,
    ReasonMissing,
    TooManyContacts,
)
from directory.outbox.message import MailKind
from directory.people.addresses import AddressInvalid
from directory.people.models import PersonRow
from directory.tasks.queries import open_tasks
from tests.unit.checks.made import (
    LADDER,
    NOW,
    OFFICER,
    TODAY,
    contacts,
    day,
    entry,
    links,
    mails,
    rounds,
    some_id,
    tasks,
)

NEW = Mailbox(email="new@harbour.example", language="en", name="Berfin", role="Chair")


@pytest.fixture
def asked(session):
    identity = entry(session, "old@harbour.example")
    rounds(session, 0, 0)
    return identity


def address(session, contact) -> str:
    return session.get_one(PersonRow, contact.person_id).email


def ask(session, identity, now=NOW) -> ContactChangeRow:
    change = ask_contact_change(
        session, contacts(session, identity)[0].id, NEW, by=f"link:{links(session)[0].id}", now=now, ladder=LADDER
    )
    session.flush()
    return change


def test_an_entry_has_two_contacts_at_most(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    assert [contact.position for contact in contacts(session, identity)] == [1, 2]
    with pytest.raises(TooManyContacts):
        add_contact(session, identity, NEW, by=OFFICER, now=NOW)
    remove_contact(session, contacts(session, identity)[0].id, by=OFFICER, now=NOW)
    with pytest.raises(TooManyContacts):
        add_contact(session, identity, NEW, by=OFFICER, now=NOW, position=2)
    assert add_contact(session, identity, NEW, by=OFFICER, now=NOW).position == 1


@pytest.mark.parametrize(
    "email", ["a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "Ayşe <a@b.example>", "a"]
)
def test_trust_12_what_is_not_one_address_is_no_contact(session, email):
    identity = entry(session)
    with pytest.raises(AddressInvalid):
        add_contact(session, identity, Mailbox(email=email, language="en"), by=OFFICER, now=NOW)


def test_a_change_needs_a_yes_from_the_old_address(session, asked):
    old = contacts(session, asked)[0]
    change = ask(session, asked)
    (mail,) = (mail for mail in mails(session) if mail.kind is MailKind.CONTACT_CHANGE_ASKED)
    assert (mail.person_id, mail.link_ids) == (old.person_id, [change.id])
    assert tasks(session) == ["contact_change"], "an officer may say yes as well"
    assert [contact.id for contact in contacts(session, asked)] == [old.id]


def test_with_a_yes_the_new_mailbox_takes_over_and_both_addresses_are_told(session, asked):
    old, old_link = contacts(session, asked)[0], links(session)[0].id
    change = ask(session, asked)
    decide_contact_change(session, change.id, is_agreed=True, by=f"link:{change.id}", now=day(1))
    (new,) = contacts(session, asked)
    assert (address(session, new), new.position, new.language) == ("new@harbour.example", 1, "en")
    told = [mail.person_id for mail in mails(session) if mail.kind is MailKind.CONTACT_CHANGED]
    assert set(told) == {old.person_id, new.person_id}
    assert len(told) == 2
    with pytest.raises(LinkRevoked):
        open_link(session, old_link, day(1))
    assert tasks(session) == []


def test_what_a_replacement_has_overtaken_is_no_task_any_more(session, asked):
    first, _second = ask(session, asked), ask(session, asked)
    assert tasks(session) == ["contact_change", "contact_change"]
    decide_contact_change(session, first.id, is_agreed=True, by=f"link:{first.id}", now=day(1))
    assert tasks(session) == []
    ask(session, asked)
    replace_contact(session, contacts(session, asked)[0].id, NEW, by=OFFICER, now=day(2))
    assert tasks(session) == []
    ask(session, asked)
    remove_contact(session, contacts(session, asked)[0].id, by=OFFICER, now=day(3))
    assert "contact_change" not in tasks(session)


def test_with_a_no_nothing_changes_and_both_addresses_are_told(session, asked):
    change, old = ask(session, asked), contacts(session, asked)[0]
    decide_contact_change(session, change.id, is_agreed=False, by=OFFICER, now=day(1))
    assert address(session, contacts(session, asked)[0]) == "old@harbour.example"
    assert tasks(session) == []
    told = {mail.person_id: mail for mail in mails(session) if mail.kind is MailKind.CONTACT_CHANGED}
    assert {person_id: mail.language for person_id, mail in told.items()} == {
        old.person_id: "tr",
        change.person_id: "en",
    }
    assert {mail.facts["agreed"] for mail in told.values()} == {"no"}


def test_a_change_is_decided_once_and_not_for_ever(session, asked):
    change = ask(session, asked)
    decide_contact_change(session, change.id, is_agreed=False, by=OFFICER, now=day(1))
    with pytest.raises(ContactChangeDecided):
        decide_contact_change(session, change.id, is_agreed=True, by=OFFICER, now=day(1))
    late = ask(session, asked, now=day(2))
    with pytest.raises(ContactChangeDecided):
        contact_change(session, late.id, day(33))
    with pytest.raises(ContactChangeDecided):
        contact_change(session, "AAAAAAAAAA", day(1))


def test_a_yes_for_a_contact_that_was_replaced_meanwhile_replaces_nobody(session, asked):
    change = ask(session, asked)
    other = replace_contact(
        session,
        contacts(session, asked)[0].id,
        Mailbox(email="other@harbour.example", language="en"),
        by=OFFICER,
        now=day(1),
    )
    decide_contact_change(session, change.id, is_agreed=True, by=f"link:{change.id}", now=day(2))
    assert [contact.id for contact in contacts(session, asked)] == [other.id]


def test_each_address_is_told_of_a_replacement_in_its_own_language(session, asked):
    (old,) = contacts(session, asked)
    new = replace_contact(session, old.id, replace(NEW, language="ar"), by=OFFICER, now=NOW)
    told = [mail for mail in mails(session) if mail.kind is MailKind.CONTACT_CHANGED]
    assert {mail.person_id: mail.language for mail in told} == {old.person_id: "tr", new.person_id: "ar"}


def test_a_contact_that_is_none_any_more_is_neither_replaced_nor_changed(session, asked):
    gone = contacts(session, asked)[0].id
    other = Mailbox(email="other@harbour.example", language="en")
    remove_contact(session, gone, by=OFFICER, now=NOW)
    for act in (
        lambda: replace_contact(session, gone, other, by=OFFICER, now=day(1)),
        lambda: remove_contact(session, gone, by=OFFICER, now=day(1)),
        lambda: set_contact_state(session, gone, ContactState.ACTIVE, by=OFFICER, now=day(1)),
    ):
        with pytest.raises(ContactEnded):
            act()


def test_a_bounce_of_the_only_contact_is_a_task_at_once(session, asked):
    bounce(session, contacts(session, asked)[0].id, now=day(1), ladder=LADDER, code="5.1.1")
    (task,) = open_tasks(session)
    assert (task.kind.value, task.due_on) == ("bounced", TODAY + timedelta(days=1))
    assert (task.facts["is_only"], task.facts["code"]) == (True, "5.1.1")
    assert contacts(session, asked)[0].state is ContactState.BOUNCING
    rounds(session, 1, 60)
    assert tasks(session) == ["bounced"], "whoever finds an address rings them anyway"
    assert len(mails(session)) == 1


def test_a_bounce_of_one_of_two_can_wait_a_week(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    bounce(session, contacts(session, identity)[0].id, now=NOW, ladder=LADDER)
    bounce(session, contacts(session, identity)[0].id, now=NOW, ladder=LADDER)
    (task,) = open_tasks(session)
    assert (task.due_on, task.facts["is_only"]) == (TODAY + timedelta(days=7), False)


def test_a_bounce_counts_for_every_entry_of_the_mailbox(session):
    identities = [entry(session, "Office@many.example", slug=slug) for slug in "abc"]
    other = entry(session, "else@many.example", slug="d")
    bounce_address_of(session, contacts(session, identities[0])[0].person_id, now=NOW, ladder=LADDER)
    assert [contacts(session, identity)[0].state.value for identity in (*identities, other)] == [
        "bouncing",
        "bouncing",
        "bouncing",
        "active",
    ]


def test_when_the_address_works_again_the_task_is_done_and_they_are_asked(session, asked):
    contact = contacts(session, asked)[0]
    bounce(session, contact.id, now=day(1), ladder=LADDER)
    set_contact_state(session, contact.id, ContactState.ACTIVE, by=OFFICER, now=day(2))
    assert tasks(session) == []
    rounds(session, 2, 7)
    assert [mail.kind.value for mail in mails(session)] == ["please_check", "reminder"]


def test_who_does_not_want_mail_is_found_by_phone(session, asked):
    set_contact_state(session, contacts(session, asked)[0].id, ContactState.DO_NOT_EMAIL, by=OFFICER, now=day(1))
    rounds(session, 1, 28)
    assert len(mails(session)) == 1
    assert tasks(session) == ["ring"]


def test_an_unknown_contact_is_named_as_such(session):
    with pytest.raises(ContactUnknown):
        bounce(session, some_id(), now=NOW, ladder=LADDER)
    with pytest.raises(ContactUnknown):
        remove_contact(session, some_id(), by=OFFICER, now=NOW)


@pytest.mark.parametrize("days", [-1, 366])
def test_no_check_is_put_off_for_more_than_a_year_or_into_the_past(session, asked, days):
    when = TODAY + timedelta(days=days)
    with pytest.raises(DateRefused):
        set_due(session, asked, when, by=OFFICER, now=NOW)
    with pytest.raises(DateRefused):
        pause(session, asked, until=when, reason="Moving.", by=OFFICER, now=NOW)
    with pytest.raises(DateRefused):
        set_period(session, asked, 366, by=OFFICER, now=NOW)


def test_a_pause_needs_a_reason(session, asked):
    with pytest.raises(ReasonMissing):
        pause(session, asked, until=TODAY + timedelta(days=9), reason=" ", by=OFFICER, now=NOW)


def test_a_period_that_an_officer_set_stays(session):
    identity = entry(session, "info@harbour.example")
    set_period(session, identity, 30, by=OFFICER, now=NOW)
    rounds(session, 0, 0)
    assert session.scalars(select(KeepingRow.period_days)).one() == 30
