"""The ladder as the settings have it."""

from directory.checks.rules import Ladder
from directory.config import Settings


def ladder_of(settings: Settings) -> Ladder:
    """The days, cadences and limits that the settings say."""
    return Ladder(
        remind=settings.remind_after_days,
        last=settings.last_after_days,
        ring=settings.ring_after_days,
        ring_again=settings.ring_again_after_days,
        mark=settings.mark_after_days,
        decide=settings.decide_after_days,
        period=settings.check_every_days,
        period_front_line=settings.check_helplines_every_days,
        link_days=settings.link_days,
        spread_weeks=settings.spread_weeks,
        find_keepers_a_day=settings.find_keepers_a_day,
        at_any_time=settings.development,
    )
