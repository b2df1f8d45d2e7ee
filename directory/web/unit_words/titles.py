"""What a unit is called: `Advice line: opening hours`."""

from collections.abc import Mapping

from directory.organisations import phones
from directory.organisations.units import Path

UNITS: Mapping[str, str] = {
    "name": "name",
    "kind": "kind of organisation",
    "other_names": "other names",
    "part_of": "the organisation it is part of",
    "description": "what it does",
    "website": "website",
    "email": "email address",
    "charity_number": "charity number",
    "company_number": "company number",
    "notice": "notice to the public",
    "last_seen": "year it was last seen published",
    "kinds": "kinds of help",
    "grounds": "reasons it helps with",
    "languages": "languages that staff speak",
    "interpreting": "interpreters",
    "web_chat": "web chat",
    "form": "online form",
    "in_person": "seeing someone in person",
    "home_visits": "going to people",
    "hours": "opening hours",
    "areas": "where people must live",
    "ages": "ages",
    "women_only": "for women only",
    "lgbt_only": "for LGBT+ people only",
    "tenants_of": "for tenants of",
    "eligibility": "who it is for",
    "how_to_get_help": "how to get help",
    "referral": "who can ask for help",
    "how_to_refer": "how to refer someone",
    "referral_form": "referral form",
    "taking_new_people": "taking new people",
    "cost": "cost",
    "access": "access",
    "access_note": "more about access",
    "locations": "places",
    "takes_reports": "takes reports",
    "third_party_reporting": "third-party reporting centre",
    "anonymous_reports": "reports without a name",
    "independent_of_police": "independent of the police",
    "passes_to_police": "what the police are told",
    "after_reporting": "what happens after a report",
    "perpetrators": "what it can do about the person responsible",
    "safe_voicemail": "safe to leave a voicemail",
    "withheld_number": "calls show no number",
    "text_instead": "text or chat instead of a call",
    "bring_someone": "bringing someone along",
    "immigration_safe": "keeps details from immigration authorities",
    "address": "address",
}
"""The units of all records by their names. Those of several fields have the name of the group."""
ORDERS: Mapping[str, str] = {
    "services": "order of the services",
    "locations": "order of the places",
    "phones": "order of the phone numbers",
}
RECORDS: Mapping[str, str] = {"service": "service", "location": "place"}

NEW = "new organisation"
ORGANISATION = "organisation"


def unit_title(path: Path, records: Mapping[str, str]) -> str:
    """What a unit is called, with the record that it is in. `records` are names of services and places by their ids."""
    match path:
        case ("organisation",):
            words = NEW
        case ("services" | "locations" as order,):
            words = ORDERS[order]
        case ("service" | "location" as word, key):
            return f"{RECORDS[word].capitalize()}: {records.get(key, key)}"
        case (_, key, *rest):
            return (
                f"{records.get(key, key)}: {_inside(tuple(rest))}" if _is_record(path) else _inside(path).capitalize()
            )
        case _:
            words = _inside(path)
    return words[:1].upper() + words[1:]


def _is_record(path: Path) -> bool:
    return path[0] in RECORDS


def _inside(path: Path) -> str:
    match path:
        case ("phone", key):
            number, _, kind = key.partition(" ")
            return f"{phones.shown(number)} ({kind})" if kind != "voice" else f"phone {phones.shown(number)}"
        case ("translation", language):
            return f"translation ({language})"
        case ("phones",):
            return ORDERS["phones"]
        case (name,):
            return UNITS.get(name, name.replace("_", " "))
        case _:
            return " ".join(path)
