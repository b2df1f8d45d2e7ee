from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.checks.rules import (
    MAILS,
    Ladder,
    Round,
    Served,
    Step,
    Way,
    default_period,
    default_way,
    first_due,
    first_period,
    next_step,
    step_due,
    steps,
)

DUE = date(2026, 6, 3)
LADDER = Ladder()
OWN_LINK = [("ask", 0), ("remind", 7), ("last", 21), ("ring", 28), ("ring_again", 42), ("mark", 60), ("decide", 90)]
NOBODY = [("find_keeper", 0), ("ring", 28), ("ring_again", 42), ("mark", 60), ("decide", 90)]
PHONE = [("ring", 0), ("ring_again", 14), ("mark", 60), ("decide", 90)]
SOURCE = [("check_source", 0), ("check_source_again", 14), ("mark", 60), ("decide", 90)]


def a_round(way: Way = Way.OWN_LINK, *, is_reachable: bool = True, **given) -> Round:
    return Round(way=way, due_on=DUE, is_reachable=is_reachable, **given)


def after(days: int) -> date:
    return DUE + timedelta(days=days)


def walked(the_round: Round, ladder: Ladder = LADDER, days: int = 200, missed: frozenset[int] = frozenset()):
    """The steps that daily rounds take, with the day of each."""
    done: dict[Step, date] = {}
    for number in range(days):
        held = Round(
            way=the_round.way, due_on=DUE, is_reachable=the_round.is_reachable, may_mail=the_round.may_mail, done=done
        )
        step = None if number in missed else step_due(held, ladder, after(number))
        if step is not None:
            assert step not in done
            done = {**done, step: after(number)}
    return [(step.value, (day - DUE).days) for step, day in done.items()]


@pytest.mark.parametrize(
    ("the_round", "expected"),
    [
        (a_round(), OWN_LINK),
        (a_round(is_reachable=False), NOBODY),
        (a_round(Way.PHONE), PHONE),
        (a_round(Way.PHONE, is_reachable=False), PHONE),
        (a_round(Way.OFFICER_CHECK), SOURCE),
        (a_round(may_mail=False), OWN_LINK[3:]),
    ],
)
def test_each_way_has_its_ladder(the_round, expected):
    assert walked(the_round) == expected


def test_nothing_is_due_before_its_day():
    assert step_due(a_round(), LADDER, after(-1)) is None
    assert step_due(a_round(done={Step.ASK: DUE}), LADDER, after(6)) is None
    assert step_due(a_round(done={Step.ASK: DUE}), LADDER, after(7)) is Step.REMIND


def test_the_days_are_those_of_the_settings():
    ladder = Ladder(remind=3, last=5, ring=6, ring_again=9, mark=10, decide=12)
    assert walked(a_round(), ladder) == [
        ("ask", 0),
        ("remind", 3),
        ("last", 5),
        ("ring", 6),
        ("ring_again", 9),
        ("mark", 10),
        ("decide", 12),
    ]
    assert walked(a_round(Way.PHONE), ladder) == [("ring", 0), ("ring_again", 3), ("mark", 10), ("decide", 12)]


def test_whoever_missed_three_months_takes_one_step_and_then_the_usual_time():
    assert walked(a_round(), missed=frozenset(range(1, 100))) == [
        ("ask", 0),
        ("remind", 100),
        ("last", 114),
        ("ring", 121),
        ("ring_again", 135),
        ("mark", 153),
        ("decide", 183),
    ]


def test_who_lost_the_last_contact_after_being_asked_is_rung_on_the_usual_day():
    done = {Step.ASK: DUE, Step.REMIND: after(7)}
    assert next_step(a_round(is_reachable=False, done=done), LADDER) == (Step.RING, after(28))


def test_who_lost_the_last_contact_after_late_mails_is_not_rung_sooner_than_others():
    done = {Step.ASK: after(5), Step.REMIND: after(12), Step.LAST: after(26)}
    assert next_step(a_round(is_reachable=False, done=done), LADDER) == (Step.RING, after(33))
    assert next_step(a_round(may_mail=False, done=done), LADDER) == (Step.RING, after(33))


def test_a_change_of_way_takes_up_the_new_ladder_on_another_day():
    done = {Step.ASK: DUE, Step.REMIND: after(7)}
    assert next_step(a_round(Way.PHONE, done=done), LADDER) == (Step.RING, after(8))
    assert next_step(a_round(Way.OFFICER_CHECK, done=done), LADDER) == (Step.CHECK_SOURCE, after(8))


def test_a_partial_answer_ends_the_mails_and_leaves_the_calls():
    done = {Step.ASK: DUE}
    assert next_step(a_round(may_mail=False, done=done), LADDER) == (Step.RING, after(28))


