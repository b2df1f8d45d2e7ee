"""Terms on the desk: seen, named, ordered, added, merged and retired; and the public side that follows."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.extensions import db
from tests.factories import details, published, service
from tests.page import Page
from tests.web.admin.desk import Desk
from tests.web.hostile import SCRIPTS

KIND, AREA = TermKind.KIND, TermKind.AREA
MOST_QUERIES = 15


@pytest.fixture
def reading(desk: Desk) -> Iterator[Session]:
    with desk.app.app_context():
        yield db.session()


def held(desk: Desk) -> Taxonomy:
    with desk.app.app_context():
        return load_taxonomy(db.session())


@pytest.fixture
def befriending(desk: Desk) -> str:
    """The code of a kind of service of this test alone."""
    return add(desk, "kind", name=f"Befriending {uuid4().hex[:8]}").path.rpartition("/")[2].partition("?")[0]


def add(desk: Desk, kind: str, *, status: int = 303, **typed: str) -> Page:
    answer = desk.manager.post(f"/desk/taxonomy/{kind}/new", status=status, data=typed)
    address = answer.headers.get("Location", "")
    return desk.manager.get(address) if status == 303 else Page(f"/desk/taxonomy/{kind}/new", answer)


def send(desk: Desk, address: str, *, status: int = 303, **typed: str) -> Page:
    answer = desk.manager.post(f"/desk/taxonomy/{address}", status=status, data=typed)
    return desk.manager.get(answer.headers["Location"]) if status == 303 else Page(f"/desk/taxonomy/{address}", answer)


def entry_with(desk: Desk, kind: str, slug: str = "") -> str:
    """The slug of a new public entry that has this kind of service."""
    slug = slug or f"harbour-{uuid4().hex[:8]}"
    with desk.writing() as session:
        published(session, details(service(kinds=(kind,)), name=slug.title()), slug=slug)
    desk.catch_up()
    return slug


def test_the_kinds_of_terms_lead_to_their_terms_with_how_many_services_have_each(desk: Desk, befriending: str) -> None:
    entry_with(desk, befriending)
    page = desk.viewer.get("/desk/taxonomy")
    words = next(words for words in page.links() if words.startswith("Kinds of service ("))
    page = desk.viewer.get(page.link(words))
    row = next(row for row in page.all("li") if befriending.rpartition("_")[2] in "".join(row.itertext()))
    assert "1 service" in "".join(row.itertext())
    assert "Add a term" not in page.links()
    assert "Add a term" in desk.manager.get("/desk/taxonomy/kind").links()


def test_narrower_terms_stand_under_theirs(desk: Desk) -> None:
    page = desk.viewer.get("/desk/taxonomy/ground")
    lines = [line.attrib.get("class", "").rpartition(" ")[2] for line in page.tree.iter("li")]
    lines = [line for line in lines if line.startswith("term-line")]
    assert lines[:2] == ["term-line--0", "term-line--1"]


def test_a_viewer_sees_a_term_without_what_changes_it(desk: Desk, befriending: str) -> None:
    slug = entry_with(desk, befriending)
    page = desk.viewer.get(f"/desk/taxonomy/kind/{befriending}")
    assert "1 service in 1 entry" in page.main
    assert slug.title() in page.links()
    assert not page.all("form", action=f"/desk/taxonomy/kind/{befriending}/order")
    assert "Retire it" not in page.links()


@pytest.mark.parametrize("address", ["magic", "kind/magic", "kind/helpline/words/xx", "kind/magic/merge", "magic/new"])
def test_what_is_not_there_has_no_page(desk: Desk, address: str) -> None:
    desk.manager.get(f"/desk/taxonomy/{address}", status=404)


def test_a_term_is_named_in_a_language_and_the_public_reads_it(desk: Desk, befriending: str) -> None:
    entry_with(desk, befriending)
    page = send(
        desk, f"kind/{befriending}/words/tr", name=" Arkadaşlık  hattı ", description="Konuşacak\nbiri.", examples=""
    )
    assert "The words are kept." in page.main
    term = held(desk).term(KIND, befriending)
    assert (term.names["tr"], term.descriptions["tr"]) == ("Arkadaşlık hattı", "Konuşacak biri.")
    assert "Arkadaşlık hattı" in desk.pages.get("/tr/search").text
    page = desk.manager.get(f"/desk/taxonomy/kind/{befriending}/words/tr")
    assert page.one("input", id="name").attrib["value"] == "Arkadaşlık hattı"


def test_examples_of_a_ground_are_lines(desk: Desk) -> None:
    before = held(desk).term(TermKind.GROUND, "religion")
    send(desk, "ground/religion/words/en", name=before.names["en"], description="", examples="One.\r\n\r\n Two. ")
    assert held(desk).term(TermKind.GROUND, "religion").examples["en"] == ("One.", "Two.")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Enter the name"),
        ({"name": "race"}, "Another term has this name already"),
        ({"name": "x" * 101}, "Write no more than 100 characters"),
        ({"description": "x" * 601}, "Write no more than 600 characters"),
        ({"examples": "\n".join("abcdefghijk")}, "Write no more than 10 examples"),
        ({"examples": "x" * 301}, "Write no more than 300 characters for each example"),
    ],
)
def test_what_is_wrong_with_words_stands_beside_the_field_and_nothing_typed_is_lost(
    desk: Desk, typed: dict[str, str], words: str
) -> None:
    before = held(desk)
    given = {"name": "Visits", "description": "Somebody comes.", "examples": "", **typed}
    page = send(desk, "ground/religion/words/en", status=422, **given)
    assert words in page.main
    assert page.title.startswith("Error: ")
    assert page.one("input", id="name").attrib["value"] == given["name"]
    assert given["description"] in "".join(page.one("textarea", id="description").itertext())
    assert held(desk) == before


def test_a_new_term_is_filtered_by_as_soon_as_an_entry_has_it(desk: Desk) -> None:
    page = add(desk, "kind", name="Victim  visits")
    assert "The term is added." in page.main
    assert page.path.startswith("/desk/taxonomy/kind/visits")
    assert (page.heading, "Victim visits" in page.main) == ("visits", True)
    entry_with(desk, "visits", "visitors")
    found = desk.pages.get("/search", query_string={"kind": "visits"})
    assert "Visitors" in found.main


def test_a_new_narrower_ground_a_language_and_an_area_are_added(desk: Desk) -> None:
    assert add(desk, "ground", name="Tamil", parent="race").heading == "Tamil"
    page = add(desk, "language", name="Estonian", tag="et")
    assert "eesti" in desk.manager.get("/desk/taxonomy/language/et").main
    assert page.heading == "Estonian"
    add(desk, "area", name="Gospel Oak", parent="haringey", sort="place", latitude="51.55", longitude="-0.15")
    area = held(desk).term(AREA, "place.gospel-oak")
    assert (area.parent, area.latitude, area.longitude) == ("haringey", 51.55, -0.15)
    assert held(desk).has(TermKind.GROUND, "race.tamil")
    assert held(desk).name(TermKind.LANGUAGE, "et", "tr") == "Estonca"


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("kind", {"name": ""}, "Enter the name"),
        ("ground", {"name": "Roma"}, "Choose what it belongs under"),
        ("language", {"name": "Turkish again", "tag": "tr"}, "This language is there already"),
        ("language", {"name": "Elvish", "tag": "elvish!"}, "Enter the tag of a language"),
        ("area", {"name": "Hill", "parent": "haringey"}, "Choose what sort of area it is"),
        ("area", {"name": "Hill", "latitude": "nan", "longitude": "1e9"}, "Enter a place in the United Kingdom"),
    ],
)
def test_what_is_wrong_with_a_new_term_stands_beside_its_field(
    desk: Desk, kind: str, typed: dict[str, str], words: str
) -> None:
    before = held(desk)
    page = add(desk, kind, status=422, **typed)
    assert words in page.main
    assert page.one("input", id="name").attrib["value"] == typed["name"]
    assert held(desk) == before


def test_a_term_is_put_at_another_place(desk: Desk, befriending: str) -> None:
    page = send(desk, f"kind/{befriending}/order", after="")
    assert "The term has its new place." in page.main
    assert held(desk).of(KIND)[0].code == befriending
    page = send(desk, f"kind/{befriending}/order", status=422, after="no such term")
    assert "Choose where it comes" in page.main


def test_merging_says_what_will_change_and_changes_nothing_before(desk: Desk, befriending: str) -> None:
    slug = entry_with(desk, befriending)
    before = held(desk)
    page = desk.manager.get(f"/desk/taxonomy/kind/{befriending}/merge")
    assert "What will change" not in page.main
    page = desk.manager.get(f"/desk/taxonomy/kind/{befriending}/merge", query_string={"into": "counselling"})
    assert "1 service in 1 entry will have Counselling instead" in page.main
    assert slug.title() in page.links()
    assert "This cannot be undone." in page.main
    assert held(desk) == before


def test_a_merged_term_leads_to_the_other_one_everywhere(desk: Desk, befriending: str) -> None:
    slug = entry_with(desk, befriending)
    page = send(desk, f"kind/{befriending}/merge", into="counselling")
    assert "Merged. Entries that followed: 1" in page.main
    assert page.heading == "Counselling"
    assert befriending in page.main
    answer = desk.manager.answer(f"/desk/taxonomy/kind/{befriending}", status=303)
    assert answer.headers["Location"] == "/desk/taxonomy/kind/counselling"
    found = desk.pages.get("/search", query_string={"kind": befriending})
    assert slug.title() in found.main
    chosen = [box.attrib["value"] for box in found.all("input", type="checkbox") if "checked" in box.attrib]
    assert chosen == ["counselling"]


@pytest.mark.parametrize("into", ["", "magic", "itself"])
def test_a_merge_into_nothing_is_asked_again(desk: Desk, befriending: str, into: str) -> None:
    into = befriending if into == "itself" else into
    page = desk.manager.get(f"/desk/taxonomy/kind/{befriending}/merge", status=422, query_string={"into": into})
    assert "Choose the term that takes its place" in page.main
    status = 404 if into == "magic" else 422
    if into:
        desk.manager.post(f"/desk/taxonomy/kind/{befriending}/merge", status=status, data={"into": into})
    assert held(desk).has(KIND, befriending)


def test_what_the_site_relies_on_is_not_offered_to_be_merged_or_retired(desk: Desk) -> None:
    page = desk.manager.get("/desk/taxonomy/ground/religion")
    assert "The site itself relies on this term" in page.main
    assert not {"Retire it", "Merge it into another term"} & set(page.links())
    page = send(desk, "ground/religion/merge", status=422, into="race")
    assert "The site itself relies on this term" in page.main
    page = send(desk, "ground/religion/retire", status=409, entries="keep")
    assert "The site itself relies on this term" in page.main
    page = desk.manager.get("/desk/taxonomy/kind/legal_advice")
    assert "The first page of the site leads to it" in page.main


@pytest.mark.parametrize(("entries", "lost"), [("keep", 0), ("lose", 1)])
def test_a_term_is_retired_and_entries_keep_or_lose_it(desk: Desk, befriending: str, entries: str, lost: int) -> None:
    slug = entry_with(desk, befriending)
    assert "1 entry has it." in desk.manager.get(f"/desk/taxonomy/kind/{befriending}/retire").main
    page = send(desk, f"kind/{befriending}/retire", entries=entries)
    assert f"The term is offered no more. Entries that lost it: {lost}." in page.main
    found = desk.pages.get(f"/organisations/{slug}")
    assert ("Befriending" in found.main) is (lost == 0)
    page = send(desk, f"kind/{befriending}/offer")
    assert "The term is offered again." in page.main
    assert held(desk).offers(KIND, befriending)


def test_what_becomes_of_the_entries_has_to_be_said(desk: Desk, befriending: str) -> None:
    page = send(desk, f"kind/{befriending}/retire", status=422, entries="")
    assert "Choose what becomes of the entries" in page.main
    assert held(desk).offers(KIND, befriending)


def test_trust_18_hostile_names_are_only_ever_words(desk: Desk) -> None:
    for number, words in enumerate(script for script in SCRIPTS if len(script) <= 90):
        page = add(desk, "kind", name=f"{number} {words}")
        assert page.one("h1")
    desk.viewer.get("/desk/taxonomy/kind")
    desk.pages.get("/search")


@pytest.mark.parametrize("address", ["", "/kind", "/kind/helpline", "/kind/counselling/merge?into=helpline"])
def test_a_page_asks_few_questions_of_the_database(desk: Desk, address: str) -> None:
    asked: list[str] = []
    desk.manager.get(f"/desk/taxonomy{address}")

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    with desk.app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
        try:
            desk.manager.get(f"/desk/taxonomy{address}")
        finally:
            event.remove(db.engine, "before_cursor_execute", count)
    assert 0 < len(asked) <= MOST_QUERIES
