"""The pages that the head of the desk leads to: one line for each, shown to those whose role is enough."""

from dataclasses import dataclass

from flask import g, request, url_for

from directory.accounts.queries import Officer
from directory.web.admin.access import LEAST_ROLE
from directory.web.admin.blueprint import admin


@dataclass(frozen=True, slots=True)
class Item:
    """A link of the navigation, as it is shown."""

    words: str
    url: str
    current: bool


PAGES = (
    ("Home", "admin.home"),
    ("Changes", "admin.changes"),
    ("Tasks", "admin.tasks"),
)
"""Words and endpoint, in the order in which they are shown."""


@admin.context_processor
def _navigation() -> dict[str, object]:
    officer: Officer | None = g.get("officer")
    pages = [] if officer is None else [page for page in PAGES if officer.role.may(LEAST_ROLE[page[1]])]
    return {"navigation": [Item(words, url_for(endpoint), request.endpoint == endpoint) for words, endpoint in pages]}
