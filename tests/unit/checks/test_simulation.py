"""The loop over years: no step is skipped or repeated, whatever is missed. `SOAK=1` runs it at full size."""

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.checks.keeping import day_of
from directory.checks.models import CheckMailRow, CheckRow, CheckStepRow, KeepingRow
from directory.checks.rules import MAILS, CheckOutcome, Ladder, Round, Step, Way, steps
from directory.checks.simulation import Outcome, Plan, Simulation, end_of, made_directory, simulate
from directory.checks.simulation_words import drawing, summary, table
from directory.clock import LONDON
from directory.outbox.models import OutboxRow
from directory.tasks.working_days import is_working_day

SOAK = bool(os.environ.get("SOAK"))
LADDER = Ladder()
SILENT = Plan(organisations=500, years=3, start=date(2027, 9, 6), missed=0.05, answer_rate=0.2, phone_rate=0.3)
"""Three years with six changes of the clock and 29 February 2028, and with few who answer."""
PLAN = SILENT if SOAK else replace(SILENT, organisations=16, years=1)
LONGEST_GAP = 60
"""Days that missed rounds may add between two steps in these runs."""


@pytest.fixture(scope="module")
def after():
    """The directory after the years."""
    with made_directory(PLAN) as session:
        Simulation(session, PLAN, LADDER).run()
        yield session


def rounds_of(session: Session) -> dict[UUID, tuple[CheckRow, dict[Step, datetime]]]:
    taken: dict[UUID, tuple[CheckRow, dict[Step, datetime]]] = {
        check.id: (check, {}) for check in session.scalars(select(CheckRow).order_by(CheckRow.started_at, CheckRow.id))
    }
    for row in session.scalars(select(CheckStepRow).order_by(CheckStepRow.done_at, CheckStepRow.check_id)):
        assert row.step not in taken[row.check_id][1]
        taken[row.check_id][1][row.step] = row.done_at
    return taken


def paths(ladder: Ladder) -> list[list[tuple[Step, int]]]:
    """Every ladder there is: each way, with and without somebody to mail."""
    return [
        list(steps(Round(way=way, due_on=PLAN.start, is_reachable=is_reachable, may_mail=may_mail, done=done), ladder))
        for way in Way
        for is_reachable in (True, False)
        for may_mail in (True, False)
        for done in ({}, {Step.ASK: PLAN.start})
    ]


def test_trust_13_no_step_is_skipped(after: Session) -> None:
    """The steps of every round are the beginning of a ladder, or of one left for another when a contact was lost."""
    calls = [Step.RING, Step.RING_AGAIN, Step.MARK, Step.DECIDE]
    mails = [Step.ASK, Step.REMIND, Step.LAST]
    lost = [[*mails[:kept], *calls] for kept in (1, 2, 3)]
    whole = [[step for step, _ in path] for path in paths(LADDER)] + lost
    for _, taken in rounds_of(after).values():
        assert any(path[: len(taken)] == list(taken) for path in whole), list(taken)


def test_trust_13_no_step_is_hurried_and_none_is_forgotten(after: Session) -> None:
    wanted = {step: day for path in paths(LADDER) for step, day in path if path[0][0] in {Step.ASK, Step.FIND_KEEPER}}
    for check, taken in rounds_of(after).values():
        held = list(taken.items())
        assert day_of(held[0][1]) >= check.due_on
        for (step, at), (following, later) in pairwise(held):
            gap = (day_of(later) - day_of(at)).days
            least = wanted.get(following, 0) - wanted.get(step, 0)
            if {step, following} <= wanted.keys() and held[0][0] in {Step.ASK, Step.FIND_KEEPER}:
                assert least <= gap <= least + LONGEST_GAP, (step, following)


def test_trust_13_every_step_falls_on_a_working_day(after: Session) -> None:
    days = {day_of(row.done_at) for row in after.scalars(select(CheckStepRow))}
    assert days
    assert all(is_working_day(day) for day in days)
    hours = {row.done_at.astimezone(LONDON).hour for row in after.scalars(select(CheckStepRow))}
    assert hours == {12}, "both changes of the clock leave noon where it is"


def test_trust_13_every_round_ends_and_the_next_one_comes(after: Session) -> None:
    end = end_of(PLAN)
    kept = {row.organisation_id: row for row in after.scalars(select(KeepingRow))}
    assert len(kept) == PLAN.organisations
    taken = rounds_of(after)
    open_ones = {check.organisation_id for check, _ in taken.values() if check.ended_at is None}
    for identity, keeping in kept.items():
        assert identity in open_ones or keeping.due_on > end - timedelta(days=LONGEST_GAP)
        assert keeping.due_on <= end + timedelta(days=365)
    outcomes = [check.outcome for check, _ in taken.values()]
    assert {CheckOutcome.CONFIRMED, CheckOutcome.CHANGED} <= set(outcomes)
    for check, steps_taken in taken.values():
        assert (Step.DECIDE in steps_taken) == (check.outcome is CheckOutcome.UNANSWERED)


