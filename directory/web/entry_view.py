"""An entry as its page shows it: every fact that is known, in the reader's words, and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from directory.clock import LONDON
from directory.organisations import hours, phones
from directory.organisations.details import (
    LocationDetails,
    OrganisationDetails,
    Phone,
    Referral,
    ServiceDetails,
    TranslatedText,
)
from directory.organisations.queries import PublicOrganisation
from directory.search.card import has_way
from directory.web import entry_words
from directory.web.hours_words import DayHours, now_in_words, today_in_words, week_in_words
from directory.web.names import Names


@dataclass(frozen=True, slots=True)
class HoursView:
    """Opening hours in words: now, today and the week; or the note that stands for them."""

    state: str
    now: str
    today: str
    week: tuple[DayHours, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A number to tap."""

    shown: str
    link: str
    verb: str
    label: str
    notes: tuple[str, ...]
    languages: tuple[str, ...]
    hours: HoursView | None
    is_voice: bool


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where a service is given; of a withheld place only the name of its area."""

    lines: tuple[str, ...]
    area: str
    withheld: bool
    access: tuple[str, ...]
    last_seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView:
    """A service in words. Texts that are the organisation's own stay in `details`."""

    details: ServiceDetails
    name: str
    """Empty where it is the organisation's name again."""
    phones: tuple[PhoneView, ...]
    hours: HoursView | None
    has_way: bool
    website: str
    kinds: tuple[str, ...]
    grounds: tuple[str, ...]
    audience: tuple[str, ...]
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    interpreting: tuple[str, ...]
    places: tuple[PlaceView, ...]
    access: tuple[str, ...]
    referral: str
    staff_only: bool
    taking: str
    reporting: tuple[str, ...]
    discretion: tuple[str, ...]
    last_seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An organisation in words."""

    slug: str
    details: OrganisationDetails
    kind: str
    notice: str
    confirmed: str
    is_confirmed: bool
    last_seen: str
    doubts: tuple[str, ...]
    """What is known against it."""
    services: tuple[ServiceView, ...]

    @property
    def first_phone(self) -> PhoneView | None:
        """The number to ring first: the first voice number of the first service that has one."""
        return next((phone for service in self.services for phone in service.phones if phone.is_voice), None)


def entry_view(entry: PublicOrganisation, names: Names, now: datetime) -> EntryView:
    """The entry at the moment `now`."""
    details, today = entry.details, now.astimezone(LONDON).date()
    return EntryView(
        slug=entry.slug,
        details=details,
        kind=entry_words.organisation_kind_in_words(details.kind),
        notice=details.notice.text if details.notice and details.notice.until >= today else "",
        confirmed=entry_words.confirmed_in_words(entry.standing.confirmed_at, entry.standing.confirmed_by),
        is_confirmed=entry.standing.confirmed_at is not None,
        last_seen=entry_words.last_seen_in_words(details.last_seen),
        doubts=entry_words.doubts_in_words(entry.standing),
        services=tuple(service_view(details, service, names, now) for service in details.services),
    )


def text_in(language: str, text: str, translations: tuple[TranslatedText, ...]) -> tuple[str, str]:
    """The text in a language with that language's code, or as it was written, in English."""
    translated = next((held.text for held in translations if held.language == language), "")
    return (translated, language) if translated else (text, "en")


def hours_view(expression: str, note: str, now: datetime) -> HoursView | None:
    """Hours in words, `None` where nothing is known of them."""
    today = hours.today_in_words(expression, now)
    week = hours.week(expression, today.now.date())
    if week is None:
        return HoursView(today.state, "", "", (), note) if note else None
    lines = () if today.state is hours.HoursState.ALWAYS else tuple(week_in_words(week))
    return HoursView(today.state, now_in_words(today), today_in_words(today), lines, note)


def service_view(details: OrganisationDetails, service: ServiceDetails, names: Names, now: datetime) -> ServiceView:
    """One of its services at the moment `now`."""
    places = {place.id: place for place in details.locations}
    return ServiceView(
        details=service,
        name="" if service.name == details.name else service.name,
        phones=tuple(phone_view(phone, service, names, now) for phone in service.phones),
        hours=hours_view(service.opening_hours, service.hours_note, now),
        has_way=has_way(details, service),
        website=service.website or details.website,
        kinds=tuple(names.kind(code) for code in service.kinds),
        grounds=_grounds(service, names),
        audience=tuple(entry_words.audience_in_words(service)),
        areas=tuple(names.area(code) for code in service.areas),
        languages=tuple(names.spoken(tag) for tag in service.languages),
        interpreting=tuple(entry_words.interpreting_in_words(service.interpreting)),
        places=tuple(_place(places[code], names) for code in service.locations if code in places),
        access=tuple(names.access(code) for code in service.access),
        referral=entry_words.referral_in_words(service.referral),
        staff_only=service.referral is Referral.PROFESSIONAL,
        taking=_taking(service),
        reporting=tuple(entry_words.reporting_facts(service)),
        discretion=tuple(entry_words.discretion_facts(service)),
        last_seen=entry_words.last_seen_in_words(service.last_seen),
    )


def _grounds(service: ServiceDetails, names: Names) -> tuple[str, ...]:
    everyone = (_("Any reason"),) if service.all_grounds else ()
    shown = [code for code in service.grounds if "." in code or not service.all_grounds]
    return (*everyone, *(names.ground(code) for code in shown))


def _taking(service: ServiceDetails) -> str:
    until = service.taking_new_people_until
    return entry_words.taking_in_words(str(service.taking_new_people or ""), until.isoformat() if until else "")


def phone_view(phone: Phone, service: ServiceDetails, names: Names, now: datetime) -> PhoneView:
    """One of its numbers at the moment `now`."""
    relayed = phone.text_relay and phones.is_voice(phone.kind)
    relay = _("You can call through Relay UK with a textphone or the app.") if relayed else ""
    notes = (entry_words.phone_note(phone.kind), relay, entry_words.last_seen_in_words(phone.last_seen))
    return PhoneView(
        shown=phones.shown(phone.number),
        link=phones.link(phone.number, phone.kind),
        verb=entry_words.phone_verb(phone.kind),
        label="" if phone.label == service.name else phone.label,
        notes=tuple(note for note in notes if note),
        languages=tuple(names.spoken(tag) for tag in phone.languages),
        hours=hours_view(phone.opening_hours, phone.hours_note, now),
        is_voice=phones.is_voice(phone.kind),
    )


def _place(place: LocationDetails, names: Names) -> PlaceView:
    area = names.area(place.area) if place.area else ""
    if place.withheld:
        return PlaceView((), area, withheld=True, access=(), last_seen="")
    lines = (place.name, *place.address, place.town, place.postcode)
    return PlaceView(
        tuple(line for line in lines if line),
        area,
        withheld=False,
        access=tuple(names.access(code) for code in place.access),
        last_seen=entry_words.place_last_seen_in_words(place.last_seen),
    )
