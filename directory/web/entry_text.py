"""An entry as plain lines, for mails and for pages that show it as text: what the public sees, and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from directory.organisations import hours, links, phones
from directory.organisations.details import LocationDetails, OrganisationDetails, Phone, ServiceDetails
from directory.web import entry_words
from directory.web.hours_words import week_in_words
from directory.web.locale import current_language
from directory.web.names import Names
from directory.web.typed_text import plain


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: what it is about, and what the entry says of it."""

    label: str
    text: str
    is_own: bool = False
    """Whether it is in the organisation's own words, and so in English."""


@dataclass(frozen=True, slots=True)
class Part:
    """The organisation, or one of its services."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """The organisation or a service, as rows: what each is about, and its lines."""

    heading: str
    rows: tuple[tuple[str, tuple[Line, ...]], ...]
    """The lines that are sentences by themselves come last, under an empty label."""


def entry_text(details: OrganisationDetails, names: Names, today: date) -> tuple[Part, ...]:
    """The public view of an entry, in parts: the organisation, then each service."""
    places = {place.id: place for place in details.locations}
    services = (
        Part(plain(service.name), tuple(_told(_service(service, places, names, today)))) for service in details.services
    )
    return (Part(plain(details.name), tuple(_told(_organisation(details, today)))), *services)


def shown_parts(parts: Sequence[Part]) -> tuple[ShownPart, ...]:
    """The same as rows, for pages."""
    return tuple(ShownPart(part.heading, _rows(part)) for part in parts)


def changed_lines(before: Sequence[Part], after: Sequence[Part]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines that are gone, and those that are new."""
    held = [line for part in before for line in (Line("", part.heading, is_own=True), *part.lines)]
    now = [line for part in after for line in (Line("", part.heading, is_own=True), *part.lines)]
    return tuple(line for line in held if line not in now), tuple(line for line in now if line not in held)


def _rows(part: Part) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    rows: dict[str, list[Line]] = {}
    for line in part.lines:
        rows.setdefault(line.label, []).append(line)
    sentences = rows.pop("", [])
    return (*((label, tuple(lines)) for label, lines in rows.items()), *([("", tuple(sentences))] if sentences else []))


def _organisation(details: OrganisationDetails, today: date) -> Iterator[Line]:
    yield Line("", entry_words.organisation_kind_in_words(details.kind))
    if details.notice and details.notice.until >= today:
        yield Line(_("Notice"), details.notice.text, is_own=True)
    yield Line(_("What it does"), details.description, is_own=True)
    yield Line(_("Also known as"), _listed(details.other_names), is_own=True)
    yield Line(_("Website"), links.shown(details.website), is_own=True)
    yield Line(_("Email"), details.email, is_own=True)
    yield Line(_("Charity number"), details.charity_number, is_own=True)
    yield Line(_("Company number"), details.company_number, is_own=True)


def _service(service: ServiceDetails, places: dict[UUID, LocationDetails], names: Names, today: date) -> Iterator[Line]:
    until = service.taking_new_people_until
    yield Line(_("What they offer"), _listed(names.kind(code) for code in service.kinds))
    yield Line(_("What it does"), service.description, is_own=True)
    yield Line(
        "", entry_words.taking_in_words(str(service.taking_new_people or ""), until.isoformat() if until else "")
    )
    yield from _ways(service, names, today)
    yield Line(_("Opening hours"), _hours(service.opening_hours, service.hours_note, today))
    for place in (places[identity] for identity in service.locations if identity in places):
        yield Line(_("Where"), _place(place, names), is_own=not place.withheld)
    yield from _face_to_face(service)
    yield Line(_("How to get help"), service.how_to_get_help, is_own=True)
    yield Line("", entry_words.referral_in_words(service.referral))
    yield from _people(service, names)
    if service.free is not None:
        yield Line(_("Cost"), _("Free") if service.free else _("There is a charge."))
    yield Line(_("Cost"), service.cost, is_own=True)
    yield Line(_("Access"), _listed(names.access(code) for code in service.access))
    yield Line(_("Access"), service.access_note, is_own=True)
    yield from (Line("", fact) for fact in entry_words.reporting_facts(service))
    yield Line(_("What happens if you report"), service.after_reporting, is_own=True)
    yield Line(_("What they can do about the person responsible"), service.perpetrators, is_own=True)
    yield from (Line("", fact) for fact in entry_words.discretion_facts(service))
    yield Line(_("For staff: how to refer someone"), service.how_to_refer, is_own=True)
    yield Line(_("Referral form"), links.shown(service.referral_form), is_own=True)


def _ways(service: ServiceDetails, names: Names, today: date) -> Iterator[Line]:
    for phone in service.phones:
        yield Line(_("Phone"), _phone(phone, names, today))
    yield Line(_("Email"), service.email, is_own=True)
    yield Line(_("Web chat"), links.shown(service.web_chat), is_own=True)
    yield Line(_("Online form"), links.shown(service.form), is_own=True)
    yield Line(_("Website"), links.shown(service.website), is_own=True)


def _face_to_face(service: ServiceDetails) -> Iterator[Line]:
    if service.in_person is not None:
        yield Line("", _("You can see them in person.") if service.in_person else _("You cannot see them in person."))
    if service.home_visits is not None:
        visits = _("They can come to you.") if service.home_visits else _("They do not come to people's homes.")
        yield Line("", visits)


def _people(service: ServiceDetails, names: Names) -> Iterator[Line]:
    everyone = (_("Any reason"),) if service.all_grounds else ()
    yield Line(_("Reasons they help with"), _listed((*everyone, *(names.ground(code) for code in service.grounds))))
    yield from (Line("", limit) for limit in entry_words.audience_in_words(service))
    yield Line(_("Who it is for"), service.eligibility, is_own=True)
    yield Line(_("For people in"), _listed(names.area(code) for code in service.areas))
    yield Line(_("Staff speak"), _listed(names.spoken(tag) for tag in service.languages))
    yield from (Line("", way) for way in entry_words.interpreting_in_words(service.interpreting))


def _phone(phone: Phone, names: Names, today: date) -> str:
    spoken = _listed(names.spoken(tag) for tag in phone.languages)
    open_at = _hours(phone.opening_hours, phone.hours_note, today)
    notes = [note for note in (phone.label, entry_words.phone_note(phone.kind), spoken, open_at) if note]
    number = _unturned(phones.shown(phone.number))
    return f"{number} ({'; '.join(notes)})" if notes else number


def _unturned(number: str) -> str:
    """A phone number whose groups of figures keep their order among words that run from right to left."""
    return f"\u200f\u200e{number}\u200e" if current_language().direction == "rtl" else number


def _hours(expression: str, note: str, today: date) -> str:
    week = hours.week(expression, today)
    days = [f"{line.days}: {line.hours}" for line in week_in_words(week)] if week else []
    return "; ".join([*days, *([note] if note else [])])


def _place(place: LocationDetails, names: Names) -> str:
    area = names.area(place.area) if place.area else ""
    if place.withheld:
        kept = _("The address is kept private. It is in %(area)s.", area=area)
        return kept if area else _("The address is kept private.")
    held = [line for line in (place.name, *place.address, place.town, place.postcode) if line]
    return ", ".join(held) or area


def _listed(words: Iterator[str] | Sequence[str]) -> str:
    # Translators: what stands between the things of a list
    return _(", ").join(words)


def _told(lines: Iterator[Line]) -> Iterator[Line]:
    """What is known, each on a line of its own, whatever was typed."""
    return (Line(line.label, plain(line.text), line.is_own) for line in lines if line.text.strip())
