"""Reports of problems: one task for an entry, words in a table of their own, deleted in time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from directory.checks.models import KeepingRow
from directory.checks.operations import set_due
from directory.people.addresses import AddressInvalid
from directory.people.models import PersonRow
from directory.signals.problems import report_problem
from directory.signals.queries import problem_reports
from directory.signals.rules import MOST_REPORTS_KEPT, ProblemKind
from directory.tasks.operations import finish_task
from directory.tasks.rules import TaskKind
from tests.factories import NOW, published, put_taxonomy
from tests.unit.signals.made import entries, tasks

DAY = timedelta(days=1)


@pytest.fixture
def harbour(session):
    put_taxonomy(session)
    return published(session)


def due_on(session, harbour):
    return session.get(KeepingRow, harbour).due_on


def report(session, harbour, kind=ProblemKind.MOVED, text="They are at number 14 now.", email="", now=NOW):
    return report_problem(session, harbour, kind=kind, text=text, email=email, now=now)


def test_reports_on_one_entry_join_one_task_and_the_entry_stays(session, harbour):
    before = entries(session)
    first = report(session, harbour)
    second = report(session, harbour, ProblemKind.CLOSED, "Shut.", now=NOW + DAY)
    (task,) = tasks(session, TaskKind.PROBLEM_REPORT)
    assert first.task_id == second.task_id == task.id
    assert (task.organisation_id, task.facts) == (harbour, {"reports": 2})
    assert [(row.kind, row.text) for row in problem_reports(session, task.id)] == [
        (ProblemKind.MOVED, "They are at number 14 now."),
        (ProblemKind.CLOSED, "Shut."),
    ]
    assert entries(session) == before


def test_after_an_officer_has_finished_the_next_report_is_a_task_again(session, harbour):
    first = report(session, harbour)
    finish_task(session, first.task_id, outcome="changed", by="officer:1", now=NOW)
    assert report(session, harbour).task_id != first.task_id


def test_of_more_than_twenty_only_the_number_is_kept(session, harbour):
    kept = [report(session, harbour, email="me@example.org").is_kept for _ in range(MOST_REPORTS_KEPT + 3)]
    (task,) = tasks(session, TaskKind.PROBLEM_REPORT)
    assert (kept.count(True), task.facts) == (MOST_REPORTS_KEPT, {"reports": MOST_REPORTS_KEPT + 3})
    assert len(problem_reports(session, task.id)) == len(session.scalars(select(PersonRow)).all()) == MOST_REPORTS_KEPT


def test_nobody_there_on_two_days_has_the_organisation_asked_today_once(session, harbour):
    set_due(session, harbour, date(2026, 11, 2), by="officer:1", now=NOW)
    nobody = {"kind": ProblemKind.NO_ANSWER, "text": ""}
    assert not report(session, harbour, **nobody).asks_earlier
    assert not report(session, harbour, **nobody, now=NOW + timedelta(hours=2)).asks_earlier
    assert not report(session, harbour, ProblemKind.CLOSED, now=NOW + DAY).asks_earlier
    assert due_on(session, harbour) == date(2026, 11, 2)
    assert report(session, harbour, **nobody, now=NOW + DAY).asks_earlier
    assert due_on(session, harbour) == date(2026, 6, 4)
    assert not report(session, harbour, **nobody, now=NOW + 2 * DAY).asks_earlier
    (task,) = tasks(session, TaskKind.NO_ANSWER)
    assert task.facts == {"reports": 4, "asked_earlier": 2}


def test_nobody_there_long_ago_does_not(session, harbour):
    report(session, harbour, ProblemKind.NO_ANSWER)
    assert not report(session, harbour, ProblemKind.NO_ANSWER, now=NOW + 61 * DAY).asks_earlier


def test_who_would_like_to_hear_back_is_a_person_and_in_no_task(session, harbour):
    reported = report(session, harbour, email=" Me@Example.ORG ")
    (row,) = problem_reports(session, reported.task_id)
    assert session.get(PersonRow, row.person_id).email == "Me@example.org"
    assert "xample" not in str([task.facts for task in tasks(session, TaskKind.PROBLEM_REPORT)])


def test_an_address_that_is_none_is_refused(session, harbour):
    with pytest.raises(AddressInvalid):
        report(session, harbour, email="a@example.org, b@example.org")
