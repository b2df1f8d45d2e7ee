"""The search as the web uses it: one engine an application."""

import logging
from collections.abc import Callable
from typing import TypeVar, cast

from flask import Flask, current_app

from directory.config import ROOT, Settings
from directory.search.engine import SearchEngine
from directory.search.index import NoIndex
from directory.web.extensions import db

T = TypeVar("T")

logger = logging.getLogger(__name__)


def init_search(app: Flask, settings: Settings) -> None:
    """Give the application its search."""
    app.extensions["search"] = SearchEngine(settings.search_index, ROOT / "seed")


def search_engine() -> SearchEngine:
    """The search of the application that is answering."""
    return cast(SearchEngine, current_app.extensions["search"])


def asked_of_the_search(ask: Callable[[SearchEngine], T]) -> T:
    """What the search answers; an index that cannot be read is made anew first. Raises IndexBusy."""
    search = search_engine()
    try:
        return ask(search)
    except NoIndex:
        search.repair(db.session())
        return ask(search)


def tell_the_search() -> None:
    """Bring the search up to what was kept; where that cannot be done now, the next tick does it.

    Whatever goes wrong here, it is kept, and nobody may be told anything else.
    """
    try:
        search_engine().catch_up(db.session())
    except Exception:
        logger.exception("the search could not be told of what was kept; the next tick does it")
