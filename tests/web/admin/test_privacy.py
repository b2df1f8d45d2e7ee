"""What is held about people: found without a trace, given out, and erased for good."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from directory.accounts.models import OfficerRow
from directory.accounts.rules import OfficerState
from directory.audit import AuditEventRow
from directory.privacy.erasures import listed_erasures
from directory.web.extensions import current_settings
from tests.databases import Databases
from tests.page import Page
from tests.unit.privacy.made import EMAIL, MARK, NAME, Everywhere, everything, everywhere
from tests.web.admin.desk import Desk, made_desk


@pytest.fixture(scope="module")
def desk(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with made_desk(databases, tmp_path_factory.mktemp("index")) as desk:
        yield desk


@pytest.fixture(scope="module")
def ids(desk: Desk) -> list[str]:
    """Under which somebody is known: as a contact, and under the signature of their answers."""
    with desk.writing() as session:
        known: Everywhere = everywhere(session)
        return [str(known.contact.person_id), str(known.signature)]


def address(ids: list[str]) -> str:
    return "/desk/privacy/held?" + "&".join(f"id={one}" for one in ids)


def posted(desk: Desk, path: str, *, status: int = 200, **data: object) -> Page:
    return Page(path, desk.manager.post(path, status=status, data=data))


def rows(desk: Desk) -> str:
    with desk.writing() as session:
        return everything(session)


def test_somebody_is_found_and_what_was_typed_stands_in_no_address(desk: Desk, ids: list[str]) -> None:
    page = posted(desk, "/desk/privacy", words=f" {NAME} ")
    assert ids[0] in {box.attrib["value"] for box in page.all("input", type="checkbox")}
    assert "asked to keep an entry (1)" in page.main
    assert {form.attrib["method"] for form in page.all("form")} == {"post"}
    assert not [link for link in page.links().values() if MARK in link]


def test_those_who_were_ticked_are_shown_and_nobody_ticked_is_said(desk: Desk, ids: list[str]) -> None:
    leads = desk.manager.post("/desk/privacy/held", data={"words": NAME, "id": ids})
    assert leads.headers["Location"] == address(ids)
    page = posted(desk, "/desk/privacy/held", status=422, words=NAME)
    assert "Tick at least one person" in page.main
    assert page.one("input", id="words").attrib["value"] == NAME
    assert page.one("input", id="id").attrib["value"] in {
        box.attrib["value"] for box in posted(desk, "/desk/privacy", words=NAME).all("input", type="checkbox")
    }
    posted(desk, "/desk/privacy/held", status=404, words=NAME, id="x")


@pytest.mark.parametrize(
    ("words", "says", "status"), [("zzz", "Nobody is known by that.", 200), (" ", "Enter a name", 422)]
)
def test_where_nobody_is_found_that_is_said(desk: Desk, ids: list[str], words: str, says: str, status: int) -> None:
    assert says in posted(desk, "/desk/privacy", status=status, words=words).main


def test_all_that_is_held_is_told_in_words(desk: Desk, ids: list[str]) -> None:
    page = desk.manager.get(address(ids))
    for words in (
        "Asked to keep an entry (1)",
        "Answers (2)",
        "Problems reported (1)",
        "in a note",
        "in why a change was declined",
        "Harbour",
        EMAIL,
        "answered",
    ):
        assert words in page.main, words
    assert MARK not in page.title.lower()
    assert not page.all("input", id="others")


def test_who_may_be_the_same_person_is_offered(desk: Desk, ids: list[str]) -> None:
    page = desk.manager.get(address(ids[:1]))
    assert page.one("input", id="others").attrib["value"] == ids[1]


def test_the_file_holds_it_all_and_that_it_was_taken_is_noted(desk: Desk, ids: list[str]) -> None:
    answer = desk.manager.post("/desk/privacy/held/file", status=200, data={"id": ids})
    assert answer.headers["Content-Disposition"] == "attachment; filename=held.json"
    given = json.loads(answer.get_data(as_text=True))
    assert {record["what"] for record in given["records"]} >= {"update_contact", "answer", "mail", "officer"}
    with desk.writing() as session:
        noted = session.scalars(select(AuditEventRow.subject).where(AuditEventRow.action == "person_exported")).all()
    assert set(ids) <= set(noted)


@pytest.mark.parametrize("query", ["", "id=x", "id=00000000-0000-4000-8000-000000000009"])
def test_nobody_is_shown_for_an_id_that_is_none(desk: Desk, query: str) -> None:
    desk.manager.get(f"/desk/privacy/held?{query}", status=404)


def test_nobody_is_erased_by_mistake(desk: Desk, ids: list[str]) -> None:
    page = posted(desk, "/desk/privacy/held/erase", status=422, id=ids)
    assert "Tick the box if you are sure" in page.main
    assert MARK in rows(desk)


def test_an_officer_who_can_sign_in_is_not_erased(desk: Desk, ids: list[str]) -> None:
    with desk.writing() as session:
        officer = session.scalars(select(OfficerRow).where(OfficerRow.password_hash == "hash")).one()
        officer.state, officer_id = OfficerState.ACTIVE, officer.id
    page = posted(desk, "/desk/privacy/held/erase", status=409, id=ids, sure="yes")
    assert "This is an officer who can sign in." in page.main
    with desk.writing() as session:
        session.get_one(OfficerRow, officer_id).state = OfficerState.DISABLED
    assert MARK in rows(desk)


def test_where_the_list_of_erasures_cannot_be_written_nobody_is_erased(desk: Desk, ids: list[str]) -> None:
    with desk.app.app_context():
        log: Path = current_settings().erasure_log
    log.mkdir(parents=True)
    page = posted(desk, "/desk/privacy/held/erase", status=503, id=ids, sure="yes")
    log.rmdir()
    assert "nobody was erased" in page.main
    assert MARK in rows(desk)


def test_no_log_tells_who_was_looked_for(
    desk: Desk, ids: list[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = logging.getLogger("sqlalchemy.engine.Engine")
    monkeypatch.setattr(statements, "disabled", False)  # a command that was tried before may have set up logging anew
    monkeypatch.setattr(statements, "handlers", [caplog.handler])
    monkeypatch.setattr(statements, "propagate", False)
    with caplog.at_level(logging.INFO), caplog.at_level(logging.INFO, statements.name):
        posted(desk, "/desk/privacy", words=NAME)
        desk.manager.get(address(ids))
        desk.manager.post("/desk/privacy/held/file", status=200, data={"id": ids})
    assert "SELECT" in caplog.text, "nothing was logged"
    assert MARK not in caplog.text.lower()


def test_trust_28_who_is_erased_is_gone_and_listed(desk: Desk, ids: list[str]) -> None:
    """The last one: what the others look at is gone after it."""
    answer = desk.manager.post("/desk/privacy/held/erase", data={"id": ids, "sure": "yes"})
    assert "Erased." in desk.manager.get(answer.headers["Location"]).main
    assert MARK not in rows(desk)
    with desk.app.app_context():
        assert set(ids) <= {str(one) for one in listed_erasures(current_settings().erasure_log)}
    page = desk.manager.get(address(ids))
    assert "(erased)" in page.main
    assert "This cannot be undone" not in page.main
    assert "Nobody is known by that." in posted(desk, "/desk/privacy", words=NAME).main
