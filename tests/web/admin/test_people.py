"""Managers invite people, change what they may do, take it away and give it back."""

from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import select

from directory import clock
from directory.accounts.models import OfficerRow
from directory.accounts.operations import disable
from directory.accounts.queries import Officer, officer_of, officers
from directory.accounts.rules import OfficerState, Role
from directory.audit import AuditEventRow
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.people.operations import erase_person
from directory.web.extensions import db
from directory.web.plain_form import one_line, tidy
from tests.officers import OFFICERS, add_officer
from tests.page import Page
from tests.web.admin.desk import Desk
from tests.web.hostile import SCRIPTS

NUMBERS = count()
MANAGER = OFFICERS[Role.MANAGER]


@pytest.fixture
def officer_id(desk: Desk) -> UUID:
    """Somebody of this test alone."""
    with desk.writing() as session:
        return add_officer(session, Role.OFFICER, name=f"somebody{next(NUMBERS)}")


def held(desk: Desk, officer_id: UUID) -> Officer:
    with desk.app.app_context():
        return officer_of(db.session(), officer_id)


def everybody(desk: Desk) -> dict[str, Officer]:
    with desk.app.app_context():
        return {officer.email: officer for officer in officers(db.session())}


def mails(desk: Desk, person_id: UUID) -> list[MailKind]:
    with desk.app.app_context():
        return list(db.session().scalars(select(OutboxRow.kind).where(OutboxRow.person_id == person_id)))


def press(desk: Desk, officer_id: UUID, button: str, *, status: int = 303, **data: str) -> Page | None:
    """Press a button of somebody's page; the page that comes of it."""
    address = f"/desk/people/{officer_id}"
    answer = desk.manager.post(f"{address}/{button}", status=status, data=data)
    return desk.manager.get(answer.headers["Location"]) if status == 303 else Page(address, answer)


def invite(desk: Desk, *, status: int = 303, **typed: str) -> Page:
    given = {"name": "Ayşe Demir", "email": "ayse@council.example", "role": "officer", **typed}
    answer = desk.manager.post("/desk/people/new", status=status, data=given)
    address = answer.headers.get("Location", "")
    return desk.manager.get(address) if status == 303 else Page("/desk/people/new", answer)


def test_everybody_is_listed_with_role_state_and_last_time(desk: Desk) -> None:
    page = desk.manager.get("/desk/people")
    assert {"Viewer", "Officer", "Manager"} <= set(page.links())
    assert "viewer@council.example" in page.main


def test_an_invitation_goes_by_mail_and_shows_who_was_invited(desk: Desk) -> None:
    page = invite(desk, email=" Ayse@Council.example ")
    assert page.heading == "Ayşe Demir"
    assert "Invited. The link is on its way" in page.main
    officer = everybody(desk)["ayse@council.example"]
    assert (officer.role, officer.state) == (Role.OFFICER, OfficerState.INVITED)
    assert mails(desk, officer.person_id) == [MailKind.OFFICER_INVITED]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": " "}, "Enter the name"),
        ({"name": "x" * 101}, "Use at most 100"),
        ({"email": ""}, "Enter their work email"),
        ({"email": "a@council.example, b@council.example"}, "Enter one email address"),
        ({"email": "VIEWER@council.example"}, "Somebody with this address"),
        ({"role": ""}, "Choose what they may do"),
        ({"role": "king"}, "Choose what they may do"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    desk: Desk, typed: dict[str, str], words: str
) -> None:
    before = everybody(desk)
    page = invite(desk, **{"email": "new@council.example", **typed}, status=422)
    assert words in page.main
    assert page.title.startswith("Error: ")
    values = {
        field.attrib["name"]: field.attrib.get("value")
        for field in page.tree.iter("input")
        if field.attrib["type"] == "text"
    }
    assert values["email"] == {"email": "new@council.example", **typed}["email"].strip()
    assert everybody(desk) == before


def test_a_role_is_changed_and_counts_at_once(desk: Desk, officer_id: UUID) -> None:
    pages = desk.signed_in(officer_id)
    page = press(desk, officer_id, "role", role="manager")
    assert page is not None
    assert "The role is changed" in page.main
    pages.get("/desk/people")
    press(desk, officer_id, "role", status=422, role="king")
    assert held(desk, officer_id).role is Role.MANAGER


def test_a_name_is_changed_or_refused_beside_its_field(desk: Desk, officer_id: UUID) -> None:
    page = press(desk, officer_id, "name", name=" Zoë  Nowak ")
    assert page is not None
    assert (page.heading, held(desk, officer_id).name) == ("Zoë Nowak", "Zoë Nowak")
    page = press(desk, officer_id, "name", status=422, name=" ")
    assert page is not None
    assert "Enter the name" in page.main
    assert held(desk, officer_id).name == "Zoë Nowak"


