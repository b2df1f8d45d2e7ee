"""Letting the search follow when a term and the entries that have it have changed."""

from directory.web.searching import tell_the_search

AT_ONCE = 500
"""Entries that a page can wait for until the search has read them again; more are left to the next tick."""


def follow(entries: int) -> None:
    """Tell the search, unless so many entries have changed that nobody should wait for it."""
    if entries <= AT_ONCE:
        tell_the_search()