def test_after_the_last_step_nothing_is_due():
    done = {step: after(day) for step, day in steps(a_round(), LADDER)}
    assert next_step(a_round(done=done), LADDER) is None
    assert step_due(a_round(done=done), LADDER, after(1000)) is None


@settings(deadline=None)
@given(
    way=st.sampled_from(Way),
    is_reachable=st.booleans(),
    may_mail=st.booleans(),
    missed=st.sets(st.integers(min_value=0, max_value=300)),
)
def test_whatever_is_missed_no_step_is_skipped_repeated_or_hurried(way, is_reachable, may_mail, missed):
    the_round = a_round(way, is_reachable=is_reachable, may_mail=may_mail)
    path = [(step.value, day) for step, day in steps(the_round, LADDER)]
    taken = walked(the_round, days=500, missed=frozenset(missed))
    assert [step for step, _ in taken] == [step for step, _ in path]
    gaps = [later - earlier for (_, earlier), (_, later) in pairwise(path)]
    took = [later - earlier for (_, earlier), (_, later) in pairwise(taken)]
    assert all(was >= wanted for was, wanted in zip(took, gaps, strict=True))
    assert all(day not in missed for _, day in taken)


@settings(deadline=None)
@given(
    changes=st.lists(st.tuples(st.sampled_from(Way), st.booleans(), st.booleans()), min_size=1, max_size=6),
    lasting=st.integers(min_value=1, max_value=30),
)
def test_however_the_way_changes_no_step_is_repeated_and_each_day_has_one_at_most(changes, lasting):
    done: dict[Step, date] = {}
    for number in range(400):
        way, is_reachable, may_mail = changes[min(number // lasting, len(changes) - 1)]
        held = a_round(way, is_reachable=is_reachable, may_mail=may_mail, done=dict(done))
        step = step_due(held, LADDER, after(number))
        if step is not None:
            assert step not in done
            assert after(number) not in done.values()
            assert may_mail or step not in MAILS
            assert is_reachable or step not in MAILS
            done[step] = after(number)
    assert {Step.MARK, Step.DECIDE} <= set(done), "the ladder ends with a person, never with silence"


@pytest.mark.parametrize(
    ("areas", "website", "way"),
    [
        ({"uk"}, "https://a.example/", Way.OFFICER_CHECK),
        ({"england", "england_wales"}, "https://a.example/", Way.OFFICER_CHECK),
        ({"uk"}, "", Way.OWN_LINK),
        ({"uk", "haringey"}, "https://a.example/", Way.OWN_LINK),
        ({"london"}, "https://a.example/", Way.OWN_LINK),
        ({"district.n15"}, "https://a.example/", Way.OWN_LINK),
        (set(), "https://a.example/", Way.OWN_LINK),
    ],
)
def test_a_national_body_is_checked_by_its_website_and_others_keep_themselves(areas, website, way):
    assert default_way(Served(areas=frozenset(areas), website=website)) is way


@pytest.mark.parametrize(
    ("front_line_areas", "days"),
    [({"haringey"}, 90), ({"ward.bruce-castle"}, 90), ({"uk", "district.n15"}, 90), ({"uk"}, 180), (set(), 180)],
)
def test_local_helplines_and_reporting_routes_are_checked_twice_as_often(front_line_areas, days):
    assert default_period(Served(front_line_areas=frozenset(front_line_areas)), LADDER) == days


def test_no_period_is_longer_than_a_year():
    assert default_period(Served(), Ladder(period=1000)) == 365


def test_first_checks_are_spread_over_twelve_weeks_by_the_id_alone():
    days = [(first_due(UUID(int=number), DUE, LADDER) - DUE).days for number in range(840)]
    assert (min(days), max(days)) == (0, 83)
    assert all(days.count(number) == 10 for number in range(84))
    identity = uuid4()
    assert first_due(identity, DUE, LADDER) == first_due(identity, DUE, LADDER)
    assert first_due(identity, DUE, Ladder(spread_weeks=0)) == DUE


@pytest.mark.parametrize("period", [90, 180, 365])
def test_after_the_first_weeks_as_many_entries_are_due_in_each_part_of_the_period(period: int) -> None:
    start, dice = date(2026, 1, 5), Random(1)
    ids = [UUID(int=dice.getrandbits(128), version=4) for _ in range(2_000)]
    weeks = Ladder().spread_weeks * 7
    second = []
    for identity in ids:
        days = first_period(identity, period, Ladder())
        assert days is not None
        assert weeks <= days <= period
        second.append((first_due(identity, start, Ladder()) - start).days + days - weeks)
    parts = Counter(day * 5 // period for day in second)
    assert set(parts) == {*range(5)}
    assert max(parts.values()) < 1.25 * min(parts.values())


def test_where_nothing_is_spread_the_first_period_is_like_all_others() -> None:
    assert first_period(UUID(int=7), 180, Ladder(spread_weeks=0)) is None
    assert first_period(UUID(int=7), 84, Ladder()) is None
