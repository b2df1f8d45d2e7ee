"""The policy as the settings have it: what a site begins with, before a manager has set anything."""

from directory.config import Settings
from directory.policy.rules import Policy


def defaults_of(settings: Settings) -> Policy:
    """The days, cadences and limits that the settings say; all else as it is by default."""
    return Policy(
        check_every_days=settings.check_every_days,
        check_helplines_every_days=settings.check_helplines_every_days,
        spread_weeks=settings.spread_weeks,
        find_keepers_a_day=settings.find_keepers_a_day,
        link_days=settings.link_days,
        remind_after_days=settings.remind_after_days,
        last_after_days=settings.last_after_days,
        ring_after_days=settings.ring_after_days,
        ring_again_after_days=settings.ring_again_after_days,
        mark_after_days=settings.mark_after_days,
        decide_after_days=settings.decide_after_days,
    )
