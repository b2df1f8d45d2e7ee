"""Counting what the search is asked for: into memory with each search, into the database once a minute at most."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Timer
from typing import cast

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from directory.clock import LONDON
from directory.figures.asked import By, Tally, Wish
from directory.figures.operations import keep_counts
from directory.search.criteria import Facet, SearchCriteria, SearchResults
from directory.web.transaction import transaction

log = logging.getLogger(__name__)

A_MINUTE = timedelta(minutes=1)
_STORE = "counting"


class Counting:
    """The tally of one process and the thread that keeps it, which is there only while there is something to keep."""

    def __init__(self, app: Flask) -> None:
        self.tally = Tally()
        self._app = app
        self._every: timedelta | None = None
        self._timer: Timer | None = None

    def begin_keeping(self, every: timedelta) -> None:
        """From now on the counts go into the database, at most so often."""
        self._every = every

    def add(self, criteria: SearchCriteria, results: SearchResults, now: datetime) -> None:
        """Count one search; looking at a further page of its results is not another one."""
        if criteria.page == 1 and (criteria.words or criteria.near or criteria.chosen):
            day = now.astimezone(LONDON).date()
            self.tally.add(day, wishes(criteria, results), nothing=bool(results.loosened) or not results.total)
            self._see_to_it()

    def keep(self) -> None:
        """Put what was counted into the database; what cannot be put there now waits for the next time."""
        self._timer = None
        counts = self.tally.take()
        try:
            with self._app.app_context(), transaction() as session:
                keep_counts(session, counts)
        except SQLAlchemyError as error:
            self.tally.put_back(counts)
            log.warning("counts of searches wait: %s", type(error).__name__)

    def _see_to_it(self) -> None:
        if self._every is not None and self._timer is None:
            self._timer = Timer(self._every.total_seconds(), self.keep)
            self._timer.name, self._timer.daemon = "counts", True
            self._timer.start()


def wishes(criteria: SearchCriteria, results: SearchResults) -> Iterator[Wish]:
    """What a search asked for, in codes of ours alone: whatever else stands in an address is not counted."""
    for facet in Facet:
        chosen = criteria.values(facet)
        if chosen:
            known = {value.value for value in results.facets[facet]}
            yield from (Wish(By.CHOSEN, facet.value, code) for code in chosen if code in known)
    yield from (Wish(By.UNDERSTOOD, meaning.kind, meaning.code) for meaning in results.understood if meaning.kind)


def init_counting(app: Flask) -> None:
    """Give the application a tally, which stays in memory until `begin_keeping`."""
    app.extensions[_STORE] = Counting(app)


def counting(app: Flask | None = None) -> Counting:
    """The counting of an application, by default the one that is answering."""
    return cast(Counting, (app or current_app).extensions[_STORE])
