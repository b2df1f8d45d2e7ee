"""The base of all tables, the type of all times, and an engine that keeps what it was given."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

logger = logging.getLogger(__name__)

IMMEDIATE: Mapping[str, bool] = {"immediate": True}
"""Execution options of a transaction that may write (`BEGIN IMMEDIATE` on SQLite)."""
Sessions = Callable[[], Session]
"""Gives a new session each time, for work that has transactions of its own."""
BUSY_TIMEOUT = 10_000
"""Milliseconds that SQLite waits for another writer."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, given back aware. A naive one is refused, since nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; without its zone where the database has no type for it (SQLite)."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value.isoformat()}")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment as an aware value in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables. Constraints have names by rule, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}


def enumeration(kind: type[StrEnum], name: str) -> Enum:
    """Column type of a `StrEnum`: its values as text, and a constraint `name` that refuses any other."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=30,
        values_callable=lambda members: [str(member) for member in members],
    )


def make_engine(url: str) -> Engine:
    """An engine with the settings of its database (see `configure_engine`), which keeps values out of its errors."""
    return configure_engine(create_engine(url, hide_parameters=True))


def configure_engine(engine: Engine) -> Engine:
    """Give an engine the settings of its database, for engines that an extension has made; returns it.

    SQLite: foreign keys on, `synchronous=FULL`, what is deleted overwritten, a write-ahead log only where the version
    has no known fault in it, patience with other writers, and transactions that begin when we say so.
    """
    if engine.dialect.name == "sqlite":
        if not has_safe_wal(sqlite3.sqlite_version_info):
            logger.warning("SQLite %s can lose writes in WAL mode: using the rollback journal", sqlite3.sqlite_version)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def has_safe_wal(version: tuple[int, ...]) -> bool:
    """Whether this version of SQLite is free of the race (3.7.0 to 3.51.2) that loses committed writes in WAL mode."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def begin_writing(session: Session) -> None:
    """End the session's read and begin a transaction that may write; whatever was loaded before is loaded again.

    SQLite at once refuses a transaction that has read and then wants to write while another one has written.
    """
    session.rollback()
    session.connection(execution_options=dict(IMMEDIATE))


@contextmanager
def writing(sessions: Sessions) -> Iterator[Session]:
    """A short transaction of its own that may write, committed at its end."""
    with sessions() as session, session.begin():
        session.connection(execution_options=dict(IMMEDIATE))
        yield session


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would begin by itself, late and never for DDL
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
    cursor.execute(f"PRAGMA journal_mode={'WAL' if has_safe_wal(sqlite3.sqlite_version_info) else 'DELETE'}")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten, and not only forgotten
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
