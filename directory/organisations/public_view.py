"""What of an entry may leave the server."""

from collections.abc import Mapping
from dataclasses import replace

from directory.organisations.details import LocationDetails, OrganisationDetails

Centres = Mapping[str, tuple[float, float]]
"""The centre (latitude, longitude) of each public area, by its code."""


def public_view(details: OrganisationDetails, centres: Centres) -> OrganisationDetails:
    """The details as the public may know them.

    Of a withheld location only its id and its area are left, with the centre of the area for coordinates, so that
    neither a search by postcode nor a list of sorted distances can tell where it is.
    """
    return replace(details, locations=tuple(_public_location(location, centres) for location in details.locations))


def confirmed_view(details: OrganisationDetails) -> OrganisationDetails:
    """The details of an entry that was confirmed: when its facts were last seen before does not matter any more."""
    return replace(
        details,
        last_seen=None,
        services=tuple(
            replace(service, last_seen=None, phones=tuple(replace(phone, last_seen=None) for phone in service.phones))
            for service in details.services
        ),
        locations=tuple(replace(location, last_seen=None) for location in details.locations),
    )


def _public_location(location: LocationDetails, centres: Centres) -> LocationDetails:
    if not location.withheld:
        return location
    latitude, longitude = centres.get(location.area, (None, None))
    return LocationDetails(id=location.id, area=location.area, latitude=latitude, longitude=longitude, withheld=True)
