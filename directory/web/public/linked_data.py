"""An entry as JSON-LD (schema.org), for search engines and other readers. It holds nothing of withheld places."""

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from directory.organisations import phones
from directory.organisations.details import LocationDetails, OrganisationKind, ServiceDetails
from directory.organisations.queries import PublicOrganisation
from directory.web.names import Names

_TYPES = {
    OrganisationKind.STATUTORY: "GovernmentOrganization",
    OrganisationKind.VOLUNTARY: "NGO",
    OrganisationKind.COMMUNITY: "NGO",
    OrganisationKind.FAITH: "Organization",
}
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def linked_data(entry: PublicOrganisation, address: str, names: Names) -> Markup:
    """The JSON text, safe inside a `script` element: it holds no character that could end one."""
    text = json.dumps(_organisation(entry, address, names), ensure_ascii=False)
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - every character that means something in HTML is escaped


def _organisation(entry: PublicOrganisation, address: str, names: Names) -> dict[str, Any]:
    details = entry.details
    places = [place for place in details.locations if not place.withheld and (place.address or place.postcode)]
    return _known(
        {
            "@context": "https://schema.org",
            "@type": _TYPES[details.kind],
            "@id": address,
            "name": details.name,
            "alternateName": list(details.other_names),
            "description": details.description,
            "url": details.website or address,
            "email": details.email,
            "location": [_place(place) for place in places],
            "makesOffer": [
                {"@type": "Offer", "itemOffered": _service(service, address, names)} for service in details.services
            ],
        }
    )


def _service(service: ServiceDetails, address: str, names: Names) -> dict[str, Any]:
    return _known(
        {
            "@type": "Service",
            "name": service.name,
            "description": service.description,
            "provider": {"@id": address},
            "serviceType": [names.kind(code) for code in service.kinds],
            "areaServed": [names.area(code) for code in service.areas],
            "availableChannel": _known(
                {
                    "@type": "ServiceChannel",
                    "servicePhone": [
                        {"@type": "ContactPoint", "telephone": phones.shown(phone.number)}
                        for phone in service.phones
                        if phones.is_voice(phone.kind)
                    ],
                    "serviceUrl": service.website,
                    "availableLanguage": list(service.languages),
                }
            ),
        }
    )


def _place(place: LocationDetails) -> dict[str, Any]:
    lines: Iterable[str] = (place.name, *place.address)
    return {
        "@type": "Place",
        "address": _known(
            {
                "@type": "PostalAddress",
                "streetAddress": ", ".join(line for line in lines if line),
                "addressLocality": place.town,
                "postalCode": place.postcode,
                "addressCountry": "GB",
            }
        ),
    }


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts that hold anything."""
    return {name: value for name, value in facts.items() if value}
