from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.audit import AuditEventRow
from directory.checks.answers import RightPerson, record_answer, save_draft
from directory.checks.calls import log_phone_check, log_source_check
from directory.checks.issuing import issue_link, open_link
from directory.checks.keeping import ask_again_soon, confirm
from directory.checks.models import AnswerRow, CheckRow, ContactRow, DraftRow, KeepingRow, LinkRow
from directory.checks.queries import draft_of
from directory.checks.rules import (
    AnswerIncomplete,
    AnswerKind,
    CheckOutcome,
    ContactState,
    LinkExpired,
    LinkRevoked,
    LinkUsed,
)
from directory.organisations.queries import public_organisation
from directory.organisations.rules import ConfirmedBy
from directory.organisations.standing import Standing
from directory.outbox.message import MailKind
from directory.people.addresses import AddressInvalid
from directory.people.models import PersonRow
from directory.tasks.queries import last_finished
from directory.tasks.rules import TaskKind
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
    sooner,
    tasks,
)


@pytest.fixture
def asked(session):
    """An entry whose two contacts have had the last email, and whose ringing is a task."""
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 28)
    assert tasks(session) == ["ring"]
    return identity


def answer(session, kind, now=None, link=None, **given):
    link = link or links(session)[-1]
    return record_answer(session, link.id, kind=kind, name=" Ayşe ", role="Manager", now=now or day(29), **given)


def newer_link(session, identity) -> LinkRow:
    contact = contacts(session, identity)[0]
    return issue_link(session, contact_id=contact.id, check_id=None, now=day(30), ladder=LADDER)


def check(session) -> CheckRow:
    return session.scalars(select(CheckRow).order_by(CheckRow.started_at)).first()


def standing(session) -> Standing:
    session.flush()
    return public_organisation(session, "harbour").standing


def due(session, identity):
    return session.get_one(KeepingRow, identity).due_on


def test_all_correct_moves_the_date_and_ends_the_asking(session, asked):
    receipt = answer(session, AnswerKind.ALL_CORRECT)
    assert standing(session) == Standing(confirmed_at=day(29), confirmed_by=ConfirmedBy.ORGANISATION)
    assert (check(session).outcome, due(session, asked)) == (
        CheckOutcome.CONFIRMED,
        TODAY + timedelta(days=29 + sooner(asked)),
    )
    assert tasks(session) == []
    assert receipt.organisation_id == asked
    assert rounds(session, 29, 29 + sooner(asked) - 1) == {}


def test_changes_stop_the_ladder_and_move_no_date_until_they_are_approved(session, asked):
    receipt = answer(session, AnswerKind.CHANGED)
    assert standing(session) == Standing()
    assert check(session).outcome is CheckOutcome.CHANGED
    assert tasks(session) == []
    assert rounds(session, 29, 29 + sooner(asked) - 1) == {}
    confirm(session, asked, at=receipt.at, by=ConfirmedBy.ORGANISATION, now=day(60))
    assert standing(session).confirmed_at == day(29)
    assert due(session, asked) == TODAY + timedelta(days=29 + sooner(asked))


def test_when_what_they_told_us_was_declined_they_are_asked_again_in_a_week(session, asked):
    answer(session, AnswerKind.CHANGED)
    ask_again_soon(session, asked, now=day(40))
    assert standing(session) == Standing()
    assert list(rounds(session, 40, 48)) == [47]


def test_a_partial_answer_moves_no_date_and_leaves_the_rest_to_a_person(session, asked):
    answer(session, AnswerKind.PART, sections=["services", "places"])
    assert standing(session) == Standing()
    assert session.scalars(select(AnswerRow)).one().sections == ["services", "places"]
    assert check(session).ended_at is None
    assert tasks(session) == ["ring"]
    rounds(session, 29, 62)
    assert standing(session).overdue_since == TODAY


def test_closed_is_public_at_once_and_a_task_for_the_same_day(session, asked):
    answer(session, AnswerKind.CLOSED)
    assert standing(session) == Standing(told_closed_on=TODAY + timedelta(days=29))
    assert tasks(session) == ["told_of_closing"]
    assert check(session).outcome is CheckOutcome.CLOSED


