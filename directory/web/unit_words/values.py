"""What a unit says, line by line: in the words that the public reads where there are any, in English."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from directory.organisations import hours, links, phones
from directory.organisations.details import (
    LocationDetails,
    Notice,
    OrganisationDetails,
    OrganisationKind,
    Phone,
    ServiceDetails,
    TranslatedText,
)
from directory.organisations.units import ORGANISATION, Path, Shape, read_unit
from directory.organisations.validity import LINKS
from directory.web.entry_words import (
    date_in_words,
    interpreting_in_words,
    organisation_kind_in_words,
    phone_note,
)
from directory.web.hours_words import week_in_words
from directory.web.names import Names
from directory.web.unit_words.titles import UNITS

NOT_KNOWN = "Not known"
ENUMERATIONS: Mapping[str, str] = {
    "self": "The person themselves",
    "professional": "A professional for them",
    "both": "The person themselves, or a professional for them",
    "yes": "Yes",
    "waiting_list": "There is a waiting list",
    "closed": "No, closed to new people",
    "nothing_without_consent": "Nothing, unless the person agrees",
    "always": "Every report",
    "is_the_police": "It is the police",
}
Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitWords:
    """Puts units into words. `records` are names of services, places and organisations by their ids."""

    names: Names
    records: Mapping[str, str]
    today: date

    def lines(self, path: Path, value: Any) -> Lines:
        """What a unit says; no lines where it says nothing, or where its record is not there."""
        match value:
            case None | "" | ():
                said: Iterable[str] = ()
            case OrganisationDetails():
                said = self.whole(value)
            case ServiceDetails():
                said = self._record(_shape("service"), value)
            case LocationDetails():
                said = self._record(_shape("location"), value)
            case _:
                said = self._unit(path[-1], value)
        return tuple(filter(None, said))

    def whole(self, details: OrganisationDetails) -> Iterator[str]:
        """All that an entry says, record by record."""
        yield from self._record(ORGANISATION, details)
        for service in details.services:
            yield f"Service: {service.name}"
            yield from self._record(_shape("service"), service)
        for place in details.locations:
            yield f"Place: {', '.join(filter(None, (place.name, place.postcode)))}"
            yield from self._record(_shape("location"), place)

    def _record(self, shape: Shape, record: Any) -> Iterator[str]:
        for unit, names in shape.units.items():
            said = self.lines((unit,), read_unit(record, names))
            if said:
                yield f"{UNITS.get(unit, unit)[:1].upper()}{UNITS.get(unit, unit)[1:]}: {'; '.join(said)}"
        for phone in getattr(record, "phones", ()):
            yield f"Phone: {self._phone(phone)}"

    def _unit(self, unit: str, value: Any) -> Iterable[str]:
        """A unit of several fields, or a record by itself."""
        match unit, value:
            case _, Phone():
                said: Iterable[str] = (self._phone(value),)
            case _, TranslatedText():
                said = value.text.splitlines()
            case _, Notice():
                said = (*value.text.splitlines(), f"Until {date_in_words(value.until)}")
            case "grounds", (codes, all_grounds):
                said = ("Everyone, whatever the reason" if all_grounds else "", *map(self.names.ground, codes))
            case "hours", (expression, note):
                said = self._hours(expression, note)
            case "ages", (youngest, oldest):
                said = _ages(youngest, oldest)
            case "taking_new_people", (taking, until):
                said = (_enumeration(taking), f"Until {date_in_words(until)}" if until else "")
            case "cost", (free, words):
                said = (_fact(free, "Free", "Not free"), *words.splitlines())
            case "address", (address, town, postcode, area, *_, withheld):
                kept = "Withheld: the public sees its area alone" if withheld else ""
                said = (*address, town, postcode, self.names.area(area) if area else "", kept)
            case _:
                said = self._field(unit, value)
        return said

    def _field(self, unit: str, value: Any) -> Iterable[str]:
        """A unit of one field."""
        match value:
            case tuple():
                said: Iterable[str] = self._listed(unit, value)
            case bool():
                said = ("Yes" if value else "No",)
            case OrganisationKind():
                said = (organisation_kind_in_words(value),)
            case StrEnum():
                said = (_enumeration(value),)
            case UUID():
                said = self._named((value,))
            case str() if unit in LINKS:
                said = (links.shown(value),)
            case _:
                said = str(value).splitlines()
        return said

    def _listed(self, unit: str, values: tuple[Any, ...]) -> Iterable[str]:
        if unit == "interpreting":
            return interpreting_in_words(values)
        if unit == "phones":
            return (phones.shown(key.partition(" ")[0]) for key in values)
        named = {
            "kinds": self.names.kind,
            "areas": self.names.area,
            "access": self.names.access,
            "languages": self.names.spoken,
        }
        return map(named[unit], values) if unit in named else self._named(values)

    def _named(self, keys: Iterable[Any]) -> Lines:
        return tuple(self.records.get(str(key), str(key)) for key in keys)

    def _hours(self, expression: str, note: str) -> Iterator[str]:
        week = hours.week(expression, self.today)
        yield from (f"{line.days}: {line.hours}" for line in (week_in_words(week) if week else ()))
        if expression and week is None:
            yield expression
        yield from note.splitlines()

    def _phone(self, phone: Phone) -> str:
        notes = (
            phone.label,
            phone_note(phone.kind),
            ", ".join(map(self.names.spoken, phone.languages)),
            _fact(phone.text_relay, "text relay", "no text relay"),
            "; ".join(self._hours(phone.opening_hours, phone.hours_note)),
            f"last seen in {phone.last_seen}" if phone.last_seen else "",
        )
        said = "; ".join(filter(None, notes))
        return f"{phones.shown(phone.number)} ({said})" if said else phones.shown(phone.number)


def _shape(word: str) -> Shape:
    return next(items.shape for items in ORGANISATION.lists.values() if items.word == word and items.shape)


def _ages(youngest: int | None, oldest: int | None) -> Lines:
    return (f"From {youngest}" if youngest is not None else "", f"Up to {oldest}" if oldest is not None else "")


def _enumeration(value: StrEnum | None) -> str:
    return "" if value is None else ENUMERATIONS.get(value, value.replace("_", " ").capitalize())


def _fact(value: bool | None, yes: str, no: str) -> str:  # noqa: FBT001 - three values
    return "" if value is None else yes if value else no
