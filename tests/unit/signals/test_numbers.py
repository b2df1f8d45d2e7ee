"""Numbers that cannot be rung (any more)."""

from datetime import timedelta

import pytest

from directory.organisations.details import Phone
from directory.signals.numbers import check_numbers, fault_of
from directory.signals.rules import NUMBER_WORKS, NumberFault
from directory.tasks.operations import finish_task
from directory.tasks.rules import TaskKind
from tests.factories import NOW, details, published, put_taxonomy, saved, service
from tests.unit.signals.made import entries, tasks

NOT_GIVEN_OUT = "+449999999999"


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("+442084891000", None),
        ("+44800555111", None),
        ("999", None),
        ("116123", None),
        ("85258", None),
        ("18001101", None),
        (NOT_GIVEN_OUT, NumberFault.NOT_VALID),
        ("+4420848910", NumberFault.NOT_VALID),
        ("+44208489100011", NumberFault.NOT_POSSIBLE),
        ("+99999999999", NumberFault.NOT_POSSIBLE),
        ("12345", NumberFault.NOT_VALID),
    ],
)
def test_a_number_that_nobody_can_ring_has_a_fault(number, fault):
    assert fault_of(number) is fault


def with_numbers(*numbers):
    return details(service(phones=tuple(Phone(number=number) for number in numbers)))


def test_a_public_number_that_cannot_be_rung_is_one_task_and_the_entry_stays(session):
    put_taxonomy(session)
    identity = published(session, with_numbers("+442084891000", NOT_GIVEN_OUT))
    saved(session, with_numbers(NOT_GIVEN_OUT), slug="draft")
    before = entries(session)
    assert (check_numbers(session, NOW), check_numbers(session, NOW + timedelta(days=1))) == (1, 1)
    task = tasks(session, TaskKind.NUMBER_INVALID)[0]
    assert (len(tasks(session, TaskKind.NUMBER_INVALID)), task.organisation_id) == (1, identity)
    assert task.facts == {"number": NOT_GIVEN_OUT, "fault": "not_valid"}
    assert entries(session) == before


@pytest.mark.parametrize(("outcome", "times"), [(NUMBER_WORKS, 1), ("asked_them", 2)])
def test_that_a_number_works_is_remembered(session, outcome, times):
    put_taxonomy(session)
    published(session, with_numbers(NOT_GIVEN_OUT))
    check_numbers(session, NOW)
    finish_task(session, tasks(session, TaskKind.NUMBER_INVALID)[0].id, outcome=outcome, by="officer:1", now=NOW)
    check_numbers(session, NOW + timedelta(days=1))
    assert len(tasks(session, TaskKind.NUMBER_INVALID)) == times
