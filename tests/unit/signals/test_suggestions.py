"""Suggestions of organisations."""

import pytest

from directory.people.models import PersonRow
from directory.signals.queries import suggestions
from directory.signals.rules import MOST_REPORTS_KEPT, MOST_SUGGESTIONS_OPEN, TooManyWaiting
from directory.signals.suggestions import Suggestion, suggest
from directory.tasks.rules import TaskKind
from tests.factories import NOW
from tests.unit.signals.made import tasks


def named(session, name, reply_to=""):
    return suggest(session, Suggestion(name=name, description="Helps."), reply_to=reply_to, now=NOW)


def test_a_suggestion_is_a_task_and_its_words_stand_beside_it(session):
    task_id = named(session, "Harbour", "me@example.org")
    (task,) = tasks(session, TaskKind.SUGGESTION)
    (row,) = suggestions(session, task_id)
    assert (task.id, task.facts, task.organisation_id) == (task_id, {"reports": 1}, None)
    assert (row.name, row.description, row.website) == ("Harbour", "Helps.", "")
    assert session.get(PersonRow, row.person_id).email == "me@example.org"


def test_one_name_suggested_by_several_is_one_task(session):
    assert named(session, "The Harbour Trust") == named(session, "HARBOUR")
    assert named(session, "Anchor") != named(session, "Harbour")
    assert [task.facts["reports"] for task in tasks(session, TaskKind.SUGGESTION)] == [1, 3]


def test_of_one_name_so_many_are_kept(session):
    ids = {named(session, "Harbour") for _ in range(MOST_REPORTS_KEPT + 2)}
    assert len(suggestions(session, ids.pop())) == MOST_REPORTS_KEPT


def test_when_too_many_wait_no_new_name_is_taken(session):
    for number in range(MOST_SUGGESTIONS_OPEN):
        named(session, f"Harbour {number}")
    with pytest.raises(TooManyWaiting):
        named(session, "Anchor")
    named(session, "Harbour 7")
