"""Deciding about a change on its page: what is on it, every decision, and what stands against one."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from directory import clock
from directory.changes.operations import approve, decline, propose
from directory.changes.queries import change_view, load_entry
from directory.changes.rules import ChangeState, HowChecked, Origin
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.operations import publish
from directory.organisations.rules import State
from directory.people.operations import remember_person
from directory.signals.suggestions import Suggestion, suggest
from directory.tasks.queries import task_of
from directory.web.extensions import db
from tests.factories import details, published, service, with_service
from tests.page import Page
from tests.web.admin.desk import Desk
from tests.web.entry_form.browser import inputs

SERVICE = uuid4()
OLD, NEW = "+442084891000", "+442079460958"


@pytest.fixture
def base() -> OrganisationDetails:
    return details(
        service(id=uuid4(), phones=(Phone(number=OLD),), description="Advice on Mondays.", areas=("haringey",)),
        website="https://harbour.example.org/",
    )


@pytest.fixture
def entry(desk: Desk, base: OrganisationDetails) -> UUID:
    with desk.writing() as session:
        return published(session, base, slug=f"harbour-{uuid4().hex[:8]}")


@pytest.fixture(autouse=True)
def _nothing_else_waits(desk: Desk) -> Iterator[None]:
    yield
    with desk.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE change SET state = 'withdrawn', decided_at = submitted_at, decided_by = 'test' WHERE state = 'waiting'"
        )
        session.connection().exec_driver_sql(
            "UPDATE change_unit SET state = 'withdrawn', decided_at = '2026-01-01' WHERE state = 'waiting'"
        )


def proposed(desk: Desk, entry: UUID | None, held: OrganisationDetails, origin: Origin = Origin.SUGGESTION) -> UUID:
    with desk.writing() as session:
        person = remember_person(session, name="Ayla", role="Manager", email="ayla@harbour.example", now=clock.now())
        return propose(
            session,
            entry,
            base_revision=1 if entry else 0,
            proposed=held,
            origin=origin,
            by="public",
            now=clock.now(),
            person_id=person,
        ).id


def new_number(base: OrganisationDetails) -> OrganisationDetails:
    return with_service(base, phones=(Phone(number=NEW),))


def new_text(base: OrganisationDetails) -> OrganisationDetails:
    return with_service(base, description="Advice on Fridays.")


def form_of(page: Page, **typed: object) -> dict[str, object]:
    """What a browser would send: all that is filled in, and what somebody typed."""
    fields = {
        field.attrib["name"]: field.attrib["value"]
        for field in page.all("input", type="hidden")
        if field.attrib["name"] in {"revision", "unit", "csrf_token"}
    }
    ticked = [box.attrib["value"] for box in page.all("input", type="checkbox", name="unit") if "checked" in box.attrib]
    return {**fields, **({"unit": ticked} if ticked else {}), **typed}


def posted(desk: Desk, address: str, *, status: int, data: dict[str, object]) -> Page:
    """The page that an officer's form is answered with."""
    return Page(address, desk.officer.post(address, status=status, data=data))


def state(desk: Desk, change: UUID) -> ChangeState:
    with desk.app.app_context():
        return change_view(db.session(), change, today=clock.today()).state


def now_says(desk: Desk, entry: UUID) -> OrganisationDetails:
    with desk.app.app_context():
        return load_entry(db.session(), entry).details


def path(change: UUID) -> str:
    return f"/desk/changes/{change}"


