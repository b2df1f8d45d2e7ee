"""What managers set, as one frozen value: the range of each part, and what must hold between them."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from itertools import pairwise
from typing import Any

from directory.errors import DomainError

_LANGUAGE = re.compile(r"[a-z]{2,3}")
LONGEST_PERIOD = 365
"""Days that may pass at most between two checks of an entry."""


@dataclass(frozen=True, slots=True)
class Range:
    """The smallest and the largest number that a part of the policy may be."""

    least: int
    most: int

    def holds(self, number: int) -> bool:
        """Whether a number lies in it."""
        return self.least <= number <= self.most


def _number(default: int, least: int, most: int) -> Any:
    return field(default=default, metadata={"range": Range(least, most)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What managers set. The defaults are those of a site whose settings say nothing."""

    check_every_days: int = _number(180, 30, LONGEST_PERIOD)
    """Days between two checks of an entry."""
    check_helplines_every_days: int = _number(90, 14, LONGEST_PERIOD)
    """The same for local helplines and places that take reports."""
    spread_weeks: int = _number(12, 0, 26)
    """Weeks over which the first checks of new entries are spread."""
    find_keepers_a_day: int = _number(5, 1, 50)
    """Tasks to find who keeps an entry that are opened on one day at most."""
    link_days: int = _number(30, 7, 90)
    """Days for which an update link is good."""
    contact_language: str = "en"
    """The language in which somebody is asked who has not said another: its code, as the pages name it."""

    remind_after_days: int = _number(7, 1, LONGEST_PERIOD)
    last_after_days: int = _number(21, 1, LONGEST_PERIOD)
    ring_after_days: int = _number(28, 1, LONGEST_PERIOD)
    ring_again_after_days: int = _number(42, 1, LONGEST_PERIOD)
    mark_after_days: int = _number(60, 1, LONGEST_PERIOD)
    decide_after_days: int = _number(90, 1, LONGEST_PERIOD)
    """The days of asking, each counted from the day on which a check was due."""

    approve_hours: bool = False
    """Whether new opening hours that an organisation sends by its own link need no officer."""
    hide_unanswered: bool = False
    """Whether an entry is hidden when nobody has decided about it for long."""
    hide_after_days: int = _number(30, 14, LONGEST_PERIOD)
    """Days after an officer was to decide about an entry on which it is hidden."""

    keep_reports_months: int = _number(6, 1, 24)
    """Months for which reports and suggestions are kept."""
    keep_names_months: int = _number(24, 6, 60)
    """Months for which is known who answered, and who sent a change that is decided."""
    keep_contacts_months: int = _number(12, 1, 60)
    """Months for which somebody is known who is an update contact no more."""
    keep_mail_months: int = _number(3, 3, 12)
    """Months for which is known to whom a mail went; bounces come back as late."""
    keep_links_months: int = _number(12, 3, 36)
    """Months for which an update link that nobody used is known after its end."""
    keep_sign_ins_months: int = _number(3, 1, 12)
    """Months for which is known when officers signed in, or failed to."""


DEFAULTS = Policy()
LADDER = (
    "remind_after_days",
    "last_after_days",
    "ring_after_days",
    "ring_again_after_days",
    "mark_after_days",
    "decide_after_days",
)
"""The days of asking, in the order in which they must rise."""
RANGES: Mapping[str, Range] = {part.name: part.metadata["range"] for part in fields(Policy) if part.metadata}
"""The parts that are numbers, with what each may be."""


class PolicyFault(StrEnum):
    """What is wrong with one part of a policy."""

    OUT_OF_RANGE = "out_of_range"
    NOT_LATER = "not_later"
    """A step of asking comes no later than the one before it."""
    RARER_THAN_OTHERS = "rarer_than_others"
    """Helplines would be checked less often than the rest."""
    NO_LANGUAGE = "no_language"


class PolicyRefused(DomainError):
    """Something in the policy cannot be so."""

    def __init__(self, faults: Mapping[str, PolicyFault]) -> None:
        """Keep what is wrong, by the part's name."""
        super().__init__(", ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = faults


class PolicyMovedOn(DomainError):
    """Somebody else has changed the policy since it was looked at."""


def check_policy(policy: Policy) -> None:
    """Raise PolicyRefused with all that is wrong, unless this is a policy to live by."""
    values = values_of(policy)
    faults = {name: PolicyFault.OUT_OF_RANGE for name, range_ in RANGES.items() if not range_.holds(values[name])}
    for earlier, later in pairwise(LADDER):
        if values[later] <= values[earlier]:
            faults.setdefault(later, PolicyFault.NOT_LATER)
    if policy.check_helplines_every_days > policy.check_every_days:
        faults.setdefault("check_helplines_every_days", PolicyFault.RARER_THAN_OTHERS)
    if not _LANGUAGE.fullmatch(policy.contact_language):
        faults["contact_language"] = PolicyFault.NO_LANGUAGE
    if faults:
        raise PolicyRefused(faults)


def values_of(policy: Policy) -> dict[str, Any]:
    """The parts by name, fit to be stored."""
    return asdict(policy)


def policy_from(values: Mapping[str, Any], defaults: Policy) -> Policy:
    """The policy that was stored; what it does not say is as in the defaults, what is no part any more is left out."""
    return Policy(**{name: values.get(name, default) for name, default in values_of(defaults).items()})


@dataclass(frozen=True, slots=True)
class PolicyDifference:
    """One part that was changed."""

    name: str
    before: int | bool | str
    after: int | bool | str


def differences_of(before: Policy, after: Policy) -> tuple[PolicyDifference, ...]:
    """The parts in which two policies differ, in their order."""
    old, new = values_of(before), values_of(after)
    return tuple(PolicyDifference(name, old[name], new[name]) for name in old if old[name] != new[name])
