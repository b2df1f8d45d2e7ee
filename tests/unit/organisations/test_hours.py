"""How opening hours are checked, evaluated in London time and laid out."""

from datetime import UTC, date, datetime, time

import pytest

from directory.organisations.hours import HoursState, Span, WeekRow, is_open, today_in_words, week
from directory.organisations.hours_syntax import UnreadableHours, check, is_bank_holiday

OFFICE = "Mo-Fr 09:00-17:00"
NIGHT = "Fr-Sa 22:00-02:00"
ALL_DAY = Span(time(0), time(0))
NINE_TO_FIVE = Span(time(9), time(17))


def london(text: str) -> datetime:
    """The moment in UTC at which a winter clock in London shows `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(text: str) -> datetime:
    """What a clock in London shows."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "expression",
    [
        "24/7",
        OFFICE,
        "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-14:00",
        "Mo-Fr,PH 09:00-17:00",
        "Mo-Su 10:00-22:00; PH off",
        "Mo-Fr 09:00-17:00; PH,Su 10:00-12:00",
        "Mo-Fr 09:00-17:00, PH 10:00-12:00",
        "24/7; PH off",
        "We[1] 10:00-12:00",
        'Mo-Fr 09:00-17:00 "ring PH first"',
        "Mo-Fr 09:00-17:00; Dec 24-Jan 2 off",
    ],
)
def test_hours_that_can_be_told_pass(expression: str) -> None:
    check(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "  ",
        "9am to 5pm",
        "Mo-Fr 9-17",
        "mo-fr 09:00-17:00",
        "Mo-Fr",
        "Mo-Fr, PH 09:00-17:00",
        "Mo-Fr sunrise-sunset",
        "Mo-Fr 09:00-17:00; SH off",
        "Mo-Fr 09:00-17:00; PH +1 day off",
        "Mo-Fr 09:00-17:00; Jul-Aug PH off",
        "PH Mo-Fr off",
    ],
)
def test_hours_that_could_be_misread_are_refused_and_then_not_known(expression: str) -> None:
    with pytest.raises(UnreadableHours):
        check(expression)
    assert today_in_words(expression, london("2026-11-17T10:00")).state is HoursState.NOT_KNOWN
    assert not is_open(expression, london("2026-11-17T10:00"))
    assert week(expression, date(2026, 11, 17)) is None


@pytest.mark.parametrize(
    ("expression", "moment", "expected"),
    [
        (OFFICE, "2026-11-17T08:59", False),
        (OFFICE, "2026-11-17T09:00", True),
        (OFFICE, "2026-11-17T16:59", True),
        (OFFICE, "2026-11-17T17:00", False),
        (OFFICE, "2026-11-21T12:00", False),
        (NIGHT, "2026-11-20T21:59", False),
        (NIGHT, "2026-11-20T23:00", True),
        (NIGHT, "2026-11-22T01:59", True),
        (NIGHT, "2026-11-22T02:00", False),
        ("24/7", "2026-11-22T03:00", True),
        ("We[1] 10:00-12:00", "2026-11-04T11:00", True),
        ("We[1] 10:00-12:00", "2026-11-11T11:00", False),
    ],
)
def test_open_is_judged_by_the_minute(expression: str, moment: str, *, expected: bool) -> None:
    assert is_open(expression, london(moment)) is expected


@pytest.mark.parametrize(
    ("expression", "moment", "expected"),
    [
        (OFFICE, "2026-12-25T10:00", False),
        (OFFICE, "2026-12-28T10:00", False),  # the substitute day of Boxing Day, a Saturday in 2026
        (OFFICE, "2026-12-29T10:00", True),
        ("Mo-Fr,PH 09:00-17:00", "2026-12-28T10:00", True),
        ("Mo-Fr,PH 09:00-17:00", "2026-12-26T10:00", True),
        ("Mo-Fr,PH 09:00-17:00", "2026-12-27T10:00", False),
        ("Mo-Su 10:00-22:00; PH off", "2026-12-28T12:00", False),
        ("Mo-Fr 09:00-17:00; PH,Su 10:00-12:00", "2026-12-28T11:00", True),
        ("Mo-Fr 09:00-17:00; PH,Su 10:00-12:00", "2026-12-28T13:00", False),
        ("Mo-Fr 09:00-17:00; PH,Su 10:00-12:00", "2026-12-27T11:00", True),
        ("Mo-Fr 09:00-17:00, PH 18:00-20:00", "2026-12-28T19:00", True),
        ("24/7", "2026-12-25T10:00", True),
        ("Mo-Su 00:00-24:00", "2026-12-25T10:00", True),
        ("24/7; PH off", "2026-12-25T10:00", False),
        ("Mo-Su 10:00-22:00", "2026-12-25T12:00", False),
    ],
)
def test_bank_holidays_count_as_open_only_where_the_hours_say_so(
    expression: str, moment: str, *, expected: bool
) -> None:
    assert is_open(expression, london(moment)) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 3), True),  # Good Friday
        (date(2026, 4, 6), True),  # Easter Monday, no holiday in Scotland
        (date(2026, 5, 4), True),
        (date(2026, 5, 25), True),
        (date(2026, 8, 31), True),
        (date(2026, 8, 3), False),  # Scotland's summer holiday
        (date(2026, 3, 17), False),  # Northern Ireland's
        (date(2027, 12, 27), True),
        (date(2027, 12, 28), True),
    ],
)
def test_bank_holidays_are_those_of_england(day: date, *, expected: bool) -> None:
    assert is_bank_holiday(day) is expected


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-03-29T00:45", True),  # 00:45 GMT
        ("2026-03-29T01:15", True),  # 02:15 BST: the hour from 1 to 2 is left out
        ("2026-03-29T02:01", False),  # 03:01 BST
        ("2026-10-25T00:30", True),  # 01:30 BST
        ("2026-10-25T01:30", True),  # 01:30 GMT, the second time
        ("2026-10-25T02:30", True),  # 02:30 GMT
        ("2026-10-25T03:01", False),
    ],
)
def test_hours_follow_the_clock_on_the_wall_when_it_changes(utc: str, *, expected: bool) -> None:
    assert is_open("Su 00:30-03:00", london(utc)) is expected


