"""The search of one process: keeps the newest state of the index open and answers questions with it."""

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from directory.directory_revision import directory_revision
from directory.lexicon.lexicon import Lexicon
from directory.lexicon.queries import phrases_of
from directory.lexicon.rules import WordGroup
from directory.search import snapshot
from directory.search.criteria import SearchCriteria, SearchResults
from directory.search.index import IndexBusy, NoIndex, SearchIndex, State
from directory.search.places import Places
from directory.search.reading import Reading
from directory.search.vocabulary import Vocabulary


def rest() -> None:
    """Take all that the process now holds out of the garbage collector's sight, but for what came and went just now.

    The collector would walk over the whole index again and again in the middle of answers: a quarter of a second at
    5,000 services. A state of the index that nobody needs any more has no cycles: it is freed all the same.
    """
    gc.collect(1)
    gc.freeze()


class SearchEngine:
    """Searches the index in a folder; one engine a process, safe beside others that read or write the index."""

    def __init__(self, path: Path, seed: Path, after_opening: Callable[[], None] = lambda: None) -> None:
        """`path` is the folder of the index, `seed` holds the places. Whoever serves for long may then `rest`."""
        self.index = SearchIndex(path)
        self._seed = seed
        self.after_opening = after_opening
        self._open: tuple[State, Reading] | None = None

    def search(self, criteria: SearchCriteria, now: datetime) -> SearchResults:
        """Answer one question. Raises NoIndex if there is no readable index yet."""
        return self._reading().search(criteria, now)

    def try_out(
        self,
        criteria: SearchCriteria,
        now: datetime,
        *,
        without: WordGroup | None = None,
        added: WordGroup | None = None,
    ) -> tuple[SearchResults, SearchResults]:
        """Answer one question as now, and as if the lexicon had other words; nothing is kept. Raises NoIndex."""
        reading = self._reading()
        lexicon = reading.lexicon.changed(phrases_of(without) if without else (), phrases_of(added) if added else ())
        return reading.search(criteria, now), replace(reading, lexicon=lexicon).search(criteria, now)

    @property
    def directory_revision(self) -> int:
        """The directory's revision that the last answer reflects; 0 before the first."""
        return self._open[0].directory_revision if self._open else 0

    def repair(self, session: Session) -> None:
        """Make the index readable again, rebuilding it if needs be. Raises IndexBusy if another process is writing."""
        state = self.index.catch_up(session)
        try:
            self.index.lexicon(state)
        except NoIndex:
            self.index.rebuild(session)

    def catch_up(self, session: Session) -> None:
        """Bring the index up to the database if it is behind; where another process is at it, leave it to that one."""
        try:
            behind = self.index.state().directory_revision != directory_revision(session)
        except NoIndex:
            behind = True
        if behind:
            try:
                self.index.catch_up(session)
            except IndexBusy:
                return

    def _reading(self) -> Reading:
        """The newest state of the index, opened again only when it has moved on."""
        state = self.index.state()
        if self._open is None or state is not self._open[0]:
            live = snapshot.read(self.index.open(state), state.directory_revision)
            lexicon, places = self._lexicon(state), self._places(state.vocabulary)
            self._open = state, Reading(live, state.vocabulary, lexicon, places)
            self.after_opening()
        return self._open[1]

    def _lexicon(self, state: State) -> Lexicon:
        """The lexicon of a state, the one in use where it is the same."""
        if self._open and (self._open[0].folder, self._open[0].lexicon) == (state.folder, state.lexicon):
            return self._open[1].lexicon
        return self.index.lexicon(state)

    def _places(self, vocabulary: Vocabulary) -> Places:
        """The places with the areas of a vocabulary, those in use where they are the same."""
        if self._open and self._open[0].vocabulary.areas == vocabulary.areas:
            return self._open[1].places
        return Places.load(self._seed / "places", vocabulary.areas)
