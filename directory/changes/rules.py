"""What may be decided about a change, and how careful one must be with each of its units."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from directory.changes.contact_text import holds_contact
from directory.errors import DomainError
from directory.organisations.compare import Difference
from directory.organisations.details import Notice, TranslatedText
from directory.organisations.units import Path

POLICY = "policy"
"""The actor that approves what managers have said needs no officer."""
NEW_ORGANISATION: Path = ("organisation",)
"""The one unit of a change that adds an organisation."""


class Origin(StrEnum):
    """Where a change came from."""

    LINK = "link"
    """Through the organisation's own link."""
    OFFICER = "officer"
    SUGGESTION = "suggestion"
    IMPORT = "import"


class ChangeState(StrEnum):
    """Where a change, or one unit of it, stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    REPLACED = "replaced"
    """The same organisation has said something newer."""
    WITHDRAWN = "withdrawn"


class Risk(StrEnum):
    """How much harm a wrong unit does; the worst first."""

    CONTACT = "contact"
    """How people reach the organisation, and what they trust it with."""
    CONTENT = "content"
    ROUTINE = "routine"


class HowChecked(StrEnum):
    """How an officer made sure that a contact unit is right."""

    RANG_OLD_NUMBER = "rang_old_number"
    WEBSITE = "website"
    KNOWN_PERSON = "known_person"


class NotAllCorrect(DomainError):
    """They sent changes that still wait, so not all of the entry is correct as it is."""

    def __init__(self, sent_at: datetime) -> None:
        super().__init__(sent_at.isoformat())
        self.sent_at = sent_at


class NothingChanged(DomainError):
    """What is proposed is what the entry says already."""


class ChangeUnknown(DomainError):
    """There is no such change."""


class UnitUnknown(DomainError):
    """The change has no such unit."""


class CheckNeeded(DomainError):
    """A unit by which people reach the organisation is approved only with how it was checked."""


class ReasonNeeded(DomainError):
    """Whoever proposed a change is owed the reason why it is declined."""


class ChangeDecided(DomainError):
    """Somebody was faster: the change, or a unit of it, is decided already."""

    def __init__(self, state: ChangeState, by: str) -> None:
        """Keep what was decided, and by whom."""
        super().__init__(f"{state} by {by}")
        self.state = state
        self.by = by


class EntryMovedOn(DomainError):
    """The entry is not what it was when the officer saw it; the differences are those of now."""

    def __init__(self, revision: int, differences: tuple[Difference, ...]) -> None:
        """Keep the entry's revision, and what approving would change in it now."""
        super().__init__(f"now at revision {revision}")
        self.revision = revision
        self.differences = differences


class UnitsCollide(DomainError):
    """The entry has changed since in these units, and nobody has said that the proposal is to win."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        """Keep the units that collide."""
        super().__init__("; ".join("/".join(path) for path in paths))
        self.paths = paths


class UnitsBelongTogether(DomainError):
    """A service would be at a place that still waits: these places must be decided first, or with it."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        """Keep the places that still wait."""
        super().__init__("; ".join("/".join(path) for path in paths))
        self.paths = paths


TRANSITIONS = {state: frozenset[ChangeState]() for state in ChangeState} | {
    ChangeState.WAITING: frozenset(ChangeState) - {ChangeState.WAITING}
}
"""What may become of a unit: while it waits anything, then nothing more."""

_CONTACT = frozenset(
    {
        *("name", "other_names", "part_of", "email", "website", "web_chat", "form", "referral_form"),
        *("address", "locations"),
        *("takes_reports", "third_party_reporting", "anonymous_reports", "independent_of_police", "passes_to_police"),
        *("safe_voicemail", "withheld_number", "text_instead", "bring_someone", "immigration_safe"),
    }
)
_ROUTINE = frozenset({"hours", "taking_new_people", "notice"})
_WORDS = frozenset(
    {
        *("description", "eligibility", "how_to_get_help", "how_to_refer", "cost", "access_note", "after_reporting"),
        *("perpetrators", "tenants_of", "notice"),
    }
)
"""The units that hold words of their own, in which a number could stand."""


def risk_of(difference: Difference) -> Risk:
    """The class of one unit. Words that give a number, a link or an address are as risky as the number itself."""
    match difference.path:
        case ("organisation",) | ("service" | "location", _) | ("service", _, "phone", _):
            return Risk.CONTACT
        case ("services",) | ("locations",) | ("service", _, "phones"):
            return Risk.CONTENT
        case (*_, unit) if unit in _CONTACT or any(holds_contact(text) for text in words_in(difference)):
            return Risk.CONTACT
        case (*_, unit) if unit in _ROUTINE:
            return Risk.ROUTINE
    return Risk.CONTENT


def worst(risks: Iterable[Risk]) -> Risk:
    """The worst of several risks, of which there is at least one."""
    return min(risks, key=severity)


def severity(risk: Risk) -> int:
    """A number by which the worst comes first."""
    return tuple(Risk).index(risk)


def words_in(difference: Difference) -> tuple[str, ...]:
    """The free text that a unit would show."""
    value, unit = difference.new, difference.path[-1]
    if isinstance(value, TranslatedText | Notice):
        return (value.text,)
    if unit == "hours":
        return (value[1],)
    return _strings(value) if unit in _WORDS else ()


def is_at_once(difference: Difference) -> bool:
    """Whether the organisation's own word makes it public at once: its notice, and whether it takes new people."""
    is_own = difference.path == ("notice",) or difference.path[2:] == ("taking_new_people",)
    return is_own and not any(holds_contact(text) for text in words_in(difference))


def is_by_policy(path: Path, risk: Risk) -> bool:
    """Whether managers may say that this unit needs no officer, sent by the organisation's own link: its hours."""
    return risk is Risk.ROUTINE and path[-1] == "hours"


def is_warning(difference: Difference) -> bool:
    """Whether it says that something by which people reach the organisation now is wrong: they must be told at once."""
    match difference.path:
        case ("service" | "location", _) | ("service", _, "phone", _):
            return difference.old is not None and difference.new is None
        case ("location", _, "address"):
            return any(difference.old)
        case ("service", _, "locations"):
            return bool(set(difference.old) - set(difference.new))
        case (*_, "email"):
            return bool(difference.old)
    return False


def overlap(one: Path, other: Path) -> bool:
    """Whether two units are about the same: the same unit, or one a record and the other inside it."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def state_of(units: Iterable[ChangeState]) -> ChangeState:
    """The state of a change whose units stand so: it waits for the last of them, and what was approved counts most."""
    held = set(units)
    order = (
        ChangeState.WAITING,
        ChangeState.APPROVED,
        ChangeState.DECLINED,
        ChangeState.WITHDRAWN,
        ChangeState.REPLACED,
    )
    return next(state for state in order if state in held)


def _strings(value: Any) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(text for item in value for text in _strings(item))
    return (value,) if isinstance(value, str) else ()
