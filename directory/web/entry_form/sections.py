"""The sections of the form, in the order in which they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

ORGANISATION = "organisation"
WHAT = "what"
CONTACT = "contact"
HOURS = "hours"
WHO = "who"
REPORTING = "reporting"
PLACES = "places"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form that can be edited by itself."""

    key: str
    title: LazyString


SECTIONS = (
    Section(ORGANISATION, lazy_gettext("About the organisation")),
    Section(WHAT, lazy_gettext("What you offer")),
    Section(CONTACT, lazy_gettext("How people reach you")),
    Section(HOURS, lazy_gettext("When you are open")),
    Section(WHO, lazy_gettext("Who it is for")),
    Section(REPORTING, lazy_gettext("Reporting, and what stays private")),
    Section(PLACES, lazy_gettext("Where you are")),
)
ALL = tuple(section.key for section in SECTIONS)


def sections_of(keys: Iterable[str]) -> tuple[Section, ...]:
    """The sections with these keys, in the order of the form; unknown keys are passed over."""
    wanted = set(keys)
    return tuple(section for section in SECTIONS if section.key in wanted)
