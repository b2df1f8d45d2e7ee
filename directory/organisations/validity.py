"""Whether details are well formed: the shape of every field and how fields hang together, as pure rules."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from directory.errors import DomainError
from directory.organisations.details import (
    LocationDetails,
    OrganisationDetails,
    ServiceDetails,
    TranslatedText,
)
from directory.organisations.hours_syntax import is_readable

OLDEST_AGE = 130
FARTHEST_LATITUDE, FARTHEST_LONGITUDE = 90, 180
SHORTEST_SECRET = 6
"""Letters and digits of an address line that is long enough to give a place away."""
YEARS = range(1990, 2101)
LINKS = frozenset({"website", "web_chat", "form", "referral_form"})
CODES = frozenset({"kinds", "grounds", "areas", "access", "interpreting", "languages"})
PARAGRAPHS = frozenset(
    {
        "description",
        "text",
        "hours_note",
        "eligibility",
        "how_to_get_help",
        "how_to_refer",
        "cost",
        "access_note",
        "after_reporting",
        "perpetrators",
    }
)
"""The texts that may hold line breaks."""
REQUIRED = frozenset({"name", "text", "number", "language"})

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?( [0-9][A-Z]{2})?")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,6}|18001[0-9]{3,11}")
_EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;.]+(\.[^@\s<>\"(),:;.]+)+")


class Problem(StrEnum):
    """What is wrong with a field."""

    EMPTY = "empty"
    UNTIDY = "untidy"
    """Spaces at the ends, control characters, or a line break where one line is asked for."""
    LINK = "link"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    HOURS = "hours"
    """No `opening_hours` syntax that can be evaluated and told in words."""
    LANGUAGE = "language"
    OUT_OF_RANGE = "out_of_range"
    UNSORTED = "unsorted"
    """Codes that are not in order, or twice the same."""
    REPEATED = "repeated"
    INCOMPLETE = "incomplete"
    """One of two facts that only make sense together."""
    UNKNOWN_LOCATION = "unknown_location"
    TELLS_WITHHELD_PLACE = "tells_withheld_place"
    """A public text holds the address of a withheld location."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One problem, and the field that has it (`services[0].phones[1].number`)."""

    field: str
    problem: Problem


class DetailsInvalid(DomainError):
    """The details are not well formed."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        """Keep the violations, for the fields of a form."""
        super().__init__("; ".join(f"{violation.field}: {violation.problem}" for violation in violations))
        self.violations = violations


def check_details(details: OrganisationDetails) -> None:
    """Raise DetailsInvalid, with all that is wrong, unless the details are well formed."""
    found = violations(details)
    if found:
        raise DetailsInvalid(found)


def violations(details: OrganisationDetails) -> tuple[Violation, ...]:
    """All that is wrong with the details, nothing if they are well formed."""
    return (*_walk(details, ""), *_of_organisation(details))


def normalise_postcode(text: str) -> str:
    """A postcode or district as it is stored: capitals, one space. Raises ValueError if it is neither."""
    compact = re.sub(r"[^A-Z0-9]", "", text.upper())
    for candidate in (compact, f"{compact[:-3]} {compact[-3:]}"):
        if _POSTCODE.fullmatch(candidate):
            return candidate
    raise ValueError(f"not a postcode: {text!r}")


def _walk(value: Any, where: str) -> Iterator[Violation]:
    """The problems that a single field shows by itself, at any depth."""
    for field in fields(value):
        held, path = getattr(value, field.name), f"{where}{field.name}"
        if isinstance(held, tuple) and any(is_dataclass(item) for item in held):
            for number, item in enumerate(held):
                yield from _walk(item, f"{path}[{number}].")
        elif is_dataclass(held):
            yield from _walk(held, f"{path}.")
        else:
            yield from (Violation(path, problem) for problem in _of_field(field.name, held))
    yield from (Violation(f"{where}{name}", problem) for name, problem in _of_record(value))


def _of_field(name: str, held: Any) -> Iterator[Problem]:
    texts = held if isinstance(held, tuple) else (held,)
    if any(isinstance(text, str) and not _is_tidy(text, is_paragraph=name in PARAGRAPHS) for text in texts):
        yield Problem.UNTIDY
    if isinstance(held, tuple) and "" in held:
        yield Problem.EMPTY
    if name in CODES and list(held) != sorted(set(held)):
        yield Problem.UNSORTED
    if name == "last_seen" and held is not None and held not in YEARS:
        yield Problem.OUT_OF_RANGE
    if held and name in _SHAPES and not _SHAPES[name](held):
        yield _SHAPE_PROBLEMS[name]


def _is_tidy(text: str, *, is_paragraph: bool) -> bool:
    allowed = "\n" if is_paragraph else ""
    return text == text.strip() and not any(
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character not in allowed for character in text
    )


def is_link(text: str) -> bool:
    """Whether a text is an http(s) link with a host and no user part."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and text.startswith(f"{parts.scheme}://")
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and not re.search(r"[\s\\<>\"]", text)
    )


