"""The search as the web uses it: one engine an application."""

from typing import cast

from flask import Flask, current_app

from directory.config import ROOT, Settings
from directory.search.engine import SearchEngine


def init_search(app: Flask, settings: Settings) -> None:
    """Give the application its search."""
    app.extensions["search"] = SearchEngine(settings.search_index, ROOT / "seed")


def search_engine() -> SearchEngine:
    """The search of the application that is answering."""
    return cast(SearchEngine, current_app.extensions["search"])