def test_who_is_disabled_is_out_at_once_and_comes_back_as_they_were(desk: Desk, officer_id: UUID) -> None:
    pages = desk.signed_in(officer_id)
    press(desk, officer_id, "disable")
    pages.answer("/desk/", status=303)
    page = press(desk, officer_id, "enable")
    assert page is not None
    assert "They can sign in again" in page.main
    assert held(desk, officer_id).state is OfficerState.ACTIVE
    pages.answer("/desk/", status=303)


def test_who_was_erased_has_a_page_with_nothing_to_press(desk: Desk, officer_id: UUID) -> None:
    press(desk, officer_id, "disable")
    with desk.writing() as session:
        erase_person(session, officer_of(session, officer_id).person_id, by="test", now=clock.now())
    page = desk.manager.get(f"/desk/people/{officer_id}")
    assert "Their name and address were erased" in page.main
    assert not page.one("main").findall(".//form")
    desk.manager.get("/desk/people")


def test_a_new_start_signs_out_and_mails_a_link(desk: Desk, officer_id: UUID) -> None:
    pages = desk.signed_in(officer_id)
    press(desk, officer_id, "reset")
    pages.answer("/desk/", status=303)
    officer = held(desk, officer_id)
    assert officer.state is OfficerState.INVITED
    press(desk, officer_id, "invitation")
    assert mails(desk, officer.person_id) == [MailKind.OFFICER_RESET, MailKind.OFFICER_INVITED]


def test_signing_out_everywhere_leaves_the_door_open(desk: Desk, officer_id: UUID) -> None:
    pages = desk.signed_in(officer_id)
    press(desk, officer_id, "sign-out")
    pages.answer("/desk/", status=303)
    assert held(desk, officer_id).state is OfficerState.ACTIVE


@pytest.mark.parametrize("button", ["disable", "reset"])
def test_the_last_manager_stays_and_the_page_says_why(desk: Desk, button: str) -> None:
    with desk.writing() as session:
        for officer in officers(session):
            if officer.role is Role.MANAGER and officer.id != MANAGER:
                disable(session, officer.id, by="test", now=clock.now())
    page = press(desk, MANAGER, button, status=409)
    assert page is not None
    assert "This is the last manager" in page.main
    assert (held(desk, MANAGER).role, held(desk, MANAGER).state) == (Role.MANAGER, OfficerState.ACTIVE)


def test_nobody_changes_their_own_role(desk: Desk) -> None:
    own = f"/desk/people/{MANAGER}"
    assert not desk.manager.get(own).all("form", action=f"{own}/role")
    page = press(desk, MANAGER, "role", status=409, role="viewer")
    assert page is not None
    assert "Ask another manager" in page.main
    assert held(desk, MANAGER).role is Role.MANAGER


def test_what_does_not_fit_any_more_is_refused(desk: Desk, officer_id: UUID) -> None:
    page = press(desk, officer_id, "invitation", status=409)
    assert page is not None
    assert "somebody was faster" in page.text


def test_somebody_who_is_not_there_has_no_page(desk: Desk) -> None:
    desk.manager.get(f"/desk/people/{UUID(int=99)}", status=404)
    press(desk, UUID(int=99), "disable", status=404)


def test_who_did_it_stands_in_the_record(desk: Desk, officer_id: UUID) -> None:
    press(desk, officer_id, "disable")
    with desk.app.app_context():
        query = select(AuditEventRow).where(AuditEventRow.subject == str(officer_id))
        assert {(event.action, event.actor) for event in db.session().scalars(query)} == {
            ("officer_disabled", f"officer:{MANAGER}")
        }


def test_trust_21_posting_every_column_changes_what_the_form_lists_alone(desk: Desk, officer_id: UUID) -> None:
    columns = {column.name: "manager" for column in OfficerRow.__table__.columns} | {
        "id": str(UUID(int=77)),
        "by": "system",
    }
    page = invite(desk, **{**columns, "email": "columns@council.example", "role": "viewer"})
    officer = everybody(desk)["columns@council.example"]
    assert (officer.role, officer.state, officer.weekly_digest) == (Role.VIEWER, OfficerState.INVITED, False)
    assert str(officer.id) in page.all("form", class_="desk-narrow")[0].attrib["action"]
    before = held(desk, officer_id)
    press(desk, officer_id, "sign-out", **{**columns, "role": "manager"})
    assert held(desk, officer_id) == before


def test_trust_18_hostile_names_are_only_ever_words(desk: Desk) -> None:
    for number, words in enumerate(name for name in SCRIPTS if len(name) <= 100):
        given = {"name": words, "email": f"h{number}@council.example", "role": "viewer"}
        answer = desk.manager.post("/desk/people/new", data=given)
        page = desk.manager.get(answer.headers["Location"])
        assert page.heading == one_line(tidy(words))
    desk.manager.get("/desk/people")
