"""Details to rows and rows to details: every field, both ways, with ids kept."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields
from typing import Any, TypeVar
from uuid import UUID

from directory.organisations.codes import SERVICE_TERMS, service_terms
from directory.organisations.details import (
    LocationDetails,
    Notice,
    OrganisationDetails,
    Phone,
    ServiceDetails,
    TranslatedText,
)
from directory.organisations.models import OrganisationRow, OrganisationTranslationRow, OtherNameRow
from directory.organisations.service_models import (
    LocationAccessRow,
    LocationRow,
    PhoneLanguageRow,
    PhoneRow,
    ServiceInterpretingRow,
    ServiceLocationRow,
    ServiceRow,
    ServiceTermRow,
    ServiceTranslationRow,
)
from directory.taxonomy.terms import TermKind

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


def _columns(details: type[Any], row: type[Any]) -> tuple[str, ...]:
    held = row.__table__.columns.keys()
    return tuple(field.name for field in fields(details) if field.name in held)


_ORGANISATION = _columns(OrganisationDetails, OrganisationRow)
_SERVICE = _columns(ServiceDetails, ServiceRow)
_PHONE = _columns(Phone, PhoneRow)
_LOCATION = tuple(name for name in _columns(LocationDetails, LocationRow) if name not in ("address", "area"))


def details_of(row: OrganisationRow) -> OrganisationDetails:
    """The details that an organisation's rows hold."""
    notice = Notice(text=row.notice_text, until=row.notice_until) if row.notice_until else None
    return OrganisationDetails(
        **{name: getattr(row, name) for name in _ORGANISATION},
        other_names=tuple(other.name for other in row.other_names),
        translations=_translations(row.translations),
        services=tuple(_service_of(service) for service in row.services),
        locations=tuple(_location_of(location) for location in row.locations),
        notice=notice,
    )


def _service_of(row: ServiceRow) -> ServiceDetails:
    terms: dict[str, Any] = {
        field: tuple(sorted(term.code for term in row.terms if term.kind is kind))
        for field, kind in SERVICE_TERMS.items()
    }
    return ServiceDetails(
        **{name: getattr(row, name) for name in _SERVICE},
        **terms,
        translations=_translations(row.translations),
        interpreting=tuple(sorted(interpreting.way for interpreting in row.interpreting)),
        phones=tuple(_phone_of(phone) for phone in row.phones),
        locations=tuple(link.location_id for link in row.locations),
    )


def _phone_of(row: PhoneRow) -> Phone:
    languages = tuple(sorted(language.code for language in row.languages))
    return Phone(**{name: getattr(row, name) for name in _PHONE}, languages=languages)


def _location_of(row: LocationRow) -> LocationDetails:
    return LocationDetails(
        **{name: getattr(row, name) for name in _LOCATION},
        address=tuple(row.address.split("\n")) if row.address else (),
        area=row.area or "",
        access=tuple(sorted(feature.code for feature in row.access)),
    )


def _translations(
    rows: Iterable[OrganisationTranslationRow] | Iterable[ServiceTranslationRow],
) -> tuple[TranslatedText, ...]:
    texts = (TranslatedText(language=row.language, text=row.text, revision=row.revision) for row in rows)
    return tuple(sorted(texts, key=lambda text: text.language))


def write_details(row: OrganisationRow, details: OrganisationDetails) -> None:
    """Make an organisation's rows hold these details; rows of what stays are kept, so that ids stay too."""
    _set(row, details, _ORGANISATION)
    row.notice_text = details.notice.text if details.notice else ""
    row.notice_until = details.notice.until if details.notice else None
    _match(row.other_names, range(len(details.other_names)), _position, lambda n: OtherNameRow(position=n))
    for other, name in zip(row.other_names, details.other_names, strict=True):
        other.name = name
    _write_translations(row.translations, details.translations, OrganisationTranslationRow)
    _match(row.locations, [location.id for location in details.locations], _id, _new_location)
    for position, location in enumerate(details.locations):
        _write_location(row.locations[position], location, position)
    _match(row.services, [service.id for service in details.services], _id, _new_service)
    places = {location.id: location for location in row.locations}
    for position, service in enumerate(details.services):
        _write_service(row.services[position], service, position, places)


def _write_location(row: LocationRow, location: LocationDetails, position: int) -> None:
    _set(row, location, _LOCATION)
    row.position = position
    row.address = "\n".join(location.address)
    row.area = location.area or None
    _match(row.access, location.access, lambda held: held.code, lambda code: LocationAccessRow(code=code))


def _write_service(row: ServiceRow, service: ServiceDetails, position: int, places: dict[UUID, LocationRow]) -> None:
    _set(row, service, _SERVICE)
    row.position = position
    _match(row.terms, service_terms(service), _term, lambda term: ServiceTermRow(kind=term[0], code=term[1]))
    _match(row.interpreting, service.interpreting, lambda held: held.way, lambda way: ServiceInterpretingRow(way=way))
    _write_translations(row.translations, service.translations, ServiceTranslationRow)
    _match(
        row.locations,
        service.locations,
        lambda link: link.location_id,
        lambda place: ServiceLocationRow(location_id=place, location=places[place]),
    )
    for number, link in enumerate(row.locations):
        link.position = number
    _match(
        row.phones,
        [(phone.number, phone.kind) for phone in service.phones],
        lambda held: (held.number, held.kind),
        lambda key: PhoneRow(number=key[0], kind=key[1], languages=[]),
    )
    for number, phone in enumerate(service.phones):
        _write_phone(row.phones[number], phone, number)


def _write_phone(row: PhoneRow, phone: Phone, position: int) -> None:
    _set(row, phone, _PHONE)
    row.position = position
    _match(
        row.languages,
        phone.languages,
        lambda held: held.code,
        lambda code: PhoneLanguageRow(code=code),
    )


def _write_translations(rows: list[Any], texts: tuple[TranslatedText, ...], make: type[Any]) -> None:
    _match(rows, [text.language for text in texts], lambda held: held.language, lambda tag: make(language=tag))
    for row, text in zip(rows, texts, strict=True):
        row.text, row.revision = text.text, text.revision


def _match(rows: list[Row], keys: Iterable[Key], key_of: Callable[[Row], Key], make: Callable[[Key], Row]) -> None:
    """Bring a relationship to one row per key, in the order of the keys: kept where there is one, else made."""
    held = {key_of(row): row for row in rows}
    wanted = [held.get(key) or make(key) for key in keys]
    if wanted != rows:
        rows[:] = wanted


def _set(row: object, details: object, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(row, name, getattr(details, name))


def _new_location(identity: UUID) -> LocationRow:
    return LocationRow(id=identity, access=[])


def _new_service(identity: UUID) -> ServiceRow:
    return ServiceRow(id=identity, terms=[], interpreting=[], translations=[], phones=[], locations=[])


def _id(row: LocationRow | ServiceRow) -> UUID:
    return row.id


def _position(row: OtherNameRow) -> int:
    return row.position


def _term(row: ServiceTermRow) -> tuple[TermKind, str]:
    return row.kind, row.code
