"""The audit trail on the desk: in words, by who, what, which entry and when, page by page, and as a file."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from directory.accounts.rules import Role
from directory.audit import AuditEventRow, record
from tests.factories import details
from tests.officers import OFFICERS
from tests.page import Page
from tests.web.admin.desk import Desk

NOW = datetime(2020, 6, 3, 9, 30, tzinfo=UTC)
"""Before anything that the desk itself keeps."""
OFFICER = f"officer:{OFFICERS[Role.OFFICER]}"
CHANGE = "00000000-0000-4000-8000-00000000000c"
MANY = 120


@pytest.fixture(scope="module", autouse=True)
def harbour(desk: Desk) -> UUID:
    """An entry, and what befell it."""
    identity = desk.publish("harbour", details())
    with desk.writing() as session:

        def kept(minutes: int, actor: str, action: str, subject: str = "", **facts: object) -> None:
            at = NOW + timedelta(minutes=minutes)
            record(session, actor=actor, action=action, now=at, organisation_id=identity, subject=subject, **facts)

        for number in range(MANY):
            kept(number, "link:AbC123", "answered", CHANGE, kind="all_correct")
        kept(200, OFFICER, "change_approved", CHANGE, units=2, state="approved")
        kept(201, OFFICER, "policy_changed", "remind_after_days", before=7, after=10)
        kept(202, "system", "officer_added", str(OFFICERS[Role.VIEWER]), role="viewer")
        kept(203, OFFICER, "task_done", CHANGE, note="=cmd|' /C calc'!A0", other="+44 20")
        kept(60 * 24, "policy", "kept_no_longer", "people", removed=3)
    return identity


def rows(page: Page) -> list[str]:
    return [" ".join("".join(item.itertext()).split()) for item in page.one("ol", class_="desk-list")]


def asked(desk: Desk, **values: str) -> list[str]:
    query = "&".join(f"{name}={value}" for name, value in values.items())
    return rows(desk.officer.get(f"/desk/audit?{query}"))


def test_each_event_is_told_in_words(desk: Desk, harbour: UUID) -> None:
    (deleted,) = asked(desk, who="policy")
    when = "4 June 2020, 10:30"
    assert deleted == f"the policy deleted what was kept long enough: Harbour {when}. people; removed: 3"
    found = asked(desk, entry="harbour", since="3/6/2020", until="3/6/2020")
    assert found[0].startswith("Officer ended a task: Harbour")
    assert "the directory itself added an officer: Harbour 3 June 2020, 13:52. Viewer; role: viewer" in found
    assert any("Day of the reminder: 7 days → 10 days" in row for row in found)
    assert any(row.startswith("the organisation, through its own link answered: Harbour") for row in found)
    assert "AbC123" not in " ".join(found)


def test_what_was_done_to_a_change_leads_there(desk: Desk, harbour: UUID) -> None:
    page = desk.officer.get(f"/desk/audit?kind=changes&who={OFFICER}")
    assert page.link("approved a change") == f"/desk/changes/{CHANGE}"
    assert page.link("Harbour") == f"/desk/entries/{harbour}"


def test_the_page_of_an_entry_leads_to_what_was_done_with_it(desk: Desk, harbour: UUID) -> None:
    page = desk.officer.get(desk.officer.get(f"/desk/entries/{harbour}").link("Who did what with it"))
    assert page.one("input", id="entry").attrib["value"] == "harbour"
    assert len(rows(page)) == 50
    assert "Who did what with it" not in desk.viewer.get(f"/desk/entries/{harbour}").main
    assert desk.officer.get("/desk/audit?organisation_id=x").one("input", id="entry").attrib["value"] == ""


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ({"who": OFFICER, "until": "4/6/2020"}, 3),
        ({"who": OFFICER, "kind": "privacy"}, 1),
        ({"who": "officer:", "entry": "http://localhost/organisations/harbour", "kind": "tasks"}, 1),
        ({"who": "link:", "until": "3/6/2020"}, 50),
        ({"since": "4 June 2020", "until": "2020-06-04"}, 1),
        ({"kind": "nothing", "who": OFFICER, "until": "4/6/2020"}, 3),
    ],
)
def test_events_are_found_by_who_what_which_and_when(desk: Desk, values: dict[str, str], number: int) -> None:
    assert len(asked(desk, **values)) == number


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"since": "yesterday"}, "Enter a day, like 27/3/2027"),
        ({"until": "31/2/2020"}, "Enter a day, like 27/3/2027"),
        ({"entry": "anchor"}, "There is no entry with this address"),
    ],
)
def test_what_nobody_can_read_is_said_beside_its_field(desk: Desk, values: dict[str, str], says: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in values.items())
    page = desk.officer.get(f"/desk/audit?{query}")
    assert says in page.main
    assert page.title.startswith("Error: Audit trail")
    assert not page.all("ol", class_="desk-list"), "events that were not asked for"
    for name, value in values.items():
        assert page.one("input", id=name).attrib["value"] == value


def test_page_by_page_nothing_is_left_out(desk: Desk) -> None:
    address, found = "/desk/audit?who=link:&until=3/6/2020", []
    while address:
        page = desk.officer.get(address)
        found += rows(page)
        address = page.links().get("Older", "")
    assert len(found) == MANY
    assert page.link("The newest") == "/desk/audit?who=link%3A&until=3%2F6%2F2020"
    assert "There is nothing of that kind before." in desk.officer.get("/desk/audit?who=link:&before=1").main


def test_the_file_names_people_by_number_and_no_cell_is_a_formula(desk: Desk) -> None:
    answer = desk.officer.post(
        "/desk/audit/file", status=200, data={"who": OFFICER, "since": "3/6/2020", "until": "3/6/2020"}
    )
    assert answer.headers["Content-Disposition"] == "attachment; filename=audit.csv"
    table = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert table[0][:3] == ["When", "Actor", "What"]
    assert [line[3] for line in table[1:]] == ["task_done", "policy_changed", "change_approved"]
    assert {line[1] for line in table[1:]} == {OFFICER}
    assert "Officer" not in {cell for line in table[1:] for cell in line}
    assert not [cell for line in table for cell in line if cell[:1] in set("=+-@\t\r")]
    with desk.writing() as session:
        noted = session.scalars(select(AuditEventRow.actor).where(AuditEventRow.action == "audit_exported")).all()
    assert noted == [OFFICER]


def test_the_whole_file_is_longer_than_a_page(desk: Desk) -> None:
    answer = desk.officer.post("/desk/audit/file", status=200, data={"until": "4/6/2020"})
    assert len(answer.get_data(as_text=True).splitlines()) == 1 + MANY + 5
