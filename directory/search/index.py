"""The search index on disk: rebuilt beside the live one, caught up with the database, read by any number of processes.

It is a disposable copy. `current` names the live folder; `state.json` in that folder names the `directory_revision`
that it reflects, `lexicon.json` holds the words that people use. Only one process writes at a time: the others leave
it to that one.
"""

import fcntl
import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session
from whoosh import index as whoosh_index

from directory.directory_revision import revision_with_lexicon
from directory.errors import DomainError
from directory.lexicon.lexicon import Lexicon
from directory.lexicon.queries import load_lexicon
from directory.organisations.queries import public_organisations, public_versions
from directory.organisations.term_usage import entries_with
from directory.search.documents import FORMAT, documents, schema
from directory.search.vocabulary import Vocabulary, vocabulary
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import Taxonomy, TermKind

log = logging.getLogger(__name__)

_TRIES = 3
_FEW = 500
"""Of more entries than this all are read: the list of ids in the question would be too long."""


class NoIndex(DomainError):
    """There is no readable index of this version: it must be rebuilt."""


class IndexBusy(DomainError):
    """Another process is writing the index."""


@dataclass(frozen=True, slots=True)
class State:
    """Which index is live, and the `directory_revision` that it reflects."""

    folder: str
    directory_revision: int
    lexicon: int
    """The `directory_revision` at which the lexicon changed last."""
    vocabulary: Vocabulary


