"""The taxonomy on the desk: terms seen, named, put in order, added, merged and retired."""

from directory.web.admin.taxonomy import merging, new_term, retiring, term, term_words, terms

__all__ = ["merging", "new_term", "retiring", "term", "term_words", "terms"]
