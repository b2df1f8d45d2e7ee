"""A withheld address: no page, file or order of results tells more of it than its public area.

The strongest test there is: the same directory twice, with the secret place moved in between. Whoever asks from
outside must get the same answers to the letter.
"""

import csv
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.config import ROOT
from directory.database import begin_writing, make_engine
from directory.organisations.details import LocationDetails, OrganisationDetails
from directory.organisations.operations import publish
from directory.search.places import distance_metres
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import TermKind
from directory.web.extensions import db
from directory.web.searching import search_engine
from tests.databases import Databases
from tests.factories import NOW, details, location, published, service
from tests.seeding import seed
from tests.web.conftest import settings, started

pytestmark = pytest.mark.any_database

AREA = "district.n15"
CANARIES = ("quokka", "canaryville", "n15 4aa", "n154aa", "51.5987654", "0.0712345", "51.57345", "0.0954321")
SECRET_PLACES = (
    {"latitude": 51.5987654, "longitude": -0.0712345, "postcode": "N15 4AA", "address": ("7 Quokka Walk",)},
    {"latitude": 51.57345, "longitude": -0.0954321, "postcode": "N15 5AZ", "address": ("99 Quokka Yard", "Flat 2")},
)
"""Two places in the area, well away from its centre and from each other."""
TRIED = 200
ORDERS = 3
OPEN_STREET = "Wallaby Street"
"""The public address of an open place: it is found wherever a public address may be, so the search for canaries works."""

Answers = dict[str, bytes]


def quiet_house(**place: Any) -> LocationDetails:
    return location(
        id=UUID(int=1),
        name="Quokka House",
        town="Canaryville",
        area=AREA,
        withheld=True,
        access=("step_free",),
        **place,
    )


def entry(place: LocationDetails) -> OrganisationDetails:
    held = service(id=UUID(int=2), name="Quiet help", kinds=("casework",), locations=(place.id,), in_person=True)
    return details(held, name="Quiet Help", locations=(place,))


def open_entry(number: int = 3) -> OrganisationDetails:
    place = location(
        id=UUID(int=number),
        address=(f"5 {OPEN_STREET}",),
        postcode="N15 4RX",
        area=AREA,
        latitude=51.584,
        longitude=-0.073,
    )
    held = service(
        id=UUID(int=number + 1), name="Open help", kinds=("casework",), locations=(place.id,), in_person=True
    )
    return details(held, name="Open Help", locations=(place,))


@pytest.fixture(scope="module")
def engine(databases: Databases) -> Iterator[Engine]:
    engine = make_engine(databases.filled(seed))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def secret(engine: Engine) -> UUID:
    """The id of an entry with a withheld place, beside one with an open place."""
    with Session(engine) as session:
        begin_writing(session)
        identity = published(session, entry(quiet_house(**SECRET_PLACES[0])), slug="quiet-help")
        published(session, open_entry(), slug="open-help")
        session.commit()
    return identity


