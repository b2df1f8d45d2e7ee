"""Suggestions of organisations."""

import pytest
from sqlalchemy import select

from directory.changes.models import ChangeRow
from directory.changes.operations import decline
from directory.changes.rules import ChangeState, Origin
from directory.organisations import stored
from directory.organisations.details import Phone
from directory.organisations.models import OrganisationRow
from directory.people.models import PersonRow
from directory.signals.queries import suggestions
from directory.signals.rules import MOST_REPORTS_KEPT, MOST_SUGGESTIONS_OPEN, TooManyWaiting
from directory.signals.suggestions import Suggestion, suggest
from directory.tasks.rules import TaskKind
from tests.factories import NOW
from tests.unit.signals.made import tasks


def named(session, name, reply_to="", **told):
    return suggest(session, Suggestion(name=name, description="Helps.", **told), reply_to=reply_to, now=NOW)


def test_a_suggestion_is_a_proposed_organisation_that_waits_for_an_officer(session):
    told = {"phone": "+442084891000", "website": "https://harbour.example.org", "email": "hello@harbour.example.org"}
    task_id = named(session, "Harbour", "me@example.org", how_known="I go there.", **told)
    change = session.scalars(select(ChangeRow)).one()
    details = stored.load(change.proposed)
    assert (change.origin, change.state, change.organisation_id) == (Origin.SUGGESTION, ChangeState.WAITING, None)
    assert (details.name, details.description, details.website, details.email) == (
        "Harbour",
        "Helps.",
        "https://harbour.example.org",
        "hello@harbour.example.org",
    )
    assert details.services[0].phones == (Phone(number="+442084891000"),)
    (row,) = suggestions(session, task_id)
    assert (row.how_known, session.get(PersonRow, row.person_id).email) == ("I go there.", "me@example.org")
    assert (change.submitted_by, [task.id for task in tasks(session, TaskKind.REVIEW_CHANGE)]) == (
        row.person_id,
        [task_id],
    )
    assert session.scalars(select(OrganisationRow)).all() == []


def test_one_name_suggested_by_several_is_one_change_with_the_words_of_all(session):
    first = named(session, "The Harbour Trust")
    assert named(session, "HARBOUR") == first != named(session, "Anchor")
    assert len(session.scalars(select(ChangeRow)).all()) == 2
    assert [row.name for row in suggestions(session, first)].count("HARBOUR") == 1


def test_of_one_name_so_many_are_kept(session):
    ids = {named(session, "Harbour", "me@example.org") for _ in range(MOST_REPORTS_KEPT + 2)}
    kept = suggestions(session, ids.pop())
    assert (len(ids), len(kept), len(session.scalars(select(PersonRow)).all())) == (
        0,
        MOST_REPORTS_KEPT,
        MOST_REPORTS_KEPT,
    )


def test_when_too_many_wait_no_new_name_is_taken_until_some_are_decided(session):
    for number in range(MOST_SUGGESTIONS_OPEN):
        named(session, f"Harbour {number}")
    with pytest.raises(TooManyWaiting):
        named(session, "Anchor")
    named(session, "Harbour 7")
    change = session.scalars(select(ChangeRow).limit(1)).one()
    decline(session, change.id, reason="Not in the borough.", by="officer:1", now=NOW)
    named(session, "Anchor")
