"""Several officers, and several answers, at the same moment: real sessions in real threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.changes.models import ChangeRow
from directory.changes.operations import approve, decline, propose
from directory.changes.queries import load_change, load_entry
from directory.changes.rules import ChangeDecided, ChangeState, EntryMovedOn, HowChecked, Origin
from directory.database import begin_writing
from directory.organisations.details import Phone
from tests.factories import NOW, details, published, put_taxonomy, service, with_service

BASE = details(service(id=UUID(int=1)), website="https://harbour.example.org/")
NEW = replace(with_service(BASE, phones=(Phone(number="+442084892000"),)), description="Stands by you.")
OFFICERS = 6
Work = Callable[[Session, int], object]


@pytest.fixture
def entry(own_engine: Engine) -> UUID:
    with Session(own_engine) as session:
        begin_writing(session)
        put_taxonomy(session)
        organisation_id = published(session, BASE)
        session.commit()
    return organisation_id


@pytest.fixture
def change(own_engine: Engine, entry: UUID) -> UUID:
    with Session(own_engine) as session:
        begin_writing(session)
        change_id = told(session, entry)
        session.commit()
    return change_id


def told(session: Session, entry: UUID) -> UUID:
    return propose(session, entry, base_revision=1, proposed=NEW, origin=Origin.LINK, by="link:one", now=NOW).id


def all_at_once(engine: Engine, work: Work) -> list[object]:
    """What came of doing the work in several transactions that begin together: its result, or its error's kind."""
    start = Barrier(OFFICERS)

    def one(number: int) -> object:
        with Session(engine) as session:
            start.wait(timeout=30)
            begin_writing(session)
            try:
                done = work(session, number)
                session.commit()
            except (ChangeDecided, EntryMovedOn) as error:
                return type(error)
            return done

    with ThreadPoolExecutor(OFFICERS) as threads:
        return list(threads.map(one, range(OFFICERS)))


def test_of_officers_who_decide_at_once_one_wins_and_the_others_are_told(
    own_engine: Engine, entry: UUID, change: UUID
) -> None:
    def decide(session: Session, number: int) -> str:
        if number % 2:
            decline(session, change, reason="No.", by=f"officer:{number}", now=NOW)
            return "declined"
        how = HowChecked.WEBSITE
        approve(session, change, revision=1, how_checked=how, by=f"officer:{number}", now=NOW)
        return "approved"

    done = all_at_once(own_engine, decide)
    (won,) = [result for result in done if isinstance(result, str)]
    assert done.count(ChangeDecided) == OFFICERS - 1
    with Session(own_engine) as session:
        assert load_change(session, change).state is ChangeState(won)
        held = load_entry(session, entry)
        assert (held.revision, held.details) == ((2, NEW) if won == "approved" else (1, BASE))


def test_officers_who_approve_different_units_at_once_do_not_undo_each_other(
    own_engine: Engine, entry: UUID, change: UUID
) -> None:
    with Session(own_engine) as session:
        paths = [unit.key for unit in load_change(session, change).units]

    def approve_one(session: Session, number: int) -> str:
        how = HowChecked.WEBSITE
        path = paths[number % len(paths)]
        approve(session, change, revision=1, units={path}, how_checked=how, by=f"officer:{number}", now=NOW)
        return "approved"

    done = all_at_once(own_engine, approve_one)
    assert done.count("approved") == 1
    assert set(done) <= {"approved", ChangeDecided, EntryMovedOn}
    with Session(own_engine) as session:
        assert load_entry(session, entry).revision == 2
        states = [unit.state for unit in load_change(session, change).units]
        assert states.count(ChangeState.APPROVED) == 1


def test_of_answers_at_once_the_last_one_alone_waits(own_engine: Engine, entry: UUID) -> None:
    all_at_once(own_engine, lambda session, _: told(session, entry))
    with Session(own_engine) as session:
        states = session.scalars(select(ChangeRow.state).order_by(ChangeRow.id)).all()
    assert sorted(states) == [*[ChangeState.REPLACED] * (OFFICERS - 1), ChangeState.WAITING]
