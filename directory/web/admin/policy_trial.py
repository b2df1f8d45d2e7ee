"""What a policy would come to, sketched on as many made entries as give steady figures, for as many as there are."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.checks.ladder import ladder_of
from directory.checks.models import ContactRow, KeepingRow
from directory.checks.queries import reachable_contacts
from directory.checks.rules import Way
from directory.checks.simulation import Outcome, Plan, Point
from directory.checks.sketch import sketch
from directory.drawing import Bar, bars
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.policy.rules import Policy

MADE, YEARS = 300, 3
STEADY_FROM = 52
"""The week from which on the figures are counted: before, the directory is new."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure, with the numbers of now and with those that were typed, and both as a picture."""

    words: str
    now: str
    proposed: str
    picture: Markup


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it, and what was assumed."""

    figures: tuple[Compared, ...]
    entries: int
    plan: Plan


def trial_of(session: Session, *, now: Policy, proposed: Policy) -> Trial:
    """Try both policies on the same made entries, which are as those of the directory are: reads only."""
    entries, plan = _plan(session)
    outcomes = sketch(plan, ladder_of(now)), sketch(plan, ladder_of(proposed))
    each = max(entries, 1) / plan.organisations
    figures = (
        _compared("emails", "Emails a week", *(_a_week(held, held.emails) * each for held in outcomes)),
        _compared("calls", "Calls a week", *(_a_week(held, held.phone_tasks) * each for held in outcomes)),
        _compared(
            "pages", "Websites a week to compare", *(_a_week(held, held.source_tasks) * each for held in outcomes)
        ),
        _compared(
            "share",
            "Confirmed in time, of 100 entries",
            *(_mean([point.share_in_period for point in _steady(held)]) for held in outcomes),
        ),
        _compared(
            "marked",
            "Marked as not confirmed, of 100",
            *(_mean([point.share_marked for point in _steady(held)]) for held in outcomes),
        ),
    )
    return Trial(figures, entries, plan)


def _plan(session: Session) -> tuple[int, Plan]:
    """How many entries are public, and a plan with the same shares of those that officers check and without contact."""
    is_public = OrganisationRow.state == State.PUBLIC
    entries = session.scalars(select(func.count()).select_from(OrganisationRow).where(is_public)).one()
    by_officer = session.scalars(
        select(func.count())
        .select_from(KeepingRow)
        .join(OrganisationRow, OrganisationRow.id == KeepingRow.organisation_id)
        .where(is_public, KeepingRow.way == Way.OFFICER_CHECK)
    ).one()
    reachable = reachable_contacts().with_only_columns(ContactRow.organisation_id).order_by(None).distinct().subquery()
    asked = session.scalars(
        select(func.count())
        .select_from(reachable)
        .join(OrganisationRow, OrganisationRow.id == reachable.c.organisation_id)
        .where(is_public)
    ).one()
    others = max(entries - by_officer, 1)
    without = max(others - asked, 0) / others
    return entries, Plan(
        organisations=MADE,
        years=YEARS,
        national=by_officer / max(entries, 1),
        without_contact=without,
    )


def _a_week(outcome: Outcome, by_week: Mapping[int, int]) -> float:
    return sum(number for week, number in by_week.items() if week >= STEADY_FROM) / (outcome.weeks - STEADY_FROM)


def _steady(outcome: Outcome) -> list[Point]:
    """How the directory stood after its first year."""
    return outcome.points[len(outcome.points) // YEARS :]


def _mean(shares: list[float]) -> float:
    return sum(shares) / len(shares) * 100


def _compared(name: str, words: str, now: float, proposed: float) -> Compared:
    shown = _shown(now), _shown(proposed)
    held = [Bar("Now", now, shown[0]), Bar("As typed", proposed, shown[1])]
    drawn = bars(words, f"{words}: {shown[0]} now, {shown[1]} as typed.", held, name)
    return Compared(words, *shown, Markup(drawn))  # noqa: S704 - made of numbers and our own words


def _shown(number: float) -> str:
    return f"{number:.1f}" if number >= 1 else f"{number:.2f}"
