"""What a policy may be."""

from dataclasses import fields, replace
from typing import Any

import pytest

from directory.checks.ladder import ladder_of
from directory.checks.rules import Ladder
from directory.config import Settings
from directory.policy.defaults import defaults_of
from directory.policy.rules import (
    DEFAULTS,
    RANGES,
    Policy,
    PolicyDifference,
    PolicyFault,
    PolicyRefused,
    check_policy,
    differences_of,
    policy_from,
    values_of,
)


def faults(**changed: Any) -> dict[str, PolicyFault]:
    with pytest.raises(PolicyRefused) as refused:
        check_policy(replace(DEFAULTS, **changed))
    return dict(refused.value.faults)


def test_the_defaults_are_a_policy_and_those_of_the_settings_and_of_the_ladder() -> None:
    check_policy(DEFAULTS)
    assert defaults_of(Settings(secret_key="k" * 40)) == DEFAULTS
    assert ladder_of(DEFAULTS) == Ladder()


def test_the_settings_say_what_a_site_begins_with() -> None:
    settings = Settings(secret_key="k" * 40, remind_after_days=5, check_every_days=120, find_keepers_a_day=2)
    begun = defaults_of(settings)
    assert differences_of(DEFAULTS, begun) == (
        PolicyDifference("check_every_days", 180, 120),
        PolicyDifference("find_keepers_a_day", 5, 2),
        PolicyDifference("remind_after_days", 7, 5),
    )


def test_the_ladder_has_every_day_of_the_policy() -> None:
    policy = Policy(
        check_every_days=100,
        check_helplines_every_days=50,
        spread_weeks=3,
        find_keepers_a_day=4,
        link_days=20,
        remind_after_days=2,
        last_after_days=3,
        ring_after_days=4,
        ring_again_after_days=5,
        mark_after_days=6,
        decide_after_days=8,
    )
    ladder = ladder_of(policy, at_any_time=True)
    assert ladder == Ladder(
        remind=2,
        last=3,
        ring=4,
        ring_again=5,
        mark=6,
        decide=8,
        period=100,
        period_front_line=50,
        link_days=20,
        spread_weeks=3,
        find_keepers_a_day=4,
        at_any_time=True,
    )


@pytest.mark.parametrize("name", RANGES)
def test_each_number_stays_in_its_range(name: str) -> None:
    assert RANGES[name].holds(getattr(DEFAULTS, name))
    for number in (RANGES[name].least - 1, RANGES[name].most + 1):
        assert faults(**{name: number})[name] is PolicyFault.OUT_OF_RANGE


def test_whatever_is_no_number_is_a_language_or_yes_or_no_and_off_at_first() -> None:
    switches = [part.name for part in fields(Policy) if part.name not in RANGES]
    assert switches == ["contact_language", "approve_hours", "hide_unanswered"]
    assert [getattr(DEFAULTS, name) for name in switches] == ["en", False, False]


def test_the_days_of_asking_must_rise() -> None:
    assert faults(remind_after_days=21) == {"last_after_days": PolicyFault.NOT_LATER}
    assert faults(mark_after_days=42, decide_after_days=41) == {
        "mark_after_days": PolicyFault.NOT_LATER,
        "decide_after_days": PolicyFault.NOT_LATER,
    }


def test_no_entry_goes_longer_than_a_year_without_a_check() -> None:
    assert faults(check_every_days=366) == {"check_every_days": PolicyFault.OUT_OF_RANGE}
    check_policy(replace(DEFAULTS, check_every_days=365))


def test_helplines_are_not_checked_less_often_than_the_rest() -> None:
    assert faults(check_helplines_every_days=181) == {
        "check_helplines_every_days": PolicyFault.RARER_THAN_OTHERS,
    }


@pytest.mark.parametrize("language", ["", "English", "e", "en\n"])
def test_a_language_is_a_code(language: str) -> None:
    assert faults(contact_language=language) == {"contact_language": PolicyFault.NO_LANGUAGE}
    check_policy(replace(DEFAULTS, contact_language="tr"))


def test_what_was_stored_is_read_by_a_version_that_knows_more_and_less() -> None:
    stored = {**values_of(replace(DEFAULTS, ring_after_days=30)), "gone": 1}
    del stored["keep_mail_months"]
    defaults = replace(DEFAULTS, keep_mail_months=5, ring_after_days=29)
    assert policy_from(stored, defaults) == replace(DEFAULTS, ring_after_days=30, keep_mail_months=5)
