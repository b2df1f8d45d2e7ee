"""Changes in plain English, for a terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

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
from directory.organisations.details import Notice, Phone
from directory.organisations.phones import shown
from directory.organisations.units import Path

NOTHING = "(nothing)"
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


def page_of(view: ChangeView) -> Iterator[str]:
    """A change with all its units, and what to type next."""
    sender = view.sender and " ".join(filter(None, (view.sender.name, view.sender.role and f"({view.sender.role})")))
    yield f"{view.name}{f' ({view.slug})' if view.slug else ', a new organisation'}"
    yield f"{ORIGINS[view.origin].capitalize()}{f', by {sender}' if sender else ''}; {view.age} working days ago."
    yield f"It is {view.state}. The entry is at revision {view.revision}; they saw revision {view.base_revision}."
    for unit in view.units:
        yield ""
        yield from _unit(unit, view.records)
    if view.state == "waiting":
        yield ""
        yield f"flask --app wsgi changes approve {view.id} --revision {view.revision} --how-checked {HOW_CHECKED}"
        yield f'flask --app wsgi changes decline {view.id} --reason "…"'
        yield "Add --unit NUMBER, once or more, to decide some of it."


def path_in_words(path: Path, records: Mapping[str, str]) -> str:
    """What a unit is: `Advice line: hours`."""
    match path:
        case ("organisation",):
            return "new organisation"
        case ("services" | "locations",) | (_, _, "phones"):
            words = [f"order of the {path[-1]}"]
        case (word, key):
            words = [f"{word} {records.get(key, key)}"]
        case (_, _, word, key):
            words = [f"{word} {key}"]
        case _:
            words = [path[-1].replace("_", " ")]
    inside = records.get(path[1], path[1]) if len(path) > len(("service", "id")) else ""
    return ": ".join(filter(None, (inside, *words)))


def value_in_words(value: Any, records: Mapping[str, str]) -> str:
    """A value as a person would say it; `(nothing)` where there is none."""
    return _value(value, records) or NOTHING


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
    return "; ".join(path_in_words(path, records) for path in paths)


def _unit(unit: UnitView, records: Mapping[str, str]) -> Iterator[str]:
    state = "" if unit.state == "waiting" else f" - {unit.state}{f': {unit.reason}' if unit.reason else ''}"
    yield f"{unit.number}. {path_in_words(unit.difference.path, records)} [{RISKS[unit.risk]}]{state}"
    yield f"   was:   {value_in_words(unit.difference.old, records)}"
    if unit.fit is not Fit.UNCHANGED and unit.state == "waiting":
        yield f"   now:   {value_in_words(unit.now, records)} ({FITS[unit.fit]})"
    yield f"   to be: {value_in_words(unit.difference.new, records)}"


def _value(value: Any, records: Mapping[str, str]) -> str:
    match value:
        case None:
            words = ""
        case bool():
            words = "yes" if value else "no"
        case StrEnum():
            words = value.replace("_", " ")
        case Phone():
            words = ", ".join((f"{shown(value.number)} ({value.kind})", *_fields(value, records)))
        case Notice():
            words = f"{value.text} (until {value.until})"
        case tuple():
            words = ", ".join(filter(None, (_value(item, records) for item in value)))
        case _ if is_dataclass(value):
            words = "; ".join(_fields(value, records))
        case _:
            words = records.get(str(value), str(value))
    return words


def _fields(value: Any, records: Mapping[str, str]) -> Iterator[str]:
    """The fields of a record that say something, with their names."""
    for field in fields(value):
        words = _value(getattr(value, field.name), records)
        if words and field.name not in ("id", "number") and not (isinstance(value, Phone) and field.name == "kind"):
            yield f"{field.name.replace('_', ' ')}: {words}"
