"""New hours that an organisation sends by its own link: approved by the policy, where managers have turned that on."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.changes.answers import Told, answer_with_changes
from directory.changes.queries import load_change
from directory.changes.rules import ChangeState
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.issuing import issue_link
from directory.checks.rules import Ladder
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.operations import hide, publish
from directory.organisations.queries import public_organisation
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.policy.rules import DEFAULTS
from directory.tasks.queries import open_tasks
from tests.factories import NOW, details, published, put_taxonomy, service, with_service

ID = UUID(int=1)
BASE = details(service(id=ID, opening_hours="Mo-Fr 09:00-17:00"), website="https://harbour.example.org/")
NEW_HOURS = with_service(BASE, opening_hours="Mo-Fr 10:00-18:00", hours_note="Later on Mondays.")
ON = replace(DEFAULTS, approve_hours=True)


@pytest.fixture
def entry(session: Session) -> UUID:
    put_taxonomy(session)
    return published(session, BASE)


def told(session: Session, entry: UUID, held: OrganisationDetails, policy=ON, revision: int = 1) -> Told:
    contact = add_contact(session, entry, Mailbox(email="one@harbour.example.org", language="tr"), by="test", now=NOW)
    link = issue_link(session, contact_id=contact.id, check_id=None, now=NOW, ladder=Ladder())
    session.flush()
    return answer_with_changes(
        session,
        link.id,
        name="Ayla",
        role="Worker",
        base_revision=revision,
        details=held,
        now=NOW,
        policy=policy,
    )


def state_of(session: Session, change: Told) -> ChangeState:
    assert change.change_id is not None
    return load_change(session, change.change_id).state


def test_new_hours_are_approved_by_the_policy_and_confirm_the_entry(session: Session, entry: UUID) -> None:
    answer = told(session, entry, NEW_HOURS)
    assert state_of(session, answer) is ChangeState.APPROVED
    seen = public_organisation(session, "harbour")
    assert (seen.details, seen.revision) == (NEW_HOURS, 2)
    assert seen.standing.confirmed_at == NOW
    assert open_tasks(session) == []
    mails = session.scalars(select(OutboxRow.kind).order_by(OutboxRow.kind)).all()
    assert mails == [MailKind.ANSWER_RECEIVED]  # which says that it is public
    actors = session.scalars(select(AuditEventRow.actor).where(AuditEventRow.action == "change_approved")).all()
    assert actors == ["policy"]


def test_until_it_is_turned_on_they_wait(session: Session, entry: UUID) -> None:
    assert state_of(session, told(session, entry, NEW_HOURS, DEFAULTS)) is ChangeState.WAITING
    assert public_organisation(session, "harbour").details == BASE


@pytest.mark.parametrize(
    "held",
    [
        replace(NEW_HOURS, description="Stands by you."),
        replace(NEW_HOURS, email="office@harbour.example.org"),
        with_service(NEW_HOURS, phones=(Phone(number="+442084892000"),)),
        with_service(NEW_HOURS, safe_voicemail=True),
        with_service(BASE, hours_note="Ring 020 8489 2000 after six."),
        with_service(BASE, hours_note="See harbour.example.org for the hours."),
        with_service(BASE, phones=(Phone(number="+442084891000", opening_hours="Mo 09:00-10:00"),)),
    ],
    ids=["text", "email", "number", "discretion", "number in the hours", "link in the hours", "hours of a number"],
)
def test_all_that_is_more_than_hours_waits_for_an_officer(
    session: Session, entry: UUID, held: OrganisationDetails
) -> None:
    assert state_of(session, told(session, entry, held)) is ChangeState.WAITING
    assert public_organisation(session, "harbour").details == BASE


def test_hours_that_an_officer_has_changed_meanwhile_wait(session: Session, entry: UUID) -> None:
    ours = with_service(BASE, opening_hours="Tu 09:00-12:00")
    publish(session, entry, ours, by="officer:1", why="rang us", now=NOW)
    assert state_of(session, told(session, entry, NEW_HOURS)) is ChangeState.WAITING
    assert public_organisation(session, "harbour").details == ours


def test_a_hidden_entry_is_not_brought_back(session: Session, entry: UUID) -> None:
    hide(session, entry, by="officer:1", now=NOW)
    assert state_of(session, told(session, entry, NEW_HOURS)) is ChangeState.WAITING
