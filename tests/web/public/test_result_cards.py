"""What a result says of an organisation, tried with entries made for it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy.orm import Session

from directory.directory_revision import raise_directory_revision
from directory.organisations.details import Notice, Phone, PhoneKind, TakingNewPeople
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import mark_overdue, mark_told_changed, mark_told_closed, publish
from directory.organisations.rules import ConfirmedBy
from directory.web.searching import search_engine
from tests.databases import Databases
from tests.factories import NOW, details, full_details, location, service, withheld_location
from tests.web.public.made_directory import MadeDirectory, made_directory

VOICE = Phone(number="+442084891000", opening_hours="24/7")
TEXT = Phone(number="85258", kind=PhoneKind.TEXT)
MAY = date(2026, 5, 4)


@pytest.fixture(scope="module")
def made(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeDirectory]:
    with made_directory(databases, tmp_path_factory.mktemp("index")) as made:
        yield made


def result(made: MadeDirectory, slug: str) -> Element:
    """The result of one organisation, among all."""
    shown = made.pages.get("/search").all("li", class_="result")
    (found,) = [one for one in shown if f"/organisations/{slug}" in addresses(one)]
    return found


def addresses(element: Element) -> list[str]:
    return [link.attrib["href"] for link in element.iter("a")]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_voice_number_is_offered_before_a_text_number(made: MadeDirectory) -> None:
    made.publish("both", details(service(phones=(TEXT, VOICE))))
    assert addresses(result(made, "both"))[1:] == ["tel:+442084891000", "sms:85258"]


def test_the_hours_are_those_of_the_number_that_is_offered_first(made: MadeDirectory) -> None:
    made.publish("hours", details(service(phones=(VOICE,), opening_hours="Mo[1] 03:00-03:01")))
    assert "Open 24 hours a day, every day" in words(result(made, "hours"))


def test_hours_that_are_only_words_are_shown_as_they_are(made: MadeDirectory) -> None:
    made.publish("note", details(service(hours_note="Some mornings.")))
    assert "Some mornings." in words(result(made, "note"))


def test_one_without_any_way_to_reach_it_says_so(made: MadeDirectory) -> None:
    made.publish("no-way", details(service(phones=(), how_to_get_help="Ask at the library.")))
    assert "We do not know how to reach them yet." in words(result(made, "no-way"))


def test_a_door_that_is_open_is_shown_and_a_withheld_one_is_not(made: MadeDirectory) -> None:
    door, hidden = location(address=("1 High Road",), postcode="N15 3QL"), withheld_location()
    made.publish("door", details(service(locations=(door.id,)), locations=(door,)))
    made.publish("refuge", details(service(locations=(hidden.id,)), locations=(hidden,)))
    assert "1 High Road, N15 3QL" in words(result(made, "door"))
    assert "Canary" not in words(result(made, "refuge"))


def test_a_door_that_was_last_seen_long_ago_says_so(made: MadeDirectory) -> None:
    old, new = location(address=("386 West Green Road",), last_seen=2013), location(address=("1 High Road",))
    made.publish("old-door", details(service(locations=(old.id,)), locations=(old,)))
    made.publish("new-door", details(service(locations=(new.id,)), locations=(new,)))
    assert "386 West Green Road Last seen in 2013. Check before you travel." in words(result(made, "old-door"))
    assert "Last seen" not in words(result(made, "new-door"))


def test_every_service_says_when_its_number_was_last_seen(made: MadeDirectory) -> None:
    one, other = (service(phones=(Phone(number="+442084891000", last_seen=year),)) for year in (2015, 2016))
    made.publish("further", details(one, other))
    for year in (2015, 2016):
        assert f"Last seen in {year}. It may have changed." in words(result(made, "further"))


def test_cautions_are_told(made: MadeDirectory) -> None:
    cautious = service(
        women_only=True,
        eligibility="Only in Haringey.",
        taking_new_people=TakingNewPeople.CLOSED,
        phones=(Phone(number="+442084891000", last_seen=2017),),
    )
    made.publish("careful", details(cautious, notice=Notice(text="Moved for a while.", until=date(2999, 1, 1))))
    for caution in (
        "For women only.",
        "Only in Haringey.",
        "Not taking new people now.",
        "Last seen in 2017. It may have changed.",
        "Moved for a while.",
        "Not yet confirmed by the organisation.",
    ):
        assert caution in words(result(made, "careful"))


def test_the_services_of_one_organisation_stand_together(made: MadeDirectory) -> None:
    made.publish("several", details(service(name="Advice"), service(name="Group", phones=(TEXT,))))
    assert "They also offer: Group" in words(result(made, "several"))
    assert addresses(result(made, "several"))[-1] == "sms:85258"


def test_a_changed_entry_is_drawn_anew(made: MadeDirectory) -> None:
    identity = made.publish("changing", details(name="Harbour"))
    assert "Harbour" in words(result(made, "changing"))
    with made.writing() as session:
        publish(session, identity, details(name="Haven"), by="test", why="renamed", now=NOW)
    made.catch_up()
    assert "Haven" in words(result(made, "changing"))
    assert "Harbour" not in words(result(made, "changing"))


def test_when_it_was_confirmed_is_told_in_london_time(made: MadeDirectory) -> None:
    identity = made.publish("confirmed", full_details())
    with made.writing() as session:
        raise_directory_revision(session)
        row = session.get_one(OrganisationRow, identity)
        row.confirmed_at, row.confirmed_by = datetime(2026, 5, 3, 23, 30, tzinfo=UTC), ConfirmedBy.ORGANISATION
    made.rebuild()
    assert "Confirmed by the organisation on 4 May 2026." in words(result(made, "confirmed"))


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (lambda session, entry: mark_overdue(session, entry, since=MAY), "Not confirmed since 4 May 2026."),
        (
            lambda session, entry: mark_told_changed(session, entry, on=MAY),
            "They told us on 4 May 2026 that this has changed. We are checking.",
        ),
        (
            lambda session, entry: mark_told_closed(session, entry, on=MAY),
            "They told us on 4 May 2026 that they have closed or no longer do this. We are checking.",
        ),
    ],
)
def test_what_is_known_against_an_entry_is_told_in_the_results_and_on_its_page(
    made: MadeDirectory, mark: Callable[[Session, UUID], None], said: str
) -> None:
    slug = f"doubtful-{uuid4()}"
    identity = made.publish(slug, details())
    with made.writing() as session:
        mark(session, identity)
    made.catch_up()
    assert said in words(result(made, slug))
    assert said in made.pages.get(f"/organisations/{slug}").main


def test_an_index_that_is_lost_is_made_anew_for_the_next_reader(made: MadeDirectory) -> None:
    made.publish("lost", details())
    with made.app.app_context():
        shutil.rmtree(search_engine().index.path)
    assert "Advice line" in words(result(made, "lost"))
