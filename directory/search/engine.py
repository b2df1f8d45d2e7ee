"""The search of one process: keeps the newest state of the index open and answers questions with it."""

from datetime import datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy.orm import Session

from directory.directory_revision import directory_revision
from directory.search import snapshot
from directory.search.criteria import SearchCriteria, SearchResults
from directory.search.index import IndexBusy, NoIndex, SearchIndex, State
from directory.search.lexicon import Lexicon
from directory.search.places import Places
from directory.search.reading import Reading
from directory.search.vocabulary import Vocabulary


class SearchEngine:
    """Searches the index in a folder; one engine a process, safe beside others that read or write the index."""

    def __init__(self, path: Path, seed: Path) -> None:
        """`path` is the folder of the index, `seed` holds the lexicon and the places."""
        self.index = SearchIndex(path)
        self._seed = seed
        self._open: tuple[State, Reading] | None = None

    def search(self, criteria: SearchCriteria, now: datetime) -> SearchResults:
        """Answer one question. Raises NoIndex if there is no readable index yet."""
        return self._reading().search(criteria, now)

    @property
    def directory_revision(self) -> int:
        """The directory's revision that the last answer reflects; 0 before the first."""
        return self._open[0].directory_revision if self._open else 0

    def repair(self, session: Session) -> None:
        """Make the index readable again, rebuilding it if needs be. Raises IndexBusy if another process is writing."""
        self.index.catch_up(session)

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

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon.load(self._seed / "lexicon")

    def _reading(self) -> Reading:
        """The newest state of the index, opened again only when it has moved on."""
        state = self.index.state()
        if self._open is None or state is not self._open[0]:
            live = snapshot.read(self.index.open(state), state.directory_revision)
            self._open = state, Reading(live, state.vocabulary, self._lexicon, self._places(state.vocabulary))
        return self._open[1]

    def _places(self, vocabulary: Vocabulary) -> Places:
        """The places with the areas of a vocabulary, those in use where they are the same."""
        if self._open and self._open[0].vocabulary.areas == vocabulary.areas:
            return self._open[1].places
        return Places.load(self._seed / "places", vocabulary.areas)
