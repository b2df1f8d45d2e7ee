"""Entries on the desk: found in a list, seen whole, edited, kept, hidden, joined, brought back to what they were."""

from directory.web.admin.entries import (
    add,
    call,
    chosen,
    contacts,
    edit,
    entry,
    entry_list,
    hide,
    history,
    inclusion,
    keeping,
    preview,
    publish,
    restore,
    slug,
)

__all__ = [
    "add",
    "call",
    "chosen",
    "contacts",
    "edit",
    "entry",
    "entry_list",
    "hide",
    "history",
    "inclusion",
    "keeping",
    "preview",
    "publish",
    "restore",
    "slug",
]