@pytest.fixture(scope="module")
def site(engine: Engine, secret: UUID, seed_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    url = engine.url.render_as_string(hide_password=False)
    folder = copytree(seed_index, tmp_path_factory.mktemp("withheld") / "index")
    yield from started(settings(url, folder), indexed=True)


@pytest.fixture(scope="module")
def move(engine: Engine, site: Flask, secret: UUID) -> Callable[[int], None]:
    """Moves the secret place, and brings the index up to that."""

    def move_to(number: int) -> None:
        with Session(engine) as session:
            begin_writing(session)
            publish(session, secret, entry(quiet_house(**SECRET_PLACES[number])), by="officer", why="moved", now=NOW)
            session.commit()
        with site.app_context():
            search_engine().index.rebuild(db.session())

    return move_to


def postcodes() -> list[str]:
    """Postcodes around the place, the ones nearest to it among them, mixed with a fixed seed."""
    with (ROOT / "seed/places/postcodes.csv").open(encoding="utf-8", newline="") as stored:
        rows = list(csv.DictReader(stored))

    def away(row: dict[str, str], place: dict[str, Any]) -> float:
        here = (float(row["latitude"]), float(row["longitude"]))
        return distance_metres(here, (place["latitude"], place["longitude"]))

    near = sorted(rows, key=lambda row: min(away(row, place) for place in SECRET_PLACES))[: TRIED // 2]
    rest = [row for row in rows if row not in near]
    chosen = [*near, *random.Random(28).sample(rest, TRIED - len(near))]
    return [row["postcode"] for row in chosen]


def answers(site: Flask, order: int) -> Answers:
    """Everything that the public can ask for, the postcodes in one of several orders."""
    client = site.test_client()
    tried, some = postcodes(), postcodes()[::10]
    random.Random(order).shuffle(tried)
    paths = [f"/search.json?near={postcode}" for postcode in tried]
    paths += [f"/search.json?near={postcode}&kind=casework" for postcode in tried]
    paths += [f"/search?near={postcode}" for postcode in some]
    paths += [f"/search?q=quiet+help+{postcode}" for postcode in some]
    paths += ["/organisations/quiet-help", "/ar/organisations/quiet-help", "/list?o=quiet-help", "/sitemap.xml"]
    paths += [
        "/search?q=quokka",
        "/search.json?q=quokka+walk",
        "/search.json?q=canaryville",
        "/search.json?q=quiet+help",
    ]
    return {path: client.get(path).data for path in paths}


def index_content(site: Flask) -> str:
    """Everything that the index holds: its files as they are, and what the search reads out of them."""
    with site.app_context():
        index = search_engine().index
    files = [file.read_bytes().decode("latin-1") for file in sorted(index.path.rglob("*")) if file.is_file()]
    with index.open(index.state()).reader() as reader:
        held = [repr(fields) for fields in reader.all_stored_fields()]
        terms = [repr(term) for term in reader.all_terms()]
    return "\n".join([*files, *held, *terms]).lower()


def cards(site: Flask) -> str:
    """What the index keeps for result cards, as text, whatever the form on disk."""
    client = site.test_client()
    found = [client.get(f"/search?q={name}+help").get_data(as_text=True) for name in ("quiet", "open")]
    return "\n".join(found)


def canaries_in(data: bytes) -> list[str]:
    text = data.decode("latin-1").lower()
    return [canary for canary in CANARIES if canary in text]


@pytest.fixture(scope="module")
def first_answers(site: Flask, move: Callable[[int], None]) -> Answers:
    move(0)
    return answers(site, 0)


def test_no_answer_holds_the_address_or_the_coordinates(first_answers: Answers) -> None:
    asked_for = {path: canaries_in(data) for path, data in first_answers.items()}
    echoed = {"n15 4aa", "n154aa", "quokka", "canaryville"}  # a page shows what was typed into it
    telling = {path: found for path, found in asked_for.items() if not set(found) <= (echoed if "?" in path else set())}
    assert telling == {}
    entry_page = first_answers["/organisations/quiet-help"].decode()
    assert "The address is kept private." in entry_page
    assert "application/ld+json" in entry_page


def test_words_of_the_address_find_nothing(first_answers: Answers) -> None:
    for path in ("/search.json?q=quokka+walk", "/search.json?q=canaryville"):
        found = json.loads(first_answers[path])
        assert found["loosened"] == ["words"] or "quiet-help" not in [each["organisation"] for each in found["results"]]


def test_nothing_changes_for_the_public_when_the_place_moves(
    site: Flask, move: Callable[[int], None], first_answers: Answers
) -> None:
    move(1)
    for order in range(ORDERS):
        there = answers(site, order)
        assert there.keys() == first_answers.keys()
        assert [path for path, data in there.items() if data != first_answers[path]] == []


def test_the_distance_is_that_of_the_centre_of_the_area(
    engine: Engine, site: Flask, first_answers: Answers, move: Callable[[int], None]
) -> None:
    with Session(engine) as session:
        area = load_taxonomy(session).term(TermKind.AREA, AREA)
    assert area.latitude is not None
    assert area.longitude is not None
    with (ROOT / "seed/places/postcodes.csv").open(encoding="utf-8", newline="") as stored:
        points = {row["postcode"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(stored)}
    told = 0
    for postcode in postcodes():
        found = json.loads(first_answers[f"/search.json?near={postcode}&kind=casework"])
        for each in found["results"]:
            if each["organisation"] == "quiet-help":
                miles = round(distance_metres(points[postcode], (area.latitude, area.longitude)) / 1609.344, 1)
                words = "1 mile away" if miles == 1 else f"{miles:g} miles away"
                words = words if miles >= 0.5 else "Less than half a mile away"
                assert words in each["services"][0]["why"], postcode
                told += 1
    assert told >= TRIED // 2


def test_no_file_of_the_index_holds_it(site: Flask, move: Callable[[int], None]) -> None:
    move(0)
    held = index_content(site)
    assert [canary for canary in CANARIES if canary in held] == []
    assert "quokka" not in held
    assert OPEN_STREET.lower() in held, "the index cannot be read like this"


def test_an_open_address_is_shown_where_a_withheld_one_is_not(site: Flask) -> None:
    client = site.test_client()
    assert OPEN_STREET in cards(site)
    assert "Quokka" not in cards(site)
    assert OPEN_STREET in client.get("/organisations/open-help").get_data(as_text=True)
    assert OPEN_STREET in client.get("/search?q=wallaby+street").get_data(as_text=True)


def test_a_place_that_becomes_withheld_is_forgotten_by_the_index(engine: Engine, site: Flask) -> None:
    with Session(engine) as session:
        begin_writing(session)
        held = open_entry(5)
        identity = published(session, held, slug="open-for-now")
        session.commit()
    with site.app_context():
        search_engine().index.catch_up(db.session())
        before = index_content(site).count(OPEN_STREET.lower())
    with Session(engine) as session:
        begin_writing(session)
        shut = replace(held, locations=tuple(replace(place, withheld=True) for place in held.locations))
        publish(session, identity, shut, by="officer", why="it is not safe", now=NOW)
        session.commit()
    with site.app_context():
        search_engine().index.catch_up(db.session())
        search_engine().index.rebuild(db.session())
    assert 0 < index_content(site).count(OPEN_STREET.lower()) < before
