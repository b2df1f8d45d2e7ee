"""What came of a simulation, as a table in words and as a drawing with the same figures."""

from collections import Counter

from directory.checks.simulation import Outcome
from directory.drawing import Panel, columns, curves, line

MONTH = 4
"""Weeks in a row of the table."""


def table(outcome: Outcome) -> str:
    """The figures as lines of text: a row for every four weeks."""
    plan = outcome.plan
    lines = [
        f"{plan.organisations} organisations, {plan.years} years. {plan.answer_rate:.0%} of emails are answered.",
        f"{plan.phone_rate:.0%} of calls reach somebody. {plan.without_contact:.0%} begin without a contact.",
        f"{plan.national:.0%} are checked by their website.",
        "",
        "weeks     emails  phone tasks  website tasks  confirmed within   confirmed within  marked as",
        "          a week       a week         a week   their own period   a year            not confirmed",
    ]
    for index, point in enumerate(outcome.points[1:]):
        weeks = range(index * MONTH, min((index + 1) * MONTH, outcome.weeks))
        a_week = [sum(kind[week] for week in weeks) / len(weeks) for kind in _kinds(outcome)] if weeks else [0.0] * 3
        lines.append(
            f"{weeks.start + 1:>4}-{weeks.stop:<4} {a_week[0]:>6.1f} {a_week[1]:>12.1f} {a_week[2]:>14.1f}"
            f" {point.share_in_period:>15.0%} {point.share_in_year:>17.0%} {point.share_marked:>16.0%}"
        )
    return "\n".join([*lines, "", *summary(outcome)])


def summary(outcome: Outcome) -> tuple[str, ...]:
    """The figures of the whole time, in sentences."""
    last = outcome.points[-1]
    kinds = {"Emails": outcome.emails, "Phone tasks": outcome.phone_tasks, "Checks of a website": outcome.source_tasks}
    sums = (
        f"{name}: {sum(by_week.values())}, {sum(by_week.values()) / outcome.weeks:.1f} a week;"
        f" the most in one week: {max(by_week.values(), default=0)}."
        for name, by_week in kinds.items()
    )
    in_period, in_year, marked = last.share_in_period, last.share_in_year, last.share_marked
    shares = f"{in_period:.0%} are confirmed within their own period, {in_year:.0%} within a year"
    return (*sums, f"At the end {shares}, and {marked:.0%} are marked as not confirmed.")


def drawing(outcome: Outcome) -> str:
    """The same as an SVG: three panels, one above the other, with the sentences of the summary as its description."""
    weeks = range(outcome.weeks)
    emails, phone = ([float(kind[week]) for week in weeks] for kind in _kinds(outcome)[:2])
    shares = [point.share_in_period * 100 for point in outcome.points]
    ends = ("first week", "last week")
    panels = (
        Panel("Emails a week", columns(emails), max(emails), ends),
        Panel("Phone tasks a week", columns(phone), max(phone), ends),
        Panel("Share confirmed within its period (%)", line(shares, 100.0), 100.0, ends),
    )
    title = f"Emails, phone tasks and share confirmed over {outcome.plan.years} years"
    return curves(title, " ".join(summary(outcome)), panels)


def _kinds(outcome: Outcome) -> tuple[Counter[int], ...]:
    return outcome.emails, outcome.phone_tasks, outcome.source_tasks
