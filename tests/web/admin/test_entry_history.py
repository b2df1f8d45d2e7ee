"""The history of an entry, going back in it, hiding it with one or two officers, and showing it again."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import clock
from directory.accounts.rules import Role
from directory.changes.editing import edit
from directory.changes.operations import propose
from directory.changes.queries import load_entry
from directory.changes.rules import HowChecked, Origin
from directory.checks.keeping import confirm
from directory.listing.hiding import hide
from directory.listing.queries import hidings_of, not_listed
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import rename_slug
from directory.organisations.rules import ConfirmedBy, State
from directory.tasks.queries import open_tasks
from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.admin.entries.history import why_in_words
from tests.factories import details, published, saved, service, term
from tests.page import Page, Pages
from tests.web.admin.desk import OFFICERS, Desk, add_officer

OFFICER = f"officer:{OFFICERS[Role.OFFICER]}"


@pytest.fixture
def base() -> OrganisationDetails:
    return details(service(id=uuid4(), areas=("haringey",)), description="Stands beside people.")


@pytest.fixture
def harbour(desk: Desk, base: OrganisationDetails) -> UUID:
    """An entry with two revisions."""
    with desk.writing() as session:
        identity = published(session, base, slug=f"harbour-{uuid4().hex}")
        now = clock.now()
        edit(
            session, identity, version="1", details=replace(base, description="Stands beside you."), by=OFFICER, now=now
        )
        return identity


@pytest.fixture
def other(desk: Desk) -> Pages:
    """Another officer."""
    with desk.writing() as session:
        return_id = add_officer(session, name=f"other{uuid4().hex[:6]}")
    return desk.signed_in(return_id)


def path(identity: UUID, *more: str) -> str:
    return "/".join((f"/desk/entries/{identity}", *more))


def state(reading: Session, identity: UUID) -> State:
    found = reading.scalars(select(OrganisationRow.state).where(OrganisationRow.id == identity)).one()
    reading.rollback()  # so that others can write
    return found


def marks(page: Page) -> list[list[str | None]]:
    return [[mark.text for mark in page.all(tag)] for tag in ("del", "ins")]


def test_every_revision_is_told_with_who_why_and_what(desk: Desk, harbour: UUID) -> None:
    page = desk.viewer.get(path(harbour, "history"))
    assert "A change was approved" in page.main
    assert "by Officer" in page.main
    assert "What it does" in page.main
    assert "Go back to it" not in page.main  # that is for managers
    assert "Approved by Officer" in desk.viewer.get(page.link("The change that made revision 2")).main


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("change 0f0f", "A change was approved"),
        ("restored 3", "Went back to revision 3"),
        ("renamed to quay", "Its address became quay"),
        ("merged ground/race.cypriot into ground/religion", "The term race.cypriot was merged into Religion"),
        ("merged ground/race into ground/gone", "The term race was merged into gone"),
        ("retired magic/x", "The term x was retired"),
        ("retired kind/helpline", "The term Helpline was retired"),
        ("published", "The draft was published"),
        ("something else", "Something else"),
    ],
)
def test_why_a_revision_was_made_is_said_in_words(why: str, words: str) -> None:
    taxonomy = Taxonomy((term(TermKind.GROUND, "religion"), term(TermKind.KIND, "helpline")))
    assert why_in_words(why, taxonomy) == words


def test_any_two_revisions_are_compared_in_words(desk: Desk, harbour: UUID) -> None:
    page = desk.viewer.get(path(harbour, "compare"), query_string={"from": "1", "to": "2"})
    assert marks(page) == [["people"], ["you"]]
    same = desk.viewer.get(path(harbour, "compare"), query_string={"from": "2", "to": "2"})
    assert "They say the same" in same.main
    for query in ({}, {"from": "1", "to": "9"}, {"from": "x", "to": "1"}):
        desk.viewer.get(path(harbour, "compare"), query_string=query, status=404)


def test_a_manager_goes_back_after_seeing_what_it_changes(
    desk: Desk, harbour: UUID, base: OrganisationDetails, reading: Session
) -> None:
    leads = desk.manager.get(path(harbour, "history")).link("Go back to it : revision 1")
    page = desk.manager.get(leads)
    assert marks(page) == [["you"], ["people"]]
    answer = desk.manager.post(leads, data={"revision": "2"})
    assert "Went back to revision 1" in desk.manager.get(answer.headers["Location"]).main
    entry = load_entry(reading, harbour)
    assert (entry.revision, entry.details) == (3, base)


def test_going_back_takes_back_what_the_public_reads_of_a_confirmation(desk: Desk, harbour: UUID) -> None:
    slug = desk.viewer.get(path(harbour)).link("Its public page")
    with desk.writing() as session:
        confirm(session, harbour, at=clock.now(), by=ConfirmedBy.ORGANISATION, now=clock.now())
    assert "Confirmed by the organisation" in desk.nobody.get(slug).main
    assert "count as not confirmed" in desk.manager.get(path(harbour, "restore", "1")).main
    desk.manager.post(path(harbour, "restore", "1"), data={"revision": "2"})
    assert "Confirmed by the organisation" not in desk.nobody.get(slug).main


def test_going_back_to_another_website_asks_how_it_was_checked(
    desk: Desk, harbour: UUID, base: OrganisationDetails, reading: Session
) -> None:
    with desk.writing() as session:
        newer, how = replace(base, website="https://quay.example.org/"), HowChecked.WEBSITE
        edit(session, harbour, version="2", details=newer, by=OFFICER, now=clock.now(), how_checked=how)
    address = path(harbour, "restore", "1")
    assert "How did you check it?" in desk.manager.get(address).main
    assert "How did you check it?" not in desk.manager.get(path(harbour, "restore", "3")).main
    page = Page(address, desk.manager.post(address, status=422, data={"revision": "3"}))
    assert page.link("Say how you checked it") == "#how"
    assert page.one("input", name="revision").attrib["value"] == "3"
    desk.manager.post(address, data={"revision": "3", "how": "website"})
    assert load_entry(reading, harbour).details == base


def test_an_officer_does_not_go_back(desk: Desk, harbour: UUID) -> None:
    desk.officer.get(path(harbour, "restore", "1"), status=403)
    desk.officer.post(path(harbour, "restore", "1"), status=403, data={"revision": "2"})


def test_going_back_is_refused_when_the_entry_moved_on(desk: Desk, harbour: UUID, base: OrganisationDetails) -> None:
    with desk.writing() as session:
        newer = replace(base, description="Newer.")
        edit(session, harbour, version="2", details=newer, by=OFFICER, now=clock.now(), how_checked=HowChecked.WEBSITE)
    address = path(harbour, "restore", "1")
    page = Page(address, desk.manager.post(address, status=409, data={"revision": "2"}))
    assert "has changed while you looked" in page.main
    assert page.one("input", name="revision").attrib["value"] == "3"


def test_what_cannot_be_gone_back_to_says_why(desk: Desk, harbour: UUID, reading: Session) -> None:
    address = path(harbour, "restore", "2")
    assert "says this already" in Page(address, desk.manager.post(address, status=422, data={"revision": "2"})).main
    desk.manager.get(path(harbour, "restore", "9"), status=404)
    with desk.writing() as session:
        hide(session, harbour, reason="closed", by=OFFICER, now=clock.now())
    address = path(harbour, "restore", "1")
    assert "Show it again first" in Page(address, desk.manager.post(address, status=422, data={"revision": "2"})).main
    assert "Go back to it" not in desk.manager.get(path(harbour, "history")).main


def test_a_draft_has_no_history_yet(desk: Desk) -> None:
    with desk.writing() as session:
        draft = saved(session, slug=uuid4().hex)
    assert "never been public" in desk.viewer.get(path(draft, "history")).main


def test_an_entry_is_hidden_with_a_reason_and_shown_again(desk: Desk, harbour: UUID, reading: Session) -> None:
    slug = desk.viewer.get(path(harbour)).link("Its public page")
    refused = Page(path(harbour, "hide"), desk.officer.post(path(harbour, "hide"), status=422, data={"reason": " "}))
    assert "Write why" in refused.main
    answer = desk.officer.post(path(harbour, "hide"), data={"reason": "They have closed", "remember": "yes"})
    page = desk.officer.get(answer.headers["Location"])
    assert "The entry is hidden" in page.main
    assert "Reason: They have closed" in page.main
    assert "They have closed" in desk.viewer.get(path(harbour, "history")).main
    desk.nobody.get(slug, status=410)
    assert [row.reason for row in not_listed(reading) if row.organisation_id == harbour] == ["They have closed"]
    reading.rollback()
    desk.officer.post(path(harbour, "show"))
    desk.nobody.get(slug)
    assert state(reading, harbour) is State.PUBLIC
    again = Page(path(harbour, "show"), desk.officer.post(path(harbour, "show"), status=409))
    assert "cannot be shown" in again.main


def test_what_waits_is_decided_first(desk: Desk, harbour: UUID, base: OrganisationDetails) -> None:
    with desk.writing() as session:
        proposed = replace(base, name="Harbour House")
        now = clock.now()
        propose(session, harbour, base_revision=2, proposed=proposed, origin=Origin.LINK, by="link:1", now=now)
    page = Page(path(harbour, "hide"), desk.officer.post(path(harbour, "hide"), status=422, data={"reason": "closed"}))
    assert "Decide about them first" in page.main


def test_the_only_match_needs_another_officer(desk: Desk, other: Pages, reading: Session) -> None:
    with desk.writing() as session:
        identity = published(session, details(service(languages=("kmr",))), slug=f"only-{uuid4().hex}")
    assert "Language: Kmr" in desk.officer.get(path(identity, "hide")).main
    answer = desk.officer.post(path(identity, "hide"), data={"reason": "They have closed"})
    assert "second officer has to agree" in desk.officer.get(answer.headers["Location"]).main
    assert state(reading, identity) is State.PUBLIC
    (row,), (task,) = hidings_of(reading, identity), open_tasks(reading, organisation_id=identity)
    address, task_id, seen = path(identity, "hiding"), task.id, str(row.id)
    reading.rollback()
    assert other.get(f"/desk/tasks/{task_id}").link("Decide about it") == address
    assert "Yes, hide it" not in desk.officer.get(address).main
    own = Page(address, desk.officer.post(address, status=422, data={"answer": "yes", "hiding": seen}))
    assert "Another officer has to agree" in own.main
    assert "Choose yes or no" in Page(address, other.post(address, status=422, data={"answer": ""})).main
    other.post(address, data={"answer": "yes", "hiding": seen})
    assert state(reading, identity) is State.HIDDEN
    late = Page(address, desk.manager.post(address, status=409, data={"answer": "no", "hiding": seen}))
    assert "Somebody else has just decided" in late.main


def test_a_second_officer_may_keep_it_public(desk: Desk, other: Pages, reading: Session) -> None:
    with desk.writing() as session:
        identity = published(session, details(service(languages=("zh-Hant",))), slug=f"only-{uuid4().hex}")
        row = hide(session, identity, reason="closed", by=OFFICER, now=clock.now())
        address, seen = path(identity, "hiding"), str(row.id)
    answer = other.post(address, data={"answer": "no", "hiding": seen})
    assert "stays public" in other.get(answer.headers["Location"]).main
    assert state(reading, identity) is State.PUBLIC


def test_a_request_belongs_to_its_entry(desk: Desk, harbour: UUID) -> None:
    with desk.writing() as session:
        identity = published(session, details(service(languages=("bfi",))), slug=f"only-{uuid4().hex}")
        seen = str(hide(session, identity, reason="closed", by=OFFICER, now=clock.now()).id)
    desk.manager.get(path(harbour, "hiding"), status=404)
    desk.manager.post(path(harbour, "hiding"), status=404, data={"answer": "yes", "hiding": seen})


def test_a_renamed_entry_tells_of_it_in_its_history(desk: Desk, harbour: UUID) -> None:
    with desk.writing() as session:
        rename_slug(session, harbour, f"quay-{uuid4().hex}", by=OFFICER, now=clock.now())
    assert "Its address became quay-" in desk.viewer.get(path(harbour, "history")).main
