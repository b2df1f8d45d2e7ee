"""Saying what is wrong with an entry."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from directory.organisations.models import OrganisationRow, RevisionRow
from directory.organisations.operations import hide, rename_slug
from directory.people.models import PersonRow
from directory.signals.models import ProblemReportRow
from directory.tasks.models import TaskRow
from directory.web.limits import MOST_AN_HOUR, Limit
from tests.databases import Databases
from tests.factories import NOW, details
from tests.web.public.made_directory import MadeDirectory, made_directory
from tests.web.public.sending import control, errors, filled, refused, typed

PATH = "/organisations/harbour/problem"


@pytest.fixture(scope="module")
def made(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeDirectory]:
    with made_directory(databases, tmp_path_factory.mktemp("index")) as made:
        made.publish("harbour", details(name="Harbour <& Co>"))
        yield made


@pytest.fixture(autouse=True)
def nothing_sent(made: MadeDirectory) -> None:
    made.app.extensions["hourly_limit"] = Limit()
    with made.writing() as session:
        for table in (ProblemReportRow, TaskRow, PersonRow):
            for row in session.scalars(select(table)):
                session.delete(row)
            session.flush()


def kept(made: MadeDirectory) -> list[ProblemReportRow]:
    with made.writing() as session:
        rows = list(session.scalars(select(ProblemReportRow).order_by(ProblemReportRow.at)))
        session.expunge_all()
    return rows


def test_an_entry_leads_to_the_form_and_nothing_is_chosen_beforehand(made: MadeDirectory) -> None:
    address = made.pages.get("/organisations/harbour").link("Tell us what is wrong with this page")
    assert address == PATH
    page = made.pages.get(address)
    choices = page.all("input", type="radio", name="kind")
    assert [choice.attrib["value"] for choice in choices] == [
        "number_dead",
        "wrong_number",
        "no_answer",
        "moved",
        "closed",
        "other",
    ]
    assert not [choice for choice in choices if "checked" in choice.attrib]
    assert "Harbour <& Co>" in page.main
    assert page.link("Ways to report") == "/report"
    assert page.one("meta", name="robots").attrib["content"] == "noindex, nofollow"


def test_what_is_sent_waits_for_an_officer_and_the_entry_stays(made: MadeDirectory) -> None:
    with made.writing() as session:
        before = [session.execute(select(table.__table__)).all() for table in (OrganisationRow, RevisionRow)]
    words = "They are at\r\nnumber 14 now."
    answer = made.pages.post(PATH, data=filled("problem", kind="moved", text=words, email="me@example.org"))
    assert answer.headers["Location"] == f"{PATH}/sent"
    assert "Harbour <& Co>" in made.pages.get(f"{PATH}/sent").main
    (row,) = kept(made)
    assert (row.kind, row.text) == ("moved", "They are at\nnumber 14 now.")
    with made.writing() as session:
        (task,) = session.scalars(select(TaskRow)).all()
        assert (task.kind, task.organisation_id, task.facts) == ("problem_report", row.organisation_id, {"reports": 1})
        assert session.get(PersonRow, row.person_id).email == "me@example.org"
        assert before == [session.execute(select(table.__table__)).all() for table in (OrganisationRow, RevisionRow)]


def test_nobody_there_is_a_task_of_its_own_kind(made: MadeDirectory) -> None:
    made.pages.post(PATH, data=filled("problem", kind="no_answer"))
    (row,) = kept(made)
    assert (row.text, row.person_id) == ("", None)
    with made.writing() as session:
        assert [task.kind for task in session.scalars(select(TaskRow))] == ["no_answer"]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, {"kind": "Choose what is wrong"}),
        ({"kind": "everything"}, {"kind": "Choose what is wrong"}),
        ({"kind": "other"}, {"text": "Tell us what is wrong"}),
        ({"kind": "moved", "text": "x" * 1001}, {"text": "Write no more than 1,000 characters"}),
        (
            {"kind": "closed", "email": "me@example.org\r\nBcc: you@example.org"},
            {"email": "Enter an email address like name@example.org"},
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    made: MadeDirectory, sent: dict[str, str], wrong: dict[str, str]
) -> None:
    page = refused(made.pages, PATH, filled("problem", **sent))
    assert errors(page) == wrong
    assert page.title.startswith("Error: Tell us what is wrong")
    assert typed(page, "text") == sent.get("text", "")
    checked = [choice.attrib["value"] for choice in page.all("input", type="radio") if "checked" in choice.attrib]
    assert checked == [kind for kind in [sent.get("kind")] if kind not in (None, "everything")]
    assert kept(made) == []


def test_the_error_of_a_question_leads_to_its_first_answer(made: MadeDirectory) -> None:
    page = refused(made.pages, PATH, filled("problem"))
    assert page.all("input", type="radio")[0].attrib["id"] == "kind"
    assert page.one("fieldset").attrib["aria-describedby"] == "kind-error"


def test_programs_are_asked_again(made: MadeDirectory) -> None:
    assert list(errors(refused(made.pages, PATH, {"kind": "moved"}))) == ["send"]
    assert list(errors(refused(made.pages, PATH, filled("problem", kind="moved") | {"subject": "x"}))) == ["subject"]
    assert list(errors(refused(made.pages, PATH, filled("suggest", kind="moved")))) == ["send"]
    assert kept(made) == []


def test_too_many_in_an_hour_are_asked_to_wait(made: MadeDirectory) -> None:
    for _ in range(MOST_AN_HOUR):
        made.pages.post(PATH, data=filled("problem", kind="moved"))
    page = refused(made.pages, PATH, filled("problem", kind="closed", text="Shut."), status=429)
    assert (list(errors(page)), typed(page, "text")) == (["send"], "Shut.")


def test_what_is_hidden_moved_or_unknown_has_no_form(made: MadeDirectory) -> None:
    left, renamed = made.publish("left", details(name="Left")), made.publish("was", details(name="Renamed"))
    with made.writing() as session:
        hide(session, left, by="test", now=NOW)
    with made.writing() as session:
        rename_slug(session, renamed, "is", by="test", now=NOW)
    data = filled("problem", kind="moved")
    for slug, status in (("left", 410), ("nobody", 404), ("was", 301)):
        for path in (f"/organisations/{slug}/problem", f"/organisations/{slug}/problem/sent"):
            made.pages.answer(path, status=status)
        made.pages.post(f"/organisations/{slug}/problem", status=status, data=data)
    assert kept(made) == []


def test_nothing_of_who_asks_is_kept(made: MadeDirectory) -> None:
    headers = {"User-Agent": "canary-agent", "X-Forwarded-For": "198.51.100.77", "Referer": "https://canary.example/"}
    made.pages.post(PATH, data=filled("problem", kind="closed", text="Shut."), headers=headers)
    with made.writing() as session:
        tables = (ProblemReportRow, TaskRow, PersonRow)
        stored = str([session.execute(select(table.__table__)).all() for table in tables])
    assert not [trace for trace in ("canary", "198.51.100.77", "127.0.0.1") if trace in stored]


def test_it_can_be_done_in_every_language(made: MadeDirectory) -> None:
    page = refused(made.pages, f"/tr{PATH}", filled("problem"))
    assert page.one("form", class_="plain-form").attrib["action"] == f"/tr{PATH}"
    assert control(page, "stamp").attrib["value"]
    answer = made.pages.post(f"/tr{PATH}", data=filled("problem", kind="closed"))
    assert answer.headers["Location"] == f"/tr{PATH}/sent"
