"""Units of an entry in plain English: no unit is without a name, no fact without words, and the words that differ are marked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory import create_app
from directory.config import Settings
from directory.organisations.compare import differences
from directory.organisations.details import Notice, OrganisationDetails, Phone, PhoneKind
from directory.organisations.units import ORGANISATION, Shape
from directory.taxonomy.terms import Taxonomy
from directory.web.names import Names
from directory.web.unit_words.marks import Piece, marked, unmarked
from directory.web.unit_words.titles import ORDERS, UNITS, unit_title
from directory.web.unit_words.values import UnitWords
from tests.factories import details, full_details, service
from tests.strategies import few_examples, organisations

TODAY = date(2026, 6, 3)
RECORDS = {"s1": "Advice line", "p1": "Hall, N15 3QL"}


@pytest.fixture(scope="module")
def words() -> Iterator[UnitWords]:
    app = create_app(Settings(secret_key="k" * 40, database_url="sqlite://"))
    with app.test_request_context("/desk/"):
        yield UnitWords(Names(Taxonomy(()), "en"), RECORDS, TODAY)


def units(shape: Shape) -> Iterator[str]:
    yield from shape.units
    for items in shape.lists.values():
        yield from units(items.shape) if items.shape else ()


def test_every_unit_has_a_name() -> None:
    assert set(units(ORGANISATION)) == set(UNITS)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (("organisation",), "New organisation"),
        (("name",), "Name"),
        (("services",), "Order of the services"),
        (("translation", "tr"), "Translation (tr)"),
        (("service", "s1"), "Service: Advice line"),
        (("service", "s1", "hours"), "Advice line: opening hours"),
        (("service", "s1", "phones"), "Advice line: order of the phone numbers"),
        (("service", "s1", "locations"), "Advice line: places"),
        (("service", "s1", "phone", "+442084891000 voice"), "Advice line: phone 020 8489 1000"),
        (("service", "s1", "phone", "85258 text"), "Advice line: 85258 (text)"),
        (("location", "p1"), "Place: Hall, N15 3QL"),
        (("location", "p1", "address"), "Hall, N15 3QL: address"),
        (("location", "gone", "address"), "gone: address"),
    ],
)
def test_a_unit_is_called_by_what_people_call_it(path: tuple[str, ...], title: str) -> None:
    assert unit_title(path, RECORDS) == title
    assert set(ORDERS) == {"services", "locations", "phones"}


@settings(few_examples, suppress_health_check=[HealthCheck.too_slow])
@given(organisations(), organisations())
def test_every_difference_has_words_on_one_side(
    words: UnitWords, old: OrganisationDetails, new: OrganisationDetails
) -> None:
    for difference in differences(old, new):
        said = words.lines(difference.path, difference.old), words.lines(difference.path, difference.new)
        assert all(line and "\n" not in line for side in said for line in side), difference
        if difference.path[-1] not in ("address", "hours", "last_seen"):
            assert any(said) or not any((difference.old, difference.new)), difference


def test_a_number_is_told_with_all_that_callers_need(words: UnitWords) -> None:
    phone = Phone(
        number="+442084891000", kind=PhoneKind.VOICEMAIL, label="Evenings", languages=("tr",), text_relay=True
    )
    (line,) = words.lines(("service", "s1", "phone", "+442084891000 voicemail"), phone)
    assert line == ("020 8489 1000 (Evenings; Nobody answers: leave a message and they call back; Turkish; text relay)")


def test_hours_are_told_day_by_day(words: UnitWords) -> None:
    told = words.lines(("service", "s1", "hours"), ("Mo-Fr 09:00-17:00", "Ring first"))
    assert told == (
        "Monday to Friday: 9am to 5pm",
        "Saturday to Sunday: Closed",
        "Bank holidays: May be closed",
        "Ring first",
    )


def test_a_withheld_place_is_said_to_be_withheld(words: UnitWords) -> None:
    told = words.lines(("location", "p1", "address"), (("77 Canary Walk",), "London", "N15 3QL", "", None, None, True))
    assert told == ("77 Canary Walk", "London", "N15 3QL", "Withheld: the public sees its area alone")


def test_trust_19_officers_see_that_a_link_mixes_scripts(words: UnitWords) -> None:
    assert words.lines(("website",), "https://h\u0430ringey.example/") == ("https://xn--hringey-2fg.example/",)


def test_a_notice_has_its_end(words: UnitWords) -> None:
    notice = Notice(text="Closed for works", until=date(2026, 7, 1))
    assert words.lines(("notice",), notice) == ("Closed for works", "Until 1 July 2026")


def test_what_is_not_there_has_no_lines(words: UnitWords) -> None:
    assert words.lines(("website",), "") == words.lines(("service", "s1"), None) == ()
    assert words.lines(("service", "s1", "women_only"), value=False) == ("No",)


def test_a_whole_entry_tells_of_all_its_records(words: UnitWords) -> None:
    entry = full_details()
    told = "\n".join(words.whole(entry))
    assert all(text in told for text in (entry.name, *(one.name for one in entry.services)))
    assert all(place.postcode in told for place in entry.locations)
    added = words.lines(("service", "x"), replace(service(), name="Drop-in"))
    assert "Name: Drop-in" in added
    assert "Phone: 020 8489 1000" in added


def test_the_words_that_differ_are_marked() -> None:
    old, new = marked(("Open on Mondays.", "Ring 1"), ("Open on Fridays.", "Ring 1"))
    assert old == ((Piece("Open on "), Piece("Mondays", is_marked=True), Piece(".")), (Piece("Ring 1"),))
    assert new == ((Piece("Open on "), Piece("Fridays", is_marked=True), Piece(".")), (Piece("Ring 1"),))
    assert unmarked(("a",)) == ((Piece("a"),),)


def test_a_line_that_came_is_marked_whole() -> None:
    assert marked(("English",), ("English", "Turkish")) == (
        ((Piece("English"),),),
        ((Piece("English"),), (Piece("Turkish", is_marked=True),)),
    )


@given(st.lists(st.text(max_size=30), max_size=6), st.lists(st.text(max_size=30), max_size=6))
def test_marking_loses_and_invents_nothing(old: list[str], new: list[str]) -> None:
    before, after = marked(old, new)
    assert ["".join(piece.text for piece in line) for line in before] == old
    assert ["".join(piece.text for piece in line) for line in after] == new
    if old == new:
        assert not any(piece.is_marked for line in (*before, *after) for piece in line)


def test_an_entry_of_the_factories_is_told_without_codes(words: UnitWords) -> None:
    assert not [line for line in words.whole(details(service(free=True))) if "_" in line]
