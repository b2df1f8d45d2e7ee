"""The names of the taxonomy's terms in the reader's language."""

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.kept import current_taxonomy
from directory.web.locale import current_language


@dataclass(frozen=True, slots=True)
class Names:
    """The names of terms in one language. A code that the taxonomy does not have is shown as it is."""

    taxonomy: Taxonomy
    language: str
    revision: int = 0
    """The directory's revision, where it is known: under it pieces with these names may be kept."""

    def ground(self, code: str) -> str:
        """Name of a ground or narrower term."""
        return self._name(TermKind.GROUND, code)

    def kind(self, code: str) -> str:
        """Name of a kind of service."""
        return self._name(TermKind.KIND, code)

    def area(self, code: str) -> str:
        """Name of an area."""
        return self._name(TermKind.AREA, code)

    def access(self, code: str) -> str:
        """Name of an access feature."""
        return self._name(TermKind.ACCESS, code)

    def spoken(self, tag: str) -> str:
        """Name of a language, from the taxonomy or else from Unicode's names of languages."""
        tag = self.taxonomy.current(TermKind.LANGUAGE, tag)
        if self.taxonomy.has(TermKind.LANGUAGE, tag):
            return self.taxonomy.name(TermKind.LANGUAGE, tag, self.language)
        return _language_name(tag, self.language)

    def _name(self, kind: TermKind, code: str) -> str:
        code = self.taxonomy.current(kind, code)
        return self.taxonomy.name(kind, code, self.language) if self.taxonomy.has(kind, code) else code


def current_names(revision: int | None = None) -> Names:
    """The names in the language of the page that is being answered, of the directory's newest or a given revision."""
    return Names(current_taxonomy(revision), current_language().code, revision or 0)


@lru_cache(maxsize=2000)
def _language_name(tag: str, language: str) -> str:
    names = Locale.parse(language).languages
    return str(names.get(tag) or names.get(tag.partition("-")[0]) or tag)