def test_trust_13_each_step_of_mailing_is_one_mail_to_each_of_whom_it_concerns(after: Session) -> None:
    mails = after.scalars(select(CheckMailRow)).all()
    outbox = {row.id: row for row in after.scalars(select(OutboxRow))}
    for mail in mails:
        if mail.mailed_on is not None:
            assert mail.outbox_id in outbox
            assert (mail.mailed_on - mail.due_on).days <= LONGEST_GAP
    asked = {(mail.check_id, mail.step) for mail in mails}
    for check, taken in rounds_of(after).values():
        assert all((check.id, step) in asked for step in taken if step in MAILS)
    a_day = [(mail.contact_id, mail.mailed_on) for mail in mails if mail.mailed_on]
    assert len(a_day) == len({*a_day}), "nobody gets two mails on one day"


def test_trust_13_after_three_missed_months_each_overdue_entry_moves_one_step() -> None:
    plan = Plan(organisations=12, years=1, national=0, without_contact=0.3, answer_rate=0, phone_rate=0, bounce_rate=0)
    with made_directory(plan) as session:
        simulation = Simulation(session, plan, LADDER)
        for number in range(70):
            simulation.live(plan.start + timedelta(days=number), number)
        before = {check_id: len(taken) for check_id, (_, taken) in rounds_of(session).items()}
        was_open = {check.id for check, _ in rounds_of(session).values() if check.ended_at is None}
        simulation.live(plan.start + timedelta(days=162), 162)
        moved = {check_id: len(taken) - before.get(check_id, 0) for check_id, (_, taken) in rounds_of(session).items()}
        assert set(moved.values()) == {1}
        assert was_open <= set(moved)
        simulation.live(plan.start + timedelta(days=163), 163)
        again = {check_id: len(taken) - before.get(check_id, 0) for check_id, (_, taken) in rounds_of(session).items()}
        assert again == moved


def test_the_same_plan_gives_the_same_figures() -> None:
    plan = Plan(organisations=5, years=1)
    assert table(simulate(plan, LADDER)) == table(simulate(plan, LADDER))


def test_the_figures_are_a_table_and_a_drawing_with_the_same_words() -> None:
    outcome = simulate(Plan(organisations=6, years=1), LADDER)
    lines = table(outcome).splitlines()
    assert [line for line in lines if line.startswith("Emails: ")] == [summary(outcome)[0]]
    assert f"Emails: {sum(outcome.emails.values())}, " in summary(outcome)[0]
    drawn = ET.fromstring(drawing(outcome))
    names = {"svg": "http://www.w3.org/2000/svg"}
    assert drawn.attrib["role"] == "img"
    description = drawn.find("svg:desc", names)
    assert description is not None
    assert description.text == " ".join(summary(outcome))
    assert len(drawn.findall("svg:g", names)) == 3


ANSWERED = Plan(organisations=24, years=1, national=0, without_contact=0, bounce_rate=0, answer_rate=1, phone_rate=1)


@pytest.fixture(scope="module")
def answered():
    """What came of a year in which everybody answered everything."""
    return simulate(ANSWERED, LADDER)


def test_who_answers_everything_keeps_the_directory_confirmed_and_who_answers_nothing_does_not(
    answered: Outcome,
) -> None:
    bad = simulate(replace(ANSWERED, organisations=6, answer_rate=0, phone_rate=0), LADDER)
    assert answered.points[-1].share_in_year == 1
    assert (bad.points[-1].share_in_year, bad.points[-1].share_marked) == (0, 1)
    for kind in ("emails", "phone_tasks"):
        of_good, of_bad = (sum(getattr(outcome, kind).values()) for outcome in (answered, bad))
        assert of_bad / 6 > of_good / ANSWERED.organisations


def test_the_first_weeks_do_not_come_back_as_a_wave_in_every_period(answered: Outcome) -> None:
    after_the_first = [
        sum(answered.emails[week] for week in range(first, first + 6))
        for first in range(LADDER.spread_weeks + 4, 52, 6)
    ]
    mean = sum(after_the_first) / len(after_the_first)
    assert mean / 2 < min(after_the_first) <= max(after_the_first) < 2 * mean
