"""Directories to measure on: a database with its index and the peer's, in a folder of their own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy.orm import Session

from bench.fts5 import Fts5
from bench.made_up import SEED, Entry, made_up, store_at_once
from directory.database import make_engine
from directory.exchange.seed_files import read_lexicon, read_terms
from directory.exchange.seed_load import load_seed
from directory.lexicon.loading import put_lexicon
from directory.organisations.queries import public_organisations
from directory.schema import upgrade_schema
from directory.search.documents import documents
from directory.search.engine import SearchEngine
from directory.search.index import State
from directory.search.places import Places
from directory.taxonomy.loading import put_terms
from directory.taxonomy.queries import load_taxonomy

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
"""A Wednesday morning."""


@dataclass(frozen=True)
class Directory:
    """A folder with the database, the index and the peer's database of one directory."""

    folder: Path

    @property
    def url(self) -> str:
        """The address of the database."""
        return f"sqlite:///{self.folder}/directory.sqlite"

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.folder / "index"

    def peer(self, state: State) -> Fts5:
        """The peer, which knows the same terms and places."""
        places = Places.load(SEED / "places", state.vocabulary.areas)
        return Fts5(self.folder / "peer.sqlite", state.vocabulary, places)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session of the database, whose connections are closed with it."""
        engine = make_engine(self.url)
        with Session(engine) as session:
            yield session
        engine.dispose()


def real(folder: Path) -> Directory:
    """The directory of the seed."""
    directory = _empty(folder)
    with directory.session() as session:
        load_seed(session, SEED, NOW)
        session.commit()
    return directory


def imagined(folder: Path, services: int) -> Directory:
    """A made-up directory of this many services."""
    return stored(folder, made_up(services))


def stored(folder: Path, entries: Iterable[Entry]) -> Directory:
    """A directory of these entries."""
    directory = _empty(folder)
    with directory.session() as session:
        put_terms(session, read_terms(SEED))
        put_lexicon(session, read_lexicon(SEED))
        store_at_once(session, entries, NOW)
        session.commit()
    return directory


def rebuild(directory: Directory, session: Session) -> tuple[float, float]:
    """Build the index and the peer's tables from the database; the seconds that each took."""
    start = perf_counter()
    state = SearchEngine(directory.index, SEED).index.rebuild(session)
    built = perf_counter()
    session.expunge_all()
    again = perf_counter()
    taxonomy = load_taxonomy(session)
    peer = directory.peer(state)
    peer.build(document for entry in public_organisations(session) for document in documents(entry, taxonomy))
    peer.close()
    session.expunge_all()
    return built - start, perf_counter() - again


def _empty(folder: Path) -> Directory:
    folder.mkdir(parents=True)
    directory = Directory(folder)
    engine = make_engine(directory.url)
    upgrade_schema(engine)
    engine.dispose()
    return directory
