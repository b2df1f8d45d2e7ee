"""How current the directory is."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.figures.freshness import Freshness, age, freshness, measure
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import add_organisation, publish
from directory.organisations.rules import ConfirmedBy
from tests.factories import NOW, details, put_taxonomy


def figures_of(
    entries: int, *, in_period: int = 0, within_a_year: int = 0, never: int = 0, median_days: int | None = None
) -> Freshness:
    return Freshness(
        entries=entries, in_period=in_period, within_a_year=within_a_year, never=never, median_days=median_days
    )


@pytest.mark.parametrize(
    ("ages", "figures"),
    [
        ([], figures_of(0)),
        ([None, None], figures_of(2, never=2)),
        ([365], figures_of(1, in_period=1, within_a_year=1, median_days=365)),
        ([365.01], figures_of(1, median_days=365)),
        ([10, 20, 900, None], figures_of(4, in_period=2, within_a_year=2, never=1, median_days=20)),
        ([10, 21], figures_of(2, in_period=2, within_a_year=2, median_days=15)),
        ([-1], figures_of(1, in_period=1, within_a_year=1, median_days=0)),
    ],
)
def test_figures_follow_from_the_ages(ages: list[float | None], figures: Freshness) -> None:
    assert measure([(age, 365) for age in ages]) == figures


def test_each_entry_is_measured_by_its_own_period() -> None:
    figures = measure([(91, 90), (90, 90), (91, 180), (None, 180)])
    assert (figures.in_period, figures.within_a_year, figures.share_in_period) == (2, 3, 0.5)


def test_the_share_of_nothing_is_nothing() -> None:
    assert (measure([]).share, measure([]).share_in_period) == (0, 0)
    assert measure([(1, 365), (None, 365)]).share == 0.5


def test_an_age_is_counted_in_days() -> None:
    assert (age(0, 86_400.0), age(None, 86_400.0)) == (1, None)


def test_only_public_entries_count_and_only_our_own_confirmations(session: Session) -> None:
    put_taxonomy(session)
    before = freshness(session, NOW).entries
    draft, ours, others = uuid4(), uuid4(), uuid4()
    for organisation in (draft, ours, others):
        add_organisation(
            session, organisation_id=organisation, slug=f"a-{organisation.hex}", details=details(), by="test", now=NOW
        )
    for organisation in (ours, others):
        publish(session, organisation, details(), by="test", why="test", now=NOW)
    confirm(session, ours, ConfirmedBy.ORGANISATION)
    confirm(session, others, ConfirmedBy.ANOTHER_DIRECTORY)
    figures = freshness(session, NOW)
    assert figures.entries == before + 2
    assert (figures.within_a_year, figures.median_days) == (1, 30)


def confirm(session: Session, organisation: object, by: ConfirmedBy) -> None:
    session.execute(
        update(OrganisationRow)
        .where(OrganisationRow.id == organisation)
        .values(confirmed_at=datetime(2026, 5, 4, 9, 30, tzinfo=UTC), confirmed_by=by)
    )
