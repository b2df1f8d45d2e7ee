"""Suggesting an organisation."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.people.models import PersonRow
from directory.signals.models import SuggestionRow
from directory.signals.rules import MOST_SUGGESTIONS_OPEN
from directory.signals.suggestions import Suggestion, suggest
from directory.tasks.models import TaskRow
from directory.web.limits import MOST_AN_HOUR, Limit
from tests.databases import Databases
from tests.factories import NOW
from tests.page import Page
from tests.web.public.made_directory import MadeDirectory, made_directory
from tests.web.public.sending import control, errors, filled, refused, typed

GOOD = {"name": "Harbour", "description": "Advice for\nTurkish families."}
HOSTILE = "<script>x9417()</script>\"'{{7*7}}%0d%0aBcc: a@b.example"


@pytest.fixture(scope="module")
def made(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeDirectory]:
    with made_directory(databases, tmp_path_factory.mktemp("index")) as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_sent(made: MadeDirectory) -> None:
    made.app.extensions["hourly_limit"] = Limit()
    with made.writing() as session:
        for table in (SuggestionRow, TaskRow, ChangeUnitRow, ChangeRow, PersonRow):
            session.execute(delete(table))


def kept(made: MadeDirectory) -> list[SuggestionRow]:
    with made.writing() as session:
        rows = list(session.scalars(select(SuggestionRow).order_by(SuggestionRow.at)))
        session.expunge_all()
    return rows


def test_the_form_asks_for_little_and_nothing_is_filled_in(made: MadeDirectory) -> None:
    page = made.pages.get("/suggest")
    names = ["name", "description", "phone", "website", "email", "how_known", "reply_to"]
    assert [typed(page, name) for name in names] == [""] * len(names)
    assert page.one("form", class_="plain-form").attrib["action"] == "/suggest"
    assert page.link("Who can be listed") == "/kept-current"
    assert "We keep how you know them, and your email address, for 6 months. Then we delete both." in page.main


def test_what_is_sent_waits_for_an_officer_and_thanks_come_on_a_page_of_their_own(made: MadeDirectory) -> None:
    more = {
        "phone": "020 8489 1000",
        "website": "harbour.example.org",
        "email": "hello@Harbour.example.org",
        "how_known": "I go there.",
        "reply_to": "me@example.org",
    }
    answer = made.pages.post("/suggest", data=filled("suggest", **GOOD, **more))
    assert answer.headers["Location"] == "/suggest/sent"
    (row,) = kept(made)
    assert (row.name, row.description) == ("Harbour", "Advice for\nTurkish families.")
    assert (row.phone, row.website, row.email) == (
        "+442084891000",
        "https://harbour.example.org",
        "hello@harbour.example.org",
    )
    assert row.how_known == "I go there."
    with made.writing() as session:
        assert session.get(PersonRow, row.person_id).email == "me@example.org"
        (task,) = session.scalars(select(TaskRow)).all()
        assert (task.kind, task.id) == ("review_change", row.task_id)
    assert "two weeks" in made.pages.get("/suggest/sent").main


def test_errors_stand_at_the_top_and_beside_their_fields_and_nothing_typed_is_lost(made: MadeDirectory) -> None:
    wrong = {
        "name": " ",
        "description": "x" * 1001,
        "phone": "ring us",
        "website": "not a website",
        "email": "a@example.org, b@example.org",
        "how_known": "y" * 1001,
        "reply_to": "me",
    }
    page = refused(made.pages, "/suggest", filled("suggest", **wrong))
    assert errors(page) == {
        "name": "Enter the name of the organisation",
        "description": "Write no more than 1,000 characters",
        "phone": "Enter one phone number like 020 8489 1000",
        "website": "Enter a website like example.org",
        "email": "Enter an email address like name@example.org",
        "how_known": "Write no more than 1,000 characters",
        "reply_to": "Enter an email address like name@example.org",
    }
    assert page.title.startswith("Error: Suggest an organisation")
    for name, words in errors(page).items():
        assert page.one("p", id=f"{name}-error").tail is not None
        assert f"{name}-error" in control(page, name).attrib["aria-describedby"]
        assert control(page, name).attrib["aria-invalid"] == "true"
        assert words in page.main
        assert typed(page, name) == wrong[name].strip()
    assert kept(made) == []


@pytest.mark.parametrize(
    "website",
    [
        "javascript:alert(1)",
        "ftp://harbour.example.org",
        "https://someone@harbour.example.org",
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://localhost/",
        "harbour",
        "https://",
        "https://harbour.example.org/<b>",
        "https://[::1]/",
    ],
)
def test_a_website_that_readers_could_not_open_is_refused(made: MadeDirectory, website: str) -> None:
    page = refused(made.pages, "/suggest", filled("suggest", **GOOD, website=website))
    assert errors(page) == {"website": "Enter a website like example.org"}


def test_a_box_that_people_do_not_see_must_stay_empty(made: MadeDirectory) -> None:
    page = made.pages.get("/suggest")
    (hidden,) = [group for group in page.all("div") if "hidden" in group.attrib]
    assert [box.attrib["name"] for box in hidden.iter("input")] == ["subject"]
    caught = refused(made.pages, "/suggest", filled("suggest", **GOOD) | {"subject": "Cheap watches"})
    assert errors(caught) == {"subject": "Leave this box empty"}
    assert not [group for group in caught.all("div") if "hidden" in group.attrib]
    assert (typed(caught, "name"), typed(caught, "subject")) == ("Harbour", "")
    assert kept(made) == []


def send_again(made: MadeDirectory, page: Page, **changed: str) -> int:
    data = {"stamp": control(page, "stamp").attrib["value"], **GOOD, **changed}
    return int(made.app.test_client().post("/suggest", data=data).status_code)


@pytest.mark.parametrize("opened", [timedelta(0), timedelta(seconds=1), timedelta(seconds=-60)])
def test_a_form_sent_faster_than_anybody_types_is_asked_for_again(made: MadeDirectory, opened: timedelta) -> None:
    page = refused(made.pages, "/suggest", filled("suggest", opened=opened, **GOOD))
    assert list(errors(page)) == ["send"]
    assert typed(page, "description") == GOOD["description"]
    assert kept(made) == []


@pytest.mark.parametrize(
    "stamped", ["", "nonsense", filled("problem")["stamp"]], ids=["none", "nonsense", "of another form"]
)
def test_a_form_without_a_stamp_of_ours_gets_one_and_keeps_what_was_typed(made: MadeDirectory, stamped: str) -> None:
    page = refused(made.pages, "/suggest", GOOD | {"stamp": stamped})
    assert list(errors(page)) == ["send"]
    assert typed(page, "name") == "Harbour"
    assert control(page, "stamp").attrib["value"] != stamped


def test_a_form_that_lay_open_for_a_day_is_sent_with_a_second_press(made: MadeDirectory) -> None:
    page = refused(made.pages, "/suggest", filled("suggest", opened=timedelta(hours=25), **GOOD))
    assert "open for a long time" in errors(page)["send"]
    assert send_again(made, page) == 422  # at once: faster than anybody reads
    again = filled("suggest", **GOOD)
    made.pages.post("/suggest", data=again)


def test_too_many_in_an_hour_are_asked_to_wait_and_lose_nothing(made: MadeDirectory) -> None:
    for _ in range(MOST_AN_HOUR):
        made.pages.post("/suggest", data=filled("suggest", **GOOD))
    page = refused(made.pages, "/suggest", filled("suggest", **GOOD), status=429)
    assert "Wait an hour" in errors(page)["send"]
    assert typed(page, "name") == "Harbour"
    assert len(kept(made)) == MOST_AN_HOUR


def test_a_forged_forwarded_address_does_not_lift_the_limit(made: MadeDirectory) -> None:
    for number in range(MOST_AN_HOUR):
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        made.pages.post("/suggest", data=filled("suggest", **GOOD), headers=headers)
    refused(made.pages, "/suggest", filled("suggest", **GOOD), status=429, headers={"X-Forwarded-For": "203.0.113.9"})


def test_when_too_many_wait_for_an_officer_it_says_so(made: MadeDirectory) -> None:
    with made.writing() as session:
        for number in range(MOST_SUGGESTIONS_OPEN):
            suggest(session, Suggestion(name=f"Anchor {number}"), reply_to="", now=NOW)
    page = refused(made.pages, "/suggest", filled("suggest", **GOOD), status=429)
    assert "next week" in errors(page)["send"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_on_another_site_is_refused(made: MadeDirectory, site: str) -> None:
    made.pages.post("/suggest", status=403, data=filled("suggest", **GOOD), headers={"Sec-Fetch-Site": site})
    assert kept(made) == []


def test_only_the_fields_of_the_form_are_kept(made: MadeDirectory) -> None:
    extra = {"id": "1", "task_id": "2", "person_id": "3", "at": "1999-01-01", "state": "done", "facts": "{}"}
    made.pages.post("/suggest", data=filled("suggest", **GOOD) | extra)
    (row,) = kept(made)
    assert (row.person_id, row.at.year > 2000) == (None, True)


def test_hostile_words_are_shown_as_words_and_kept_without_control_characters(made: MadeDirectory) -> None:
    page = refused(made.pages, "/suggest", filled("suggest", name=HOSTILE, description="", website=HOSTILE))
    assert typed(page, "name") == HOSTILE
    assert not [script for script in page.all("script") if "x9417" in (script.text or "")]
    made.pages.post("/suggest", data=filled("suggest", name="Har\x00bour\n", description=f"{HOSTILE}\x00"))
    (row,) = kept(made)
    assert (row.name, row.description) == ("Harbour", HOSTILE)


def test_it_can_be_done_in_every_language(made: MadeDirectory) -> None:
    page = refused(made.pages, "/ar/suggest", filled("suggest"))
    assert page.one("form", class_="plain-form").attrib["action"] == "/ar/suggest"
    answer = made.pages.post("/ar/suggest", data=filled("suggest", **GOOD))
    assert answer.headers["Location"] == "/ar/suggest/sent"
    made.pages.get("/ar/suggest/sent")