_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(LINKS, is_link),
    "email": lambda text: bool(_EMAIL.fullmatch(text)),
    "number": lambda text: bool(_PHONE.fullmatch(text)),
    "postcode": lambda text: bool(_POSTCODE.fullmatch(text)),
    "opening_hours": is_readable,
    "language": lambda tag: bool(_LANGUAGE.fullmatch(tag)),
    "languages": lambda tags: all(_LANGUAGE.fullmatch(tag) for tag in tags),
}
_SHAPE_PROBLEMS = {
    **dict.fromkeys(LINKS, Problem.LINK),
    "email": Problem.EMAIL,
    "number": Problem.PHONE,
    "postcode": Problem.POSTCODE,
    "opening_hours": Problem.HOURS,
    "language": Problem.LANGUAGE,
    "languages": Problem.LANGUAGE,
}


def _of_record(value: Any) -> Iterator[tuple[str, Problem]]:
    """The problems of fields that hang together within one record."""
    must_hold = REQUIRED if not isinstance(value, LocationDetails) else frozenset()
    for field in fields(value):
        if field.name in must_hold and not getattr(value, field.name):
            yield field.name, Problem.EMPTY
    if isinstance(value, OrganisationDetails | ServiceDetails) and not _is_in_order(value.translations):
        yield "translations", Problem.UNSORTED
    if isinstance(value, TranslatedText) and value.revision < 0:
        yield "revision", Problem.OUT_OF_RANGE
    if isinstance(value, ServiceDetails):
        yield from _of_service(value)
    if isinstance(value, LocationDetails):
        yield from _of_location(value)


def _of_service(service: ServiceDetails) -> Iterator[tuple[str, Problem]]:
    ages = [age for age in (service.minimum_age, service.maximum_age) if age is not None]
    if any(not 0 <= age <= OLDEST_AGE for age in ages) or ages != sorted(ages):
        yield "minimum_age", Problem.OUT_OF_RANGE
    if service.taking_new_people_until and service.taking_new_people is None:
        yield "taking_new_people_until", Problem.INCOMPLETE
    if _has_repeats((phone.number, phone.kind) for phone in service.phones):
        yield "phones", Problem.REPEATED
    if _has_repeats(service.locations):
        yield "locations", Problem.REPEATED


def _of_location(location: LocationDetails) -> Iterator[tuple[str, Problem]]:
    if (location.latitude is None) != (location.longitude is None):
        yield "latitude", Problem.INCOMPLETE
    if location.latitude is not None and abs(location.latitude) > FARTHEST_LATITUDE:
        yield "latitude", Problem.OUT_OF_RANGE
    if location.longitude is not None and abs(location.longitude) > FARTHEST_LONGITUDE:
        yield "longitude", Problem.OUT_OF_RANGE


def _of_organisation(details: OrganisationDetails) -> Iterator[Violation]:
    for name in ("services", "locations"):
        if _has_repeats(item.id for item in getattr(details, name)):
            yield Violation(name, Problem.REPEATED)
    known = {location.id for location in details.locations}
    for number, service in enumerate(details.services):
        if not known.issuperset(service.locations):
            yield Violation(f"services[{number}].locations", Problem.UNKNOWN_LOCATION)
    secrets = {secret for location in details.locations if location.withheld for secret in _secrets(location)}
    for path, text in _public_texts(details):
        if any(secret in _compact(text) for secret in secrets):
            yield Violation(path, Problem.TELLS_WITHHELD_PLACE)


def _secrets(location: LocationDetails) -> Iterator[str]:
    """What of a withheld location no text may hold: its full postcode, and address lines with a number in them."""
    if " " in location.postcode:
        yield _compact(location.postcode)
    for line in location.address:
        if re.search(r"[0-9]", line) and len(_compact(line)) >= SHORTEST_SECRET:
            yield _compact(line)


def _compact(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _public_texts(details: OrganisationDetails) -> Iterator[tuple[str, str]]:
    """Every text that the public sees, with its path: all but those of withheld locations."""
    yield from _texts(details, "", skip=("locations",))
    for number, location in enumerate(details.locations):
        if not location.withheld:
            yield from _texts(location, f"locations[{number}].")


def _texts(value: Any, where: str, skip: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for field in fields(value):
        held, path = getattr(value, field.name), f"{where}{field.name}"
        for number, item in enumerate(held if isinstance(held, tuple) else (held,)):
            if isinstance(item, str):
                yield path, item
            elif is_dataclass(item) and field.name not in skip:
                yield from _texts(item, f"{path}[{number}]." if isinstance(held, tuple) else f"{path}.")


def _is_in_order(texts: tuple[TranslatedText, ...]) -> bool:
    languages = [text.language for text in texts]
    return languages == sorted(set(languages))


def _has_repeats(keys: Iterable[object]) -> bool:
    listed = list(keys)
    return len(listed) != len(set(listed))
