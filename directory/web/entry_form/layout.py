"""What stands in the form: the records of the entry and the new ones, each with its fields and the names of its inputs.

Only what the layout lists is ever taken from a posted form. New records have a key that was given by us; whoever posts
a key of their own making gets a new record, never somebody else's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from directory.organisations.details import LocationDetails, OrganisationDetails, Phone, PhoneKind, ServiceDetails
from directory.web.entry_form.fields import Field, Typed, Values, printable
from directory.web.entry_form.locations import LOCATION_FIELDS
from directory.web.entry_form.organisation import ORGANISATION_FIELDS
from directory.web.entry_form.phones import PHONE_FIELDS, phone_key
from directory.web.entry_form.sections import CONTACT, PLACES, WHAT
from directory.web.entry_form.service import SERVICE_FIELDS

MOST_RECORDS: Final = {"service": 12, "location": 12, "phone": 6}
LONGEST_TYPED: Final = 10_000
MOST_VALUES: Final = 300

_NEW: Final = re.compile(r"new-[0-9a-f]{16}")
_NOBODY: Final = UUID(int=0)
_BLANK: Final = {
    "service": ServiceDetails(id=_NOBODY, name=""),
    "location": LocationDetails(id=_NOBODY),
    "phone": Phone(number="", kind=PhoneKind.VOICE),
}
_UNDECIDED: Final = frozenset({("phone", "kind"), ("location", "withheld")})
"""Facts that a new record has to be told: nothing is chosen beforehand."""

Form = Mapping[str, list[str]]
"""All that was typed: the values of each input by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A part of the entry that has fields of its own."""

    word: str
    key: str = ""
    prefix: str = ""
    before: Any
    """What it was; None for a new one."""
    fields: tuple[Field, ...]
    removed: bool = False
    phones: tuple["Record", ...] = ()

    def name(self, field: Field, ending: str = "") -> str:
        """The name of an input."""
        return f"{self.prefix}{field.attribute}{ending}"

    def was(self, field: Field) -> Any:
        """The fact as it was, or as it is for a new record."""
        if self.before is None:
            undecided = (self.word, field.attribute) in _UNDECIDED
            return None if undecided else getattr(_BLANK[self.word], field.attribute)
        return getattr(self.before, field.attribute)

    def typed(self, field: Field, form: Form) -> Typed:
        """What stands in the inputs of a field; nothing where it was not asked."""
        names = {ending: self.name(field, ending) for ending in field.endings}
        return {ending: tuple(form[name]) for ending, name in names.items() if name in form}

    def names(self) -> Iterator[str]:
        """The names of all its inputs, those of its phones too."""
        for field in self.fields:
            yield from (self.name(field, ending) for ending in field.endings)
        for phone in self.phones:
            yield from phone.names()

    def is_blank(self, form: Form) -> bool:
        """Whether it is new and nothing was typed."""
        return self.before is None and not any(value.strip() for name in self.names() for value in form.get(name, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole form."""

    sections: frozenset[str]
    organisation: Record
    services: tuple[Record, ...]
    locations: tuple[Record, ...]

    def names(self) -> Iterator[str]:
        """The names of all inputs."""
        for record in (self.organisation, *self.services, *self.locations):
            yield from record.names()

    def lists(self) -> Iterator[str]:
        """The names of the hidden inputs that say which records were added and removed.

        Services go through every section, so that a new one can be told its hours; the others stay in theirs.
        """
        yield from (items("service"), removed("service"))
        if PLACES in self.sections:
            yield from (items("location"), removed("location"))
        if CONTACT in self.sections:
            for service in self.services:
                yield from (items("phone", service.key), removed("phone", service.key))

    def may_change(self, word: str) -> bool:
        """Whether records of this sort are added and removed in these sections."""
        return {"service": WHAT, "location": PLACES, "phone": CONTACT}[word] in self.sections


