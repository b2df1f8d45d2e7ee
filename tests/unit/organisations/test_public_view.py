"""Nothing of a withheld location leaves but its area, and nothing private at all."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from directory.organisations import stored
from directory.organisations.details import LocationDetails
from directory.organisations.operations import confirm, set_provenance
from directory.organisations.provenance import Provenance, Source
from directory.organisations.public_view import public_view
from directory.organisations.queries import public_organisation, public_organisations
from directory.organisations.rules import ConfirmedBy
from tests.factories import (
    CENTRE,
    NOW,
    details,
    full_details,
    location,
    published,
    put_taxonomy,
    service,
    withheld_location,
)

CANARIES = ("Quiet House", "77", "Canary", "Flat 9", "Canaryville", "9ZX", "51.1234", "0.6543", "step_free", "2019")
PRIVATE = Provenance(
    sources=(Source(url="https://private.example/canary", date="2026", what="canary source"),), notes=("canary note",)
)


def test_of_a_withheld_location_only_its_area_and_the_centre_of_it_are_left() -> None:
    place = withheld_location()
    (seen,) = public_view(details(locations=(place,)), {"district.n15": CENTRE}).locations
    assert seen == LocationDetails(
        id=place.id, area="district.n15", latitude=CENTRE[0], longitude=CENTRE[1], withheld=True
    )


def test_two_withheld_locations_of_one_area_look_alike() -> None:
    here = withheld_location()
    there = withheld_location(id=here.id, name="Other", address=("1 Far Lane",), postcode="N15 1AA", latitude=51.9)
    seen = [public_view(details(locations=(place,)), {"district.n15": CENTRE}) for place in (here, there)]
    assert seen[0].locations == seen[1].locations


def test_a_withheld_location_in_an_area_without_a_centre_has_no_coordinates() -> None:
    (seen,) = public_view(details(locations=(withheld_location(area=""),)), {}).locations
    assert (seen.latitude, seen.longitude) == (None, None)


def test_everything_else_is_as_it_was() -> None:
    open_place = location(
        name="Library", address=("12 High Road",), postcode="N15 3QL", latitude=51.58, longitude=-0.07
    )
    held = details(service(locations=(open_place.id,)), locations=(open_place,))
    assert public_view(held, {}) == held


@pytest.mark.parametrize("canary", CANARIES)
def test_no_part_of_a_withheld_address_is_in_what_the_public_queries_give(session: Session, canary: str) -> None:
    put_taxonomy(session)
    place = withheld_location()
    held = details(service(locations=(place.id,), phones=()), email="a@example.org", locations=(place,))
    identity = published(session, held)
    set_provenance(session, identity, PRIVATE, by="seed", now=NOW)
    for organisation in (public_organisation(session, "harbour"), *public_organisations(session)):
        given = repr({**asdict(organisation), "id": "", "details": stored.dump(organisation.details)})
        without_ids = given.replace(str(place.id), "").replace(str(held.services[0].id), "")
        assert canary not in without_ids
        assert "canary" not in without_ids


def test_no_module_for_the_public_asks_for_private_records() -> None:
    directory = Path(__file__).parents[3] / "directory"
    askers = [
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*.py")
        if "organisation_records" in path.read_text(encoding="utf-8")
    ]
    assert [path for path in askers if not path.startswith(("organisations/", "exchange/"))] == []


def test_the_full_example_has_a_withheld_location() -> None:
    assert [place.withheld for place in full_details().locations] == [False, True]


def test_what_was_confirmed_was_seen_by_its_organisation_whatever_year_it_was_seen_before(session: Session) -> None:
    put_taxonomy(session)
    held = full_details()
    old = replace(held, last_seen=2019, services=tuple(replace(one, last_seen=2019) for one in held.services))
    identity = published(session, old)
    assert public_organisation(session, "harbour").details.last_seen == 2019
    confirm(session, identity, at=NOW, by=ConfirmedBy.ORGANISATION, now=NOW)
    seen = public_organisation(session, "harbour").details
    assert {seen.last_seen, *(one.last_seen for one in (*seen.services, *seen.locations))} == {None}
    assert {number.last_seen for one in seen.services for number in one.phones} == {None}
