"""Imports on the desk: a file is taken in, its columns are named, its rows are checked, and somebody decides."""

from directory.web.admin.imports import columns, decision, entries, page, upload

__all__ = ["columns", "decision", "entries", "page", "upload"]