@pytest.mark.parametrize("kind", [AnswerKind.ALL_CORRECT, AnswerKind.CHANGED])
def test_a_newer_answer_for_the_whole_entry_takes_closed_back(session, asked, kind):
    answer(session, AnswerKind.CLOSED)
    again = newer_link(session, asked)
    answer(session, kind, now=day(30), link=again)
    is_right = kind is AnswerKind.ALL_CORRECT
    confirmed = Standing(confirmed_at=day(30), confirmed_by=ConfirmedBy.ORGANISATION)
    assert standing(session) == (confirmed if is_right else Standing())
    assert tasks(session) == []
    ended = last_finished(session, TaskKind.TOLD_OF_CLOSING, str(asked))
    assert (ended.outcome, ended.done_by) == ("not_closed_after_all", f"link:{again.id}")


def test_a_part_alone_does_not_take_closed_back(session, asked):
    answer(session, AnswerKind.CLOSED)
    answer(session, AnswerKind.PART, now=day(30), link=newer_link(session, asked), sections=["services"])
    assert standing(session).told_closed_on == TODAY + timedelta(days=29)
    assert tasks(session) == ["told_of_closing"]


def test_the_wrong_person_is_not_mailed_again_and_the_right_one_is_noted(session, asked):
    link = links(session)[0]
    right = RightPerson(name="Berfin", role="Chair", email="chair@harbour.example")
    answer(session, AnswerKind.WRONG_PERSON, link=link, right_person=right)
    contact = session.get_one(ContactRow, link.contact_id)
    assert contact.state is ContactState.WRONG_PERSON
    assert "wrong_person" in tasks(session)
    named = session.scalars(select(AnswerRow.right_person_id)).one()
    assert session.get_one(PersonRow, named).email == "chair@harbour.example"
    assert open_link(session, links(session)[1].id, day(29)).contact_id != contact.id


def test_the_other_contact_is_asked_when_the_first_is_the_wrong_person(session):
    identity = entry(session, "first@harbour.example", "second@harbour.example")
    rounds(session, 0, 0)
    answer(session, AnswerKind.WRONG_PERSON, now=day(0))
    rounds(session, 0, 1)
    asked = [mail.person_id for mail in mails(session) if mail.kind is MailKind.PLEASE_CHECK]
    assert sorted(asked) == sorted(contact.person_id for contact in contacts(session, identity))


def test_the_wrong_person_may_name_nobody_but_no_nonsense(session, asked):
    with pytest.raises(AddressInvalid), session.begin_nested():
        answer(session, AnswerKind.WRONG_PERSON, right_person=RightPerson(email="a@b.example, c@d.example"))
    answer(session, AnswerKind.WRONG_PERSON, right_person=RightPerson())
    assert session.scalars(select(AnswerRow.right_person_id)).one() is None


@pytest.mark.parametrize(("name", "role"), [("", "Manager"), ("Ayşe", ""), ("  ", "Manager"), ("Ayşe", "\n")])
def test_trust_2_an_answer_needs_name_and_role(session, asked, name, role):
    link = links(session)[0]
    with pytest.raises(AnswerIncomplete):
        record_answer(session, link.id, kind=AnswerKind.ALL_CORRECT, name=name, role=role, now=day(29))
    assert session.get_one(LinkRow, link.id).used_at is None


@pytest.mark.parametrize("kind", [AnswerKind.ALL_CORRECT, AnswerKind.CHANGED, AnswerKind.PART, AnswerKind.CLOSED])
def test_trust_5_a_second_answer_by_the_same_link_changes_nothing(session, asked, kind):
    link = links(session)[0]
    answer(session, kind, link=link)
    seen = standing(session), len(mails(session)), tasks(session)
    for again in AnswerKind:
        with pytest.raises(LinkUsed):
            answer(session, again, now=day(30), link=link)
    assert (standing(session), len(mails(session)), tasks(session)) == seen
    assert len(session.scalars(select(AnswerRow)).all()) == 1