@pytest.mark.parametrize(("utc", "shown"), [("2026-03-28T12:00", "12:00"), ("2026-03-29T12:00", "13:00")])
def test_the_closing_time_is_london_time_before_and_after_the_change(utc: str, shown: str) -> None:
    today = today_in_words("Sa-Su 09:00-17:00", london(utc))
    assert today.now.strftime("%H:%M") == shown
    assert today.closes is not None
    assert today.closes.time() == time(17)


def test_open_hours_say_when_they_close() -> None:
    today = today_in_words("Mo-Fr 09:00-12:00,13:00-17:00", london("2026-11-17T10:00"))
    assert (today.state, today.closes) == (HoursState.OPEN, wall("2026-11-17T12:00"))
    assert today.spans == (Span(time(9), time(12)), Span(time(13), time(17)))


def test_hours_past_midnight_belong_to_the_evening_they_began() -> None:
    today = today_in_words(NIGHT, london("2026-11-21T01:00"))
    assert today.closes == wall("2026-11-21T02:00")
    assert today.spans == (Span(time(22), time(2)),)
    rows = week(NIGHT, date(2026, 11, 21))
    assert rows is not None
    assert rows.rows == (WeekRow(0, 3, ()), WeekRow(4, 5, (Span(time(22), time(2)),)), WeekRow(6, 6, ()))


def test_closed_hours_say_when_they_open_next() -> None:
    today = today_in_words(OFFICE, london("2026-11-20T18:00"))
    assert (today.state, today.opens) == (HoursState.CLOSED, wall("2026-11-23T09:00"))


def test_a_bank_holiday_the_hours_are_silent_about_may_be_closed_and_the_next_sure_opening_is_named() -> None:
    today = today_in_words(OFFICE, london("2026-12-28T10:00"))
    assert (today.state, today.bank_holiday) == (HoursState.MAY_BE_CLOSED, True)
    assert today.spans == (NINE_TO_FIVE,)
    assert today.opens == wall("2026-12-29T09:00")


def test_a_bank_holiday_on_a_day_that_is_always_closed_is_closed() -> None:
    assert today_in_words(OFFICE, london("2026-12-26T10:00")).state is HoursState.CLOSED


def test_a_bank_holiday_the_hours_speak_of_is_told_plainly() -> None:
    closed = today_in_words("Mo-Fr 09:00-17:00; PH off", london("2026-12-28T10:00"))
    open_ = today_in_words("Mo-Fr 09:00-17:00; PH 10:00-14:00", london("2026-12-28T11:00"))
    assert (closed.state, open_.state, open_.bank_holiday) == (HoursState.CLOSED, HoursState.OPEN, True)


@pytest.mark.parametrize("expression", ["24/7", "Mo-Su 00:00-24:00", "00:00-24:00"])
def test_hours_without_an_end_are_always_open_on_bank_holidays_too(expression: str) -> None:
    assert today_in_words(expression, london("2026-12-25T10:00")).state is HoursState.ALWAYS
    all_week = week(expression, date(2026, 12, 25))
    assert all_week is not None
    assert all_week.rows == (WeekRow(0, 6, (ALL_DAY,)),)
    assert all_week.bank_holidays == (ALL_DAY,)


def test_a_week_without_a_break_is_cut_at_midnight() -> None:
    rows = week("Mo-Th 00:00-24:00; Fr 00:00-17:00", date(2026, 11, 17))
    assert rows is not None
    assert rows.rows == (
        WeekRow(0, 3, (ALL_DAY,)),
        WeekRow(4, 4, (Span(time(0), time(17)),)),
        WeekRow(5, 6, ()),
    )


@pytest.mark.parametrize(
    ("expression", "expected"),
    [(OFFICE, None), (f"{OFFICE}; PH off", ()), (f"{OFFICE}; PH 10:00-12:00", (Span(time(10), time(12)),))],
)
def test_the_week_tells_what_holds_on_bank_holidays(expression: str, expected: tuple[Span, ...] | None) -> None:
    ordinary = week(expression, date(2026, 12, 28))
    assert ordinary is not None
    assert ordinary.rows == (WeekRow(0, 4, (NINE_TO_FIVE,)), WeekRow(5, 6, ()))
    assert ordinary.bank_holidays == expected


def test_hours_the_organisation_calls_unknown_are_not_known() -> None:
    assert today_in_words("Mo-Fr 10:00-12:00 unknown", london("2026-11-17T11:00")).state is HoursState.NOT_KNOWN
