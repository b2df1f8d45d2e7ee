"""Rows as entries: lists of other directories, and our own files that people have changed."""

from dataclasses import replace
from datetime import date

import pytest

from directory.exchange.findings import Fault, Remark
from directory.exchange.record_cells import Mode
from directory.organisations.details import Notice, OrganisationKind, Phone, PhoneKind
from tests.factories import details, location, service, with_service, withheld_location
from tests.unit.exchange.made import new_id, read_rows

PLACE = location(address=("12 High Road",), postcode="N15 3QL", latitude=51.5, longitude=-0.07, last_seen=2020)
HELD = details(service(locations=(PLACE.id,)), locations=(PLACE,), website="https://harbour.example.org/")


def told(rows: list[list[str]], **given: object) -> list[tuple[int, str, str]]:
    return [(f.row, f.what, f.column) for f in read_rows(rows, **given).findings]  # type: ignore[arg-type]


def test_a_list_of_another_directory_becomes_an_entry() -> None:
    reading = read_rows(
        [
            ["Organisation Name", "Telephone", "URL", "Address", "Post code", "Languages spoken", "Last verified"],
            ["Kıyı", "020 8489 1000", "kiyi.example.org", "1 West Green Road", "n154ea", "Tr", "03/02/2026"],
        ]
    )
    place = location(id=new_id("place/n154ea/1 west green road/"), address=("1 West Green Road",), postcode="N15 4EA")
    offered = service(id=new_id("service/"), name="Kıyı", languages=("tr",), locations=(place.id,))
    assert reading.details == details(offered, name="Kıyı", website="https://kiyi.example.org", locations=(place,))
    assert reading.last_checked == date(2026, 2, 3)
    assert [finding.what for finding in reading.findings] == [Remark.SERVICE_NAMED, Remark.KIND_ASSUMED]


def test_what_a_file_leaves_empty_stays_or_goes() -> None:
    rows = [["Organisation", "Website", "Service"], ["Harbour", "", "Advice line"]]
    assert read_rows(rows, HELD).details == HELD
    assert read_rows(rows, HELD, mode=Mode.WHOLE).details == replace(HELD, website="")


def test_a_file_that_adds_takes_no_service_phone_or_place_away() -> None:
    rows = [["Organisation", "Service", "Phone", "Address"], ["Harbour", "Drop-in", "0800 1111", "Town Hall"]]
    found = read_rows(rows, HELD).details
    assert found
    assert [one.name for one in found.services] == ["Advice line", "Drop-in"]
    assert found.services[0] == HELD.services[0]
    assert found.locations[0] == PLACE
    assert found.services[1].locations == (found.locations[1].id,)


def test_a_whole_file_takes_away_what_it_does_not_have() -> None:
    rows = [["Organisation", "Service", "Phone", "Place"], ["Harbour", "Drop-in", "0800 1111", ""]]
    found = read_rows(rows, HELD, mode=Mode.WHOLE).details
    assert found
    assert [one.name for one in found.services] == ["Drop-in"]
    assert found.locations == ()


def test_a_phone_is_found_by_its_number_and_keeps_what_the_file_does_not_tell() -> None:
    phones = (Phone(number="+442084891000", label="Turkish line", last_seen=2020), Phone(number="999"))
    rows = [
        ["Organisation", "Service", "Phone", "Phone 1 last seen"],
        ["Harbour", "Advice line", "02084891000", "2026"],
    ]
    found = read_rows(rows, with_service(HELD, phones=phones)).details
    assert found
    assert found.services[0].phones == (replace(phones[0], last_seen=2026), phones[1])


def test_a_place_is_found_by_its_address_and_loses_its_position_when_it_moves() -> None:
    rows = [["Organisation", "Service", "Postcode", "Address"], ["Harbour", "Advice line", "N153QL", "12 high road"]]
    assert read_rows(rows, HELD).details == HELD
    moved = [["Organisation", "Service", "Place 1 id", "Address"], ["Harbour", "Advice line", str(PLACE.id), "Mill 1"]]
    found = read_rows(moved, HELD).details
    assert found
    assert found.locations == (replace(PLACE, address=("Mill 1",), latitude=None, longitude=None, last_seen=None),)


def test_rows_of_one_organisation_may_not_disagree() -> None:
    rows = [
        ["Organisation", "Website", "Service"],
        ["Harbour", "a.example.org", "One"],
        ["Harbour", "", "Two"],
        ["Harbour", "b.example.org", "Three"],
    ]
    assert told(rows)[:1] == [(4, Fault.DISAGREES, "organisation.website")]
    assert read_rows(rows).details is None


