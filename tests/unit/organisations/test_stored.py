"""Details as JSON."""

import json
from typing import Any

import pytest
from hypothesis import given

from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.stored import UnreadableDetails
from tests.factories import full_details
from tests.strategies import few_examples, well_formed

BARE = {"version": 1, "name": "Harbour", "kind": "voluntary"}
ID = "7a0e7a1c-8a34-5f39-8a4b-6f0b8f0f5a11"


@given(well_formed)
@few_examples
def test_any_entry_comes_back_from_json(details: OrganisationDetails) -> None:
    assert stored.load(json.loads(json.dumps(stored.dump(details)))) == details


def test_every_field_comes_back_from_json() -> None:
    details = full_details()
    assert stored.load(json.loads(json.dumps(stored.dump(details)))) == details


def test_what_holds_nothing_is_left_out() -> None:
    assert stored.dump(stored.load(BARE)) == BARE


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"version": 2}, "version 2"),
        ({"colour": "red"}, "no such field: colour"),
        ({"name": None}, "name"),
        ({"name": 7}, "name"),
        ({"kind": "secret"}, "kind"),
        ({"other_names": "Haven"}, "other_names: a list"),
        ({"other_names": [7]}, r"other_names\[0\]"),
        ({"last_seen": "2024"}, "last_seen"),
        ({"last_seen": True}, "last_seen"),
        ({"part_of": "harbour"}, "part_of"),
        ({"notice": {"text": "Closed", "until": "soon"}}, "notice.until"),
        ({"notice": {"text": "Closed"}}, "notice: missing: until"),
        ({"notice": "Closed"}, "notice: an object"),
        ({"services": [{"id": ID, "name": "Line", "free": "yes"}]}, r"services\[0\].free"),
        ({"locations": [{"id": ID, "latitude": "51"}]}, r"locations\[0\].latitude"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_field(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(UnreadableDetails, match=complaint):
        stored.load({**BARE, **change})


def test_a_whole_number_is_a_coordinate_too() -> None:
    (place,) = stored.load({**BARE, "locations": [{"id": ID, "latitude": 51, "longitude": 0}]}).locations
    assert (place.latitude, type(place.latitude)) == (51.0, float)
