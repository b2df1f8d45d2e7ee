"""What an officer decides about a change: the choices there are, what was sent, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from directory.changes.rules import (
    ChangeDecided,
    CheckNeeded,
    EntryMovedOn,
    HowChecked,
    NothingChanged,
    ReasonNeeded,
    Risk,
    UnitsBelongTogether,
    UnitsCollide,
    UnitUnknown,
)
from directory.changes.views import ChangeView, UnitView
from directory.errors import DomainError
from directory.organisations.operations import UnknownCodes
from directory.organisations.rules import NoWayToReach, StateRefused
from directory.organisations.units import Path
from directory.organisations.validity import DetailsInvalid
from directory.web.admin.change_words import HOW_CHECKED
from directory.web.entry_form.options import Option
from directory.web.plain_form import tidy
from directory.web.typed_text import whole_number
from directory.web.unit_words.titles import unit_title

APPROVE, DRAFT, DECLINE = "approve", "draft", "decline"
DECISION, REASON, UNITS = "decision", "reason", "unit"
"""The fields, to which errors lead."""
LONGEST_REASON = 1_000

SENTENCES: Mapping[type[DomainError], tuple[str, str]] = {
    CheckNeeded: (DECISION, "Say how you checked it: choose one of the three ways"),
    ReasonNeeded: (REASON, "Write why you decline it. They read this in an email"),
    NothingChanged: (DECISION, "The entry says this already. Decline it, or edit it"),
    StateRefused: (DECISION, "The entry is hidden from the public. Show it again first, or decline this"),
    NoWayToReach: (DECISION, "The public could not reach anybody then. Edit it, or decline it"),
    DetailsInvalid: (DECISION, "The entry would not be right that way. Edit it before you approve, or decline it"),
    UnknownCodes: (DECISION, "It uses a term that was taken away meanwhile. Edit it before you approve, or decline it"),
    UnitUnknown: (UNITS, "Tick what you decide about"),
}
"""Refusals that the officer can put right, each with the field that it stands at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was sent."""

    what: str = ""
    how_checked: HowChecked | None = None
    reason: str = ""
    revision: int = -1
    numbers: frozenset[int] = frozenset()
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def chosen(self) -> str:
        """The value of the choice."""
        return f"{self.what}:{self.how_checked}" if self.how_checked else self.what


def undecided(view: ChangeView) -> Decision:
    """Nothing is chosen; what can be approved without winning over something newer is ticked."""
    return Decision(
        revision=view.revision,
        numbers=frozenset(unit.number for unit in view.units if unit.fit != "collides"),
    )


def sent_decision() -> Decision:
    """What was sent, with what is wrong with it by itself."""
    what, _, how = (request.form.getlist(DECISION) or [""])[-1].partition(":")
    revision, numbers = whole_number(request.form.get("revision", "")), map(whole_number, request.form.getlist(UNITS))
    decision = Decision(
        what=what if what in {APPROVE, DRAFT, DECLINE} else "",
        how_checked=HowChecked(how) if how in set(HowChecked) else None,
        reason=tidy(request.form.get(REASON, "")),
        revision=-1 if revision is None else revision,
        numbers=frozenset(number for number in numbers if number is not None),
    )
    return with_errors(decision, _errors(decision))


def with_errors(decision: Decision, errors: Mapping[str, str]) -> Decision:
    """The same with these errors."""
    return Decision(
        what=decision.what,
        how_checked=decision.how_checked,
        reason=decision.reason,
        revision=decision.revision,
        numbers=decision.numbers,
        errors=errors,
    )


def paths_of(view: ChangeView, decision: Decision) -> list[Path]:
    """The units that were ticked."""
    return [unit.difference.path for unit in view.units if unit.number in decision.numbers]


def choices(view: ChangeView, chosen: str) -> tuple[Option, ...]:
    """How a change may be decided; nothing is chosen beforehand. What is new becomes a draft first."""
    waiting = [unit for unit in view.units if unit.state == "waiting"]
    needs_check = any(unit.risk is Risk.CONTACT for unit in waiting)
    is_new = view.organisation_id is None
    words: dict[str, str] = {}
    if needs_check and not is_new:
        words |= {f"{APPROVE}:{how}": f"Approve: {said}" for how, said in HOW_CHECKED.items()}
    if not needs_check and not is_new:
        words[APPROVE] = "Approve"
    elif not is_new and any(_stands_alone(unit) for unit in waiting):
        words[APPROVE] = "Approve: what I ticked needs no check"
    if is_new:
        words[DRAFT] = "Add it as a draft that is not public yet"
    words[DECLINE] = "Decline"
    return tuple(Option(value, said, value == chosen) for value, said in words.items())


def _stands_alone(unit: UnitView) -> bool:
    """Whether a unit can be approved unchecked beside others that cannot: an order goes with what is in it."""
    return unit.risk is not Risk.CONTACT and unit.difference.path[-1] not in {"phones", "services", "locations"}


def refusal(error: DomainError, records: Mapping[str, str]) -> tuple[str, str] | None:
    """The field and the sentence of a refusal that can be put right on the page; None of any other error."""
    match error:
        case UnitsCollide():
            return UNITS, f"The entry no longer has what this belongs to: {_titles(error.paths, records)}. Decline it"
        case UnitsBelongTogether():
            return UNITS, f"Tick this too, since a service is to be there: {_titles(error.paths, records)}"
    return SENTENCES.get(type(error))


def conflict(error: ChangeDecided | EntryMovedOn) -> str:
    """What has happened meanwhile, and that nothing was done."""
    if isinstance(error, EntryMovedOn):
        return "The entry has changed while you looked. Nothing was published. This is how it would change now."
    return "Somebody else has just decided this. Nothing that you chose was done."


def _errors(decision: Decision) -> dict[str, str]:
    errors = {}
    if not decision.what:
        errors[DECISION] = "Choose what you decide"
    if decision.what == DECLINE and not decision.reason:
        errors[REASON] = SENTENCES[ReasonNeeded][1]
    if len(decision.reason) > LONGEST_REASON:
        errors[REASON] = "Write no more than 1,000 characters"
    if not decision.numbers:
        errors[UNITS] = SENTENCES[UnitUnknown][1]
    return errors


def _titles(paths: tuple[Path, ...], records: Mapping[str, str]) -> str:
    return "; ".join(unit_title(path, records) for path in paths)
