"""The fields of a location. A withheld address is asked for like any other, and says that it stays private."""

from dataclasses import replace
from typing import Final

from flask_babel import lazy_gettext

from directory.organisations.details import LocationDetails
from directory.taxonomy.terms import TermKind
from directory.web.entry_form.addresses import PostcodeField
from directory.web.entry_form.choices import DecisionField, TermField, TermsField
from directory.web.entry_form.fields import Field, LinesField, TextField

LOCATION_FIELDS: Final[tuple[Field, ...]] = (
    TextField(
        attribute="name",
        label=lazy_gettext("Name of the place"),
        hint=lazy_gettext("For example: Community Centre, first floor. Leave it empty if it has none."),
    ),
    DecisionField(
        attribute="withheld",
        label=lazy_gettext("Must this address stay private?"),
        hint=lazy_gettext(
            "If it must, only you and the council's Community Safety Team can see the name, the address and the "
            "postcode. The public sees the area, and nothing else."
        ),
        required=lazy_gettext("Choose whether this address must stay private."),
    ),
    LinesField(
        attribute="address",
        label=lazy_gettext("Building and street"),
        hint=lazy_gettext("Without town and postcode."),
    ),
    TextField(attribute="town", label=lazy_gettext("Town"), width="govuk-input--width-20"),
    PostcodeField(attribute="postcode", label=lazy_gettext("Postcode")),
    TermField(
        attribute="area",
        label=lazy_gettext("Which area is it in?"),
        hint=lazy_gettext("For a private address, choose an area wide enough that nobody can guess the place."),
        kind=TermKind.AREA,
        none=lazy_gettext("Not said"),
    ),
    TermsField(
        attribute="access",
        label=lazy_gettext("What is there for disabled people?"),
        hint=lazy_gettext("Choose only what is there."),
        kind=TermKind.ACCESS,
    ),
)


def without_old_position(location: LocationDetails, before: LocationDetails | None) -> LocationDetails:
    """The location without the coordinates, and the doubt, of the address that it had before."""
    if before is None or _address(location) == _address(before):
        return location
    return replace(location, latitude=None, longitude=None, last_seen=None)


def _address(location: LocationDetails) -> tuple[tuple[str, ...], str, str]:
    return location.address, location.town, location.postcode