def test_the_queue_names_what_waits_and_leads_to_the_worst(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    text, number = proposed(desk, entry, new_text(base)), proposed(desk, entry, new_number(base))
    page = desk.viewer.get("/desk/changes")
    assert "2 changes wait" in page.text
    assert page.link("What it does") == path(text)
    leads = desk.viewer.answer("/desk/changes/next", status=303).headers["Location"]
    assert leads == path(number)


def test_nothing_waits(desk: Desk) -> None:
    assert "Nothing waits" in desk.viewer.get("/desk/changes").main
    assert desk.viewer.answer("/desk/changes/next", status=303).headers["Location"] == "/desk/changes"


def test_the_page_shows_old_new_and_who_says_so(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_text(base))
    page = desk.viewer.get(path(change))
    assert page.heading == "Harbour"
    assert "Ayla, Manager" in page.main
    assert "Not through its own link" in page.main
    assert [element.text for element in page.all("del")] == ["Mondays"]
    assert [element.text for element in page.all("ins")] == ["Fridays"]
    assert not [radio for radio in page.all("input", type="radio") if "checked" in radio.attrib]


def test_a_viewer_sees_a_change_and_no_way_to_decide_it(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_text(new_number(base)))
    page = desk.viewer.get(path(change))
    assert "Advice on" in page.main
    assert not [box for kind in ("radio", "checkbox") for box in page.all("input", type=kind)]
    assert not page.all("textarea")
    assert not page.all("form", action=path(change))
    assert "Edit before approving" not in page.main
    assert "Skip to the decision" not in page.text
    assert len(desk.officer.get(path(change)).all("form", action=path(change))) == 1


def test_a_routine_change_is_approved_and_the_next_one_opens(
    desk: Desk, entry: UUID, base: OrganisationDetails
) -> None:
    change, other = proposed(desk, entry, new_text(base)), proposed(desk, entry, replace(base, description="Kind."))
    page = desk.officer.get(path(change))
    answer = desk.officer.post(path(change), data=form_of(page, decision="approve"))
    assert answer.headers["Location"] == f"{path(other)}?after={change}"
    assert now_says(desk, entry).services[0].description == "Advice on Fridays."
    assert "1 change waits" in desk.officer.get(answer.headers["Location"]).text
    assert "Approved by Officer" in desk.officer.get(path(change)).main


def test_a_number_is_approved_only_with_how_it_was_checked(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_number(base))
    page = desk.officer.get(path(change))
    assert "Approve: I rang the number that we had" in page.main
    refused = posted(desk, path(change), status=422, data=form_of(page, decision="approve"))
    assert "Say how you checked it" in refused.main
    desk.officer.post(path(change), data=form_of(page, decision="approve:rang_old_number"))
    assert [phone.number for phone in now_says(desk, entry).services[0].phones] == [NEW]


def offered(page: Page) -> set[str]:
    return {radio.attrib["value"] for radio in page.all("input", type="radio", name="decision")}


def test_only_what_can_be_chosen_is_offered(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    checked = {f"approve:{how}" for how in HowChecked}
    number, both = proposed(desk, entry, new_number(base)), proposed(desk, entry, new_text(new_number(base)))
    assert offered(desk.officer.get(path(number))) == checked | {"decline"}
    assert offered(desk.officer.get(path(both))) == checked | {"decline", "approve"}
    assert offered(desk.officer.get(f"{path(both)}/edit")) == checked
    new = proposed(desk, None, details(service(id=uuid4()), name=f"Haven {uuid4().hex[:6]}"))
    assert offered(desk.officer.get(path(new))) == {"draft", "decline"}


def test_one_unit_is_decided_and_the_rest_goes_on_waiting(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_text(new_number(base)))
    page = desk.officer.get(path(change))
    boxes = {box.attrib["value"] for box in page.all("input", type="checkbox", name="unit")}
    title = next(element for element in page.all("h2") if "what it does" in "".join(element.itertext()))
    number = title.attrib["id"].split("-")[1]
    assert number in boxes
    answer = desk.officer.post(path(change), data=form_of(page, decision="approve", unit=[number]))
    assert answer.headers["Location"] == f"{path(change)}?after={change}"
    held = now_says(desk, entry).services[0]
    assert (held.description, held.phones[0].number) == ("Advice on Fridays.", OLD)
    assert state(desk, change) is ChangeState.WAITING


def test_a_change_is_declined_with_a_reason_and_nothing_typed_is_lost(
    desk: Desk, entry: UUID, base: OrganisationDetails
) -> None:
    change = proposed(desk, entry, new_text(base))
    page = desk.officer.get(path(change))
    refused = posted(desk, path(change), status=422, data=form_of(page, decision="decline", reason=" "))
    assert "Write why you decline it" in refused.main
    (chosen,) = [radio for radio in refused.all("input", type="radio") if "checked" in radio.attrib]
    assert chosen.attrib["value"] == "decline"
    desk.officer.post(path(change), data=form_of(page, decision="decline", reason="They say it is not so."))
    assert state(desk, change) is ChangeState.DECLINED
    assert "They say it is not so." in desk.viewer.get(path(change)).main
    assert now_says(desk, entry) == base


def test_an_empty_decision_is_asked_for(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_text(new_number(base)))
    refused = posted(desk, path(change), status=422, data={"revision": "1"})
    assert "Choose what you decide" in refused.main
    assert "Tick what you decide about" in refused.main


def test_what_moved_on_meanwhile_is_not_published_and_is_shown_three_ways(
    desk: Desk, entry: UUID, base: OrganisationDetails
) -> None:
    change = proposed(desk, entry, new_text(base))
    page = desk.officer.get(path(change))
    with desk.writing() as session:
        other = with_service(base, description="Advice on Sundays.")
        publish(session, entry, other, by="officer:x", why="edit", now=clock.now())
    stale = posted(desk, path(change), status=409, data=form_of(page, decision="approve"))
    assert "The entry has changed while you looked" in stale.main
    assert now_says(desk, entry).services[0].description == "Advice on Sundays."
    for words in ("When they wrote", "Public now", "Advice on Mondays.", "Sundays", "Fridays", "it wins"):
        assert words in stale.main
    desk.officer.post(path(change), data=form_of(stale, decision="approve"))
    assert now_says(desk, entry).services[0].description == "Advice on Fridays."


def test_of_two_officers_one_wins_and_the_other_is_told(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_text(base))
    page = desk.officer.get(path(change))
    desk.manager.post(path(change), data=form_of(desk.manager.get(path(change)), decision="decline", reason="No."))
    late = posted(desk, path(change), status=409, data=form_of(page, decision="approve"))
    assert "Somebody else has just decided this" in late.main
    assert "Declined by Manager" in late.main
    assert now_says(desk, entry) == base


def test_a_new_organisation_becomes_a_draft_that_is_published_with_the_check_of_every_draft(desk: Desk) -> None:
    held = details(service(id=uuid4()), name=f"Haven {uuid4().hex[:6]}")
    change = proposed(desk, None, held)
    page = desk.officer.get(path(change))
    assert page.heading == f"New: {held.name}"
    assert "Phone: 020 8489 1000" in page.main
    offered = {radio.attrib["value"] for radio in page.all("input", type="radio", name="decision")}
    assert offered == {"draft", "decline"}
    desk.officer.post(path(change), data=form_of(page, decision="draft"))
    assert state(desk, change) is ChangeState.APPROVED
    assert entry_state(desk, change) is State.DRAFT


@pytest.mark.parametrize("page", ["", "/edit"])
def test_nothing_that_is_sent_makes_a_new_organisation_public_in_one_step(desk: Desk, page: str) -> None:
    change = proposed(desk, None, details(service(id=uuid4()), name=f"Haven {uuid4().hex[:6]}"))
    shown = desk.officer.get(path(change) + page)
    sent = {**inputs(shown).to_dict(flat=False), "action": "continue"} if page else form_of(shown)
    desk.officer.post(path(change) + page, data={**sent, "decision": "approve:website"})
    assert state(desk, change) is ChangeState.APPROVED
    assert entry_state(desk, change) is State.DRAFT


def entry_state(desk: Desk, change: UUID) -> State:
    with desk.app.app_context():
        organisation_id = change_view(db.session(), change, today=clock.today()).organisation_id
        assert organisation_id
        return load_entry(db.session(), organisation_id).state


def test_how_whoever_suggests_it_knows_it_is_shown(desk: Desk) -> None:
    name = f"Anchor {uuid4().hex[:6]}"
    with desk.writing() as session:
        task = suggest(session, Suggestion(name=name, how_known="I <b>go</b> there."), reply_to="", now=clock.now())
        suggest(session, Suggestion(name=name, how_known="My aunt works there."), reply_to="", now=clock.now())
        change = UUID(task_of(session, task).key)
    for _ in range(2):  # as it waits, and when it is decided
        page = desk.viewer.get(path(change))
        assert "How they know them I <b>go</b> there." in page.main
        assert "How they know them My aunt works there." in page.main
        with desk.writing() as session:
            if change_view(session, change, today=clock.today()).state is ChangeState.WAITING:
                decline(session, change, reason="No.", by="officer:1", now=clock.now())


def test_what_is_approved_with_edits_is_what_the_form_says(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_number(base))
    page = desk.officer.get(f"{path(change)}/edit")
    sent = {**inputs(page).to_dict(flat=False), "name": "Harbour House", "action": "continue"}
    refused = posted(desk, f"{path(change)}/edit", status=422, data=sent)
    assert "Choose what you decide" in refused.main
    desk.officer.post(f"{path(change)}/edit", data={**sent, "decision": "approve:known_person"})
    held = now_says(desk, entry)
    assert (held.name, held.services[0].phones[0].number) == ("Harbour House", NEW)
    assert "with other words" in desk.officer.get(path(change)).main


def test_a_button_of_the_form_changes_nothing(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_number(base))
    page = posted(desk, f"{path(change)}/edit", status=200, data={"action": "add_service", "revision": "1"})
    assert page.heading == "Edit before approving"
    assert state(desk, change) is ChangeState.WAITING


def test_only_the_fields_of_the_decision_count(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_text(base))
    page = desk.officer.get(path(change))
    extra = {"state": "approved", "decided_by": "public", "proposed": "{}", "risk": "routine", "by": "seed"}
    desk.officer.post(path(change), data={**form_of(page, decision="approve"), **extra})
    assert now_says(desk, entry).services[0].description == "Advice on Fridays."
    assert "Approved by Officer" in desk.officer.get(path(change)).main


def test_a_page_takes_few_questions(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_text(new_number(base)))
    for number in range(5):
        proposed(desk, entry, replace(base, description=f"Text {number}"))
    asked: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with desk.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", see)
    counts = {}
    for address in (path(change), "/desk/changes", f"{path(change)}/edit"):
        asked.clear()
        desk.officer.get(address)
        counts[address] = len([one for one in asked if one.lstrip().upper().startswith("SELECT")])
    event.remove(engine, "before_cursor_execute", see)
    assert max(counts.values()) <= 15, counts


@pytest.mark.parametrize("how", HowChecked)
def test_how_it_was_checked_is_told_afterwards(
    desk: Desk, entry: UUID, base: OrganisationDetails, how: HowChecked
) -> None:
    change = proposed(desk, entry, new_number(base))
    with desk.writing() as session:
        approve(session, change, revision=1, by="officer:x", now=clock.now(), how_checked=how)
    assert "Approved by an officer" in desk.viewer.get(path(change)).main


def test_a_decided_change_cannot_be_decided_again(desk: Desk, entry: UUID, base: OrganisationDetails) -> None:
    change = proposed(desk, entry, new_text(base))
    with desk.writing() as session:
        decline(session, change, reason="No.", by="officer:x", now=clock.now())
    page = desk.officer.get(path(change))
    assert not page.all("input", type="radio")
    late = posted(desk, path(change), status=409, data={"decision": "approve", "revision": "1", "unit": "1"})
    assert "Somebody else has just decided this" in late.main
