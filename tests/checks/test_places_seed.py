"""The tables of places, and the script that made them, agree with what Ordnance Survey publishes."""

import csv
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from directory.search.places import distance_metres

SEED = Path(__file__).parents[2] / "seed"
HARINGEY_BOX = ((51.563, 51.612), (-0.172, -0.040))

# Where stations and well-known buildings stand, as public maps and encyclopaedias give it (WGS84, within about 50 m).
KNOWN = {
    "N22 7AY": (51.5942, -0.1302),  # Alexandra Palace
    "N15 3NX": (51.5904, -0.1028),  # Turnpike Lane station
    "N17 9LR": (51.5882, -0.0599),  # Tottenham Hale station
    "N17 8HH": (51.6050, -0.0708),  # White Hart Lane station
}


@pytest.fixture(scope="module")
def make_places() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_places", SEED / "places" / "make_places.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_places"] = module
    spec.loader.exec_module(module)
    return module


def rows(name: str) -> list[dict[str, str]]:
    with (SEED / "places" / name).open(encoding="utf-8", newline="") as stored:
        return list(csv.DictReader(stored))


def seconds(degrees: int, minutes: int, rest: float) -> float:
    return degrees + minutes / 60 + rest / 3600


def test_the_national_grid_becomes_degrees_as_in_the_worked_example_of_ordnance_survey(make_places: ModuleType) -> None:
    latitude, longitude = make_places.osgb36(651409.903, 313177.270)
    assert latitude == pytest.approx(seconds(52, 39, 27.2531), abs=1e-7)
    assert longitude == pytest.approx(seconds(1, 43, 4.5177), abs=1e-7)


def test_the_shift_to_wgs84_is_that_published_for_the_same_point(make_places: ModuleType) -> None:
    """The figures stand in the documentation of the geodesy library of movable-type.co.uk."""
    latitude, longitude = make_places.wgs84(make_places.osgb36(651409.903, 313177.270))
    assert latitude == pytest.approx(seconds(52, 39, 28.723), abs=1e-6)
    assert longitude == pytest.approx(seconds(1, 42, 57.787), abs=1e-6)


@pytest.mark.parametrize("postcode", KNOWN)
def test_postcodes_stand_where_their_buildings_do(postcode: str) -> None:
    (row,) = (row for row in rows("postcodes.csv") if row["postcode"] == postcode)
    assert distance_metres((float(row["latitude"]), float(row["longitude"])), KNOWN[postcode]) < 50


def test_every_postcode_lies_in_the_borough_and_in_a_ward() -> None:
    table = rows("postcodes.csv")
    assert len(table) > 4400
    assert len({row["postcode"] for row in table}) == len(table)
    assert len({row["ward"] for row in table}) == 21
    (south, north), (west, east) = HARINGEY_BOX
    for row in table:
        assert south < float(row["latitude"]) < north, row
        assert west < float(row["longitude"]) < east, row
        assert row["ward"].startswith("ward."), row


def test_the_name_of_a_ward_becomes_its_code(make_places: ModuleType) -> None:
    assert make_places.ward_slug("St. Ann's Ward") == "ward.st-anns"
    assert make_places.ward_slug("Hermitage & Gardens Ward") == "ward.hermitage-and-gardens"


def test_a_place_stands_at_the_postcode_that_stands_for_it() -> None:
    local = {row["postcode"]: row for row in rows("postcodes.csv")}
    codes = [row["code"] for row in rows("places.csv")]
    assert len(codes) == len(set(codes))
    assert sum(row["postcode"] in local for row in rows("places.csv")) > 25
