"""Places are understood as people type them."""

import json
import time
from pathlib import Path

import pytest

from directory.search.places import Place, Places, Precision, distance_metres, typing_errors
from directory.taxonomy.terms import Term, TermKind

SEED = Path(__file__).parents[3] / "seed"
CHARING_CROSS = (51.5074, -0.1278)
ALEXANDRA_PALACE = (51.5942, -0.1302)


def areas() -> list[Term]:
    stored = json.loads((SEED / "taxonomy" / "areas.json").read_text(encoding="utf-8"))
    return [
        Term(
            kind=TermKind.AREA,
            code=term["code"],
            names=term["names"],
            latitude=term.get("latitude"),
            longitude=term.get("longitude"),
        )
        for term in stored
    ]


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load(SEED / "places", areas())


def found(place: Place | None) -> tuple[str, str | None, Precision]:
    assert place is not None
    return place.name, place.code, place.precision


@pytest.mark.parametrize(
    "typed", ["N15 3QL", "n153ql", " n15  3ql ", "n 15 3ql", "N1 53QL", "flat 3, N15 3QL, London", "N15-3QL"]
)
def test_a_postcode_is_understood_in_any_spacing_and_case(places: Places, typed: str) -> None:
    assert found(places.find(typed)) == ("N15 3QL", "ward.west-green", Precision.POSTCODE)


@pytest.mark.parametrize("typed", ["N15", "n15", "n 15", "near N15"])
def test_a_district_is_understood(places: Places, typed: str) -> None:
    assert found(places.find(typed)) == ("N15", "district.n15", Precision.DISTRICT)


@pytest.mark.parametrize("typed", ["N15 3", "n153", "n15 3q"])
def test_the_beginning_of_a_postcode_is_understood(places: Places, typed: str) -> None:
    assert found(places.find(typed)) == ("N15 3", None, Precision.SECTOR)


def test_an_unknown_postcode_gives_the_smallest_part_of_it_that_is_known(places: Places) -> None:
    assert found(places.find("N15 3ZZ")) == ("N15 3", None, Precision.SECTOR)
    assert found(places.find("N15 9ZZ")) == ("N15", "district.n15", Precision.DISTRICT)
    assert found(places.find("E8 1EA")) == ("E8", "district.e8", Precision.DISTRICT)
    assert found(places.find("EC1A 1BB")) == ("EC1A", None, Precision.DISTRICT)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Wood Green", "place.wood-green"),
        ("WOOD GREEN", "place.wood-green"),
        ("woodgreen", "place.wood-green"),
        ("near Wood Green, London", "place.wood-green"),
        ("Tottenham", "place.tottenham"),
        ("Tottenham Hale station", "place.tottenham-hale"),
        ("St. Ann's", "place.st-anns"),
        ("st anns ward", "ward.st-anns"),
        ("Highgate", "place.highgate"),
        ("Highgate ward", "ward.highgate"),
        ("hermitage and gardens", "ward.hermitage-and-gardens"),
        ("Ally Pally", "place.alexandra-palace"),
        ("Haringey", "haringey"),
        ("borough of Enfield", "borough.enfield"),
        ("Londra", "london"),
        ("وود غرين", "place.wood-green"),
        ("伍德格林", "place.wood-green"),
        ("Wood Green N22", "place.wood-green"),
        ("Haringey N22", "district.n22"),
    ],
)
def test_a_name_is_understood(places: Places, typed: str, code: str) -> None:
    assert found(places.find(typed))[1] == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("wod green", "place.wood-green"),
        ("totenham", "place.tottenham"),
        ("tottenam hale", "place.tottenham-hale"),
        ("muswel hil", "place.muswell-hill"),
        ("Manor Hosue", "place.manor-house"),
        ("seven sistres", "place.seven-sisters"),
        ("hornsy", "place.hornsey"),
        ("Hackny", "borough.hackney"),
    ],
)
def test_small_typing_errors_in_a_name_are_forgiven(places: Places, typed: str, code: str) -> None:
    assert found(places.find(typed))[1] == code


@pytest.mark.parametrize("typed", ["", "   ", "?!", "Paris", "M1 1AA", "zzzz", "England", "99", "N", "my house"])
def test_what_is_not_a_place_near_here_is_not_understood(places: Places, typed: str) -> None:
    assert places.find(typed) is None


def test_a_place_in_a_sentence_is_noticed(places: Places) -> None:
    assert found(places.mentioned("someone shouted at me in Wood Green yesterday"))[1] == "place.wood-green"
    assert found(places.mentioned("it was near n17 6bq"))[0] == "N17 6BQ"


@pytest.mark.parametrize("sentence", ["en 2 días", "w 2 dni", "anywhere in London", "she pushed me", "wod green", ""])
def test_a_sentence_without_a_place_has_none(places: Places, sentence: str) -> None:
    assert places.mentioned(sentence) is None


def test_every_area_with_a_centre_is_found_by_its_name(places: Places) -> None:
    centred = [term for term in areas() if term.latitude is not None]
    assert len(centred) > 90
    for term in centred:
        place = places.find(term.names["en"])
        assert place is not None
        assert place.code == term.code


def test_a_district_stands_where_its_area_does(places: Places) -> None:
    for term in areas():
        if term.code.startswith("district."):
            place = places.districts[term.names["en"]]
            assert (place.latitude, place.longitude) == (term.latitude, term.longitude)


def test_distance_is_that_on_the_globe() -> None:
    assert distance_metres(ALEXANDRA_PALACE, ALEXANDRA_PALACE) == 0
    assert distance_metres((51.0, 0.0), (52.0, 0.0)) == pytest.approx(111_195, rel=1e-4)
    assert distance_metres((60.0, 0.0), (60.0, 1.0)) == pytest.approx(55_598, rel=1e-3)
    assert distance_metres(CHARING_CROSS, ALEXANDRA_PALACE) == pytest.approx(9_650, rel=0.01)
    assert distance_metres(CHARING_CROSS, ALEXANDRA_PALACE) == distance_metres(ALEXANDRA_PALACE, CHARING_CROSS)


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [("", "", 0), ("a", "", 1), ("wod", "wood", 1), ("hosue", "house", 1), ("ca", "abc", 3), ("kitten", "sitting", 3)],
)
def test_typing_errors_are_counted(typed: str, meant: str, errors: int) -> None:
    assert typing_errors(typed, meant) == errors


def test_places_are_read_quickly() -> None:
    terms, times = areas(), []
    for _ in range(5):
        start = time.thread_time()
        Places.load(SEED / "places", terms)
        times.append(time.thread_time() - start)
    assert min(times) < 0.05