class SearchIndex:
    """The index in the folder `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[str, int, int], State] | None = None

    def state(self) -> State:
        """What is live now, the same value until it changes. Raises NoIndex if there is none of this version."""
        try:
            folder = (self.path / "current").read_text(encoding="ascii")
            file = self.path / folder / "state.json"
            stamp = (folder, file.stat().st_ino, file.stat().st_mtime_ns)
            if self._read is None or self._read[0] != stamp:
                self._read = stamp, self._state(folder, file)
        except (OSError, ValueError) as error:
            raise NoIndex(str(error)) from error
        return self._read[1]

    def _state(self, folder: str, file: Path) -> State:
        stored = json.loads(file.read_text(encoding="ascii"))
        if stored.get("format") != FORMAT:
            raise NoIndex(f"format {stored.get('format')}")
        words = Vocabulary.from_json(stored["vocabulary"])
        return State(folder, stored["directory_revision"], stored["lexicon"], words)

    def lexicon(self, state: State) -> Lexicon:
        """The lexicon of `state`, or a newer one. Raises NoIndex if it is not readable."""
        try:
            return Lexicon.read(json.loads((self.path / state.folder / "lexicon.json").read_text(encoding="ascii")))
        except (OSError, ValueError, KeyError) as error:
            raise NoIndex(repr(error)) from error

    def open(self, state: State) -> Any:
        """The Whoosh index of `state`. Raises NoIndex if it is not readable.

        Opening while another process commits can fail now and then: it is tried again.
        """
        for _ in range(_TRIES):
            try:
                return _open(self.path / state.folder, readonly=True)
            except Exception as error:  # noqa: BLE001 - the files are a copy: whatever is wrong with them, they are made anew
                problem = repr(error)
        raise NoIndex(problem)

    def rebuild(self, session: Session) -> State:
        """Build a whole new index beside the live one, then make it the live one.

        Raises IndexBusy if another process is writing.
        """
        with self._writing():
            return self._rebuild(session)

    def catch_up(self, session: Session) -> State:
        """Bring the index up to the database: what changed only, or all of it where there is no readable index.

        Raises IndexBusy if another process is writing.
        """
        with self._writing():
            try:
                state = self.state()
                live = _open(self.path / state.folder)
            except Exception:  # noqa: BLE001 - see `open`
                return self._rebuild(session)
            wanted = revision_with_lexicon(session)
            if state.directory_revision == wanted.number:
                return state
            if state.lexicon != wanted.lexicon:
                self._keep_lexicon(session, state.folder)
            taxonomy = load_taxonomy(session)
            said = vocabulary(taxonomy)
            self._sync(session, live, taxonomy, _reworded(session, taxonomy, state.vocabulary, said))
            return self._say(State(state.folder, wanted.number, wanted.lexicon, said))

    def _rebuild(self, session: Session) -> State:
        taxonomy, revision = load_taxonomy(session), revision_with_lexicon(session)
        state = State(f"index-{uuid4().hex}", revision.number, revision.lexicon, vocabulary(taxonomy))
        folder = self.path / state.folder
        folder.mkdir(parents=True)
        writer = whoosh_index.create_in(str(folder), schema()).writer(limitmb=128)
        for organisation in public_organisations(session):
            for document in documents(organisation, taxonomy):
                writer.add_document(**document)
        writer.commit()
        self._keep_lexicon(session, state.folder)
        self._say(state)
        _replace(self.path / "current", state.folder)
        self._sweep(state.folder)
        return state

    def _sync(self, session: Session, live: Any, taxonomy: Taxonomy, reworded: set[UUID]) -> None:
        """Replace the documents of every organisation whose version differs or that is reworded.

        Those that are no longer public are dropped.
        """
        held = _held_versions(live)
        public = public_versions(session)
        stale = {organisation for organisation in held if held[organisation] != public.get(organisation)}
        fresh = {organisation for organisation in public if held.get(organisation) != public[organisation]}
        stale |= reworded & held.keys()
        fresh |= reworded & public.keys()
        if not stale | fresh:
            return
        writer = live.writer()
        for organisation in stale:
            writer.delete_by_term("organisation", str(organisation))
        for entry in public_organisations(session, fresh if len(fresh) <= _FEW else None):
            if entry.id in fresh:
                for document in documents(entry, taxonomy):
                    writer.add_document(**document)
        writer.commit()

    def _keep_lexicon(self, session: Session, folder: str) -> None:
        kept = load_lexicon(session).kept()
        if not kept["meanings"]:
            log.warning("the search understands no words: `flask seed` brings them in")
        _replace(self.path / folder / "lexicon.json", json.dumps(kept))

    def _say(self, state: State) -> State:
        stored = {
            "format": FORMAT,
            "directory_revision": state.directory_revision,
            "lexicon": state.lexicon,
            "vocabulary": state.vocabulary.to_json(),
        }
        _replace(self.path / state.folder / "state.json", json.dumps(stored))
        return state

    def _sweep(self, live: str) -> None:
        """Remove all but the live index and the one before it, which readers may still have open."""
        folders = sorted(self.path.glob("index-*"), key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in [folder for folder in folders if folder.name != live][1:]:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise IndexBusy from error
            yield


def _open(folder: Path, *, readonly: bool = False) -> Any:
    """Open an index and read from it once, so that a broken file is found here."""
    index = whoosh_index.open_dir(str(folder), readonly=readonly)
    index.searcher().close()
    return index


def _reworded(session: Session, taxonomy: Taxonomy, before: Vocabulary, now: Vocabulary) -> set[UUID]:
    """The entries that have a term of which documents say something else now."""
    found: set[UUID] = set()
    for kind in TermKind:
        codes = {
            below
            for term in taxonomy.of(kind)
            if before.written.get(f"{kind}:{term.code}", "") != now.written[f"{kind}:{term.code}"]
            for below in taxonomy.under(kind, term.code)
        }
        if codes:
            found |= {entry.id for entry in entries_with(session, kind, codes)}
    return found


def _held_versions(live: Any) -> dict[UUID, str]:
    with live.searcher() as searcher:
        return {UUID(held["organisation"]): held["version"] for held in searcher.reader().all_stored_fields()}


def _replace(path: Path, text: str) -> None:
    """Write a small file so that readers see the old or the new one, never a part."""
    beside = path.with_name(f"{path.name}.{uuid4().hex}")
    beside.write_text(text, encoding="ascii")
    beside.replace(path)
