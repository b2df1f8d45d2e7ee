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
    current: str
    """Whether its page is the one that is read ("page"), or one above it ("true"); else empty."""


PAGES = (
    ("Home", "admin.home"),
    ("Changes", "admin.changes"),
    ("Tasks", "admin.tasks"),
    ("Entries", "admin.entries"),
    ("Terms", "admin.taxonomy"),
    ("Search words", "admin.lexicon"),
    ("People", "admin.people"),
    ("Reports", "admin.reports"),
    ("Spreadsheets", "admin.export"),
    ("Policy", "admin.policy"),
    ("Privacy", "admin.privacy"),
    ("Audit trail", "admin.audit"),
)
"""Words and endpoint, in the order in which they are shown."""
HOME = "admin.home"


@admin.context_processor
def _navigation() -> dict[str, object]:
    officer: Officer | None = g.get("officer")
    pages = [] if officer is None else [page for page in PAGES if officer.role.may(LEAST_ROLE[page[1]])]
    return {"navigation": [_item(words, endpoint) for words, endpoint in pages]}


def _item(words: str, endpoint: str) -> Item:
    url = url_for(endpoint)
    is_above = endpoint != HOME and request.path.startswith(f"{url}/")
    return Item(words, url, "page" if request.endpoint == endpoint else "true" if is_above else "")
