"""What came of a simulation, as a table in words and as a drawing with the same figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from directory.checks.simulation import Outcome

WIDTH, HEIGHT, LEFT, TOP, GAP = 760, 120, 60, 40, 60
"""Of each of the three panels, in the drawing's own units."""
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
    panels = (
        _panel(0, "Emails a week", _bars(emails), max(emails)),
        _panel(1, "Phone tasks a week", _bars(phone), max(phone)),
        _panel(2, "Share confirmed within its period (%)", _line(shares, 100.0), 100.0),
    )
    height = 3 * (HEIGHT + GAP) + TOP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 20} {height}" role="img"'
        ' aria-labelledby="title description" font-family="sans-serif" font-size="13">'
        f'<title id="title">Emails, phone tasks and share confirmed over {outcome.plan.years} years</title>'
        f'<desc id="description">{escape(" ".join(summary(outcome)))}</desc>'
        f"{''.join(panels)}</svg>\n"
    )


def _kinds(outcome: Outcome) -> tuple[Counter[int], ...]:
    return outcome.emails, outcome.phone_tasks, outcome.source_tasks


def _panel(place: int, title: str, marks: str, top: float) -> str:
    above = TOP + place * (HEIGHT + GAP)
    return (
        f'<g transform="translate({LEFT} {above})">'
        f'<text x="0" y="-10" font-weight="bold">{escape(title)}</text>'
        f'<text x="-8" y="10" text-anchor="end">{top:.0f}</text>'
        f'<text x="-8" y="{HEIGHT}" text-anchor="end">0</text>'
        f'<text x="0" y="{HEIGHT + 16}">first week</text>'
        f'<text x="{WIDTH}" y="{HEIGHT + 16}" text-anchor="end">last week</text>'
        f'<path d="M0 0V{HEIGHT}H{WIDTH}" fill="none" stroke="#505a5f"/>{marks}</g>'
    )


def _bars(values: Sequence[float]) -> str:
    top, width = max(values) or 1.0, WIDTH / len(values)
    bars = (
        f"M{index * width:.1f} {HEIGHT}v{-value / top * HEIGHT:.1f}h{width:.2f}V{HEIGHT}z"
        for index, value in enumerate(values)
        if value
    )
    return f'<path d="{"".join(bars)}" fill="#1d70b8"/>'


def _line(values: Iterable[float], top: float) -> str:
    held = list(values)
    step = WIDTH / max(len(held) - 1, 1)
    points = " ".join(f"{index * step:.1f},{HEIGHT - value / top * HEIGHT:.1f}" for index, value in enumerate(held))
    return f'<polyline points="{points}" fill="none" stroke="#1d70b8" stroke-width="2"/>'
