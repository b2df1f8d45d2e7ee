"""All that may be edited of an organisation, as one frozen value: `OrganisationDetails`.

Everything else reads, compares, merges and stores this value; nobody edits rows field by field. Empty means *not
known*, never *all* and never *no*. Tuples of codes are kept sorted, so that equal facts are equal values.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class OrganisationKind(StrEnum):
    """What sort of body it is."""

    STATUTORY = "statutory"
    VOLUNTARY = "voluntary"
    COMMUNITY = "community"
    FAITH = "faith"


class PhoneKind(StrEnum):
    """What a number is for: a text number is not a voice number."""

    VOICE = "voice"
    TEXT = "text"
    WHATSAPP = "whatsapp"
    TEXTPHONE = "textphone"
    VOICEMAIL = "voicemail"


class Interpreting(StrEnum):
    """How people who speak another language than the staff are served."""

    NONE = "none"
    ON_REQUEST = "on_request"
    TELEPHONE = "telephone"
    BSL = "bsl"


class Referral(StrEnum):
    """Who may ask for the service: the person, a professional for them, or both."""

    SELF = "self"
    PROFESSIONAL = "professional"
    BOTH = "both"


class TakingNewPeople(StrEnum):
    """Whether the service can take somebody new at present."""

    YES = "yes"
    WAITING_LIST = "waiting_list"
    CLOSED = "closed"


class PassesToPolice(StrEnum):
    """What a service that takes reports passes to the police."""

    NOTHING_WITHOUT_CONSENT = "nothing_without_consent"
    ALWAYS = "always"
    IS_THE_POLICE = "is_the_police"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """One number. `number` is E.164 (`+442084891000`) or a short code that stays as it is (`999`, `85258`)."""

    number: str
    kind: PhoneKind = PhoneKind.VOICE
    label: str = ""
    languages: tuple[str, ...] = ()
    text_relay: bool | None = None
    opening_hours: str = ""
    """OpenStreetMap `opening_hours` syntax, only where the published text is clear."""
    hours_note: str = ""
    """Hours in words, where they are not clear enough for `opening_hours`."""
    last_seen: int | None = None
    """The year the number was last seen published, if long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedText:
    """A text in another language, with the revision of the entry that it was translated from."""

    language: str
    text: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationDetails:
    """A place where services are given. A withheld one is public by its `area` only."""

    id: UUID
    name: str = ""
    address: tuple[str, ...] = ()
    """Lines of the address without town and postcode."""
    town: str = ""
    postcode: str = ""
    """A full postcode (`N15 3QL`), or only its district (`N15`) where no more is known."""
    area: str = ""
    """Code of the taxonomy's area in which it lies: for a withheld location all that the public sees."""
    latitude: float | None = None
    longitude: float | None = None
    withheld: bool = False
    access: tuple[str, ...] = ()
    """Codes of the taxonomy's access features."""
    last_seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDetails:
    """One thing an organisation offers: the unit of searching and filtering."""

    id: UUID
    name: str
    description: str = ""
    translations: tuple[TranslatedText, ...] = ()

    kinds: tuple[str, ...] = ()
    """Codes of the taxonomy's kinds of service."""
    grounds: tuple[str, ...] = ()
    """Codes of grounds and of their narrower terms (`religion`, `religion.sikh`)."""
    all_grounds: bool = False
    """For every ground, because the service says so."""
    languages: tuple[str, ...] = ()
    """BCP 47 tags of the languages that its staff speak (`bfi` is British Sign Language)."""
    interpreting: tuple[Interpreting, ...] = ()

    phones: tuple[Phone, ...] = ()
    """In the order in which they are to be offered."""
    email: str = ""
    website: str = ""
    web_chat: str = ""
    form: str = ""
    in_person: bool | None = None
    home_visits: bool | None = None

    opening_hours: str = ""
    hours_note: str = ""

    areas: tuple[str, ...] = ()
    """Codes of the areas served (`haringey`, `london`, `england`, `uk`, a ward …)."""
    minimum_age: int | None = None
    maximum_age: int | None = None
    women_only: bool | None = None
    lgbt_only: bool | None = None
    tenants_of: str = ""
    eligibility: str = ""
    """Who it is for, and who it is not for, in plain words."""
    how_to_get_help: str = ""
    referral: Referral | None = None
    how_to_refer: str = ""
    referral_form: str = ""
    taking_new_people: TakingNewPeople | None = None
    taking_new_people_until: date | None = None
    free: bool | None = None
    cost: str = ""
    access: tuple[str, ...] = ()
    access_note: str = ""
    locations: tuple[UUID, ...] = ()

    takes_reports: bool | None = None
    third_party_reporting: bool | None = None
    anonymous_reports: bool | None = None
    independent_of_police: bool | None = None
    passes_to_police: PassesToPolice | None = None
    after_reporting: str = ""
    """What happens after you report, in plain words."""
    perpetrators: str = ""
    """What it can do about the perpetrator, where the service enforces."""

    safe_voicemail: bool | None = None
    withheld_number: bool | None = None
    """Its calls show no number."""
    text_instead: bool | None = None
    bring_someone: bool | None = None
    immigration_safe: bool | None = None
    """Does not pass details to immigration authorities."""

    last_seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A short public notice that ends by itself."""

    text: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDetails:
    """Everything about one organisation that its keepers or officers may edit."""

    name: str
    kind: OrganisationKind
    other_names: tuple[str, ...] = ()
    part_of: UUID | None = None
    description: str = ""
    translations: tuple[TranslatedText, ...] = ()
    website: str = ""
    email: str = ""
    charity_number: str = ""
    company_number: str = ""
    services: tuple[ServiceDetails, ...] = ()
    locations: tuple[LocationDetails, ...] = ()
    notice: Notice | None = None
    last_seen: int | None = None
