from datetime import UTC, date, datetime

import pytest

from directory.tasks.working_days import (
    is_working_day,
    is_working_time,
    same_or_next_working_day,
    working_days_before,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 23), True),  # Monday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 12, 28), False),  # Boxing Day's substitute
        (date(2026, 8, 3), True),  # a bank holiday in Scotland only
    ],
)
def test_working_days_are_those_of_england(day, working):
    assert is_working_day(day) is working


def test_what_falls_on_a_holiday_moves_to_the_next_working_day():
    assert same_or_next_working_day(date(2026, 12, 25)) == date(2026, 12, 29)
    assert same_or_next_working_day(date(2026, 11, 23)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        (datetime(2026, 6, 3, 8, 0, tzinfo=UTC), True),  # 9:00 in London's summer
        (datetime(2026, 6, 3, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 3, 16, 0, tzinfo=UTC), False),  # 17:00
        (datetime(2026, 12, 2, 8, 30, tzinfo=UTC), False),  # 8:30 in winter
        (datetime(2026, 12, 2, 16, 30, tzinfo=UTC), True),
        (datetime(2026, 6, 6, 10, 0, tzinfo=UTC), False),  # Saturday
    ],
)
def test_working_hours_are_london_s(moment, working):
    assert is_working_time(moment) is working


def test_working_days_between_leaves_out_the_first_day():
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 24)) == 2
    assert working_days_between(date(2026, 11, 24), date(2026, 11, 20)) == 0


def test_working_days_before_is_the_latest_day_with_so_many_after_it():
    assert working_days_before(date(2026, 11, 23), 0) == date(2026, 11, 23)
    assert working_days_before(date(2026, 11, 23), 1) == date(2026, 11, 22)  # Monday itself is the one
    assert working_days_before(date(2026, 11, 24), 6) == date(2026, 11, 16)
