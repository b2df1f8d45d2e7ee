"""Email addresses as people type them."""

from email_validator import EmailNotValidError, validate_email

from directory.errors import DomainError


class AddressInvalid(DomainError):
    """This is not one email address."""


def normalise_email(text: str) -> str:
    """The address with its domain in lower case and no space around it.

    Raises AddressInvalid for anything else than one plain address: no display name, no list, no line break. Whether
    the mailbox exists is not asked.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_display_name=False)
    except EmailNotValidError as error:
        raise AddressInvalid(str(error)) from error
    return found.normalized


def masked(email: str) -> str:
    """The address as somebody recognises it who knows it, and nobody learns it: `a…@example.org`."""
    local, at, domain = email.rpartition("@")
    return f"{local[:1]}…{at}{domain}" if local else ""


def domain_of(email: str) -> str:
    """The part after the last @, in lower case."""
    return email.rpartition("@")[2].lower()
