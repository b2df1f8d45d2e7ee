"""Changes in plain English, for a terminal."""

from collections.abc import Iterator, Mapping

from directory.changes.outcome import Fit
from directory.changes.rules import (
    ChangeDecided,
    CheckNeeded,
    EntryMovedOn,
    HowChecked,
    NothingChanged,
    Origin,
    ReasonNeeded,
    Risk,
    UnitsBelongTogether,
    UnitsCollide,
)
from directory.changes.views import ChangeView, UnitView
from directory.errors import DomainError
from directory.organisations.units import Path
from directory.web.unit_words.titles import unit_title
from directory.web.unit_words.values import Lines, UnitWords

NOTHING, INDENT = "(nothing)", " " * 10
ORIGINS = {
    Origin.LINK: "through the organisation's own link",
    Origin.OFFICER: "by an officer",
    Origin.SUGGESTION: "suggested by somebody",
    Origin.IMPORT: "from another directory",
}
RISKS = {
    Risk.CONTACT: "how people reach it: check before you approve",
    Risk.CONTENT: "what it says",
    Risk.ROUTINE: "routine",
}
FITS = {
    Fit.UNCHANGED: "",
    Fit.MERGES: "the entry has changed here since; both can stand",
    Fit.COLLIDES: "THE ENTRY HAS CHANGED HERE SINCE: name this unit if the proposal is to win",
}
HOW_CHECKED = "|".join(HowChecked)
PLAIN_REFUSALS: Mapping[type[DomainError], str] = {
    CheckNeeded: f"Say how you checked it: --how-checked {HOW_CHECKED}.",
    ReasonNeeded: "Say why, for whoever sent it: --reason.",
    NothingChanged: "The entry says this already.",
}


def line_of(view: ChangeView) -> str:
    """A change in one line of the queue."""
    days = "today" if view.age == 0 else f"{view.age} working day{'s' if view.age > 1 else ''}"
    waiting = sum(unit.state == "waiting" for unit in view.units)
    new = "" if view.organisation_id else "new: "
    return f"{view.id}  {view.risk:<7}  {days:<15}  {waiting} to decide  {new}{view.name} ({ORIGINS[view.origin]})"


def page_of(view: ChangeView, words: UnitWords) -> Iterator[str]:
    """A change with all its units, and what to type next."""
    sender = view.sender and " ".join(filter(None, (view.sender.name, view.sender.role and f"({view.sender.role})")))
    yield f"{view.name}{f' ({view.slug})' if view.slug else ', a new organisation'}"
    yield f"{ORIGINS[view.origin].capitalize()}{f', by {sender}' if sender else ''}; {view.age} working days ago."
    yield f"It is {view.state}. The entry is at revision {view.revision}; they saw revision {view.base_revision}."
    for unit in view.units:
        yield ""
        yield from _unit(unit, words)
    if view.state == "waiting":
        yield ""
        yield f"flask --app wsgi changes approve {view.id} --revision {view.revision} --how-checked {HOW_CHECKED}"
        yield f'flask --app wsgi changes decline {view.id} --reason "…"'
        yield "Add --unit NUMBER, once or more, to decide some of it."


def refusal_in_words(error: DomainError, records: Mapping[str, str]) -> str:
    """Why a decision was refused, and what to do."""
    match error:
        case ChangeDecided():
            words = f"Somebody was faster: it is {error.state} already ({error.by or 'unknown'})."
        case EntryMovedOn():
            words = f"The entry has changed meanwhile (now revision {error.revision}). Look again with `changes show`."
        case UnitsCollide():
            units = _paths(error.paths, records)
            words = f"The entry has changed here since: {units}. Name these with --unit, or decline."
        case UnitsBelongTogether():
            words = f"Decide these first, or with it: {_paths(error.paths, records)}."
        case _:
            words = PLAIN_REFUSALS.get(type(error), f"Refused ({type(error).__name__}): {error}")
    return words


def _paths(paths: tuple[Path, ...], records: Mapping[str, str]) -> str:
    return "; ".join(unit_title(path, records) for path in paths)


def _unit(unit: UnitView, words: UnitWords) -> Iterator[str]:
    path = unit.difference.path
    state = "" if unit.state == "waiting" else f" - {unit.state}{f': {unit.reason}' if unit.reason else ''}"
    yield f"{unit.number}. {unit_title(path, words.records)} [{RISKS[unit.risk]}]{state}"
    yield from _side("was:", words.lines(path, unit.difference.old))
    if unit.fit is not Fit.UNCHANGED and unit.state == "waiting":
        yield from _side("now:", words.lines(path, unit.now))
        yield f"{INDENT}({FITS[unit.fit]})"
    yield from _side("to be:", words.lines(path, unit.difference.new))


def _side(label: str, lines: Lines) -> Iterator[str]:
    """What one side says, line by line under each other."""
    first, *more = lines or (NOTHING,)
    yield f"   {label:<6} {first}"
    yield from (f"{INDENT}{line}" for line in more)
