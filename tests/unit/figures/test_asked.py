"""Counting what is asked for: in memory, then as the sums of days, from as many processes as there are."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.figures.asked import EVERY, By, Count, Tally, Wish, is_few
from directory.figures.models import SearchCountRow
from directory.figures.operations import keep_counts

DAY, NEXT = date(2026, 6, 3), date(2026, 6, 4)
RACE = Wish(By.CHOSEN, "ground", "race")
TURKISH = Wish(By.UNDERSTOOD, "language", "tr")


def rows(session: Session) -> dict[tuple[date, str, str], tuple[int, int]]:
    found = session.scalars(select(SearchCountRow).where(SearchCountRow.day.in_((DAY, NEXT))))
    return {(row.day, row.asked_by.value, row.code): (row.searches, row.in_vain) for row in found}


def test_a_search_counts_once_for_each_wish_however_often_it_says_it() -> None:
    tally = Tally()
    tally.add(DAY, [RACE, TURKISH, TURKISH], nothing=False)
    tally.add(DAY, [RACE], nothing=True)
    assert tally.take() == {
        Count(DAY, EVERY, nothing=False): 1,
        Count(DAY, RACE, nothing=False): 1,
        Count(DAY, TURKISH, nothing=False): 1,
        Count(DAY, EVERY, nothing=True): 1,
        Count(DAY, RACE, nothing=True): 1,
    }


def test_what_is_taken_is_counted_no_more_unless_it_is_put_back() -> None:
    tally = Tally()
    tally.add(DAY, [], nothing=False)
    taken = tally.take()
    assert tally.take() == {}
    tally.add(DAY, [], nothing=False)
    tally.put_back(taken)
    assert tally.take() == {Count(DAY, EVERY, nothing=False): 2}


def test_several_processes_add_up_and_days_stay_apart(session: Session) -> None:
    for day in (DAY, DAY, NEXT):
        tally = Tally()
        tally.add(day, [RACE], nothing=False)
        tally.add(day, [RACE], nothing=True)
        keep_counts(session, tally.take())
    keep_counts(session, {})
    assert rows(session) == {
        (DAY, "all", ""): (4, 2),
        (DAY, "chosen", "race"): (4, 2),
        (NEXT, "all", ""): (2, 1),
        (NEXT, "chosen", "race"): (2, 1),
    }


@pytest.mark.parametrize("wish", [Wish(By.ALL, "ground", "race"), Wish(By.CHOSEN), Wish(By.CHOSEN, "ground", "")])
def test_the_database_refuses_a_count_of_nothing_named(session: Session, wish: Wish) -> None:
    with pytest.raises(IntegrityError):
        keep_counts(session, {Count(DAY, wish, nothing=False): 1})


def test_figures_under_ten_are_few() -> None:
    assert [is_few(number) for number in (0, 9, 10)] == [True, True, False]
