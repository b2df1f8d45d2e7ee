"""Opening hours in the reader's words."""

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from directory.organisations import hours
from directory.web.hours_words import now_in_words, time_in_words, today_in_words, week_in_words

OFFICE = "Mo-Fr 09:00-17:00"


@pytest.mark.parametrize(
    ("expression", "moment", "now", "today"),
    [
        ("24/7", "2026-11-17T10:00", "Open 24 hours a day, every day", ""),
        (OFFICE, "2026-11-17T10:00", "Open now until 5pm", "Hours today: 9am to 5pm"),
        (OFFICE, "2026-11-17T08:00", "Closed now. Opens at 9am today", "Hours today: 9am to 5pm"),
        (OFFICE, "2026-11-17T18:00", "Closed now. Opens at 9am tomorrow", "Hours today: 9am to 5pm"),
        (OFFICE, "2026-11-20T18:00", "Closed now. Opens at 9am on Monday", "Hours today: 9am to 5pm"),
        (OFFICE, "2026-11-22T10:00", "Closed now. Opens at 9am tomorrow", "Closed today"),
        (OFFICE, "2026-12-28T10:00", "Bank holiday: may be closed", "Usual hours on this day: 9am to 5pm"),
        ("We[1] 10:00-12:00", "2026-11-20T10:00", "Closed now. Opens at 10am on 2 December", "Closed today"),
        ("Dec Mo 10:00-12:00", "2026-03-02T10:00", "Closed now", "Closed today"),
        ("Fr 22:00-02:00", "2026-11-20T23:00", "Open now until 2am", "Hours today: 10pm to 2am"),
        (
            "Mo-Th 00:00-24:00; Fr 00:00-17:00",
            "2026-11-17T10:00",
            "Open now until 5pm on Friday",
            "Hours today: 24 hours",
        ),
        ("24/7; PH off", "2026-11-17T10:00", "Open now", "Hours today: 24 hours"),
        ("", "2026-11-17T10:00", "", ""),
    ],
)
def test_the_present_moment_and_today_are_told_in_two_sentences(
    app: Flask, expression: str, moment: str, now: str, today: str
) -> None:
    held = hours.today_in_words(expression, datetime.fromisoformat(moment).replace(tzinfo=UTC))
    with app.test_request_context("/"):
        assert (now_in_words(held), today_in_words(held)) == (now, today)


@pytest.mark.parametrize(
    ("expression", "lines"),
    [
        (
            "Mo-Fr 09:00-12:30,13:30-17:00; Sa 10:00-12:00; PH off",
            [
                ("Monday to Friday", "9am to 12:30pm and 1:30pm to 5pm"),
                ("Saturday", "10am to midday"),
                ("Sunday", "Closed"),
                ("Bank holidays", "Closed"),
            ],
        ),
        ("Mo-Su 10:00-00:00", [("Every day", "10am to midnight"), ("Bank holidays", "May be closed")]),
        ("24/7", [("Every day", "24 hours"), ("Bank holidays", "24 hours")]),
    ],
)
def test_the_week_is_told_in_as_few_lines_as_can_be(app: Flask, expression: str, lines: list[tuple[str, str]]) -> None:
    week = hours.week(expression, date(2026, 11, 17))
    assert week is not None
    with app.test_request_context("/"):
        assert [(line.days, line.hours) for line in week_in_words(week)] == lines


def test_times_are_written_as_the_readers_language_writes_them(app: Flask) -> None:
    for path, written in (("/", "5pm"), ("/tr/", "17:00")):
        with app.test_request_context(path):
            assert time_in_words(time(17)) == written
