"""The ladder as the policy has it."""

from directory.checks.rules import Ladder
from directory.policy.rules import Policy


def ladder_of(policy: Policy, *, at_any_time: bool = False) -> Ladder:
    """The days, cadences and limits that the policy says; `at_any_time` is for trying it out, not for use."""
    return Ladder(
        remind=policy.remind_after_days,
        last=policy.last_after_days,
        ring=policy.ring_after_days,
        ring_again=policy.ring_again_after_days,
        mark=policy.mark_after_days,
        decide=policy.decide_after_days,
        period=policy.check_every_days,
        period_front_line=policy.check_helplines_every_days,
        link_days=policy.link_days,
        spread_weeks=policy.spread_weeks,
        find_keepers_a_day=policy.find_keepers_a_day,
        at_any_time=at_any_time,
    )
