"""A week of hours and the syntax: what people type, what is kept, and what a week cannot hold."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.clock import LONDON
from directory.organisations.hours import Span, is_open, week
from directory.organisations.hours_syntax import is_readable
from directory.web.entry_form.fields import Refused
from directory.web.entry_form.hours_field import HoursField
from directory.web.entry_form.hours_week import HoursWeek, TimeUnclear, expression_of, overlapping, read_time, week_of
from tests.unit.entry_form.posting import TAXONOMY

DAY = ((Span(time(9), time(17))),)
FIELD = HoursField(attribute="opening_hours")

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
span = st.builds(Span, times, times).filter(lambda span: span.opens != span.closes or span.opens == time(0))
spans = st.lists(span, max_size=2).map(tuple).filter(lambda spans: not overlapping(spans))
weeks = st.builds(HoursWeek, st.tuples(*[spans] * 7).filter(any), st.none() | spans)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9.30am", time(9, 30)),
        ("5:30 p.m.", time(17, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("09:00", time(9)),
        ("17.30", time(17, 30)),
        ("17", time(17)),
        ("0900", time(9)),
        ("930am", time(9, 30)),
        ("1730", time(17, 30)),
        ("17h30", time(17, 30)),
        ("17h", time(17)),
        ("24:00", time(0)),
        ("٠٩:٠٠", time(9)),
        (" ", None),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, meant: time | None) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["5", "5:30", "530", "9h", "9", "12", "13pm", "0am", "25:00", "17:60", "9-5", "open", "9amm", "１２"]
)
def test_a_time_that_may_mean_two_things_or_nothing_is_asked_again(typed: str) -> None:
    with pytest.raises(TimeUnclear):
        read_time(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(typed, time(9)) for typed in ("9", "9:00", "9.00", "900", "0900", "9h", "9h00", "9am", "09:00")]
    + [(typed, time(9, 30)) for typed in ("9:30", "9.30", "930", "9h30", "9.30 a.m.")]
    + [("10", time(10)), ("12", time(12)), ("noon", time(12)), ("5pm", time(17))],
)
def test_an_opening_time_without_am_or_pm_is_of_the_clock_of_24_hours(typed: str, meant: time) -> None:
    assert read_time(typed, opens=True) == meant


@pytest.mark.parametrize("typed", ["13pm", "25:00", "9:60", "093", "9-5", "soon", "12345"])
def test_what_is_no_time_is_none_when_opening_either(typed: str) -> None:
    with pytest.raises(TimeUnclear):
        read_time(typed, opens=True)


@settings(deadline=None, max_examples=60)
@given(weeks)
def test_every_week_can_be_kept_and_comes_back(given_week: HoursWeek) -> None:
    expression = expression_of(given_week)
    assert is_readable(expression)
    assert week_of(expression) == given_week
    assert FIELD.read(FIELD.show(expression), "", TAXONOMY) == expression


@settings(deadline=None, max_examples=30)
@given(weeks, st.integers(0, 6), times)
def test_the_evaluator_opens_when_the_week_says(given_week: HoursWeek, day: int, moment: time) -> None:
    """A plain week in May without a bank holiday."""
    monday = date(2026, 5, 11)
    wall = datetime.combine(monday + timedelta(days=day), moment, tzinfo=LONDON)
    today, before = given_week.days[day], given_week.days[day - 1]
    is_overnight = [span for span in before if span.closes <= span.opens]
    expected = any(_holds(span, moment) for span in today) or any(moment < span.closes for span in is_overnight)
    assert is_open(expression_of(given_week), wall) is expected


def _holds(span: Span, moment: time) -> bool:
    return span.opens <= moment and (moment < span.closes or span.closes <= span.opens)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "24/7",
        "Aug Mo-Fr 10:00-12:00",
        "Mo-Fr 10:00-12:00; We off",
        "PH off; Mo-Fr 09:00-17:00",
        "Mo[1] 10:00-12:00",
        'Mo 10:00-12:00 "by appointment"',
        "Mo 10:00-12:00 || Tu 10:00-11:00",
        "Mo 09:00-10:00,11:00-12:00,13:00-14:00",
        "Mo-Fr 10:00+",
        "PH off",
        "nonsense",
    ],
)
def test_a_week_does_not_pretend_to_hold_what_it_cannot(expression: str) -> None:
    assert week_of(expression) is None


@pytest.mark.parametrize(
    "expression", ["Aug Mo-Fr 10:00-12:00", "Mo-Fr 10:00-12:00; We off", "Mo 09:00-10:00,11:00-12:00,13:00-14:00"]
)
def test_hours_that_a_week_cannot_hold_are_kept_when_nobody_changes_them(expression: str) -> None:
    shown = FIELD.show(expression)
    assert shown["-set"] == ("keep",)
    assert FIELD.read(shown, expression, TAXONOMY) == expression


def test_the_same_week_written_another_way_is_not_a_change() -> None:
    before = "Mo-Su,PH 08:00-19:00"
    typed = {**FIELD.show(before), "-weekdays-opens-1": ("8am",), "-weekdays-closes-1": ("7 pm",)}
    assert FIELD.read(typed, before, TAXONOMY) == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"-set": "week", "-weekdays-opens-1": "9am", "-weekdays-closes-1": "5pm"}, "Mo-Fr 09:00-17:00"),
        ({"-weekdays-opens-1": "9am", "-weekdays-closes-1": "5pm"}, "Mo-Fr 09:00-17:00"),
        ({"-weekdays-opens-1": "9:00", "-weekdays-closes-1": "17:00"}, "Mo-Fr 09:00-17:00"),
        ({"-weekdays-opens-1": "9", "-weekdays-closes-1": "5.30pm"}, "Mo-Fr 09:00-17:30"),
        (
            {"-set": "week", "-weekdays-opens-1": "9am", "-weekdays-closes-1": "5pm", "-we-closed": "yes"},
            "Mo-Tu 09:00-17:00; Th-Fr 09:00-17:00",
        ),
        (
            {
                "-set": "week",
                "-weekdays-opens-1": "9am",
                "-weekdays-closes-1": "5pm",
                "-fr-opens-1": "9am",
                "-fr-closes-1": "noon",
                "-bank-holidays": "closed",
            },
            "Mo-Th 09:00-17:00; Fr 09:00-12:00; PH off",
        ),
        (
            {
                "-set": "week",
                "-sa-opens-1": "10:00",
                "-sa-closes-1": "12:00",
                "-sa-opens-2": "1pm",
                "-sa-closes-2": "midnight",
                "-bank-holidays": "not_known",
            },
            "Sa 10:00-12:00,13:00-24:00",
        ),
        (
            {"-set": "week", "-mo-opens-1": "10:00", "-mo-closes-1": "12:00", "-bank-holidays": "open"},
            "Mo 10:00-12:00; PH 10:00-12:00",
        ),
        ({"-set": "always", "-mo-opens-1": "10:00"}, "24/7"),
        ({"-set": "none", "-mo-opens-1": "10:00", "-mo-closes-1": "12:00"}, ""),
        ({}, ""),
    ],
)
def test_a_filled_in_week_becomes_hours(typed: dict[str, str], kept: str) -> None:
    assert FIELD.read({ending: (value,) for ending, value in typed.items()}, "", TAXONOMY) == kept
    assert not kept or is_readable(kept)


def test_the_public_table_shows_the_week_that_was_typed() -> None:
    given_week = HoursWeek((DAY, DAY, DAY, DAY, DAY, (), ()), ())
    table = week(expression_of(given_week), date(2026, 6, 3))
    assert table is not None
    assert [(row.first, row.last, row.spans) for row in table.rows] == [(0, 4, DAY), (5, 6, ())]
    assert table.bank_holidays == ()


def test_each_wrong_day_is_told() -> None:
    typed = {
        "-set": "week",
        "-weekdays-opens-1": "soon",
        "-tu-opens-1": "9am",
        "-sa-opens-1": "10",
        "-sa-closes-1": "2",
        "-su-closes-1": "2pm",
        "-bank-holidays": "open",
    }
    with pytest.raises(Refused) as refused:
        FIELD.read({ending: (value,) for ending, value in typed.items()}, "", TAXONOMY)
    told = (refused.value, *refused.value.others)
    assert [each.ending for each in told] == ["-weekdays-opens-1", "-tu-closes-1", "-sa-closes-1", "-su-opens-1"]
