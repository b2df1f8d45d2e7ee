"""When websites are looked at, and when that makes a task."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.organisations.operations import hide
from directory.signals.fetching import Fetched
from directory.signals.models import WebsiteCheckRow
from directory.signals.rules import WebsiteStatus
from directory.signals.websites import check_websites, due_links
from directory.tasks.operations import finish_task
from directory.tasks.rules import TaskKind
from tests.factories import NOW, details, published, put_taxonomy, saved, service
from tests.unit.signals.made import entries, tasks

ALIVE, DEAD = "https://alive.example/", "https://dead.example/"
FINE = Fetched(WebsiteStatus.FINE)
GONE = Fetched(WebsiteStatus.NOT_FOUND)
SILENT = Fetched(WebsiteStatus.NO_ANSWER)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def two(session):
    put_taxonomy(session)
    published(session, details(website=ALIVE), slug="alive")
    identity = published(session, details(website=DEAD), slug="dead")
    session.commit()
    return identity


def look_on(session, day, dead=GONE, alive=FINE):
    """One round on a day; which links were looked at."""
    found = {ALIVE: alive, DEAD: dead}
    checked = check_websites(session, NOW + day * DAY, lambda url: found[url], most=10)
    session.commit()
    return set(checked)


def test_a_fine_one_is_looked_at_weekly_and_a_failing_one_daily(session):
    days = [look_on(session, day) for day in range(9)]
    assert [ALIVE in looked for looked in days] == [True, *[False] * 6, True, False]
    assert all(DEAD in looked for looked in days)


def test_three_failing_days_make_one_task_and_entries_stay(session, two):
    before = entries(session)
    for hour in range(3):
        check_websites(session, NOW + timedelta(hours=hour), lambda url: GONE if url == DEAD else FINE, most=10)
        session.commit()
    look_on(session, 1)
    assert tasks(session, TaskKind.WEBSITE_FAILING) == []
    for day in (2, 3, 4):
        look_on(session, day)
    (task,) = tasks(session, TaskKind.WEBSITE_FAILING)
    assert task.organisation_id == two
    assert task.facts == {"url": DEAD, "status": "not_found", "moved_to": "", "failing_since": "2026-06-03"}
    assert entries(session) == before


def test_a_fine_day_between_begins_the_count_anew_and_closes_nothing(session):
    for day, dead in enumerate([GONE, GONE, FINE]):
        look_on(session, day, dead)
    for day in (9, 10):
        look_on(session, day)
    assert tasks(session, TaskKind.WEBSITE_FAILING) == []
    look_on(session, 11)
    look_on(session, 12, FINE)
    assert [task.state for task in tasks(session, TaskKind.WEBSITE_FAILING)] == ["open"]


def test_after_an_officer_has_dealt_with_it_three_more_failing_days_are_needed(session):
    for day in range(3):
        look_on(session, day)
    done = tasks(session, TaskKind.WEBSITE_FAILING)[0]
    finish_task(session, done.id, outcome="told_them", by="officer:1", now=NOW + 2 * DAY)
    session.commit()
    for day in (3, 4):
        look_on(session, day)
        assert len(tasks(session, TaskKind.WEBSITE_FAILING)) == 1
    look_on(session, 5)
    assert [task.state for task in tasks(session, TaskKind.WEBSITE_FAILING)] == ["done", "open"]


def test_a_move_for_good_is_noted_in_the_task(session):
    look_on(session, 0, Fetched(WebsiteStatus.NOT_FOUND, "https://new.example/"))
    for day in (1, 2):
        look_on(session, day)
    assert tasks(session, TaskKind.WEBSITE_FAILING)[0].facts["moved_to"] == "https://new.example/"


def test_an_answer_for_people_only_is_no_failure(session):
    for day in range(9):
        look_on(session, day, Fetched(WebsiteStatus.RESTRICTED))
    assert tasks(session, TaskKind.WEBSITE_FAILING) == []


def test_when_our_own_line_is_cut_nothing_is_recorded(session):
    look_on(session, 0, FINE)
    for day in range(7, 17):
        assert look_on(session, day, SILENT, SILENT) == set()
    assert tasks(session, TaskKind.WEBSITE_FAILING) == []
    assert look_on(session, 17, SILENT) == {ALIVE, DEAD}


def test_a_silent_one_alone_counts_when_another_that_was_fine_still_answers(session):
    look_on(session, 0, SILENT)
    for day in (1, 2):
        assert look_on(session, day, SILENT) == {DEAD}
    assert len(tasks(session, TaskKind.WEBSITE_FAILING)) == 1


def test_those_never_seen_come_first_then_the_longest_not_seen(session):
    look_on(session, 0)
    published(session, details(service(form="https://new.example/form"), website=ALIVE), slug="new")
    session.commit()
    assert due_links(session, NOW + 30 * DAY, 2).urls == (ALIVE, "https://new.example/form")
    assert due_links(session, NOW + 30 * DAY, 10).urls == (ALIVE, "https://new.example/form", DEAD)


def test_only_links_of_public_entries_are_looked_at_and_old_ones_forgotten(session, two):
    saved(session, details(website="https://draft.example/"), slug="draft")
    session.commit()
    look_on(session, 0)
    hide(session, two, by="officer:1", now=NOW)
    session.commit()
    look_on(session, 7)
    assert session.scalars(select(WebsiteCheckRow.url)).all() == [ALIVE]
