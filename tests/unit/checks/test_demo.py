"""Made-up contacts: for every public entry, at addresses that nobody can have."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.checks.demo import add_demo_contacts
from directory.checks.models import ContactRow, KeepingRow
from directory.checks.operations import Mailbox, add_contact, do_part, set_way
from directory.checks.rules import Ladder, Way
from directory.outbox.models import OutboxRow
from directory.outbox.transports.made_up import is_made_up
from directory.people.models import PersonRow
from tests.factories import NOW, details, published, put_taxonomy, saved


def addresses(session: Session) -> dict[UUID, str]:
    query = select(ContactRow.organisation_id, PersonRow.email).join(PersonRow, PersonRow.id == ContactRow.person_id)
    return {found.organisation_id: found.email for found in session.execute(query)}


def add(session: Session, mailboxes: int = 6) -> tuple[int, int]:
    report = add_demo_contacts(session, by="test", now=NOW, mailboxes=mailboxes)
    return report.contacts, report.asked


def test_every_public_entry_without_a_contact_gets_one_at_example(session: Session) -> None:
    put_taxonomy(session)
    shown, kept = published(session, slug="shown"), published(session, slug="kept")
    saved(session, slug="draft")
    add_contact(session, kept, Mailbox(email="info@kept.example", language="en"), by="test", now=NOW)
    assert add(session) == (1, 1)
    assert addresses(session) == {shown: "office@shown.example", kept: "info@kept.example"}
    assert all(is_made_up(address) for address in addresses(session).values())


def test_what_belongs_to_one_organisation_shares_a_mailbox_and_a_mail(session: Session) -> None:
    put_taxonomy(session)
    whole = published(session, slug="whole")
    part = published(session, details(part_of=whole), slug="part")
    assert add(session, mailboxes=1) == (2, 2)
    assert set(addresses(session).values()) == {"office@whole.example"}
    do_part(session, NOW, ladder=Ladder())
    row = session.scalars(select(OutboxRow)).one()
    assert set(row.organisation_ids) == {str(whole), str(part)}


def test_only_some_are_asked_and_none_that_an_officer_checks(session: Session) -> None:
    put_taxonomy(session)
    entries = [published(session, slug=f"local-{number}") for number in range(4)]
    set_way(session, entries[0], Way.OFFICER_CHECK, by="test", now=NOW)
    assert add(session, mailboxes=2) == (4, 2)
    due = select(KeepingRow.organisation_id).where(KeepingRow.due_on <= NOW.date())
    assert set(session.scalars(due)) >= set(entries[1:3])
    do_part(session, NOW, ladder=Ladder())
    asked = [row.organisation_ids[0] for row in session.scalars(select(OutboxRow))]
    assert str(entries[0]) not in asked


def test_done_again_it_does_nothing(session: Session) -> None:
    put_taxonomy(session)
    published(session, slug="shown")
    add(session)
    assert add(session) == (0, 0)
    assert session.scalar(select(func.count()).select_from(ContactRow)) == 1