def items(word: str, of: str = "") -> str:
    """Name of the hidden inputs with the keys of new records."""
    return f"items-{word}-{of}".rstrip("-")


def removed(word: str, of: str = "") -> str:
    """Name of the hidden inputs with the keys of records that were removed."""
    return f"removed-{word}-{of}".rstrip("-")


def lay_out(base: OrganisationDetails, form: Form, sections: Iterable[str]) -> Layout:
    """The form for these sections of an entry."""
    keys = frozenset(sections)
    kept = _only({field.section for field in SERVICE_FIELDS} & keys, SERVICE_FIELDS)
    services = _records("service", {str(one.id): one for one in base.services}, kept, form)
    locations = {str(one.id): one for one in base.locations}
    return Layout(
        sections=keys,
        organisation=Record(word="organisation", before=base, fields=_only(keys, ORGANISATION_FIELDS)),
        services=tuple(_with_phones(service, form) if CONTACT in keys else service for service in services),
        locations=_records("location", locations, LOCATION_FIELDS, form) if PLACES in keys else (),
    )


def take(posted: Mapping[str, list[str]], base: OrganisationDetails, sections: Iterable[str]) -> dict[str, list[str]]:
    """Of what was posted all that the form asks for, each value cut to a length that nobody needs."""
    layout = lay_out(base, posted, sections)
    known = {record.key for record in (*layout.services, *layout.locations)}
    known |= {phone.key for service in layout.services for phone in service.phones}
    taken = {
        name: [printable(value[:LONGEST_TYPED]) for value in posted[name][:MOST_VALUES]]
        for name in layout.names()
        if name in posted
    }
    for name in layout.lists():
        if keys := [key for key in dict.fromkeys(posted.get(name, ())) if key in known]:
            taken[name] = keys
    return taken


def shown(base: OrganisationDetails, sections: Iterable[str]) -> dict[str, list[str]]:
    """What stands in the form of an entry that nobody has touched."""
    layout = lay_out(base, {}, sections)
    records = (layout.organisation, *layout.services, *layout.locations)
    return {name: values for record in records for name, values in shown_record(record)}


def shown_record(record: Record) -> Iterator[tuple[str, list[str]]]:
    """What stands in the inputs of one record."""
    for field in record.fields:
        yield from ((record.name(field, end), list(values)) for end, values in field.show(record.was(field)).items())
    for phone in record.phones:
        yield from shown_record(phone)


def is_new(key: str) -> bool:
    """Whether a key is one of those that we give to new records."""
    return _NEW.fullmatch(key) is not None


def _only(sections: Iterable[str], fields: Iterable[Field]) -> tuple[Field, ...]:
    wanted = frozenset(sections)
    return tuple(field for field in fields if field.section in wanted)


def _with_phones(service: Record, form: Form) -> Record:
    held = {phone_key(phone): phone for phone in service.before.phones} if service.before else {}
    phones = _records("phone", held, PHONE_FIELDS, form, of=service)
    return Record(
        word=service.word,
        key=service.key,
        prefix=service.prefix,
        before=service.before,
        fields=service.fields,
        removed=service.removed,
        phones=phones,
    )


def _records(
    word: str, held: Mapping[str, Any], fields: tuple[Field, ...], form: Form, of: Record | None = None
) -> tuple[Record, ...]:
    """The records there are, then the new ones, as far as there is room for them."""
    owner = of.key if of else ""
    gone = frozenset(form.get(removed(word, owner), ()))
    room = max(0, MOST_RECORDS[word] - len(held))
    new: Values = tuple(key for key in dict.fromkeys(form.get(items(word, owner), ())) if is_new(key))[:room]
    return tuple(
        Record(
            word=word,
            key=key,
            prefix=f"{of.prefix if of else ''}{word}-{key}-",
            before=held.get(key),
            fields=fields,
            removed=key in gone,
        )
        for key in (*held, *new)
    )
