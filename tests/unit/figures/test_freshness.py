"""How current the directory is."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.figures.freshness import Freshness, freshness, measure
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import add_organisation, publish
from directory.organisations.rules import ConfirmedBy
from tests.factories import NOW, details, put_taxonomy


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("confirmed", "figures"),
    [
        ([], Freshness(0, 0, 0, None)),
        ([None, None], Freshness(2, 0, 2, None)),
        ([ago(365)], Freshness(1, 1, 0, 365)),
        ([ago(365.01)], Freshness(1, 0, 0, 365)),
        ([ago(10), ago(20), ago(900), None], Freshness(4, 2, 1, 20)),
        ([ago(10), ago(21)], Freshness(2, 2, 0, 15)),
        ([ago(-1)], Freshness(1, 1, 0, 0)),
    ],
)
def test_figures_follow_from_the_dates(confirmed: list[datetime | None], figures: Freshness) -> None:
    assert measure(confirmed, NOW) == figures


def test_the_share_of_nothing_is_nothing() -> None:
    assert measure([], NOW).share == 0
    assert measure([ago(1), None], NOW).share == 0.5


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
