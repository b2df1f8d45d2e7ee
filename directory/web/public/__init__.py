"""The public face: pages that anyone may read, without a cookie, in every published language."""

from directory.web.public import (
    home,
    information,
    kept_current,
    organisation,
    problem,
    report,
    search,
    short_list,
    suggest,
    update_link,
    what_counts,
)
from directory.web.public.blueprint import public
from directory.web.public.crawlers import crawler_files

__all__ = [
    "crawler_files",
    "home",
    "information",
    "kept_current",
    "organisation",
    "problem",
    "public",
    "report",
    "search",
    "short_list",
    "suggest",
    "update_link",
    "what_counts",
]