def test_a_service_in_several_rows_has_the_places_and_phones_of_all() -> None:
    rows = [
        ["Organisation", "Service", "Phone", "Place"],
        ["Harbour", "One", "0800 1111", "Library"],
        ["Harbour", "One", "0800 1111", "Town Hall"],
    ]
    found = read_rows(rows).details
    assert found
    assert [place.name for place in found.locations] == ["Library", "Town Hall"]
    assert found.services[0].locations == tuple(place.id for place in found.locations)
    assert found.services[0].phones == (Phone(number="+448001111"),)


def test_hours_that_only_people_understand_become_words() -> None:
    rows = [["Organisation", "Service", "Opening hours", "Phone", "Phone 1 hours"]]
    found = read_rows([*rows, ["Harbour", "One", "weekdays 9 to 5", "0800 1111", "Mo-Fr 09:00-17:00"]])
    assert found.details
    assert found.details.services[0].hours_note == "weekdays 9 to 5"
    assert found.details.services[0].phones[0].opening_hours == "Mo-Fr 09:00-17:00"
    assert Remark.HOURS_AS_WORDS in {finding.what for finding in found.findings}


def test_hours_in_words_never_push_out_hours_that_can_be_evaluated() -> None:
    rows = [["Organisation", "Service", "Opening hours"], ["Harbour", "Advice line", "weekdays 9 to 5"]]
    found = read_rows(rows, with_service(HELD, opening_hours="Mo-Fr 09:00-17:00")).details
    assert found
    assert found.services[0].opening_hours == "Mo-Fr 09:00-17:00"


@pytest.mark.parametrize(
    ("heading", "text", "what", "column"),
    [
        ("Website", "ftp://x", "link", "organisation.website"),
        ("Public email", "nobody", "email", "organisation.email"),
        ("Phone 2", "12345", "phone", "phone.number.2"),
        ("Phone 1 label", "Front desk", Fault.NO_NUMBER, "phone.number.1"),
        ("Place 1 postcode", "N1 5 3 Q L 9", "postcode", "place.postcode.1"),
        ("Place 1 position", "91.0, 0.0", "out_of_range", "place.position.1"),
        ("Grounds", "Green; race", "term", "service.grounds"),
        ("Youngest age", "200", "out_of_range", "service.minimum_age"),
        ("Notice", "Closed.", "incomplete", "organisation.notice_until"),
        ("Organisation id", "12", "id", "organisation.id"),
    ],
)
def test_what_is_wrong_is_told_at_its_row_and_column(heading: str, text: str, what: str, column: str) -> None:
    headings = ["Organisation", "Service", "Phone 1", "Kind of organisation", "Notice until", heading]
    found = told([headings, ["Harbour", "One", "", "voluntary", "", text]])
    assert found == [(2, what, column)]


def test_half_a_notice_keeps_the_other_half() -> None:
    held = replace(HELD, notice=Notice(text="Closed.", until=date(2026, 7, 1)))
    found = read_rows([["Organisation", "Notice until"], ["Harbour", "2026-08-01"]], held).details
    assert found
    assert found.notice == Notice(text="Closed.", until=date(2026, 8, 1))


def test_a_file_without_private_addresses_takes_none_away() -> None:
    private = withheld_location()
    held = replace(HELD, locations=(private,), services=(replace(HELD.services[0], locations=(private.id,)),))
    headings = ["Organisation", "Service", "Place 1 id", "Place 1", "Place 1 address", "Place 1 postcode"]
    rows = [[*headings, "Place 1 withheld"], ["Harbour", "Advice line", str(private.id), "", "", "", "yes"]]
    assert read_rows(rows, held, mode=Mode.WHOLE).details == held


def test_no_file_makes_a_private_address_public() -> None:
    private = withheld_location()
    held = replace(HELD, locations=(private,), services=(replace(HELD.services[0], locations=(private.id,)),))
    rows = [["Organisation", "Place 1 id", "Place 1 withheld"], ["Harbour", str(private.id), "no"]]
    assert told(rows, base=held) == [(2, Fault.WITHHELD, "place.withheld.1")]
    rows = [["Organisation", "Service", "Address", "Postcode"], ["Harbour", "Advice line", "77 Canary Walk", "N15 1AA"]]
    assert told(rows, base=held) == [(2, "tells_withheld_place", "place.address.1")]


def test_an_old_number_that_cannot_be_rung_stays_and_a_new_one_is_refused() -> None:
    held = with_service(HELD, phones=(Phone(number="12345"),))
    rows = [["Organisation", "Service", "Phone"], ["Harbour", "Advice line", "12345"]]
    assert read_rows(rows, held).findings == ()
    assert told(rows, base=HELD) == [(2, "phone", "phone.number.1")]


def test_kinds_of_phone_and_organisation_are_words() -> None:
    rows = [["Organisation", "Kind of organisation", "Phone", "Phone kind"], ["Harbour", "Faith", "85258", "text"]]
    found = read_rows(rows).details
    assert found
    assert found.kind is OrganisationKind.FAITH
    assert found.services[0].phones == (Phone(number="85258", kind=PhoneKind.TEXT),)
