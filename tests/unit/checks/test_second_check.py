"""When an entry is checked again: after the first check sooner than its period, once, so that no wave comes back."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from directory.checks.answers import record_answer
from directory.checks.keeping import confirm, set_period
from directory.checks.models import KeepingRow
from directory.checks.rules import AnswerKind
from directory.organisations.rules import ConfirmedBy
from tests.unit.checks.made import OFFICER, TODAY, contacts, day, entry, links, rounds, sooner


@pytest.fixture
def asked(session: Session) -> UUID:
    identity = entry(session, "info@harbour.example")
    rounds(session, 0, 0)
    return identity


def keeping(session: Session, identity: UUID) -> KeepingRow:
    return session.get_one(KeepingRow, identity)


def answer(session: Session, kind: AnswerKind, number: int) -> None:
    record_answer(session, links(session)[-1].id, kind=kind, name="Ayşe", role="Manager", now=day(number))


def test_the_second_check_comes_sooner_and_the_third_a_period_later(session: Session, asked: UUID) -> None:
    answer(session, AnswerKind.ALL_CORRECT, 2)
    assert keeping(session, asked).due_on == TODAY + timedelta(days=2 + sooner(asked))
    confirm(session, asked, at=day(100), by=ConfirmedBy.OFFICER_BY_PHONE, now=day(100))
    assert keeping(session, asked).due_on == TODAY + timedelta(days=100 + 180)


def test_a_change_that_is_approved_later_counts_as_the_first_check_once(session: Session, asked: UUID) -> None:
    answer(session, AnswerKind.CHANGED, 2)
    due = keeping(session, asked).due_on
    confirm(session, asked, at=day(2), by=ConfirmedBy.ORGANISATION, now=day(9))
    assert keeping(session, asked).due_on == due == TODAY + timedelta(days=2 + sooner(asked))


def test_who_never_answered_is_asked_again_by_the_same_rule(session: Session, asked: UUID) -> None:
    decided = max(rounds(session, 1, 95))
    assert keeping(session, asked).due_on == TODAY + timedelta(days=decided + sooner(asked))
    assert keeping(session, asked).first_period_days is None
    assert contacts(session, asked)


def test_a_period_that_an_officer_sets_holds_from_the_first_check_on(session: Session, asked: UUID) -> None:
    set_period(session, asked, 365, by=OFFICER, now=day(1))
    answer(session, AnswerKind.ALL_CORRECT, 2)
    assert keeping(session, asked).due_on == TODAY + timedelta(days=2 + 365)
