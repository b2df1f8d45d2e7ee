"""The six-monthly report: each figure from what was stored, for the present half year and for past ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from directory.changes.operations import approve, decline, propose
from directory.changes.queries import load_entry
from directory.changes.rules import Origin
from directory.checks.operations import (
    Mailbox,
    add_contact,
    bounce,
    log_phone_check,
    log_source_check,
    record_answer,
)
from directory.checks.rules import AnswerKind, Step
from directory.figures.board import AnswerFigures, BoardReport, TaskFlow, board_report
from directory.figures.periods import HalfYear
from directory.listing.hiding import hide, show_again
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import confirm
from directory.organisations.rules import ConfirmedBy
from directory.tasks.operations import finish_task, open_task
from directory.tasks.rules import TaskKind
from tests.factories import NOW, published, put_taxonomy
from tests.unit.checks.made import LADDER, OFFICER, day, entry, links, rounds

FIRST, SECOND = HalfYear(2026, 1), HalfYear(2026, 2)
AUGUST, OCTOBER, JANUARY = (
    datetime(year, month, 3, 10, tzinfo=UTC) for year, month in ((2026, 8), (2026, 10), (2027, 1))
)


@pytest.fixture(autouse=True)
def terms(session: Session) -> None:
    put_taxonomy(session)


def report(session: Session, period: HalfYear = FIRST, now: datetime = JANUARY) -> BoardReport:
    session.flush()
    return board_report(session, period, now)


def changed(session: Session, organisation_id: UUID, **given: UUID) -> UUID:
    """A change of words that waits."""
    wanted = replace(load_entry(session, organisation_id).details, description="Stands beside you.")
    row = propose(
        session,
        organisation_id,
        base_revision=1,
        proposed=wanted,
        origin=Origin.LINK,
        by="link:one",
        now=NOW,
        **given,
    )
    return row.id


def figures(held: BoardReport) -> tuple[int, int, int, int]:
    after = held.after.freshness
    return after.entries, after.in_period, after.within_a_year, after.never


def test_nothing_has_happened_in_an_empty_directory(session: Session) -> None:
    held = report(session)
    assert figures(held) == (0, 0, 0, 0)
    assert held.answers == AnswerFigures(by_link={}, by_phone=0, by_source=0)
    assert (held.added, held.hidden, held.mails.sent, held.mails.bounces, held.all_tasks) == (0, 0, 0, 0, TaskFlow())
    assert held.is_over


def test_an_entry_counts_from_the_day_it_became_public(session: Session) -> None:
    published(session, slug="one")  # on 3 June 2026
    assert (report(session).added, figures(report(session))[0]) == (1, 1)
    assert report(session).before.freshness.entries == 0
    assert (report(session, SECOND).added, report(session, SECOND).before.freshness.entries) == (0, 1)
    assert (report(session, HalfYear(2025, 2)).added, figures(report(session, HalfYear(2025, 2)))[0]) == (0, 0)


def test_a_report_before_the_end_goes_up_to_now(session: Session) -> None:
    published(session, slug="one")
    held = report(session, FIRST, NOW - timedelta(days=1))
    assert (held.is_over, held.until, held.added) == (False, NOW - timedelta(days=1), 0)


def test_a_past_half_year_is_told_as_it_was(session: Session) -> None:
    """Confirmed in June and in October: at the end of June by the first answer, now by the second."""
    one = published(session, slug="one")
    log_phone_check(session, one, by=OFFICER, now=NOW)
    log_source_check(session, one, by=OFFICER, now=OCTOBER)
    june, december = report(session, FIRST), report(session, SECOND)
    assert figures(june) == (1, 1, 1, 0)
    assert (june.after.freshness.median_days, december.after.freshness.median_days) == (27, 89)
    assert (june.after.ages, december.after.ages) == ((1, 0, 0, 0), (1, 0, 0, 0))
    assert (june.answers.by_phone, june.answers.by_source) == (1, 0)
    assert (december.answers.by_phone, december.answers.by_source) == (0, 1)


def test_an_answer_after_the_end_does_not_count_in_it(session: Session) -> None:
    log_phone_check(session, published(session, slug="one"), by=OFFICER, now=OCTOBER)
    assert figures(report(session, FIRST)) == (1, 0, 0, 1)
    assert figures(report(session, SECOND)) == (1, 1, 1, 0)


def test_what_another_directory_says_is_no_confirmation(session: Session) -> None:
    one = published(session, slug="one")
    confirm(session, one, at=NOW, by=ConfirmedBy.ANOTHER_DIRECTORY, now=NOW)
    assert figures(report(session)) == (1, 0, 0, 1)


def test_the_ages_stand_in_their_groups(session: Session) -> None:
    for number, days in enumerate((0, 90, 91, 180, 181, 365, 366)):
        one = published(session, slug=f"e{number}")
        row = session.get_one(OrganisationRow, one)
        row.confirmed_at, row.confirmed_by = (
            FIRST.end - timedelta(days=days) - timedelta(seconds=days == 0),
            ConfirmedBy.ORGANISATION,
        )
    assert report(session).after.ages == (2, 2, 2, 1)


def test_answers_by_link_are_told_by_what_they_say_and_changes_confirm_once_all_is_approved(session: Session) -> None:
    one = entry(session, "info@harbour.example")
    rounds(session, 0, 0)
    said = record_answer(
        session, links(session)[0].id, kind=AnswerKind.CHANGED, name="Ayşe", role="Manager", now=day(1)
    )
    change = changed(session, one, answer_id=said.answer_id)
    assert report(session).answers.by_link == {AnswerKind.CHANGED: 1}
    assert figures(report(session)) == (1, 0, 0, 1)
    approve(session, change, revision=1, by=OFFICER, now=day(2))
    assert figures(report(session)) == (1, 1, 1, 0)
    log_source_check(session, one, by=OFFICER, now=OCTOBER)
    assert figures(report(session)) == (1, 1, 1, 0)  # by the answer, since the entry knows its last word alone


def test_mails_are_counted_as_mails_and_as_entries_asked(session: Session) -> None:
    for slug in ("one", "two"):
        entry(session, "info@harbour.example", slug=slug)
    rounds(session, 0, 8)
    held = report(session)
    assert held.mails.sent == 2
    assert held.mails.asked == {Step.ASK: 2, Step.REMIND: 2, Step.LAST: 0}
    assert report(session, SECOND).mails.sent == 0


def test_changes_are_counted_by_what_became_of_them_and_how_fast(session: Session) -> None:
    quick, slow, _ = (changed(session, published(session, slug=slug)) for slug in "abc")
    approve(session, quick, revision=1, by=OFFICER, now=day(5))
    decline(session, slow, reason="No.", by=OFFICER, now=day(9))
    held = report(session).changes
    assert (held.received, held.approved, held.declined, held.decided, held.in_time, held.waiting) == (3, 1, 1, 2, 1, 1)
    later = report(session, SECOND).changes
    assert (later.received, later.decided, later.waiting) == (0, 0, 1)


def test_tasks_flow(session: Session) -> None:
    opened = [open_task(session, kind=TaskKind.RING, key=key, due_on=NOW.date(), now=NOW) for key in "abc"]
    finish_task(session, opened[0].id, outcome="rung", by=OFFICER, now=day(1))
    finish_task(session, opened[1].id, outcome="rung", by=OFFICER, now=AUGUST)
    assert report(session).tasks[TaskKind.RING] == TaskFlow(opened=3, done=1, open=2)
    assert report(session, SECOND).tasks[TaskKind.RING] == TaskFlow(opened=0, done=1, open=1)
    assert report(session).tasks[TaskKind.BOUNCED] == TaskFlow()


def test_a_hidden_entry_is_not_counted_while_it_was_hidden(session: Session) -> None:
    published(session, slug="other")
    one = published(session, slug="one")
    hide(session, one, reason="Closed.", by=OFFICER, now=day(2))
    assert (report(session).hidden, figures(report(session))[0]) == (1, 1)
    show_again(session, one, by=OFFICER, now=AUGUST)
    assert (report(session).hidden, figures(report(session))[0]) == (1, 1)
    assert (report(session, SECOND).hidden, figures(report(session, SECOND))[0]) == (0, 2)


def test_a_bounce_is_counted_when_it_began(session: Session) -> None:
    one = published(session, slug="one")
    contact = add_contact(session, one, Mailbox(email="info@harbour.example", language="en"), by=OFFICER, now=NOW)
    bounce(session, contact.id, now=AUGUST, ladder=LADDER)
    assert (report(session).mails.bounces, report(session, SECOND).mails.bounces) == (0, 1)
