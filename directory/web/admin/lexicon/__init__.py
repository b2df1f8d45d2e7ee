"""The lexicon on the desk: the words that people use, found, tried, added, changed and removed."""

from directory.web.admin.lexicon import group, language, languages

__all__ = ["group", "language", "languages"]
