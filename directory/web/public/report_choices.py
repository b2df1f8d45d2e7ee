"""The choices of somebody who thinks of reporting, each with the services that offer it: pure, from public entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from directory.organisations.details import PassesToPolice, Phone, PhoneKind, ServiceDetails
from directory.organisations.queries import PublicOrganisation

SHOWN = 5
"""Services listed under one choice; the search has the rest."""
EMERGENCY = frozenset({"999", "112", "18000"})
"""Numbers for danger now: the page has them at its top, not among the choices."""
_LOCAL = ("haringey", "ward.", "place.", "district.")
_NEAR = ("london", "north_london")


class Way(StrEnum):
    """A choice, by what matters to the person: who hears of it, whether a name is asked for, and how it is done."""

    POLICE = "police"
    INDEPENDENT = "independent"
    ANONYMOUS = "anonymous"
    PHONE = "phone"
    ONLINE = "online"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody who takes reports: an organisation and that one of its services."""

    entry: PublicOrganisation
    service: ServiceDetails

    @property
    def slug(self) -> str:
        """What the entry is called in its address."""
        return self.entry.slug

    @property
    def phones(self) -> tuple[Phone, ...]:
        """Its numbers, but for those for danger now."""
        return tuple(phone for phone in self.service.phones if phone.number not in EMERGENCY)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of reporting: those to offer first, and how many there are in all."""

    way: Way
    places: tuple[Place, ...]
    total: int


def report_choices(organisations: Iterable[PublicOrganisation]) -> tuple[Choice, ...]:
    """Every way of reporting with those who offer it, local ones first; a way that nobody offers is left out."""
    places = sorted(_places(organisations), key=_order)
    offered = {way: tuple(place for place in places if way in _ways(place)) for way in Way}
    return tuple(Choice(way, found[:SHOWN], len(found)) for way, found in offered.items() if found)


def _places(organisations: Iterable[PublicOrganisation]) -> Iterable[Place]:
    """Who takes reports from anyone; a landlord's line for its own tenants is left to the search."""
    for organisation in organisations:
        for service in organisation.details.services:
            place = Place(organisation, service)
            if not service.takes_reports or service.tenants_of:
                continue
            if place.phones or service.form or service.web_chat or service.in_person:
                yield place


def _order(place: Place) -> tuple[int, bool, str, str]:
    """Local before national; for everyone before those for some; then by name."""
    areas = place.service.areas
    is_local = any(area.startswith(_LOCAL) for area in areas)
    is_near = is_local or any(area in _NEAR for area in areas)
    return 2 - is_local - is_near, not place.service.all_grounds, place.slug, place.service.name


def _ways(place: Place) -> frozenset[Way]:
    service = place.service
    facts = {
        Way.POLICE: service.passes_to_police is PassesToPolice.IS_THE_POLICE,
        Way.INDEPENDENT: service.independent_of_police or service.third_party_reporting,
        Way.ANONYMOUS: service.anonymous_reports,
        Way.PHONE: any(phone.kind is PhoneKind.VOICE for phone in place.phones),
        Way.ONLINE: service.form or service.web_chat,
        Way.IN_PERSON: service.in_person,
    }
    return frozenset(way for way, offered in facts.items() if offered)
