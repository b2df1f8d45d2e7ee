"""Two entries made one on the desk, and what is not to be listed again."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from directory import clock
from directory.changes.editing import edit
from directory.changes.queries import load_entry
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.queries import contacts_of
from directory.listing.inclusion import remember_not_listed
from directory.listing.queries import not_listed
from directory.organisations.details import Phone
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import hide
from directory.organisations.queries import current_slug
from directory.organisations.rules import State
from directory.signals.suggestions import Suggestion, suggest
from directory.tasks.models import TaskRow
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind
from tests.factories import details, published, saved, service
from tests.page import Page
from tests.web.admin.desk import Desk
from tests.web.entry_form.browser import inputs

BY = "officer:9"


@pytest.fixture
def word() -> str:
    return uuid4().hex[:8]


@pytest.fixture
def harbour(desk: Desk, word: str) -> UUID:
    with desk.writing() as session:
        return published(session, details(name=f"Harbour {word}", description="Advice."), slug=f"harbour-{word}")


@pytest.fixture
def quay(desk: Desk, word: str) -> UUID:
    meals = service(name="Meals", phones=(Phone(number="+442079460111"),))
    with desk.writing() as session:
        held = details(meals, name=f"Harbour {word} Quay", email="q@quay.example")
        identity = published(session, held, slug=f"quay-{word}")
        add_contact(session, identity, Mailbox(email="q@quay.example", language="tr"), by=BY, now=clock.now())
        return identity


def path(identity: UUID, *more: object) -> str:
    return "/".join((f"/desk/entries/{identity}", *map(str, more)))


def posted(desk: Desk, address: str, form: MultiDict[str, str], status: int) -> Page:
    return Page(address, desk.officer.post(address, status=status, data=form.to_dict(flat=False)))


def test_the_other_entry_is_found(desk: Desk, harbour: UUID, quay: UUID, word: str) -> None:
    page = desk.officer.get(path(harbour, "join"))
    assert page.link(f"Harbour {word} Quay") == path(harbour, "join", quay)
    found = desk.officer.get(path(harbour, "join"), query_string={"words": f"quay-{word}"})
    assert found.link(f"Harbour {word} Quay") == path(harbour, "join", quay)
    assert "No entry fits" in desk.officer.get(path(harbour, "join"), query_string={"words": "no such"}).main


def test_both_are_seen_and_made_one_as_chosen(
    desk: Desk, harbour: UUID, quay: UUID, word: str, reading: Session
) -> None:
    address = path(harbour, "join", quay)
    page = desk.officer.get(address)
    for words in ("Advice.", "q@quay.example", "Meals", "020 7946 0111", "Keep the other one instead"):
        assert words in page.main, words
    form = inputs(page)
    assert "Say how you checked it" in posted(desk, address, form, 422).main
    form.setlist("how", ["website"])
    form.add("contacts", str(contacts_of(reading, quay)[0].id))
    reading.rollback()
    answer = desk.officer.post(address, data=form.to_dict(flat=False))
    page = desk.officer.get(answer.headers["Location"])
    assert "The entries are joined" in page.main
    assert page.link(f"Harbour {word} Quay") == path(quay)
    entry = load_entry(reading, harbour).details
    assert ([one.name for one in entry.services], entry.email) == (["Advice line", "Meals"], "q@quay.example")
    assert entry.other_names == (f"Harbour {word} Quay",)
    assert len(contacts_of(reading, harbour)) == 1
    reading.rollback()
    moved = desk.nobody.answer(f"/organisations/quay-{word}", status=301).headers["Location"]
    assert moved.endswith(f"/organisations/harbour-{word}")
    assert "Joined with another" in desk.officer.get(path(quay)).main


def test_what_is_not_chosen_is_not_taken(desk: Desk, harbour: UUID, quay: UUID, reading: Session) -> None:
    address = path(harbour, "join", quay)
    before = load_entry(reading, harbour).details
    reading.rollback()
    form = inputs(desk.officer.get(address))
    form.setlist("unit-email", ["own"])
    form.setlist("services", ["", str(before.services[0].id), "no id"])
    form.setlist("names", [""])
    desk.officer.post(address, data=form.to_dict(flat=False))
    assert load_entry(reading, harbour).details == before
    assert reading.get_one(OrganisationRow, quay).state is State.HIDDEN


def test_choices_are_kept_when_something_is_missing(desk: Desk, harbour: UUID, quay: UUID) -> None:
    address = path(harbour, "join", quay)
    form = inputs(desk.officer.get(address))
    form.setlist("unit-name", ["other"])
    form.setlist("names", [""])
    again = inputs(posted(desk, address, form, 422))
    assert again.getlist("unit-name") == ["other"]
    assert again.getlist("names") == [""]


def test_neither_may_have_moved_on(desk: Desk, harbour: UUID, quay: UUID) -> None:
    address = path(harbour, "join", quay)
    form = inputs(desk.officer.get(address))
    form.setlist("how", ["website"])
    with desk.writing() as session:
        newer = replace(load_entry(session, quay).details, description="Newer.")
        edit(session, quay, version="1", details=newer, by=BY, now=clock.now())
    assert "has changed while you looked" in posted(desk, address, form, 409).main


def test_a_draft_and_a_hidden_entry_are_not_kept_in_the_place_of_a_public_one(
    desk: Desk, harbour: UUID, quay: UUID, word: str
) -> None:
    with desk.writing() as session:
        draft = saved(session, details(name=f"Draft {word}"), slug=f"draft-{word}")
    page = desk.officer.get(path(draft, "join", harbour))
    assert "cannot be joined so" in page.main
    assert page.link("Keep the other one instead") == path(harbour, "join", draft)
    form = inputs(desk.officer.get(path(harbour, "join", quay)))
    with desk.writing() as session:
        hide(session, quay, by=BY, now=clock.now())
    refused = desk.officer.post(path(harbour, "join", quay), status=422, data=form.to_dict(flat=False))
    assert "cannot be joined so" in Page("/desk/", refused).main
    desk.officer.get(path(harbour, "join", harbour), status=404)


def test_a_draft_that_was_joined_is_taken_up_again(desk: Desk, harbour: UUID, word: str, reading: Session) -> None:
    with desk.writing() as session:
        draft = saved(session, details(name=f"Draft {word}"), slug=f"draft-{word}")
    address = path(harbour, "join", draft)
    form = inputs(desk.officer.get(address))
    form.setlist("how", ["website"])
    desk.officer.post(address, data=form.to_dict(flat=False))
    assert "Joined with another" in desk.officer.get(path(draft)).main
    desk.officer.post(path(draft, "show"))
    assert reading.get_one(OrganisationRow, draft).joined_into is None


def test_the_task_of_duplicates_leads_there(desk: Desk, harbour: UUID, quay: UUID) -> None:
    with desk.writing() as session:
        key = f"{harbour} {quay}"
        facts = {"first": str(harbour), "second": str(quay)}
        task = open_task(
            session,
            kind=TaskKind.DUPLICATE,
            key=key,
            due_on=clock.today(),
            now=clock.now(),
            organisation_id=harbour,
            **facts,
        ).id
    assert desk.officer.get(f"/desk/tasks/{task}").link("Join them") == path(harbour, "join")


def test_what_is_not_to_be_listed_is_added_and_forgotten(desk: Desk, word: str, reading: Session) -> None:
    address = "/desk/entries/not-listed"
    page = Page(address, desk.officer.post(address, status=422, data={"phone": "x", "website": "no site", "name": ""}))
    for words in ("Enter the name", "Enter one phone number", "Enter a website", "Write why"):
        assert words in page.main
    typed = {"name": f"Bad {word}", "phone": "020 7946 0222", "website": "bad.example", "reason": "They asked us"}
    desk.officer.post(address, data=typed)
    page = desk.viewer.get(address)
    for words in (f"Bad {word}", "020 7946 0222, https://bad.example", "They asked us", "Officer, "):
        assert words in page.main
    (row,) = [one for one in not_listed(reading) if one.name == f"Bad {word}"]
    memory = row.id
    reading.rollback()
    desk.officer.post(f"{address}/{memory}/forget")
    assert f"Bad {word}" not in desk.viewer.get(address).main
    desk.officer.post(f"{address}/{memory}/forget", status=404)
    assert reading.scalars(select(OrganisationRow).where(OrganisationRow.name == f"Bad {word}")).first() is None


def test_the_slug_of_the_other_stays_its_own(
    desk: Desk, harbour: UUID, quay: UUID, word: str, reading: Session
) -> None:
    address = path(harbour, "join", quay)
    form = inputs(desk.officer.get(address))
    form.setlist("how", ["website"])
    desk.officer.post(address, data=form.to_dict(flat=False))
    assert current_slug(reading, quay) == f"quay-{word}"


def test_a_suggestion_is_compared_with_what_is_listed_and_what_is_not(desk: Desk, harbour: UUID, word: str) -> None:
    with desk.writing() as session:
        now = clock.now()
        remember_not_listed(session, name=f"Zed {word}", phone="+442079460333", reason="They asked us", by=BY, now=now)
        suggestion = Suggestion(name=f"The Harbour {word}", phone="+442079460333")
        task = session.get_one(TaskRow, suggest(session, suggestion, reply_to="", now=now))
        change = task.facts["change"]
    page = desk.viewer.get(f"/desk/changes/{change}")
    assert page.link(f"Harbour {word}") == path(harbour)
    assert f"Zed {word}: They asked us" in page.main
