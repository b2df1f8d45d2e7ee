"""States of an entry and the pure decisions about it."""

from enum import StrEnum

from directory.errors import DomainError
from directory.organisations.details import LocationDetails, OrganisationDetails, ServiceDetails

OLDEST_YOUNG_AGE = 25
YOUNGEST_OLDER_AGE = 50


class State(StrEnum):
    """Whether the public sees an entry. A hidden one was public once."""

    DRAFT = "draft"
    PUBLIC = "public"
    HIDDEN = "hidden"


class ConfirmedBy(StrEnum):
    """Whose word it is that an entry is right."""

    ORGANISATION = "organisation"
    OFFICER_BY_PHONE = "officer_by_phone"
    OFFICER_BY_SOURCE = "officer_by_source"
    ANOTHER_DIRECTORY = "another_directory"


class Confidence(StrEnum):
    """How sure whoever first wrote the entry was of its facts."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class StateRefused(DomainError):
    """An entry in this state cannot go to that one."""


class NoWayToReach(DomainError):
    """The entry gives the public no way of reaching the organisation, so it stays a draft."""


TRANSITIONS = {
    State.DRAFT: {State.DRAFT, State.PUBLIC},
    State.PUBLIC: {State.PUBLIC, State.HIDDEN},
    State.HIDDEN: {State.PUBLIC},
}
"""To which states an entry may go (staying in one means being edited in it)."""


def check_transition(old: State, new: State) -> None:
    """Raise StateRefused unless an entry may go from one state to the other."""
    if new not in TRANSITIONS[old]:
        raise StateRefused(f"{old} to {new}")


def check_publishable(details: OrganisationDetails) -> None:
    """Raise NoWayToReach unless the entry is fit for the public (see `is_publishable`)."""
    if not is_publishable(details):
        raise NoWayToReach(details.name)


def is_publishable(details: OrganisationDetails) -> bool:
    """Whether the public can reach the organisation somehow; without a way it stays a draft.

    The organisation's own website or email counts for all its services. One service of several may be without a way
    of its own: it is still worth knowing, and its page and its results say that they have none.
    """
    own = details.website or details.email
    return bool(own) or any(is_reachable(service, details.locations) for service in details.services)


def is_reachable(service: ServiceDetails, locations: tuple[LocationDetails, ...]) -> bool:
    """Whether the public has a way to this service itself.

    A number, an email, a page, a chat or a form; words that say how to get help; or a place with a public address.
    """
    direct = (service.phones, service.email, service.website, service.web_chat, service.form, service.how_to_get_help)
    return any(direct) or any(
        location.id in service.locations and location.address and not location.withheld for location in locations
    )


def audiences(service: ServiceDetails) -> frozenset[str]:
    """For whom in particular a service is: the values of the `for` filter (`lexicon.meanings.AUDIENCES`).

    A service for all grounds is for everybody, and so for nobody in particular; a broad ground says for whom a
    service is only when it is the one ground that the service names.
    """
    grounds = frozenset(service.grounds)
    is_for = {
        "young_people": "young_people" in service.kinds
        or "age.young" in grounds
        or (service.maximum_age is not None and service.maximum_age <= OLDEST_YOUNG_AGE),
        "older_people": "age.older" in grounds
        or (service.minimum_age is not None and service.minimum_age >= YOUNGEST_OLDER_AGE),
        "women": service.women_only is True or "gender.women" in grounds,
        "men": "gender.men" in grounds,
        "lgbt": service.lgbt_only is True or _specialises_in("sexuality", service),
        "trans": "gender.trans" in grounds,
        "disabled": _specialises_in("disability", service),
        "deaf": "disability.deaf" in grounds,
        "learning_disability": "disability.learning_disability" in grounds,
    }
    return frozenset(audience for audience, is_one in is_for.items() if is_one)


def _specialises_in(ground: str, service: ServiceDetails) -> bool:
    narrower = any(code.startswith(f"{ground}.") for code in service.grounds)
    return narrower or (service.grounds == (ground,) and not service.all_grounds)


def first_state(wanted: State, confidence: Confidence | None, details: OrganisationDetails) -> State:
    """Give the state in which an entry begins: what nobody is sure of, or can be reached, is a draft."""
    return wanted if confidence is not Confidence.LOW and is_publishable(details) else State.DRAFT
