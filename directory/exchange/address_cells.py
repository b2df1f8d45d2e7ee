"""Cells for what leads somewhere: links, phone numbers, postcodes, positions."""

import re
from math import isfinite
from typing import Any

from directory.exchange.cells import Cell, CellFault, CellUnreadable, Manner
from directory.organisations.phones import UnreadableNumber, normalise, shown
from directory.organisations.validity import normalise_postcode

_STORED_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,6}|18001[0-9]{3,11}")


class Link(Cell):
    """A web address; people leave out its scheme."""

    def read(self, text: str, manner: Manner) -> Any:
        """The address with a scheme."""
        link = str(super().read(text, manner))
        return link if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", link) else f"https://{link}"


class PhoneNumber(Cell):
    """A number as people write it."""

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """The UK way, unless it would not be read as the same number."""
        return shown(value) if _normalised(shown(value)) == value else str(value)

    def read(self, text: str, manner: Manner) -> Any:
        """The form in which numbers are kept."""
        one_line = str(super().read(text, manner))
        number = _normalised(one_line)
        if number is None and _STORED_NUMBER.fullmatch(one_line):
            return one_line  # a form that entries may hold; whether it can be rung is judged where it is new
        if number is None:
            raise CellUnreadable(CellFault.PHONE)
        return number


class Postcode(Cell):
    """A postcode, or its first part."""

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """Capitals, one space."""
        try:
            return normalise_postcode(text)
        except ValueError as error:
            raise CellUnreadable(CellFault.POSTCODE) from error


class Position(Cell):
    """Latitude and longitude."""

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """Both with a comma between; a latitude always begins with a digit or a minus."""
        latitude, longitude = value
        return "" if latitude is None else f"{latitude!r}, {longitude!r}"

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """Both as numbers."""
        try:
            latitude, longitude = map(float, text.split(","))
        except ValueError as error:
            raise CellUnreadable(CellFault.POSITION) from error
        if not (isfinite(latitude) and isfinite(longitude)):
            raise CellUnreadable(CellFault.POSITION)
        return latitude, longitude


def _normalised(text: str) -> str | None:
    try:
        return normalise(text)
    except UnreadableNumber:
        return None
