"""The half years of reports."""

from datetime import UTC, date, datetime

import pytest

from directory.figures.periods import HalfYear, PeriodUnknown, half_year, half_years


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 1, 1), "2026-1"),
        (date(2026, 6, 30), "2026-1"),
        (date(2026, 7, 1), "2026-2"),
        (date(2026, 12, 31), "2026-2"),
    ],
)
def test_every_day_lies_in_a_half_year(day: date, code: str) -> None:
    assert HalfYear.of(day).code == code


def test_it_begins_and_ends_at_midnight_in_london() -> None:
    second = HalfYear(2026, 2)
    assert second.start == datetime(2026, 6, 30, 23, tzinfo=UTC)  # summer time
    assert second.end == datetime(2027, 1, 1, 0, tzinfo=UTC) == HalfYear(2027, 1).start


def test_one_follows_the_other() -> None:
    first = HalfYear(2026, 1)
    assert (first.before, first.after) == (HalfYear(2025, 2), HalfYear(2026, 2))
    assert first.after.before == first.before.after == first


def test_the_newest_stands_first() -> None:
    held = half_years(date(2025, 8, 1), date(2026, 7, 1))
    assert [one.code for one in held] == ["2026-2", "2026-1", "2025-2"]
    assert half_years(date(2027, 1, 1), date(2026, 7, 1)) == (HalfYear(2026, 2),)


def test_a_code_names_one_of_those_there_are() -> None:
    held = half_years(date(2025, 8, 1), date(2026, 7, 1))
    assert half_year("2025-2", held) == HalfYear(2025, 2)
    for code in ("2025-1", "2026-3", "", "x"):
        with pytest.raises(PeriodUnknown):
            half_year(code, held)
