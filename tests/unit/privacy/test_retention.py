"""What is deleted and blanked when: each rule with what it takes and what it leaves."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from directory.accounts.models import InvitationRow, OfficerRow, SignInTriesRow
from directory.accounts.rules import OfficerState, Purpose
from directory.accounts.sessions import begin_session
from directory.audit import AuditEventRow
from directory.changes.operations import decline, propose
from directory.changes.rules import Origin
from directory.checks.contacts import Mailbox, ask_contact_change, remove_contact
from directory.checks.issuing import issue_link
from directory.checks.models import ContactRow, DraftRow, LinkRow
from directory.checks.operations import record_answer, save_draft
from directory.checks.rules import AnswerKind
from directory.database import begin_writing
from directory.outbox.models import OutboxRow
from directory.outbox.rules import OutboxState
from directory.people.models import PersonRow
from directory.people.operations import remember_person
from directory.policy.rules import DEFAULTS, RANGES
from directory.privacy.models import RetentionRow
from directory.privacy.needed import limits, references, since
from directory.privacy.nightly import keep_no_longer
from directory.privacy.queries import last_runs
from directory.privacy.retention import RULES
from directory.signals.models import ProblemReportRow, SuggestionRow
from directory.signals.problems import report_problem
from directory.signals.rules import ProblemKind
from directory.signals.suggestions import Suggestion, suggest
from tests.factories import details
from tests.unit.checks.made import LADDER, NOW, OFFICER, contacts, entry
from tests.web.admin.desk import add_officer

A_DAY = timedelta(days=1)


def in_months(months: int, days: int = 0) -> datetime:
    """So many months and days after `NOW`."""
    return NOW + (NOW - since(NOW, months)) + timedelta(days=days)


def run(session: Session, at: datetime) -> dict[str, int | None]:
    """What each rule removed, of those that did anything or failed."""
    session.flush()
    assert keep_no_longer(session, at, DEFAULTS)
    session.expire_all()
    rows = session.scalars(select(RetentionRow).where(RetentionRow.at == at))
    return {row.rule: row.removed for row in rows if row.removed != 0}


def link(session: Session, contact: ContactRow) -> LinkRow:
    row = issue_link(session, contact_id=contact.id, check_id=None, now=NOW, ladder=LADDER)
    session.flush()
    return row


def names(session: Session) -> set[str]:
    """Names and addresses that are still known."""
    return {name for row in session.execute(select(PersonRow.name, PersonRow.email)) for name in row if name}


@pytest.fixture
def harbour(session: Session) -> UUID:
    return entry(session, "one@harbour.example", "two@harbour.example")


def test_every_rule_says_what_and_why_and_its_part_of_the_policy_is_one() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.what.endswith(".")
        assert rule.why.endswith(".")
        assert not rule.part or rule.part in RANGES
    used = {rule.part for rule in RULES} | {"keep_contacts_months"}
    assert {name for name in RANGES if name.startswith("keep_")} <= used


def test_half_done_edits_end_with_their_link(session: Session, harbour: UUID) -> None:
    kept = link(session, contacts(session, harbour)[0])
    save_draft(session, kept.id, details={"name": "x"}, marks={}, now=NOW)
    assert "drafts" not in run(session, kept.expires_at)
    assert run(session, kept.expires_at + A_DAY)["drafts"] == 1
    assert session.scalars(select(DraftRow)).all() == []


def test_links_that_nobody_used_go_a_year_after_their_end(session: Session, harbour: UUID) -> None:
    first, second = contacts(session, harbour)
    unused, used = link(session, first), link(session, second)
    record_answer(session, used.id, kind=AnswerKind.ALL_CORRECT, name="Ayla", role="Worker", now=NOW)
    with_change = link(session, first)
    propose(
        session,
        harbour,
        base_revision=1,
        proposed=details(),
        origin=Origin.LINK,
        by="x",
        now=NOW,
        link_id=with_change.id,
    )
    ended = unused.expires_at - NOW
    assert "links" not in run(session, in_months(12) + ended)
    assert run(session, in_months(12, 1) + ended)["links"] == 1
    assert set(session.scalars(select(LinkRow.id))) == {used.id, with_change.id}


def test_mails_go_three_months_after_they_are_done_with_and_what_waits_stays(session: Session, harbour: UUID) -> None:
    for number, contact in enumerate(contacts(session, harbour)):
        record_answer(
            session, link(session, contact).id, kind=AnswerKind.WRONG_PERSON, name=f"N{number}", role="Worker", now=NOW
        )
    done, waiting = session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
    done.state, done.settled_at = OutboxState.SENT, NOW
    assert "mails" not in run(session, in_months(3))
    assert run(session, in_months(3, 1))["mails"] == 1
    assert session.scalars(select(OutboxRow.id)).all() == [waiting.id]


def test_what_people_wrote_goes_after_six_months_with_who_they_are(session: Session, harbour: UUID) -> None:
    def report(email: str, now: datetime) -> None:
        report_problem(session, harbour, kind=ProblemKind.OTHER, text="Hm.", email=email, now=now)

    report("me@reader.example", NOW)
    suggest(session, Suggestion(name="Anchor", how_known="My aunt."), reply_to="you@reader.example", now=NOW)
    report("late@reader.example", NOW + A_DAY)
    assert run(session, in_months(6)) == {}
    assert run(session, in_months(6, 1) - timedelta(hours=1)) == {"reports": 1, "suggestions": 1, "people": 2}
    assert session.scalars(select(ProblemReportRow.at)).all() == [NOW + A_DAY]
    assert session.scalars(select(SuggestionRow)).all() == []
    assert {name for name in names(session) if name.endswith("@reader.example")} == {"late@reader.example"}


def test_who_answered_is_forgotten_after_two_years_unless_they_answer_again(session: Session, harbour: UUID) -> None:
    first, second = contacts(session, harbour)
    for contact, name, at in ((first, "Once", NOW), (second, "Again", NOW), (second, "Again", NOW + 20 * A_DAY)):
        record_answer(session, link(session, contact).id, kind=AnswerKind.PART, name=name, role="Worker", now=at)
    assert {"Once", "Again"} <= names(session)
    session.execute(OutboxRow.__table__.delete())
    assert "people" not in run(session, in_months(24))
    assert run(session, in_months(24, 1))["people"] == 1
    assert names(session) == {"Again", "one@harbour.example", "two@harbour.example"}


def test_who_sent_a_change_is_known_while_it_waits_and_two_years_more(session: Session, harbour: UUID) -> None:
    person_id = remember_person(session, name="Ayla", now=NOW)
    change = propose(
        session,
        harbour,
        base_revision=1,
        proposed=details(name="Harbour!"),
        origin=Origin.LINK,
        by="x",
        now=NOW,
        person_id=person_id,
    )
    run(session, in_months(60))
    assert "Ayla" in names(session)
    decline(session, change.id, reason="No.", by=OFFICER, now=in_months(60))
    run(session, in_months(60) + (in_months(24) - NOW))
    assert "Ayla" in names(session)
    run(session, in_months(60, 1) + (in_months(24) - NOW))
    assert "Ayla" not in names(session)


def test_a_contact_is_known_for_a_year_after_it_ends(session: Session, harbour: UUID) -> None:
    former, _ = contacts(session, harbour)
    remove_contact(session, former.id, by=OFFICER, now=NOW)
    run(session, in_months(12))
    assert "one@harbour.example" in names(session)
    run(session, in_months(12, 1))
    assert names(session) == {"two@harbour.example"}


def test_a_mailbox_that_was_proposed_and_refused_is_known_for_a_year(session: Session, harbour: UUID) -> None:
    new = Mailbox(email="new@harbour.example", language="en")
    ask_contact_change(session, contacts(session, harbour)[0].id, new, by="link:1", now=NOW, ladder=LADDER)
    run(session, in_months(12))
    assert "new@harbour.example" in names(session)
    run(session, in_months(12, 1))
    assert "new@harbour.example" not in names(session)


def test_when_officers_signed_in_is_known_for_three_months_and_who_they_are_for_as_long_as_they_are_there(
    session: Session,
) -> None:
    officer_id = add_officer(session, now=NOW)
    begin_session(session, officer_id, NOW)
    session.add(SignInTriesRow(digest="d", tries=1, last_at=NOW, free_at=NOW))
    session.add(
        InvitationRow(
            id="i",
            officer_id=officer_id,
            purpose=Purpose.RESET,
            issued_at=NOW - A_DAY,
            expires_at=NOW,
            used_at=None,
            revoked_at=None,
        )
    )
    assert run(session, NOW + 2 * A_DAY) == {"tries": 1}
    assert run(session, in_months(3)) == {}
    assert run(session, in_months(3, 1)) == {"sessions": 1, "invitations": 1}
    session.get_one(OfficerRow, officer_id).state = OfficerState.DISABLED
    run(session, in_months(60))
    assert "officer@council.example" in names(session)


def test_somebody_whom_nothing_refers_to_is_forgotten_the_next_day(session: Session) -> None:
    remember_person(session, name="Nobody", now=NOW)
    assert run(session, NOW) == {}
    assert run(session, NOW + A_DAY + timedelta(hours=1)) == {"people": 1}
    erased = session.scalars(select(PersonRow)).one()
    assert (erased.name, erased.erased_at) == ("", NOW + A_DAY + timedelta(hours=1))
    assert run(session, NOW + 3 * A_DAY) == {}, "nobody is forgotten twice"


def test_a_record_of_a_part_that_is_not_known_here_keeps_its_people() -> None:
    held = {str(column) for column in references()}
    assert limits(DEFAULTS, NOW).keys() <= held
    assert {"outbox.person_id", "problem_report.person_id", "suggestion.person_id"} <= held


def test_a_night_is_done_once_and_told_in_the_audit_trail(session: Session) -> None:
    remember_person(session, name="Nobody", now=NOW)
    at = NOW + 2 * A_DAY
    run(session, at)
    assert not keep_no_longer(session, at + timedelta(hours=3), DEFAULTS)
    told = session.execute(select(AuditEventRow.action, AuditEventRow.subject, AuditEventRow.facts)).all()
    assert told == [("kept_no_longer", "people", {"removed": 1})]


def test_the_page_learns_of_the_last_run_and_of_the_year(session: Session) -> None:
    for day, removed in ((400, 5), (30, 2), (0, 1)):
        at = NOW - timedelta(days=day)
        session.add(RetentionRow(rule="people", day=at.date(), at=at, removed=removed))
    session.flush()
    found = last_runs(session, NOW.date())
    assert (found["people"].at, found["people"].removed, found["people"].in_a_year) == (NOW, 1, 3)
    assert "drafts" not in found


def test_a_rule_that_fails_is_shown_and_stops_no_other(own_engine: Engine) -> None:
    with Session(own_engine) as session:
        begin_writing(session)
        remember_person(session, name="Nobody", now=NOW)
        session.execute(text("ALTER TABLE draft RENAME TO elsewhere"))
        assert keep_no_longer(session, NOW + 2 * A_DAY, DEFAULTS)
        assert last_runs(session, (NOW + 2 * A_DAY).date())["drafts"].removed is None
        assert names(session) == set()


def test_the_record_of_the_nights_itself_is_kept_for_two_years(session: Session) -> None:
    old = datetime(2020, 1, 1, tzinfo=UTC)
    session.add(RetentionRow(rule="people", day=old.date(), at=old, removed=1))
    assert run(session, NOW) == {"runs": 1}
    assert session.scalar(select(func.count()).select_from(RetentionRow)) == len(RULES)
