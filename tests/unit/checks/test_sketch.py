"""The quick try of a policy: the same ladder, and nearly the same figures as the whole program gives."""

from dataclasses import replace

import pytest

from directory.checks.rules import Ladder
from directory.checks.simulation import Plan, simulate
from directory.checks.sketch import sketch

MANY = Plan(organisations=400, years=2)
FEW_ANSWER = Plan(organisations=60, years=1, answer_rate=0.2, phone_rate=0.3)


def emails(plan: Plan, ladder: Ladder) -> int:
    return sketch(plan, ladder).emails.total()


def test_it_comes_near_to_what_the_whole_program_does() -> None:
    whole, quick = simulate(FEW_ANSWER, Ladder()), sketch(FEW_ANSWER, Ladder())
    assert quick.emails.total() == pytest.approx(whole.emails.total(), rel=0.2)
    assert quick.phone_tasks.total() == pytest.approx(whole.phone_tasks.total(), rel=0.25)
    assert quick.source_tasks.total() == pytest.approx(whole.source_tasks.total(), rel=0.1)
    assert [point.day for point in quick.points] == [point.day for point in whole.points]
    shares = zip(quick.points, whole.points, strict=True)
    assert sum(abs(one.share_in_period - other.share_in_period) for one, other in shares) / len(whole.points) < 0.1


def test_the_same_plan_gives_the_same_figures() -> None:
    assert sketch(MANY, Ladder()) == sketch(MANY, Ladder())


def test_asking_more_often_means_more_mail_and_an_earlier_first_call_means_more_calls() -> None:
    usual = sketch(MANY, Ladder())
    often = sketch(MANY, Ladder(period=90, period_front_line=45))
    assert often.emails.total() > 1.5 * usual.emails.total()
    early = sketch(MANY, Ladder(remind=1, last=2, ring=3))
    assert early.phone_tasks.total() > 1.3 * usual.phone_tasks.total()


def test_on_one_day_at_most_so_many_keepers_are_looked_for() -> None:
    nobody_known = replace(MANY, without_contact=1.0, national=0.0, phone_rate=1.0)
    slow = sketch(nobody_known, Ladder(spread_weeks=0, find_keepers_a_day=1))
    assert [slow.phone_tasks[week] for week in range(10)] == [5] * 10, "the working days of a week"
    quick = sketch(nobody_known, Ladder(spread_weeks=0, find_keepers_a_day=50))
    assert quick.phone_tasks[0] == 250


def test_where_nobody_ever_answers_all_are_marked_in_the_end() -> None:
    silent = replace(MANY, answer_rate=0.0, phone_rate=0.0, bounce_rate=0.0, national=0.0)
    last = sketch(silent, Ladder()).points[-1]
    assert (last.share_in_year, last.share_marked) == (0.0, 1.0)
