"""The form of the policy: what was typed, read into a policy, or what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request

from directory.policy.rules import DEFAULTS, LADDER, RANGES, Policy, PolicyFault, PolicyRefused, check_policy, values_of
from directory.web.admin.policy_words import LANGUAGE, LANGUAGES, fault_in_words
from directory.web.plain_form import one_line
from directory.web.typed_text import whole_number

ON, OFF = "on", "off"


@dataclass(frozen=True, slots=True)
class PolicyForm:
    """The fields as they are shown, by the names of the parts, and what is wrong with each."""

    values: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)


def shown(policy: Policy) -> PolicyForm:
    """The form with a policy in it."""
    return PolicyForm({name: _text(value) for name, value in values_of(policy).items()})


def sent() -> tuple[PolicyForm, Policy | None]:
    """What was typed, and the policy that it makes; None where something is wrong with it. Other fields are nothing."""
    values = {name: one_line((request.form.getlist(name) or [""])[-1]) for name in values_of(DEFAULTS)}
    unread = frozenset(name for name in RANGES if whole_number(values[name]) is None)
    parts: dict[str, Any] = {
        name: getattr(DEFAULTS, name) if name in unread else _value(name, text) for name, text in values.items()
    }
    faults = dict.fromkeys(unread, PolicyFault.OUT_OF_RANGE)
    if values[LANGUAGE] not in LANGUAGES:
        faults[LANGUAGE] = PolicyFault.NO_LANGUAGE
    try:
        check_policy(Policy(**parts))
    except PolicyRefused as refused:
        faults = {**_without_guesses(refused.faults, unread), **faults}
    errors = {name: fault_in_words(name, faults[name]) for name in values if name in faults}
    return PolicyForm(values, errors), None if errors else Policy(**parts)


def _value(name: str, text: str) -> int | str:
    if name in RANGES:
        return int(text)
    return text if name == LANGUAGE else text == ON


def _without_guesses(faults: Mapping[str, PolicyFault], unread: frozenset[str]) -> Mapping[str, PolicyFault]:
    """The faults of what was typed, and not of a day that only stands in for one which cannot be read."""
    is_guess = not unread.isdisjoint(LADDER)
    return {name: fault for name, fault in faults.items() if not (is_guess and fault is PolicyFault.NOT_LATER)}


def _text(value: int | str) -> str:
    return (ON if value else OFF) if isinstance(value, bool) else str(value)
