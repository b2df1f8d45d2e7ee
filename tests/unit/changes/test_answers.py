"""What organisations change through their own link: what waits, what is public at once, and what became of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes.answers import Taking, Told, answer_with_changes, notice_at_once
from directory.changes.decisions import approve, decline, withdraw
from directory.changes.models import ChangeRow
from directory.changes.proposals import propose
from directory.changes.queries import RevisionUnknown, answer_outcome, changes_of, load_change, load_entry
from directory.changes.rules import ChangeState, HowChecked, NothingChanged, Origin, UnitUnknown
from directory.changes.views import Became
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.issuing import LinkState, issue_link, open_link
from directory.checks.queries import keeping_of
from directory.checks.rules import AnswerIncomplete, Ladder, LinkUsed
from directory.organisations.details import Notice, OrganisationDetails, Phone, TakingNewPeople
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import hide, publish
from directory.organisations.queries import public_organisation
from directory.organisations.rules import ConfirmedBy
from directory.organisations.validity import DetailsInvalid
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.people.models import PersonRow
from directory.people.operations import remember_person
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from tests.factories import NOW, details, published, put_taxonomy, service, with_service

ID = UUID(int=1)
BASE = details(
    service(id=ID, phones=(Phone(number="+442084891000"),)),
    email="office@harbour.example.org",
    website="https://harbour.example.org/",
)
TAKING = ("service", str(ID), "taking_new_people")
NEW_PHONE = with_service(BASE, phones=(Phone(number="+442084892000"),))
NOTICE = Notice(text="Closed for a week.", until=date(2026, 8, 1))
LATER = NOW + timedelta(days=2)
OFFICER = "officer:1"
CHECKED = HowChecked.RANG_OLD_NUMBER


@pytest.fixture(autouse=True)
def terms(session: Session) -> Iterator[None]:
    put_taxonomy(session)
    yield
    session.flush()


@pytest.fixture
def entry(session: Session) -> UUID:
    return published(session, BASE)


@pytest.fixture
def link(session: Session, entry: UUID) -> str:
    """A fresh link of the first of two contacts."""
    first = add_contact(session, entry, Mailbox(email="one@harbour.example.org", language="tr"), by=OFFICER, now=NOW)
    add_contact(session, entry, Mailbox(email="two@harbour.example.org", language="en"), by=OFFICER, now=NOW)
    return another_link(session, first.id)


def another_link(session: Session, contact_id: UUID) -> str:
    row = issue_link(session, contact_id=contact_id, check_id=None, now=NOW, ladder=Ladder())
    session.flush()
    return row.id


def answered(session: Session, link: str, held: OrganisationDetails, **given: object) -> Told:
    return answer_with_changes(
        session,
        link,
        **{"name": "Ayla", "role": "Worker", "base_revision": 1, "details": held, "now": NOW, **given},  # type: ignore[arg-type]
    )


def change_of(told: Told) -> UUID:
    assert told.change_id is not None
    return told.change_id


def mails(session: Session, kind: MailKind) -> list[tuple[str, str]]:
    """To whom mails of a kind go, and in which language."""
    query = (
        select(PersonRow.email, OutboxRow.language)
        .join(OutboxRow, OutboxRow.person_id == PersonRow.id)
        .where(OutboxRow.kind == kind)
        .order_by(PersonRow.email)
    )
    return [(mail.email, mail.language) for mail in session.execute(query)]


def test_an_answer_becomes_a_change_and_uses_the_link_up(session: Session, entry: UUID, link: str) -> None:
    told = answered(session, link, NEW_PHONE)
    change = load_change(session, change_of(told))
    assert (change.origin, change.link_id, change.submitted_through) == (Origin.LINK, link, f"link:{link}")
    assert told.answer is not None
    assert (change.answer_id, change.submitted_by) == (told.answer.answer_id, told.answer.person_id)
    assert load_entry(session, entry).details == BASE
    assert open_link(session, link, NOW).state is LinkState.ANSWERED
    with pytest.raises(LinkUsed):
        answered(session, link, NEW_PHONE)
    assert session.scalars(select(ChangeRow.id)).all() == [change.id]


def test_the_public_is_told_and_an_officer_asked_the_same_working_day(session: Session, entry: UUID, link: str) -> None:
    answered(session, link, NEW_PHONE)
    assert public_organisation(session, "harbour").standing.told_changed_on == date(2026, 6, 3)
    task = next(task for task in open_tasks(session) if task.kind is TaskKind.TOLD_OF_CHANGE)
    assert (task.organisation_id, task.due_on) == (entry, date(2026, 6, 3))


def test_a_change_that_warns_nobody_is_due_the_next_working_day(session: Session, link: str) -> None:
    answered(session, link, replace(BASE, description="Stands by you."), now=NOW + timedelta(days=2))
    task = next(task for task in open_tasks(session) if task.kind is TaskKind.REVIEW_CHANGE)
    assert task.due_on == date(2026, 6, 8)
    assert public_organisation(session, "harbour").standing.told_changed_on is None


def test_an_approved_answer_confirms_the_entry_as_of_when_it_was_given(session: Session, link: str) -> None:
    told = answered(session, link, NEW_PHONE)
    approve(session, change_of(told), revision=1, by=OFFICER, how_checked=CHECKED, now=LATER)
    standing = public_organisation(session, "harbour").standing
    assert (standing.confirmed_at, standing.confirmed_by) == (NOW, ConfirmedBy.ORGANISATION)
    assert standing.told_changed_on is None


def test_a_declined_edit_leaves_the_date_where_it_was_and_they_are_asked_again_soon(
    session: Session, entry: UUID, link: str
) -> None:
    told = answered(session, link, replace(NEW_PHONE, description="Stands by you."))
    approve(session, change_of(told), revision=1, units={("description",)}, by=OFFICER, now=LATER)
    decline(session, change_of(told), reason="Nobody answers there.", by=OFFICER, now=LATER)
    assert public_organisation(session, "harbour").standing.confirmed_at is None
    keeping = keeping_of(session, entry)
    assert keeping is not None
    assert keeping.due_on <= date(2026, 6, 12)


def test_a_partial_answer_does_not_confirm(session: Session, link: str) -> None:
    told = answered(session, link, NEW_PHONE, sections=["phones"])
    approve(session, change_of(told), revision=1, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert public_organisation(session, "harbour").standing.confirmed_at is None


def test_the_sender_the_other_contact_and_the_public_address_are_told_of_a_new_number(
    session: Session, link: str
) -> None:
    told = answered(session, link, NEW_PHONE)
    assert mails(session, MailKind.APPROVED) == []
    approve(session, change_of(told), revision=1, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert mails(session, MailKind.APPROVED) == [
        ("office@harbour.example.org", "en"),
        ("one@harbour.example.org", "tr"),
        ("two@harbour.example.org", "en"),
    ]


def test_an_address_that_is_public_no_more_is_told_too(session: Session, link: str) -> None:
    told = answered(session, link, replace(BASE, email="new@harbour.example.org"))
    approve(session, change_of(told), revision=1, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert "office@harbour.example.org" in dict(mails(session, MailKind.APPROVED))
    assert "new@harbour.example.org" not in dict(mails(session, MailKind.APPROVED))


def test_of_a_new_text_only_the_sender_hears(session: Session, link: str) -> None:
    told = answered(session, link, replace(BASE, description="Stands by you."))
    approve(session, change_of(told), revision=1, by=OFFICER, now=LATER)
    assert mails(session, MailKind.APPROVED) == [("one@harbour.example.org", "tr")]


def test_the_sender_hears_why_it_was_declined_once_all_is_decided(session: Session, link: str) -> None:
    told = answered(session, link, replace(NEW_PHONE, description="Stands by you."))
    decline(session, change_of(told), reason="No.", units={("description",)}, by=OFFICER, now=LATER)
    assert mails(session, MailKind.DECLINED) == []
    decline(session, change_of(told), reason="No.", by=OFFICER, now=LATER)
    assert mails(session, MailKind.DECLINED) == [("one@harbour.example.org", "tr")]
    assert mails(session, MailKind.APPROVED) == []


def test_mails_hold_no_address_and_no_reason(session: Session, link: str) -> None:
    told = answered(session, link, NEW_PHONE)
    decline(session, change_of(told), reason="Nobody answers there.", by=OFFICER, now=LATER)
    facts = session.scalars(select(OutboxRow.facts).where(OutboxRow.kind == MailKind.DECLINED)).one()
    assert facts == {"change": str(change_of(told)), "to": "sender", "in_part": "no"}


def test_nobody_is_mailed_of_a_change_that_was_withdrawn(session: Session, link: str) -> None:
    told = answered(session, link, NEW_PHONE)
    withdraw(session, change_of(told), by=f"link:{link}", now=LATER)
    assert mails(session, MailKind.APPROVED) + mails(session, MailKind.DECLINED) == []


def test_whether_new_people_are_taken_is_public_at_once_and_the_rest_waits(session: Session, link: str) -> None:
    new = replace(with_service(NEW_PHONE, taking_new_people=TakingNewPeople.CLOSED), notice=NOTICE)
    told = answered(session, link, new)
    assert told.at_once == (("notice",), TAKING)
    seen = public_organisation(session, "harbour").details
    assert seen == replace(with_service(BASE, taking_new_people=TakingNewPeople.CLOSED), notice=NOTICE)
    assert "notice" not in {unit.path for unit in load_change(session, change_of(told)).units}
    approve(session, change_of(told), revision=2, by=OFFICER, how_checked=CHECKED, now=LATER)
    assert public_organisation(session, "harbour").details == new


def test_an_answer_that_is_public_whole_confirms_at_once(session: Session, link: str) -> None:
    told = answered(session, link, replace(BASE, notice=NOTICE))
    assert told.change_id is None
    assert public_organisation(session, "harbour").standing.confirmed_at == NOW


def test_a_notice_with_a_number_waits(session: Session, link: str) -> None:
    ring_us = replace(NOTICE, text="Ring 020 8489 2000 instead.")
    told = answered(session, link, replace(BASE, notice=ring_us))
    assert told.at_once == ()
    assert load_change(session, change_of(told)).state is ChangeState.WAITING
    assert public_organisation(session, "harbour").details == BASE


def test_a_notice_does_not_push_aside_what_an_officer_wrote_meanwhile(session: Session, entry: UUID, link: str) -> None:
    ours = replace(BASE, notice=replace(NOTICE, text="Moving house."))
    publish(session, entry, ours, by=OFFICER, why="rang us", now=NOW)
    told = answered(session, link, replace(BASE, notice=NOTICE))
    assert told.at_once == ()
    assert public_organisation(session, "harbour").details == ours


def test_nothing_of_a_hidden_entry_is_public_at_once(session: Session, entry: UUID, link: str) -> None:
    hide(session, entry, by=OFFICER, now=NOW)
    assert answered(session, link, replace(BASE, notice=NOTICE)).at_once == ()


def test_a_notice_by_its_own_button_leaves_the_link_good(session: Session, entry: UUID, link: str) -> None:
    closed = {ID: Taking(taking_new_people=TakingNewPeople.CLOSED, until=date(2026, 7, 1))}
    told = notice_at_once(session, link, notice=NOTICE, taking_new_people=closed, now=NOW)
    assert told == Told(at_once=(("notice",), TAKING), change_id=None)
    seen = public_organisation(session, "harbour").details
    assert (seen.notice, seen.services[0].taking_new_people_until) == (NOTICE, date(2026, 7, 1))
    assert open_link(session, link, NOW).state is LinkState.FRESH
    notice_at_once(session, link, notice=None, taking_new_people={ID: Taking(taking_new_people=None)}, now=LATER)
    assert public_organisation(session, "harbour").details == BASE
    assert load_entry(session, entry).revision == 3


def test_a_notice_by_its_own_button_that_holds_a_link_waits_too(session: Session, link: str) -> None:
    told = notice_at_once(
        session, link, notice=replace(NOTICE, text="See example dot org"), taking_new_people={}, now=NOW
    )
    assert load_change(session, change_of(told)).link_id == link
    assert public_organisation(session, "harbour").details == BASE


def test_a_used_link_says_nothing_at_once(session: Session, link: str) -> None:
    answered(session, link, NEW_PHONE)
    with pytest.raises(LinkUsed):
        notice_at_once(session, link, notice=NOTICE, taking_new_people={}, now=NOW)


def test_the_button_without_a_change_or_for_a_strange_service_is_refused(session: Session, link: str) -> None:
    with pytest.raises(NothingChanged):
        notice_at_once(session, link, notice=None, taking_new_people={}, now=NOW)
    with pytest.raises(UnitUnknown):
        notice_at_once(
            session, link, notice=None, taking_new_people={UUID(int=9): Taking(taking_new_people=None)}, now=NOW
        )


def test_a_newer_answer_takes_the_place_of_what_it_overlaps(session: Session, entry: UUID, link: str) -> None:
    older = change_of(answered(session, link, replace(NEW_PHONE, description="Stands by you.", charity_number="1")))
    contact_id = open_link(session, link, NOW).contact_id
    newer = answered(session, another_link(session, contact_id), replace(BASE, description="We stand by you."))
    units = {unit.path: unit.state for unit in load_change(session, older).units}
    assert {path for path, state in units.items() if state is ChangeState.REPLACED} == {"description"}
    assert load_change(session, older).state is ChangeState.WAITING
    answered(session, another_link(session, contact_id), replace(NEW_PHONE, charity_number="2"))
    assert [change.state for change in changes_of(session, entry) if change.id == older] == [ChangeState.REPLACED]
    assert load_change(session, change_of(newer)).state is ChangeState.WAITING
    assert {task.facts["change"] for task in open_tasks(session) if "change" in task.facts} == {
        str(change.id) for change in changes_of(session, entry) if change.state is ChangeState.WAITING
    }


def test_the_change_of_an_officer_is_not_replaced_by_a_link(session: Session, entry: UUID, link: str) -> None:
    from_desk = answered(session, link, NEW_PHONE)
    change = load_change(session, change_of(from_desk))
    change.origin = Origin.OFFICER
    contact_id = open_link(session, link, NOW).contact_id
    answered(session, another_link(session, contact_id), NEW_PHONE)
    assert load_change(session, change.id).state is ChangeState.WAITING


def test_the_link_shows_what_became_of_the_answer(session: Session, link: str) -> None:
    told = answered(session, link, replace(NEW_PHONE, description="Stands by you."))
    assert told.answer is not None
    found = answer_outcome(session, told.answer.answer_id)
    assert found is not None
    assert (found.became, len(found.waiting), found.reasons) == (Became.WAITING, 3, ())
    approve(session, change_of(told), revision=1, units={("description",)}, by=OFFICER, now=LATER)
    decline(session, change_of(told), reason="Nobody answers there.", by=OFFICER, now=LATER)
    found = answer_outcome(session, told.answer.answer_id)
    assert found is not None
    assert (found.became, found.reasons, found.decided_at) == (Became.IN_PART, ("Nobody answers there.",), LATER)
    assert [difference.path for difference in found.approved] == [("description",)]
    assert len(found.declined) == 2


def test_an_answer_without_name_role_or_change_is_refused(session: Session, link: str) -> None:
    for given in ({"name": " "}, {"role": ""}):
        with pytest.raises(AnswerIncomplete):
            answered(session, link, NEW_PHONE, **given)
    with pytest.raises(NothingChanged):
        answered(session, link, BASE)


def test_an_answer_on_a_revision_that_never_was_is_refused(session: Session, link: str) -> None:
    with pytest.raises(RevisionUnknown):
        answered(session, link, NEW_PHONE, base_revision=7)


def test_malformed_details_are_refused_with_the_field(session: Session, link: str) -> None:
    with pytest.raises(DetailsInvalid, match=r"services\[0\]\.email: email"):
        answered(session, link, with_service(BASE, email="nonsense"))


def test_whoever_suggested_something_is_told_at_their_own_address(session: Session, entry: UUID) -> None:
    person = remember_person(session, email="neighbour@example.org", now=NOW)
    change = propose(
        session,
        entry,
        base_revision=1,
        proposed=replace(BASE, description="Stands by you."),
        origin=Origin.SUGGESTION,
        by="public",
        now=NOW,
        person_id=person,
    )
    assert session.get_one(OrganisationRow, entry).told_changed_on is None
    decline(session, change.id, reason="No.", by=OFFICER, now=LATER)
    assert mails(session, MailKind.DECLINED) == [("neighbour@example.org", "en")]
