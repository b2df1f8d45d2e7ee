"""How an entry is kept, who is asked, what its page is called and looks like: set by officers."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import clock
from directory.audit import AuditEventRow
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.keeping import set_way
from directory.checks.models import ContactRow, KeepingRow
from directory.checks.queries import contacts_of
from directory.checks.rules import ContactState, Way
from directory.listing.hiding import hide
from directory.organisations.queries import current_slug
from directory.people.models import PersonRow
from tests.factories import details, published, saved, service, withheld_location
from tests.page import Page
from tests.web.admin.desk import Desk

BY = "officer:9"


@pytest.fixture
def harbour(desk: Desk) -> UUID:
    with desk.writing() as session:
        identity = published(session, details(service(languages=("tr",))), slug=f"harbour-{uuid4().hex[:8]}")
        set_way(session, identity, Way.OWN_LINK, by=BY, now=clock.now())
        add_contact(session, identity, Mailbox(email="first@harbour.example", language="tr"), by=BY, now=clock.now())
        return identity


@pytest.fixture
def first(harbour: UUID, reading: Session) -> UUID:
    """The id of its first contact."""
    (row,) = contacts_of(reading, harbour)
    found = row.id
    reading.rollback()
    return found


def path(identity: UUID, *more: str) -> str:
    return "/".join((f"/desk/entries/{identity}", *more))


def refused(desk: Desk, address: str, *, status: int = 422, **data: object) -> Page:
    return Page(address, desk.officer.post(address, status=status, data=data))


def form(desk: Desk, identity: UUID, **other: str) -> dict[str, str]:
    """What stands in the form of how it is kept."""
    page = desk.officer.get(path(identity, "keeping"))
    values = {
        field.attrib["name"]: field.attrib["value"]
        for field in page.tree.iter("input")
        if field.attrib.get("type") == "text" or "checked" in field.attrib
    }
    return {**values, **{name.replace("_", "-"): value for name, value in other.items()}}


def test_only_what_was_changed_is_set(desk: Desk, harbour: UUID, reading: Session) -> None:
    due = clock.today() + timedelta(days=40)
    day = {"due_day": str(due.day), "due_month": str(due.month), "due_year": str(due.year)}
    desk.officer.post(path(harbour, "keeping"), data=form(desk, harbour, way="phone", email="no", **day))
    row = reading.get_one(KeepingRow, harbour)
    assert (row.way, row.due_on, row.do_not_email, row.period_is_set) == (Way.PHONE, due, True, False)
    done = select(AuditEventRow.action).where(AuditEventRow.organisation_id == harbour, AuditEventRow.actor != BY)
    assert set(reading.scalars(done)) == {"way_set", "due_set", "do_not_email"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"period": "366"}, "days from 1 to 365"),
        ({"period": "x"}, "days from 1 to 365"),
        ({"way": "pigeon"}, "Choose how it is kept"),
        ({"source": "their site"}, "Enter a link"),
        ({"due_day": "31", "due_month": "2"}, "Enter a day"),
        ({"due_year": "2999"}, "between today and a year"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(
    desk: Desk, harbour: UUID, typed: dict[str, str], words: str
) -> None:
    page = refused(
        desk, path(harbour, "keeping"), **form(desk, harbour, **{"source": "https://kept.example/", **typed})
    )
    assert words in page.main
    assert "source" in typed or page.one("input", id="source").attrib["value"] == "https://kept.example/"


def test_asking_is_paused_with_a_reason_and_goes_on(desk: Desk, harbour: UUID, reading: Session) -> None:
    until = clock.today() + timedelta(days=20)
    day = {"until-day": str(until.day), "until-month": str(until.month), "until-year": str(until.year)}
    address = path(harbour, "pause")
    assert "Write why" in refused(desk, address, act="pause", **day).main
    assert "Enter a day" in refused(desk, address, act="pause", reason="Moving").main
    desk.officer.post(address, data={"act": "pause", "reason": "Moving", **day})
    assert "Moving" in desk.viewer.get(path(harbour)).main
    assert "End the pause" in desk.officer.get(path(harbour, "keeping")).main
    desk.officer.post(address, data={"act": "end"})
    assert reading.get_one(KeepingRow, harbour).paused_until is None


def test_a_contact_is_added_and_a_third_is_refused(desk: Desk, harbour: UUID, reading: Session) -> None:
    address = path(harbour, "contacts", "new")
    for wrong in ("", "not an address", "a@b.example, c@d.example"):
        assert "Enter one email address" in refused(desk, address, email=wrong, name="Ayla").main
    desk.officer.post(address, data={"email": "second@harbour.example", "name": "Ayla", "language": "ar"})
    assert "two contacts already" in refused(desk, address, email="third@harbour.example").main
    rows = contacts_of(reading, harbour)
    assert [(row.position, row.language) for row in rows] == [(1, "tr"), (2, "ar")]


def test_a_contact_is_replaced_and_both_are_told(desk: Desk, harbour: UUID, first: UUID, reading: Session) -> None:
    address = path(harbour, "contacts", str(first), "replace")
    page = refused(desk, address, email="nobody", role="Manager")
    assert page.one("input", id="role").attrib["value"] == "Manager"
    desk.officer.post(address, data={"email": "new@harbour.example", "language": "en"})
    (row,) = contacts_of(reading, harbour)
    assert reading.get_one(PersonRow, row.person_id).email == "new@harbour.example"
    assert reading.get_one(ContactRow, first).ended_at is not None
    assert "was removed or replaced" in desk.officer.get(path(harbour, "contacts", str(first))).main


def test_a_contact_is_not_emailed_any_more(desk: Desk, harbour: UUID, first: UUID, reading: Session) -> None:
    address = path(harbour, "contacts", str(first))
    assert "Choose whether" in refused(desk, address, state="x").main
    desk.officer.post(address, data={"state": "do_not_email"})
    assert reading.get_one(ContactRow, first).state is ContactState.DO_NOT_EMAIL


def test_a_contact_is_removed(desk: Desk, harbour: UUID, first: UUID) -> None:
    desk.officer.post(path(harbour, "contacts", str(first), "remove"))
    assert "Nobody yet." in desk.viewer.get(path(harbour)).main


def test_a_contact_belongs_to_its_entry(desk: Desk, harbour: UUID, first: UUID) -> None:
    with desk.writing() as session:
        other = published(session, slug=uuid4().hex)
    desk.officer.get(path(other, "contacts", str(first)), status=404)
    for more in ((), ("replace",), ("remove",)):
        data = {"state": "active", "email": "x@y.example"}
        desk.officer.post(path(other, "contacts", str(first), *more), status=404, data=data)


def test_its_page_gets_another_address_and_the_old_one_leads_to_it(desk: Desk, harbour: UUID, reading: Session) -> None:
    old, new = current_slug(reading, harbour), f"quay-{uuid4().hex[:8]}"
    reading.rollback()
    address = path(harbour, "slug")
    for wrong in ("", "Two Words", "-x", "x" * 61):
        assert "small letters" in refused(desk, address, slug=wrong).main
    with desk.writing() as session:
        published(session, slug=f"taken-{new}")
    assert "Another entry has this address" in refused(desk, address, slug=f"taken-{new}").main
    for telling in ("hate-crime-victim", "harbour-for-victims", "stop-abuse"):
        assert "they give a reader away" in refused(desk, address, slug=telling).main
    desk.officer.post(address, data={"slug": new})
    answer = desk.nobody.answer(f"/organisations/{old}", status=301)
    assert answer.headers["Location"].endswith(f"/organisations/{new}")


def test_drafts_and_hidden_entries_are_seen_as_the_public_would_and_marked(desk: Desk, harbour: UUID) -> None:
    with desk.writing() as session:
        place = withheld_location()
        draft = saved(session, details(service(locations=(place.id,)), locations=(place,)), slug=uuid4().hex)
    page = desk.viewer.get(path(draft, "preview"))
    assert "This is a draft" in page.main
    assert "020 8489 1000" in page.main
    assert "Canary" not in page.html
    assert not desk.viewer.get(path(harbour, "preview")).all("strong", class_="govuk-warning-text__text")
    with desk.writing() as session:
        hide(session, harbour, reason="closed", by=BY, now=clock.now())
    assert "This entry is hidden" in desk.viewer.get(path(harbour, "preview")).main


def test_a_telling_word_that_stands_in_its_own_name_may_stand_in_its_address(desk: Desk) -> None:
    with desk.writing() as session:
        identity = published(session, details(service(), name="Victim Support"), slug=uuid4().hex)
    assert "they give a reader away" in refused(desk, path(identity, "slug"), slug="crime-victim-support").main
    desk.officer.post(path(identity, "slug"), data={"slug": "victim-support"})
    desk.nobody.get("/organisations/victim-support")
