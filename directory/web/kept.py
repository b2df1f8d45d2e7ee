"""What each process keeps of the directory until the public side of it changes: read once, not for every page."""

from collections.abc import Callable
from typing import TypeVar, cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

from directory.directory_revision import directory_revision
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import Taxonomy
from directory.web.extensions import db

T = TypeVar("T")

_STORE = "kept_by_revision"


def init_kept(app: Flask) -> None:
    """Give the application an empty store."""
    app.extensions[_STORE] = {}


def kept(load: Callable[[Session], T], revision: int | None = None) -> T:
    """What `load` (a function of a module) reads; read again only when the directory's revision has changed.

    Whoever knows the revision that the page reflects (the search does) gives it, and the database is not asked.
    """
    session: Session = db.session()
    store: dict[Callable[[Session], object], tuple[int, object]] = current_app.extensions[_STORE]
    revision = directory_revision(session) if revision is None else revision
    held = store.get(load)
    if held is None or held[0] != revision:
        held = store[load] = (revision, load(session))
    return cast(T, held[1])


def current_taxonomy(revision: int | None = None) -> Taxonomy:
    """All terms with their names."""
    return kept(load_taxonomy, revision)
