"""The public face: pages that anyone may read, without a cookie, in every published language."""

from directory.web.public import (
    home,
    information,
    kept_current,
    organisation,
    report,
    search,
    short_list,
    what_counts,
)
from directory.web.public.blueprint import public

__all__ = [
    "home",
    "information",
    "kept_current",
    "organisation",
    "public",
    "report",
    "search",
    "short_list",
    "what_counts",
]