def test_every_answer_is_acknowledged_to_the_address_on_file(session, asked):
    receipt = answer(session, AnswerKind.CLOSED, link=links(session)[1])
    mail = mails(session)[-1]
    assert mail.kind is MailKind.ANSWER_RECEIVED
    assert mail.person_id == contacts(session, asked)[1].person_id
    assert mail.facts == {"answer": str(receipt.answer_id), "kind": "closed"}


def test_name_and_role_are_kept_as_a_person_and_filled_in_next_time(session, asked):
    first = answer(session, AnswerKind.ALL_CORRECT, link=links(session)[0])
    contact_id = links(session)[0].contact_id
    link = issue_link(session, contact_id=contact_id, check_id=None, now=day(300), ladder=LADDER)
    session.flush()
    signature = open_link(session, link.id, day(300)).signature
    assert signature is not None
    assert (signature.name, signature.role) == ("Ayşe", "Manager")
    again = record_answer(session, link.id, kind=AnswerKind.ALL_CORRECT, name="Ayşe", role="Manager", now=day(300))
    assert again.person_id == first.person_id
    events = session.scalars(select(AuditEventRow).where(AuditEventRow.action == "answered")).all()
    assert [event.actor for event in events] == [f"link:{links(session)[0].id}", f"link:{link.id}"]
    assert all("Ayşe" not in str(event.facts) for event in events)


def test_an_officer_who_rang_confirms_and_who_looked_confirms(session, asked):
    receipt = log_phone_check(session, asked, name="Ayşe", role="Manager", by=OFFICER, now=day(29))
    assert standing(session) == Standing(confirmed_at=day(29), confirmed_by=ConfirmedBy.OFFICER_BY_PHONE)
    assert (receipt.kind, receipt.link_id, tasks(session)) == (AnswerKind.PHONE, None, [])
    log_source_check(session, asked, by=OFFICER, now=day(30))
    assert standing(session) == Standing(confirmed_at=day(30), confirmed_by=ConfirmedBy.OFFICER_BY_SOURCE)
    answered = open_link(session, links(session)[0].id, day(30)).answer
    assert answered is not None
    assert answered.kind is AnswerKind.PHONE


def test_another_directorys_word_never_stops_our_asking(session, asked):
    confirm(session, asked, at=day(28), by=ConfirmedBy.ANOTHER_DIRECTORY, now=day(29))
    assert standing(session).confirmed_by is ConfirmedBy.ANOTHER_DIRECTORY
    assert check(session).ended_at is None
    assert tasks(session) == ["ring"]


def test_a_confirmation_of_an_entry_that_no_round_has_seen_sets_its_next_check(session):
    identity = entry(session, kinds=("helpline",), areas=("haringey",))
    session.delete(session.get_one(KeepingRow, identity))
    session.flush()
    confirm(session, identity, at=NOW, by=ConfirmedBy.OFFICER_BY_PHONE, now=NOW)
    assert due(session, identity) == TODAY + timedelta(days=sooner(identity, 90))


def test_a_half_done_edit_is_kept_until_it_is_used(session, asked):
    used, kept = links(session)
    for link in (used, kept):
        save_draft(session, link.id, details={"name": "1"}, marks={}, now=day(28))
        save_draft(session, link.id, details={"name": "2"}, marks={"places": "done"}, now=day(29))
    session.flush()
    assert draft_of(session, used.id).details == {"name": "2"}
    answer(session, AnswerKind.PART, link=used)
    assert session.scalars(select(DraftRow.link_id)).all() == [kept.id]
    with pytest.raises(LinkUsed):
        save_draft(session, used.id, details={}, marks={}, now=day(30))


def test_a_draft_needs_a_good_link(session, asked):
    link = links(session)[0]
    with pytest.raises(LinkExpired):
        save_draft(session, link.id, details={}, marks={}, now=day(60))
    link.revoked_at = day(28)
    session.flush()
    with pytest.raises(LinkRevoked):
        save_draft(session, link.id, details={}, marks={}, now=day(29))
