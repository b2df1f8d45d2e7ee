"""Fields for what leads somewhere: links, email addresses, phone numbers, postcodes."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask_babel import lazy_gettext

from directory.organisations.phones import UnreadableNumber, normalise, shown
from directory.organisations.validity import is_link, normalise_postcode
from directory.people.addresses import AddressInvalid, normalise_email
from directory.signals.addresses import literal_address
from directory.web.entry_form.fields import ONLY, Refused, TextField, Typed

LONGEST_LINK = 500
LONGEST_EMAIL = 254


@dataclass(frozen=True, kw_only=True)
class LinkField(TextField):
    """A web address; people leave out its `https://`."""

    limit: int = LONGEST_LINK
    inputmode: str = "url"
    direction: str = "ltr"

    def parse(self, text: str) -> Any:
        """The address with its scheme, the names before the path in lower case."""
        if not text:
            return ""
        whole = text if "://" in text else f"https://{text}"
        link = _with_lower_host(whole)
        if link is None or not is_link(link) or not _is_public_host(link):
            raise Refused(lazy_gettext("Enter a web address, like www.example.org."))
        return link


def _with_lower_host(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        return urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()))
    except ValueError:
        return None


def _is_public_host(link: str) -> bool:
    """Whether the host is a name with a dot in it: no number of a machine, no name of an inner network."""
    host = (urlsplit(link).hostname or "").rstrip(".")
    return "." in host and literal_address(host) is None


@dataclass(frozen=True, kw_only=True)
class EmailField(TextField):
    """One plain email address."""

    limit: int = LONGEST_EMAIL
    inputmode: str = "email"
    direction: str = "ltr"

    def parse(self, text: str) -> Any:
        """The address with its domain in lower case."""
        if not text:
            return ""
        try:
            return normalise_email(text)
        except AddressInvalid as error:
            raise Refused(lazy_gettext("Enter an email address, like name@example.org.")) from error


@dataclass(frozen=True, kw_only=True)
class NumberField(TextField):
    """A phone number as people write it."""

    limit: int = 40
    inputmode: str = "tel"
    direction: str = "ltr"
    width: str = "govuk-input--width-20"

    def show(self, value: Any) -> Typed:
        """The UK way."""
        return {ONLY: (shown(value) if value else "",)}

    def parse(self, text: str) -> Any:
        """The form in which numbers are kept."""
        try:
            return normalise(text)
        except UnreadableNumber as error:
            raise Refused(lazy_gettext("Enter a phone number that works in the UK, like 020 7946 0958.")) from error


@dataclass(frozen=True, kw_only=True)
class PostcodeField(TextField):
    """A postcode, or only its district."""

    limit: int = 12
    direction: str = "ltr"
    width: str = "govuk-input--width-10"

    def parse(self, text: str) -> Any:
        """Capitals, one space."""
        if not text:
            return ""
        try:
            return normalise_postcode(text)
        except ValueError as error:
            raise Refused(lazy_gettext("Enter a postcode, like N15 3QL, or only its first part, like N15.")) from error
