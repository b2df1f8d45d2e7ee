"""What was typed, as an entry: all that is wrong, each at its input, or the details."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID, uuid5

from directory.organisations.details import LocationDetails, OrganisationDetails, Phone, ServiceDetails
from directory.organisations.units import without_lost_places
from directory.organisations.validity import Violation, violations
from directory.taxonomy.terms import Taxonomy
from directory.web.entry_form.fields import Field, Refused, Words, read_field
from directory.web.entry_form.layout import Form, Layout, Record
from directory.web.entry_form.locations import LOCATION_FIELDS, without_old_position
from directory.web.entry_form.organisation import ORGANISATION_FIELDS
from directory.web.entry_form.phones import PHONE_FIELDS
from directory.web.entry_form.places import as_places
from directory.web.entry_form.sentences import NO_SERVICE_HERE, SENTENCES, of_hidden_field
from directory.web.entry_form.service import SERVICE_FIELDS

WHOLE: Final = "entry-form"
"""Where an error stands that has no input in these sections."""

_NAMESPACE: Final = UUID("5b8f7c1e-3d2a-5e64-9f0b-71c6a4d28e35")
_PATH: Final = re.compile(
    r"(?:(?P<list>services|locations)\[(?P<index>\d+)\]\.)?(?:phones\[(?P<phone>\d+)\]\.)?(?P<attribute>\w+)"
)
_TRANSLATION: Final = re.compile(r"translations(\[\d+\](\.\w+)?)?$")
"""A translated description: what is wrong with it is told at the description."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of it: details only where there are no errors."""

    details: OrganisationDetails | None
    errors: Mapping[str, Words]


def new_id(word: str, key: str, of: str) -> UUID:
    """The id of a new record: always the same for the same key, and none that anybody could choose.

    `of` says whose entry it is, so that a key that is used again in another entry gives another id.
    """
    return uuid5(_NAMESPACE, f"{of}/{word}/{key}")


def read(layout: Layout, form: Form, terms: Taxonomy, of: str) -> Reading:
    """The entry with all that was typed."""
    reader = _Reader(form, terms, of)
    base: OrganisationDetails = layout.organisation.before
    if layout.locations:
        base = replace(base, locations=tuple(reader.locations(layout.locations)))
    services = reader.with_new_places(tuple(reader.services(layout.services)), layout.locations)
    details = replace(base, services=services, **reader.values(layout.organisation))
    if reader.errors:
        return Reading(None, reader.errors)
    details = without_lost_places(details)
    found = {name: sentence for each in violations(details) for name, sentence in _told(each, layout, form, details)}
    return Reading(None if found else details, found)


class _Reader:
    """Reads records one after another and collects what is wrong."""

    def __init__(self, form: Form, terms: Taxonomy, of: str) -> None:
        self.form, self.terms, self.of = form, terms, of
        self.errors: dict[str, Words] = {}
        self._places: dict[str, UUID] = {}
        self._used: set[UUID] = set()

    def values(self, record: Record) -> dict[str, Any]:
        """The facts of a record by their names, without those that are wrong."""
        values = {}
        for field in record.fields:
            try:
                values[field.attribute] = self._value(record, field)
            except Refused as refused:
                for each in (refused, *refused.others):
                    self.errors[record.name(field, each.ending)] = each.sentence
        return values

    def _value(self, record: Record, field: Field) -> Any:
        typed, was = record.typed(field, self.form), record.was(field)
        if record.before is None:
            return field.read(typed, was, self.terms)
        return read_field(field, typed, was, self.terms)

    def locations(self, records: tuple[Record, ...]) -> Iterator[LocationDetails]:
        for record in standing(records, self.form):
            before: LocationDetails = record.before or LocationDetails(id=new_id("location", record.key, self.of))
            self._places[record.key] = before.id
            location = replace(before, **_without_none(self.values(record)))
            yield without_old_position(location, record.before)

    def services(self, records: tuple[Record, ...]) -> Iterator[ServiceDetails]:
        for record in standing(records, self.form):
            before: ServiceDetails = record.before or ServiceDetails(
                id=new_id("service", record.key, self.of), name=record.key
            )
            values = self.values(record)
            if "locations" in values:
                known = {str(place): place for place in before.locations} | self._places
                values["locations"] = as_places(values["locations"], known)
                self._used.update(values["locations"])
            if record.phones:
                values["phones"] = tuple(self._phones(record.phones))
            if has_name(record):
                yield replace(before, **values)

    def with_new_places(
        self, services: tuple[ServiceDetails, ...], records: tuple[Record, ...]
    ) -> tuple[ServiceDetails, ...]:
        """Nobody would see a new place where no service is given: the only service is, and of several one is chosen."""
        unused = [
            record
            for record in standing(records, self.form)
            if record.before is None and self._places[record.key] not in self._used
        ]
        if len(services) == 1:
            places = (*services[0].locations, *(self._places[record.key] for record in unused))
            return (replace(services[0], locations=places),)
        for record in unused if services else ():
            self.errors.setdefault(record.name(record.fields[0]), NO_SERVICE_HERE)
        return services

    def _phones(self, records: tuple[Record, ...]) -> Iterator[Phone]:
        for record in standing(records, self.form):
            values = self.values(record)
            if "number" in values and "kind" in values:
                before: Phone = record.before or Phone(number=values["number"])
                is_same = values["number"] == before.number
                yield replace(before, **values, last_seen=before.last_seen if is_same else None)


def standing(records: tuple[Record, ...], form: Form) -> tuple[Record, ...]:
    """The records that count: neither removed nor new and still empty."""
    return tuple(record for record in records if not record.removed and not record.is_blank(form))


def has_name(record: Record) -> bool:
    """Whether these sections tell a service's name: a new one counts only with the section in which it has one."""
    return record.before is not None or any(field.attribute == "name" for field in record.fields)


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _told(
    violation: Violation, layout: Layout, form: Form, details: OrganisationDetails
) -> Iterator[tuple[str, Words]]:
    """The input that a violation is about, and what to tell; the whole form where these sections do not have it."""
    sentence = SENTENCES[violation.problem]
    path = _PATH.fullmatch(_TRANSLATION.sub("description", violation.field))
    attribute = path["attribute"] if path else ""
    record = _record(path, layout, form) if path else layout.organisation
    if path and attribute == "phones" and record.phones:
        repeated = standing(record.phones, form)[_repeated(details.services[int(path["index"])].phones)]
        yield repeated.name(repeated.fields[0]), sentence
        return
    for field in record.fields:
        if field.attribute == attribute:
            yield record.name(field, "" if "" in field.endings else field.endings[0]), sentence
            return
    yield WHOLE, of_hidden_field(_label(attribute), sentence)


def _record(path: re.Match[str], layout: Layout, form: Form) -> Record:
    if path["list"] is None:
        return layout.organisation
    of_list = layout.services if path["list"] == "services" else layout.locations
    records = tuple(record for record in standing(of_list, form) if has_name(record))
    if int(path["index"]) >= len(records):
        return layout.organisation
    record = records[int(path["index"])]
    phones = standing(record.phones, form)
    return phones[int(path["phone"])] if path["phone"] and phones else record


def _repeated(phones: tuple[Phone, ...]) -> int:
    """Which number stands there for the second time."""
    keys = [(phone.number, phone.kind) for phone in phones]
    return next(place for place, key in enumerate(keys) if key in keys[:place])


def _label(attribute: str) -> Words:
    fields = (*ORGANISATION_FIELDS, *SERVICE_FIELDS, *PHONE_FIELDS, *LOCATION_FIELDS)
    return next((field.label for field in fields if field.attribute == attribute), attribute)
