"""The audit trail: found by who, what, which entry and when; never changed, and never read twice."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow, AuditFilter, events, every_event, record
from directory.database import begin_writing
from tests.factories import NOW, published, put_taxonomy

ONE, OTHER = "officer:1", "officer:11"
HOUR = timedelta(hours=1)


@pytest.fixture
def harbour(session: Session) -> UUID:
    put_taxonomy(session)
    return published(session)


@pytest.fixture
def trail(session: Session, harbour: UUID) -> None:
    kept = (
        (ONE, "note_added", harbour),
        (OTHER, "note_added", None),
        ("link:abc", "answered", harbour),
        ("link", "odd", None),
        ("system", "paused", harbour),
        (ONE, "signed_in", None),
    )
    for number, (actor, action, organisation_id) in enumerate(kept):
        record(session, actor=actor, action=action, now=NOW + number * HOUR, organisation_id=organisation_id)
    session.flush()


def found(session: Session, **wanted: object) -> list[int]:
    """The places in the trail of what is found."""
    rows = events(session, AuditFilter(**wanted), limit=10)
    return [int((row.at - NOW) / HOUR) for row in rows]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ({}, [5, 4, 3, 2, 1, 0]),
        ({"actor": ONE}, [5, 0]),
        ({"actor": "link:"}, [2]),
        ({"actor": "officer:"}, [5, 1, 0]),
        ({"actor": "nobody"}, []),
        ({"actions": frozenset({"note_added", "answered"})}, [2, 1, 0]),
        ({"since": NOW + HOUR, "until": NOW + 3 * HOUR}, [2, 1]),
        ({"actor": ONE, "actions": frozenset({"signed_in"}), "since": NOW}, [5]),
    ],
)
def test_events_are_found_the_newest_first(
    session: Session, trail: None, wanted: dict[str, object], places: list[int]
) -> None:
    assert found(session, **wanted) == places


def test_those_of_one_entry_are_found(session: Session, harbour: UUID, trail: None) -> None:
    assert found(session, organisation_id=harbour) == [4, 2, 0]


def test_pages_and_parts_leave_nothing_out_and_repeat_nothing(session: Session, trail: None) -> None:
    first = events(session, AuditFilter(), limit=4)
    rest = events(session, AuditFilter(), limit=4, before=first[-1].id)
    ids = [row.id for row in (*first, *rest)]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 6
    assert [row.id for row in every_event(session, AuditFilter(), part=4)] == ids
    assert list(every_event(session, AuditFilter(actor="nobody"))) == []


CHANGES: dict[str, Callable[[str], str]] = {
    "changed": lambda _: "UPDATE audit_event SET actor = 'x'",
    "deleted": lambda _: "DELETE FROM audit_event",
    "replaced": lambda kind: (
        "INSERT OR REPLACE INTO audit_event (id, at, actor, action, subject, facts)"
        " VALUES (1, '2026-01-01', 'x', 'y', '', '{}')"
        if kind == "sqlite"
        else "INSERT INTO audit_event (id, at, actor, action, subject, facts)"
        " VALUES (1, '2026-01-01', 'x', 'y', '', '{}') ON CONFLICT (id) DO UPDATE SET actor = 'x'"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_lets_nobody_change_what_was_kept(own_engine: Engine, change: str) -> None:
    with Session(own_engine) as session:
        begin_writing(session)
        record(session, actor=ONE, action="note_added", now=NOW)
        session.commit()
        statement = CHANGES[change](own_engine.dialect.name)
        with pytest.raises(DBAPIError, match="only added to"):
            session.execute(text(statement))
        session.rollback()
        row = session.get_one(AuditEventRow, 1)
        assert (row.actor, row.action) == (ONE, "note_added")
