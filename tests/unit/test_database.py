"""Times, transactions and the settings of the engine."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from directory.database import begin_writing, has_safe_wal
from directory.directory_revision import DirectoryRevisionRow, directory_revision, raise_directory_revision
from directory.organisations.models import OrganisationRow
from tests.factories import NOW, details, saved


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_wal_is_used_only_where_it_loses_nothing(version: tuple[int, int, int], *, is_safe: bool) -> None:
    assert has_safe_wal(version) is is_safe


def test_a_moment_of_any_zone_comes_back_in_utc(session: Session) -> None:
    identity = saved(session, details(services=()))
    moment = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    session.get_one(OrganisationRow, identity).edited_at = moment
    session.flush()
    session.expire_all()
    held = session.get_one(OrganisationRow, identity).edited_at
    assert held == moment
    assert held.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="time zone"):
        session.execute(select(OrganisationRow).where(OrganisationRow.edited_at > NOW.replace(tzinfo=None)))


def test_sqlite_keeps_what_it_was_given(own_engine: Engine) -> None:
    if own_engine.dialect.name != "sqlite":
        pytest.skip("settings of SQLite")
    with own_engine.connect() as connection:
        held = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("foreign_keys", "synchronous")}
        journal = connection.execute(text("PRAGMA journal_mode")).scalar()
    assert held == {"foreign_keys": 1, "synchronous": 2}
    assert journal == ("wal" if has_safe_wal(sqlite3.sqlite_version_info) else "delete")


def test_what_is_rolled_back_leaves_nothing_behind(own_engine: Engine) -> None:
    with Session(own_engine) as session:
        raise_directory_revision(session)
        session.rollback()
        assert directory_revision(session) == 0


def test_one_writer_begins_at_once_and_the_next_one_waits(own_engine: Engine) -> None:
    def count_up(_: int) -> None:
        with Session(own_engine) as session:
            directory_revision(session)  # a view reads before it writes
            begin_writing(session)
            raise_directory_revision(session)
            session.commit()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count_up, range(40)))
    with Session(own_engine) as session:
        assert directory_revision(session) == 40


def test_a_transaction_that_may_write_sees_what_was_committed_meanwhile(own_engine: Engine) -> None:
    with Session(own_engine) as one, Session(own_engine) as other:
        held = one.get_one(DirectoryRevisionRow, 1)
        assert held.number == 0
        one.rollback()
        raise_directory_revision(other)
        other.commit()
        begin_writing(one)
        assert held.number == 1


def test_values_stay_out_of_errors(session: Session) -> None:
    with pytest.raises(Exception, match="parameters hidden") as raised:
        session.execute(insert(DirectoryRevisionRow).values(id=7, number=424242, lexicon=0))
    assert "424242" not in str(raised.value.args[0].splitlines()[0])
