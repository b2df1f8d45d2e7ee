"""Tasks on the desk: the list, one task, and everything an officer can do with it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from directory import clock
from directory.accounts.rules import Role
from directory.checks.contacts import Mailbox, add_contact, ask_contact_change
from directory.checks.queries import contacts_of
from directory.checks.rules import Ladder
from directory.organisations.operations import hide, publish
from directory.people.models import PersonRow
from directory.people.operations import erase_person, remember_person
from directory.signals.problems import report_problem
from directory.signals.queries import problem_reports
from directory.signals.rules import ProblemKind
from directory.tasks.operations import finish_task, open_task
from directory.tasks.queries import open_task_of, task_of
from directory.tasks.rules import Outcome, TaskKind, TaskState
from directory.web.admin.task_words import FACTS, ON_THE_PHONE, OUTCOMES, TITLES, WHAT_TO_DO
from directory.web.extensions import db
from tests.factories import details, published, saved, service
from tests.page import Page
from tests.web.admin.desk import OFFICERS, Desk

NOW = datetime.now(clock.LONDON)
TODAY = NOW.date()


@pytest.fixture
def entry(desk: Desk) -> UUID:
    with desk.writing() as session:
        return published(session, details(service(id=uuid4())), slug=f"harbour-{uuid4().hex[:8]}")


@pytest.fixture(autouse=True)
def _nothing_else_is_open(desk: Desk) -> Iterator[None]:
    yield
    with desk.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE task SET state = 'done', done_at = created_at, done_by = 'test' WHERE state = 'open'"
        )


def opened(
    desk: Desk, entry: UUID | None, kind: TaskKind = TaskKind.RING, *, days: int = 0, **facts: str | int
) -> UUID:
    with desk.writing() as session:
        return open_task(
            session,
            kind=kind,
            key=str(uuid4()),
            due_on=TODAY - timedelta(days=days),
            now=clock.now(),
            organisation_id=entry,
            **facts,
        ).id


def posted(desk: Desk, address: str, data: dict[str, str], *, status: int) -> Page:
    return Page(address, desk.officer.post(address, status=status, data=data))


def held(desk: Desk, task: UUID) -> tuple[TaskState, str, str]:
    with desk.app.app_context():
        row = task_of(db.session(), task)
        return row.state, row.outcome, row.note


def path(task: UUID) -> str:
    return f"/desk/tasks/{task}"


def test_every_kind_and_every_end_has_its_words() -> None:
    assert set(TITLES) == set(WHAT_TO_DO) == set(TaskKind)
    assert set(OUTCOMES) == set(Outcome)
    assert set(TaskKind) >= ON_THE_PHONE


def test_the_list_has_the_most_urgent_first_and_can_be_narrowed(desk: Desk, entry: UUID) -> None:
    ring = opened(desk, entry, days=20)
    opened(desk, entry, TaskKind.NUMBER_INVALID, number="+442084891000", fault="not_valid")
    page = desk.viewer.get("/desk/tasks")
    titles = [words for words in page.links() if "Harbour" in words]
    assert titles == ["A phone number cannot be right: Harbour", "Ring them: Harbour"]
    assert "2 tasks" in page.main
    only = desk.viewer.get("/desk/tasks?kind=ring")
    assert only.link("Ring them: Harbour") == path(ring)
    assert "1 task," in only.main
    assert "nothing to do here" in desk.viewer.get("/desk/tasks?kind=bounced&kind=nonsense").main


def test_the_next_one_is_a_click_away(desk: Desk, entry: UUID) -> None:
    ring = opened(desk, entry)
    dead = opened(desk, entry, TaskKind.NUMBER_INVALID)
    assert desk.viewer.answer("/desk/tasks/next", status=303).headers["Location"] == path(dead)
    assert desk.viewer.answer("/desk/tasks/next?kind=ring", status=303).headers["Location"] == path(ring)
    leads = desk.viewer.answer("/desk/tasks/next?kind=bounced", status=303).headers["Location"]
    assert leads == "/desk/tasks?kind=bounced"


def test_a_task_says_what_it_is_about_and_what_to_do(desk: Desk, entry: UUID) -> None:
    page = desk.viewer.get(
        path(opened(desk, entry, TaskKind.WEBSITE_FAILING, url="https://x.example/", status="no_name"))
    )
    assert page.heading == "A website does not answer"
    for words in ("Harbour", "https://x.example/", "no name", WHAT_TO_DO[TaskKind.WEBSITE_FAILING]):
        assert words in page.main
    assert "What to say on the phone" in desk.viewer.get(path(opened(desk, entry))).main


@pytest.mark.parametrize(
    ("kind", "leads"),
    [(TaskKind.RING, "call"), (TaskKind.CHECK_SOURCE, "source-check"), (TaskKind.CONFIRM_HIDING, "hiding")],
)
def test_a_task_leads_to_where_it_is_done(desk: Desk, entry: UUID, kind: TaskKind, leads: str) -> None:
    links = desk.officer.get(path(opened(desk, entry, kind))).links()
    assert f"/desk/entries/{entry}/{leads}" in links.values()
    assert links["Harbour"] == f"/desk/entries/{entry}"


def test_a_viewer_sees_a_task_and_no_forms(desk: Desk, entry: UUID) -> None:
    assert not desk.viewer.get(path(opened(desk, entry))).all("textarea")


def test_what_readers_wrote_is_shown(desk: Desk, entry: UUID) -> None:
    with desk.writing() as session:
        told = report_problem(
            session, entry, kind=ProblemKind.MOVED, text="<b>They moved</b>", email="", now=clock.now()
        )
    assert "They have moved: <b>They moved</b>" in desk.viewer.get(path(told.task_id)).main


def test_a_reader_who_would_like_to_hear_back_can_be_written_to_until_they_are_erased(desk: Desk, entry: UUID) -> None:
    with desk.writing() as session:
        for kind, email in ((ProblemKind.MOVED, "reader@made.example"), (ProblemKind.CLOSED, "")):
            told = report_problem(session, entry, kind=kind, text="Look.", email=email, now=clock.now())
    said = "They have moved: Look. (they would like to hear back: reader@made.example)"
    page = desk.viewer.get(path(told.task_id))
    assert said in page.main
    assert page.main.count("hear back") == 1
    with desk.writing() as session:
        (report, _) = problem_reports(session, told.task_id)
        assert report.person_id
        erase_person(session, report.person_id, by="officer:1", now=clock.now())
    assert "hear back" not in desk.viewer.get(path(told.task_id)).main


def test_a_task_is_ended_with_what_came_of_it(desk: Desk, entry: UUID) -> None:
    dead, ring = opened(desk, entry, TaskKind.NUMBER_INVALID), opened(desk, entry)
    leads = desk.officer.post(f"{path(dead)}/end", data={"outcome": "number_works", "note": "Rang it."})
    assert leads.headers["Location"] == f"{path(ring)}?after={dead}"
    assert held(desk, dead) == (TaskState.DONE, "number_works", "Rang it.")
    page = desk.officer.get(path(dead))
    assert "I rang the number, and it works. Ended by Officer" in page.main
    assert "Rang it." in page.main
    assert not page.all("form", action=f"{path(dead)}/end")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"note": "Tried twice."}, "Choose what came of it"),
        ({"outcome": "other", "note": " "}, "Write what came of it"),
        ({"outcome": "number_works", "note": "x" * 2001}, "Write no more than 2,000 characters"),
        ({"outcome": "website_works"}, "Write what came of it"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    desk: Desk, entry: UUID, typed: dict[str, str], words: str
) -> None:
    dead = opened(desk, entry, TaskKind.NUMBER_INVALID)
    page = posted(desk, f"{path(dead)}/end", typed, status=422)
    assert words in page.main
    assert (page.one("textarea").text or "").strip() == typed.get("note", "").strip()
    assert held(desk, dead)[0] is TaskState.OPEN


def test_whoever_is_late_is_told(desk: Desk, entry: UUID) -> None:
    ring = opened(desk, entry)
    with desk.writing() as session:
        finish_task(session, ring, outcome="confirmed", by="officer:x", now=clock.now())
    for act, data in (("end", {"outcome": "no_answer"}), ("assign", {"officer": ""}), ("put-off", {"wake": "1"})):
        assert "Somebody else has just ended this task" in posted(desk, f"{path(ring)}/{act}", data, status=409).main


def test_a_task_is_given_to_somebody_and_back(desk: Desk, entry: UUID) -> None:
    ring = opened(desk, entry)
    desk.officer.post(f"{path(ring)}/assign", data={"officer": str(OFFICERS[Role.MANAGER])})
    assert "Manager has it" in desk.viewer.get("/desk/tasks").main
    assert "Ring them" in desk.manager.get("/desk/tasks?mine=1").main
    assert "nothing to do here" in desk.officer.get("/desk/tasks?mine=1").main
    desk.officer.post(f"{path(ring)}/assign", data={"officer": "nobody"})
    assert "has it" not in desk.viewer.get("/desk/tasks").main


def test_a_task_is_given_to_no_viewer(desk: Desk, entry: UUID) -> None:
    ring = opened(desk, entry)
    offered = {one.attrib["value"] for one in desk.officer.get(path(ring)).all("option")}
    assert offered == {"", str(OFFICERS[Role.OFFICER]), str(OFFICERS[Role.MANAGER])}
    desk.officer.post(f"{path(ring)}/assign", data={"officer": str(OFFICERS[Role.VIEWER])})
    assert "has it" not in desk.viewer.get("/desk/tasks").main


def test_a_task_is_put_off_and_taken_up_again(desk: Desk, entry: UUID) -> None:
    ring, until = opened(desk, entry), TODAY + timedelta(days=20)
    typed = {
        "reason": "On leave",
        "until-day": str(until.day),
        "until-month": str(until.month),
        "until-year": str(until.year),
    }
    desk.officer.post(f"{path(ring)}/put-off", data=typed)
    assert "nothing to do here" in desk.viewer.get("/desk/tasks").main
    assert "Put off: On leave" in desk.viewer.get("/desk/tasks?later=1").main
    desk.officer.post(f"{path(ring)}/put-off", data={"wake": "1"})
    assert "Ring them" in desk.viewer.get("/desk/tasks").main


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": ""}, "Write why it can wait"),
        ({"until-day": "31", "until-month": "2"}, "Enter a day, like 27 3 2027"),
        ({"until-year": "2020"}, "Enter a day within the next 90 days"),
    ],
)
def test_nothing_is_put_off_without_a_day_and_a_reason(
    desk: Desk, entry: UUID, changed: dict[str, str], words: str
) -> None:
    ring, until = opened(desk, entry), TODAY + timedelta(days=20)
    typed = {
        "reason": "On leave",
        "until-day": str(until.day),
        "until-month": str(until.month),
        "until-year": str(until.year),
    }
    page = posted(desk, f"{path(ring)}/put-off", {**typed, **changed}, status=422)
    assert words in page.main
    assert page.one("input", name="until-day").attrib["value"] == {**typed, **changed}["until-day"]


@pytest.mark.parametrize(("answer", "email"), [("yes", "new@harbour.example"), ("no", "old@harbour.example")])
def test_another_mailbox_is_agreed_to_or_refused(desk: Desk, entry: UUID, answer: str, email: str) -> None:
    with desk.writing() as session:
        old = add_contact(
            session, entry, Mailbox(email="old@harbour.example", language="en"), by="officer:x", now=clock.now()
        )
        asked = ask_contact_change(
            session,
            old.id,
            Mailbox(email="new@harbour.example", language="en"),
            by="officer:x",
            now=clock.now(),
            ladder=Ladder(),
        )
        task = open_task_of(session, TaskKind.CONTACT_CHANGE, asked.id)
        assert task is not None
        task_id = task.id
    page = desk.officer.get(path(task_id))
    assert "new@harbour.example" in page.main
    assert "Choose yes or no" in posted(desk, f"{path(task_id)}/contact", {}, status=422).main
    desk.officer.post(f"{path(task_id)}/contact", data={"answer": answer})
    with desk.app.app_context():
        (contact,) = contacts_of(db.session(), entry)
        assert db.session().get_one(PersonRow, contact.person_id).email == email
    late = posted(desk, f"{path(task_id)}/contact", {"answer": answer}, status=409)
    assert "This was decided meanwhile" in late.main


def test_who_the_wrong_person_named_is_told(desk: Desk, entry: UUID) -> None:
    with desk.writing() as session:
        named = remember_person(session, name="Bo", role="Manager", email="bo@harbour.example", now=clock.now())
    task = opened(desk, entry, TaskKind.WRONG_PERSON, right_person=str(named))
    assert "Bo, Manager, bo@harbour.example" in desk.viewer.get(path(task)).main


def test_a_task_about_a_change_leads_to_it(desk: Desk, entry: UUID) -> None:
    change = opened(desk, entry, TaskKind.REVIEW_CHANGE)
    page = desk.viewer.get(path(change))
    assert page.link("Look at the change").startswith("/desk/changes/")


def test_two_entries_that_may_be_one_are_both_named(desk: Desk, entry: UUID) -> None:
    with desk.writing() as session:
        other = published(session, details(service(id=uuid4()), name="Haven"), slug=f"haven-{uuid4().hex[:8]}")
    page = desk.viewer.get(path(opened(desk, entry, TaskKind.DUPLICATE, first=str(entry), second=str(other), points=5)))
    assert "Harbour" in page.main
    assert "Haven" in page.main
    assert FACTS["points"] in page.main


def test_the_home_page_counts_what_waits_and_opens_the_worst(desk: Desk, entry: UUID) -> None:
    opened(desk, entry, TaskKind.PROBLEM_REPORT, days=3)
    opened(desk, entry, TaskKind.RING)
    opened(desk, entry, TaskKind.RING, days=-40)
    with desk.writing() as session:
        saved(session, details(service(id=uuid4())), slug=f"haven-{uuid4().hex[:8]}")
    page = desk.viewer.get("/desk/")
    links = page.links()
    assert links["1 report of a problem"] == "/desk/tasks/next?kind=problem_report&kind=no_answer"
    assert "1 other task is due" in page.main
    assert "0 changes wait" in page.main
    assert links["1 draft is not public"] == "/desk/entries?state=draft"


def test_nobody_says_that_an_entry_is_hidden_which_the_public_sees(desk: Desk, entry: UUID) -> None:
    told = opened(desk, entry, TaskKind.TOLD_OF_CLOSING)
    address, data = f"{path(told)}/end", {"outcome": "entry_hidden", "note": "They said so."}
    page = Page(address, desk.officer.post(address, status=422, data=data))
    assert "The public still sees the entry" in page.main
    assert page.link("Hide the entry") == f"/desk/entries/{entry}/hide"
    assert page.one("textarea", name="note").text == "They said so."
    assert "Hide the entry" not in desk.officer.get(path(told)).all("form")[0].text
    with desk.writing() as session:
        hide(session, entry, by="officer:x", now=clock.now())
    desk.officer.post(address, data=data)
    assert held(desk, told)[:2] == (TaskState.DONE, "entry_hidden")


def test_nobody_says_that_an_entry_is_corrected_which_nobody_changed(desk: Desk, entry: UUID) -> None:
    report = opened(desk, entry, TaskKind.PROBLEM_REPORT)
    address, data = f"{path(report)}/end", {"outcome": "entry_changed"}
    page = Page(address, desk.officer.post(address, status=422, data=data))
    assert "Nobody has changed the entry since" in page.main
    assert page.link("Correct the entry") == f"/desk/entries/{entry}/edit"
    with desk.writing() as session:
        better = details(service(id=uuid4()), description="Stands by you.")
        publish(session, entry, better, by="officer:x", why="edit", now=clock.now())
    desk.officer.post(address, data=data)
    assert held(desk, report)[:2] == (TaskState.DONE, "entry_changed")
