"""The taxonomy of the seed is whole: codes, parents, names and centres."""

import json
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "seed" / "taxonomy"
FILES = ("grounds", "kinds", "languages", "areas", "access")
INTERFACE_LANGUAGES = ["en", "tr", "pl", "es", "pt", "ro", "bg", "el", "fr", "so", "ku", "sq", "ar", "fa", "bn", "zh"]
HARINGEY_BOX = ((51.563, 51.612), (-0.172, -0.040))

CODES = {
    "grounds": """
        race sexuality disability age religion travellers gender
        race.black race.african race.caribbean race.south_asian race.east_southeast_asian race.chinese race.arab
        race.turkish race.kurdish race.cypriot race.somali race.eastern_european race.latin_american race.migrant
        sexuality.lesbian sexuality.gay sexuality.bisexual
        disability.deaf disability.learning_disability disability.autism disability.mental_health disability.physical
        disability.sight_loss age.older age.young
        religion.jewish religion.muslim religion.sikh religion.hindu religion.christian
        travellers.gypsy travellers.roma travellers.irish_traveller gender.women gender.men gender.trans""",
    "kinds": """
        report enforcement casework advocacy helpline emotional_support counselling legal_advice discrimination_advice
        immigration_advice housing emergency_accommodation safety_at_home domestic health interpreting young_people
        community_centre""",
    "access": "step_free accessible_toilet hearing_loop bsl easy_read large_print parking",
}
HELD_CODES = {
    "languages": """
        en bfi cmn yue hak nan kmr ckb tr pl es pt ro bg el fr so ku sq ar fa bn zh zh-Hans zh-Hant
        cy yi he ja tl id rom vi th ko ne sw ti am ur ga ln yo ig tw ak hu lt it ru uk pa gu hi ta ps""",
    "areas": """
        uk england england_wales great_britain london north_london haringey
        borough.camden borough.islington borough.enfield borough.hackney borough.barnet borough.waltham_forest
        district.n4 district.n6 district.n8 district.n10 district.n11 district.n15 district.n17 district.n22
        ward.alexandra-park ward.bounds-green ward.bruce-castle ward.crouch-end ward.fortis-green ward.harringay
        ward.hermitage-and-gardens ward.highgate ward.hornsey ward.muswell-hill ward.noel-park
        ward.northumberland-park ward.st-anns ward.seven-sisters ward.south-tottenham ward.stroud-green
        ward.tottenham-central ward.tottenham-hale ward.west-green ward.white-hart-lane ward.woodside
        place.wood-green place.tottenham place.crouch-end place.muswell-hill place.hornsey""",
}

Stored = dict[str, Any]


def terms(name: str) -> list[Stored]:
    stored: list[Stored] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return stored


def codes(name: str) -> list[str]:
    return [term["code"] for term in terms(name)]


def above(term: Stored, by_code: dict[str, Stored]) -> list[str]:
    found: list[str] = []
    while parent := term.get("parent"):
        assert parent not in found, "a circle"
        found.append(parent)
        term = by_code[parent]
    return found


@pytest.mark.parametrize("name", FILES)
def test_codes_are_unique_and_well_formed(name: str) -> None:
    found = codes(name)
    assert len(found) == len(set(found))
    for code in found:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*(\.[a-z0-9]+([_-][a-z0-9]+)*)?|zh-Han[st]", code), code


@pytest.mark.parametrize("name", FILES)
def test_codes_hold_no_word_that_must_not_stand_in_an_address(name: str) -> None:
    for code in codes(name):
        assert not re.search("hate|crime|victim|abuse", code), code


@pytest.mark.parametrize("name", CODES)
def test_the_agreed_codes_are_there_and_no_other(name: str) -> None:
    assert sorted(codes(name)) == sorted(CODES[name].split())


@pytest.mark.parametrize("name", HELD_CODES)
def test_the_codes_that_others_rely_on_are_there(name: str) -> None:
    assert set(HELD_CODES[name].split()) - set(codes(name)) == set()


@pytest.mark.parametrize("name", FILES)
def test_a_parent_is_a_term_that_comes_before(name: str) -> None:
    seen: set[str] = set()
    for term in terms(name):
        assert "parent" not in term or term["parent"] in seen, term["code"]
        seen.add(term["code"])


def test_a_narrower_ground_lies_under_the_one_that_its_code_names() -> None:
    for term in terms("grounds"):
        parent, dot, _ = term["code"].partition(".")
        assert term.get("parent", "") == (parent if dot else "")


@pytest.mark.parametrize("name", FILES)
def test_texts_are_filled_in_and_every_term_has_an_english_name(name: str) -> None:
    for term in terms(name):
        assert set(term) <= {"code", "parent", "names", "descriptions", "examples", "latitude", "longitude"}, term
        assert term["names"]["en"]
        examples = chain.from_iterable(term.get("examples", {}).values())
        for text in (*term["names"].values(), *term.get("descriptions", {}).values(), *examples):
            assert text == text.strip() != "", term["code"]


@pytest.mark.parametrize("name", ["grounds", "kinds", "access"])
def test_names_are_there_in_every_language_of_the_site(name: str) -> None:
    for term in terms(name):
        assert list(term["names"]) == INTERFACE_LANGUAGES, term["code"]


@pytest.mark.parametrize("name", ["grounds", "kinds", "access"])
@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_no_two_terms_of_a_kind_share_a_name(name: str, language: str) -> None:
    names = [term["names"][language] for term in terms(name)]
    assert sorted(names) == sorted(set(names))


def test_the_grounds_and_kinds_are_explained_in_english_turkish_and_arabic() -> None:
    for term in [term for term in terms("grounds") if "parent" not in term]:
        assert set(term["descriptions"]) == {"en", "tr", "ar"}
        assert {language: len(texts) for language, texts in term["examples"].items()} == {"en": 5, "tr": 5, "ar": 5}
    for term in terms("kinds"):
        assert set(term["descriptions"]) == {"en", "tr", "ar"}


def test_gender_says_that_it_includes_gender_identity() -> None:
    (gender,) = (term for term in terms("grounds") if term["code"] == "gender")
    assert "gender identity" in gender["names"]["en"]
    assert "includes gender identity" in gender["descriptions"]["en"]


def test_every_language_has_its_own_name_and_one_in_each_language_of_the_site() -> None:
    for term in terms("languages"):
        assert term["names"].get(term["code"]), term["code"]
        assert set(INTERFACE_LANGUAGES) <= set(term["names"]), term["code"]


def test_every_ward_lies_in_haringey_and_haringey_in_all_that_is_wider() -> None:
    by_code = {term["code"]: term for term in terms("areas")}
    wards = [term for code, term in by_code.items() if code.startswith("ward.")]
    assert len(wards) == 21
    for ward in wards:
        assert above(ward, by_code) == [
            "haringey",
            "north_london",
            "london",
            "england",
            "england_wales",
            "great_britain",
            "uk",
        ]


def test_the_centres_of_haringey_lie_in_haringey() -> None:
    (south, north), (west, east) = HARINGEY_BOX
    local = [term for term in terms("areas") if term["code"] == "haringey" or term.get("parent") == "haringey"]
    assert len(local) > 50
    for term in local:
        assert south < term["latitude"] < north, term["code"]
        assert west < term["longitude"] < east, term["code"]


def test_every_area_smaller_than_england_has_a_centre() -> None:
    wide = {"uk", "great_britain", "england_wales", "england"}
    assert {term["code"] for term in terms("areas") if "latitude" not in term} == wide
