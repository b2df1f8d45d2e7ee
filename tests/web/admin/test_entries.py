"""The list of entries, one act on many of them, one entry at a glance, and what is heard about it."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from directory import clock
from directory.changes.operations import propose
from directory.changes.queries import load_entry
from directory.changes.rules import Origin
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.models import KeepingRow
from directory.checks.rules import Way
from directory.listing.inclusion import remember_not_listed
from directory.listing.overview import LinkView
from directory.organisations.details import Phone
from directory.organisations.models import NoteRow, OrganisationRow
from directory.organisations.rules import ConfirmedBy, State
from directory.outbox.models import OutboxRow
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind
from directory.web.admin.entries.entry_view import link_lines
from directory.web.extensions import db
from tests.factories import NOW, details, published, saved, service
from tests.page import Page
from tests.web.admin.desk import OFFICERS, Desk

OFFICER = f"officer:{list(OFFICERS.values())[1]}"


@pytest.fixture
def name() -> str:
    """A name that no other test has given."""
    return f"Harbour {uuid4().hex[:8]}"


@pytest.fixture
def harbour(desk: Desk, name: str) -> UUID:
    with desk.writing() as session:
        held = details(service(languages=("tr",), kinds=("helpline",)), name=name)
        identity = published(session, held, slug=name.lower().replace(" ", "-"))
        mailbox = Mailbox(email="first@harbour.example", language="tr", name="Ayla", role="Manager")
        add_contact(session, identity, mailbox, by=OFFICER, now=clock.now())
        return identity


def path(identity: UUID, *more: str) -> str:
    return "/".join((f"/desk/entries/{identity}", *more))


def refused(desk: Desk, address: str, *, status: int = 422, **data: object) -> Page:
    return Page(address, desk.officer.post(address, status=status, data=data))


def test_an_entry_is_found_by_its_name_and_leads_to_its_page(desk: Desk, harbour: UUID, name: str) -> None:
    page = desk.viewer.get("/desk/entries", query_string={"words": name})
    assert "1 entry" in page.main
    assert page.link(name) == path(harbour)
    assert "Not yet confirmed by the organisation." in page.main
    assert "Kept by its own link" in page.main


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "public", "language": "tr", "help": "helpline", "way": "own_link"}, "1 entry"),
        ({"state": "draft"}, "0 entries"),
        ({"sign": "never_confirmed", "sort": "due"}, "1 entry"),
        ({"sign": "bouncing"}, "0 entries"),
        ({"state": "no such state", "sign": "x", "ground": "x", "page": "x"}, "1 entry"),
    ],
)
def test_filters_narrow_the_list_and_unknown_ones_do_not(
    desk: Desk, harbour: UUID, name: str, asked: dict[str, str], found: str
) -> None:
    page = desk.viewer.get("/desk/entries", query_string={"words": name, **asked})
    assert found in page.main


def test_a_list_in_which_nothing_fits_says_what_to_do(desk: Desk) -> None:
    assert "No entry fits" in desk.viewer.get("/desk/entries", query_string={"words": "nobody is called so"}).main


def test_a_viewer_is_offered_no_act(desk: Desk, harbour: UUID, name: str) -> None:
    page = desk.viewer.get("/desk/entries", query_string={"words": name})
    assert "With those that you have ticked" not in page.main
    assert not desk.viewer.get(path(harbour)).all("textarea")


def test_all_on_a_page_are_ticked_by_one_link(desk: Desk, harbour: UUID, name: str) -> None:
    page = desk.officer.get("/desk/entries", query_string={"words": name})
    ticked = desk.officer.get(page.link("Tick all on this page"))
    assert [box.attrib["value"] for box in ticked.all("input", type="checkbox") if "checked" in box.attrib] == [
        str(harbour)
    ]


@pytest.mark.parametrize("act", ["send", "way", "date", "pause", "do-not-email"])
def test_each_act_shows_first_what_it_is_about(desk: Desk, harbour: UUID, name: str, act: str) -> None:
    page = desk.officer.get("/desk/entries/chosen", query_string={"act": act, "e": [str(harbour), "x", str(uuid4())]})
    assert name in page.main
    assert "(1)" in page.main


def test_nothing_ticked_is_said(desk: Desk) -> None:
    assert "You ticked no entry" in desk.officer.get("/desk/entries/chosen", query_string={"act": "way"}).main
    desk.officer.get("/desk/entries/chosen", query_string={"act": "hide"}, status=404)


def test_the_way_of_many_is_set_at_once(desk: Desk, harbour: UUID, reading: Session) -> None:
    desk.officer.post("/desk/entries/chosen", data={"act": "way", "e": [str(harbour)], "way": "phone"})
    assert reading.get_one(KeepingRow, harbour).way is Way.PHONE


def test_an_act_on_many_leads_back_to_the_list_that_they_were_ticked_in(desk: Desk, harbour: UUID, name: str) -> None:
    listed = desk.officer.get("/desk/entries", query_string={"words": name, "state": "public", "way": "own_link"})
    kept = listed.one("input", name="list").attrib["value"]
    address, about = "/desk/entries/chosen", {"e": [str(harbour)], "list": f"{kept}&done=x&next=y"}
    page = desk.officer.get(address, query_string={"act": "pause", **about})
    assert page.one("input", name="list").attrib["value"] == kept
    assert page.link("Back to the list of entries") == f"/desk/entries?{kept}"
    for act in ({"act": "way", "way": "phone"}, {"act": "send"}):
        leads = desk.officer.post(address, data={**act, **about}).headers["Location"]
        for filtered in kept.split("&"):
            assert filtered in leads.partition("?")[2].split("&")
        assert "next=" not in leads


def test_many_are_paused_with_a_reason(desk: Desk, harbour: UUID, reading: Session) -> None:
    until = clock.today().replace(day=1)
    until = until.replace(year=until.year + 1) if until.month == 1 else until.replace(month=1, year=until.year + 1)
    day = {"day-day": "1", "day-month": "1", "day-year": str(until.year)}
    address = "/desk/entries/chosen"
    assert "Write why" in refused(desk, address, act="pause", e=[str(harbour)], **day).main
    assert "Enter a day" in refused(desk, address, act="pause", e=[str(harbour)], reason="Moving").main
    far = {**day, "day-year": "2999"}
    assert "between today and a year" in refused(desk, address, act="pause", e=[str(harbour)], reason="x", **far).main
    desk.officer.post(address, data={"act": "pause", "e": [str(harbour)], "reason": "Moving", **day})
    row = reading.get_one(KeepingRow, harbour)
    assert (row.paused_until, row.pause_reason) == (until, "Moving")


def test_links_are_sent_to_those_who_can_be_emailed(desk: Desk, harbour: UUID, name: str, reading: Session) -> None:
    with desk.writing() as session:
        other = published(session, details(name=f"{name} Quay"), slug=uuid4().hex)
    answer = desk.officer.post("/desk/entries/chosen", data={"act": "send", "e": [str(harbour), str(other)]})
    assert "1 of 2 were sent a link" in desk.officer.get(answer.headers["Location"]).main
    sent = reading.scalars(select(OutboxRow).where(OutboxRow.kind == "your_link")).all()
    assert any(str(harbour) in map(str, row.message.organisation_ids) for row in sent)


def test_one_entry_shows_all_that_is_known(desk: Desk, harbour: UUID, name: str) -> None:
    with desk.writing() as session:
        open_task(
            session,
            kind=TaskKind.RING,
            key=str(harbour),
            due_on=clock.today(),
            now=clock.now(),
            organisation_id=harbour,
        )
    page = desk.viewer.get(path(harbour))
    assert page.heading == name
    for words in ("first@harbour.example", "Manager", "in Tr", "gets our emails", "Ring them", "By its own link"):
        assert words in page.main, words


def test_each_change_that_waits_is_named_once(desk: Desk, harbour: UUID) -> None:
    with desk.writing() as session:
        held = load_entry(session, harbour).details
        for words in ("Kind.", "Quick."):
            told = replace(held, description=words)
            propose(
                session, harbour, base_revision=1, proposed=told, origin=Origin.SUGGESTION, by="public", now=clock.now()
            )
    links = [words for words in desk.viewer.get(path(harbour)).links() if words.startswith("Decide")]
    assert [words.partition(", sent on ")[0] for words in links] == [
        "Decide about change 1 of 2",
        "Decide about change 2 of 2",
    ]


def test_a_link_that_was_sent_to_somebody_erased_says_so() -> None:
    link = LinkView(email="", issued_at=NOW, expires_at=NOW, used_at=None, is_revoked=True)
    (line,) = link_lines([link], NOW)
    assert line.words.endswith(", to somebody who was erased")


def test_an_entry_that_is_not_there_is_not_found(desk: Desk) -> None:
    desk.viewer.get(path(uuid4()), status=404)
    desk.officer.post(path(uuid4(), "notes"), data={"note": "x"}, status=404)


def test_a_note_is_kept_with_who_wrote_it(desk: Desk, harbour: UUID, reading: Session) -> None:
    assert "Write what is to be noted" in refused(desk, path(harbour, "notes"), note=" ").main
    assert "x" * 2001 in refused(desk, path(harbour, "notes"), note="x" * 2001).main
    desk.officer.post(path(harbour, "notes"), data={"note": "Rang <b>twice</b>"})
    assert reading.scalars(select(NoteRow.written_by).where(NoteRow.organisation_id == harbour)).all() == [OFFICER]
    page = desk.viewer.get(path(harbour))
    assert "Rang <b>twice</b>" in page.main
    assert "Officer, " in page.main


def test_a_link_is_sent_from_the_page_of_an_entry(desk: Desk, harbour: UUID) -> None:
    answer = desk.officer.post(path(harbour, "send-link"))
    page = desk.officer.get(answer.headers["Location"])
    assert "A link is on its way" in page.main
    assert ", to first@harbour.example" in page.main


def test_where_nobody_can_be_emailed_the_page_says_so(desk: Desk) -> None:
    with desk.writing() as session:
        alone = published(session, slug=uuid4().hex)
    assert "Nobody can be emailed" in refused(desk, path(alone, "send-link"), status=409).main


@pytest.mark.parametrize(
    ("heard", "confirmed"), [("correct", ConfirmedBy.OFFICER_BY_PHONE), ("closed", None), ("unanswered", None)]
)
def test_a_call_is_logged_in_one_form(
    desk: Desk, harbour: UUID, reading: Session, heard: str, confirmed: ConfirmedBy | None
) -> None:
    page = desk.officer.get(path(harbour, "call"))
    assert "020 8489 1000" in page.main
    answer = desk.officer.post(path(harbour, "call"), data={"heard": heard, "name": "Ayla", "role": "Manager"})
    row = reading.get_one(OrganisationRow, harbour)
    assert row.confirmed_by is confirmed
    assert (row.told_closed_on is not None) == (heard == "closed")
    assert desk.officer.get(answer.headers["Location"]).all("p", role="status")


def test_a_call_needs_what_was_said_and_by_whom(desk: Desk, harbour: UUID) -> None:
    page = refused(desk, path(harbour, "call"), name="Ayla")
    assert "Choose what came of the call" in page.main
    assert page.one("input", id="name").attrib["value"] == "Ayla"
    assert "Write who you spoke to" in refused(desk, path(harbour, "call"), heard="correct").main


def test_a_look_at_its_source_confirms_it(desk: Desk, harbour: UUID, reading: Session) -> None:
    desk.officer.get(path(harbour, "source-check"))
    desk.officer.post(path(harbour, "source-check"))
    assert reading.get_one(OrganisationRow, harbour).confirmed_by is ConfirmedBy.OFFICER_BY_SOURCE


def test_adding_makes_a_draft(desk: Desk, name: str, reading: Session) -> None:
    typed = {
        "name": f"Xylo {name}",
        "kind": "faith",
        "phone": "020 7946 0123",
        "website": "xylo.example",
        "anyway": "yes",
    }
    answer = desk.officer.post("/desk/entries/new", data=typed)
    page = desk.officer.get(answer.headers["Location"])
    assert page.heading == f"Xylo {name}"
    row = reading.scalars(select(OrganisationRow).where(OrganisationRow.name == f"Xylo {name}")).one()
    assert (row.state, row.website, row.edited_by) == (State.DRAFT, "https://xylo.example", OFFICER)


def test_what_is_wrong_stands_beside_each_field(desk: Desk) -> None:
    page = refused(desk, "/desk/entries/new", phone="12", website="no site")
    for words in ("Enter the name", "Choose what kind", "Enter one phone number", "Enter a website"):
        assert words in page.main
    assert page.one("input", id="website").attrib["value"] == "no site"


def test_what_it_is_like_is_shown_before_it_is_added(desk: Desk, name: str) -> None:
    number = "020 7946 0456"
    with desk.writing() as session:
        held = details(service(phones=(Phone(number="+442079460456"),)), name=name)
        there = saved(session, held, slug=uuid4().hex)
        remember_not_listed(
            session, name="Zanzibar Trust", reason="They asked not to be", phone="", by=OFFICER, now=clock.now()
        )
    page = refused(desk, "/desk/entries/new", status=409, name="Zanzibar Trust", kind="faith", phone=number)
    assert page.link(name) == path(there)
    assert "They asked not to be" in page.main
    assert "phone number" in page.main


def test_the_pages_take_few_questions(desk: Desk, harbour: UUID) -> None:
    for address in (path(harbour), path(harbour, "call"), "/desk/entries"):
        desk.officer.get(address)  # the terms are read once
        assert questions(desk, address) <= 15, address


def questions(desk: Desk, address: str) -> int:
    """How many statements the database is asked for a page."""
    asked: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with desk.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", see)
    desk.officer.get(address)
    event.remove(engine, "before_cursor_execute", see)
    return sum(statement.startswith(("SELECT", "WITH")) for statement in asked)
