"""The entries of the seed keep their promises: form, ids, numbers, hours, codes, sources, and what must stay private."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from opening_hours import OpeningHours

from directory.organisations.details import OrganisationDetails, Phone, PhoneKind, ServiceDetails
from directory.organisations.phones import normalise
from directory.organisations.stored import dump, load
from directory.organisations.validity import violations

SEED = Path(__file__).parents[2] / "seed"
FILES = sorted((SEED / "organisations").glob("*.json"))
NAMESPACE = UUID("8a4b2c5e-6f0d-5a3e-9b1c-2d7e4f6a8b90")
KEYS = ["slug", "status", "confidence", "sources", "notes", "details"]
SERVICE_WORDS = {
    "eerc": ("advocates", "advice"),
    "london-friend": ("support", "antidote"),
    "metropolitan-police": ("emergency", "report"),
    "mind": ("support", "infoline"),
    "nafsiyat": ("free", "paid", "women"),
    "wise-thoughts": ("drop-ins", "youth", "befriending"),
}
WITHHELD_NUMBERS = ("+442084891000", "+448004561226", "+441157070007")
"""Numbers that a note asks to have confirmed before publication."""
REPLACED_NUMBERS = ("+442077042040", "+443003300630", "+443033300288")
"""Numbers that sources say no longer lead to the organisation."""
TEXT_NUMBERS = ("61016", "85258", "+447717989025", "+447860052906")
UNFIT_WORDS = re.compile(r"\b(leverag\w+|portals?)\b", re.IGNORECASE)

ENTRIES: dict[str, dict[str, Any]] = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FILES}

each_entry = pytest.mark.parametrize("slug", ENTRIES)


def details_of(slug: str) -> OrganisationDetails:
    return load(ENTRIES[slug]["details"])


def phones_of(details: OrganisationDetails) -> Iterator[Phone]:
    for service in details.services:
        yield from service.phones


def hours_of(service: ServiceDetails) -> Iterator[str]:
    yield from (item.opening_hours for item in (service, *service.phones) if item.opening_hours)


def codes_of(kind: str) -> set[str]:
    terms = json.loads((SEED / "taxonomy" / f"{kind}.json").read_text(encoding="utf-8"))
    return {term["code"] for term in terms}


def id_of(path: str) -> UUID:
    return uuid5(NAMESPACE, path)


def test_all_organisations_are_there() -> None:
    assert len(ENTRIES) == 82
    assert sum(entry["status"] == "public" for entry in ENTRIES.values()) == 70


@each_entry
def test_an_entry_loads_is_well_formed_and_dumps_to_itself(slug: str) -> None:
    details = details_of(slug)
    assert violations(details) == ()
    assert dump(details) == ENTRIES[slug]["details"]
    assert details.services


@each_entry
def test_a_file_is_named_by_its_slug_and_written_in_the_one_form(slug: str) -> None:
    entry = ENTRIES[slug]
    assert entry["slug"] == slug
    assert list(entry) == KEYS
    written = (SEED / "organisations" / f"{slug}.json").read_text(encoding="utf-8")
    in_order = {**entry, "details": dump(details_of(slug))}
    assert written == json.dumps(in_order, ensure_ascii=False, indent=1) + "\n"


@each_entry
def test_ids_follow_the_rule(slug: str) -> None:
    details = details_of(slug)
    words = SERVICE_WORDS.get(slug, ("1",))
    assert [service.id for service in details.services] == [id_of(f"service/{slug}/{word}") for word in words]
    numbers = range(1, len(details.locations) + 1)
    assert [location.id for location in details.locations] == [id_of(f"location/{slug}/{n}") for n in numbers]


@each_entry
def test_an_organisation_is_part_of_another_that_is_there(slug: str) -> None:
    part_of = details_of(slug).part_of
    others = {id_of(f"organisation/{other}") for other in ENTRIES if other != slug}
    assert part_of is None or part_of in others


@each_entry
def test_every_number_can_be_rung_from_here(slug: str) -> None:
    for phone in phones_of(details_of(slug)):
        assert normalise(phone.number) == phone.number


@each_entry
def test_every_rule_of_opening_hours_can_be_read(slug: str) -> None:
    for service in details_of(slug).services:
        for hours in hours_of(service):
            assert str(OpeningHours(hours))


@each_entry
def test_hours_are_a_rule_or_words_never_both(slug: str) -> None:
    for service in details_of(slug).services:
        assert not any(item.opening_hours and item.hours_note for item in (service, *service.phones))


@pytest.mark.parametrize("kind", ["grounds", "kinds", "languages", "areas", "access"])
def test_every_code_stands_in_the_taxonomy(kind: str) -> None:
    organisations = [details_of(slug) for slug in ENTRIES]
    used = {code for details in organisations for service in details.services for code in getattr(service, kind)}
    if kind == "areas":
        used |= {location.area for details in organisations for location in details.locations}
    assert used
    assert used - codes_of(kind) == set()


@each_entry
def test_a_narrower_ground_stands_with_its_parent(slug: str) -> None:
    for service in details_of(slug).services:
        assert {code.partition(".")[0] for code in service.grounds} <= set(service.grounds)
        assert not (service.all_grounds and service.grounds)


@each_entry
def test_every_entry_names_its_sources(slug: str) -> None:
    sources = ENTRIES[slug]["sources"]
    assert sources
    for source in sources:
        assert list(source) == ["url", "date", "what"]
        assert re.fullmatch(r"https?://\S+", source["url"]) or (source["url"] == "" and source["what"])


@each_entry
def test_an_entry_whose_sources_have_no_address_is_listed_for_an_early_check(slug: str) -> None:
    listed = re.search(r"so check them early: (.*)\.\n", (SEED / "README.md").read_text(encoding="utf-8"))
    assert listed
    has_address = any(source["url"] for source in ENTRIES[slug]["sources"])
    assert has_address == (f"`{slug}`" not in listed[1])


@each_entry
def test_low_confidence_is_a_draft(slug: str) -> None:
    entry = ENTRIES[slug]
    assert (entry["status"], entry["confidence"]) in {("public", "high"), ("public", "medium"), ("draft", "low")}


@each_entry
def test_no_number_that_waits_for_confirmation_or_was_replaced_is_public(slug: str) -> None:
    digits = re.sub(r"[^0-9]", "", json.dumps(ENTRIES[slug]["details"]).replace("+44", "0"))
    for number in (*WITHHELD_NUMBERS, *REPLACED_NUMBERS):
        assert number.replace("+44", "0") not in digits


def test_a_withheld_number_is_kept_for_officers() -> None:
    notes = " ".join(note for entry in ENTRIES.values() for note in entry["notes"])
    assert all(number in notes for number in WITHHELD_NUMBERS)


def test_what_the_antisocial_behaviour_team_was_before_is_for_officers_and_its_old_name_can_be_searched() -> None:
    entry = ENTRIES["haringey-community-safety-asb"]
    assert "uccessor" not in json.dumps(entry["details"])
    assert "successor to the Anti-Social Behaviour Action Team (ASBAT)" in " ".join(entry["notes"])
    assert "ASBAT" in entry["details"]["other_names"]


def test_a_text_number_is_no_voice_number() -> None:
    kinds = {phone.number: phone.kind for slug in ENTRIES for phone in phones_of(details_of(slug))}
    assert {kinds[number] for number in TEXT_NUMBERS} == {PhoneKind.TEXT}
    assert {kinds["18000"], kinds["18001101"]} == {PhoneKind.TEXTPHONE}


@each_entry
def test_public_words_are_plain(slug: str) -> None:
    assert not UNFIT_WORDS.search(json.dumps(ENTRIES[slug]["details"]))


@each_entry
def test_the_readme_lists_the_decision_with_its_status(slug: str) -> None:
    readme = (SEED / "README.md").read_text(encoding="utf-8")
    assert f"| `{slug}` | {ENTRIES[slug]['status']} | " in readme
