"""Terms as a spreadsheet writes them: by name where a name says which, else by code."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from directory.taxonomy.terms import DEFAULT_LANGUAGE, Taxonomy, Term, TermKind

BETWEEN = "; "
MOST_OFFERS = 5
LEAST_ALIKE = 0.55
"""How much a name must be like an unknown word to be offered for it."""

_BETWEEN = re.compile(r"[;\n]")
_GAPS = re.compile(r"[\s_]+")

Replacements = Mapping[TermKind, Mapping[str, str]]
"""What an officer said unknown words mean: by kind and folded word the code, or nothing for a word to leave out."""


class TermsUnknown(ValueError):
    """Words that no term of the kind is called by."""

    def __init__(self, kind: TermKind, words: tuple[str, ...]) -> None:
        super().__init__(f"{kind}: {', '.join(words)}")
        self.kind = kind
        self.words = words


@dataclass(frozen=True)
class TermWords:
    """The words of a taxonomy, both ways. A term is read by its code or its name in any language."""

    taxonomy: Taxonomy
    replacements: Replacements = field(default_factory=dict)

    def write(self, kind: TermKind, codes: tuple[str, ...]) -> str:
        """These terms in one cell."""
        return BETWEEN.join(self._word(kind, code) for code in codes)

    def read(self, kind: TermKind, text: str) -> tuple[str, ...]:
        """The codes that a cell names, in order. Raises TermsUnknown with all words that mean nothing."""
        codes: set[str] = set()
        unknown = []
        for word in filter(None, map(str.strip, _BETWEEN.split(text))):
            found = self._codes(kind, word)
            if found is None:
                unknown.append(word)
            else:
                codes.update(filter(None, found))
        if unknown:
            raise TermsUnknown(kind, tuple(dict.fromkeys(unknown)))
        return tuple(sorted(codes))

    def offers(self, kind: TermKind, word: str) -> tuple[Term, ...]:
        """The terms that an unknown word is most like, the likest first."""
        names = {name: code for name, code in self._names[kind].items() if self.taxonomy.offers(kind, code)}
        alike = get_close_matches(folded(word), names, n=3 * MOST_OFFERS, cutoff=LEAST_ALIKE)
        within = [name for name in names if len(name) > len("abc") and name in folded(word)]
        codes = dict.fromkeys(names[name] for name in (*within, *alike))
        return tuple(self.taxonomy.term(kind, code) for code in list(codes)[:MOST_OFFERS])

    def _codes(self, kind: TermKind, word: str) -> tuple[str, ...] | None:
        """What one word means; if nothing as a whole, what the words between its commas mean, all of them."""
        parts = [folded(part) for part in word.split(",") if part.strip()]
        for tried in ([folded(word)], parts):
            found = [self._code(kind, part) for part in tried]
            known = tuple(code for code in found if code is not None)
            if found and len(known) == len(found):
                return known
        return None

    def _code(self, kind: TermKind, word: str) -> str | None:
        replaced = self.replacements.get(kind, {}).get(word)
        if replaced is not None:
            replaced = self.taxonomy.current(kind, replaced)
            return replaced if self.taxonomy.has(kind, replaced) else ""
        return self._names[kind].get(word)

    def _word(self, kind: TermKind, code: str) -> str:
        if not self.taxonomy.has(kind, code):
            return code
        name = self.taxonomy.name(kind, code)
        is_plain = not _BETWEEN.search(name) and name == name.strip()
        return name if is_plain and self._names[kind].get(folded(name)) == code else code

    @cached_property
    def _names(self) -> Mapping[TermKind, Mapping[str, str]]:
        """The code of each folded word. A code means itself, or its successor; a name the first term that has it."""
        found: dict[TermKind, dict[str, str]] = {kind: {} for kind in TermKind}
        for kind, word, code in self._words():
            found[kind].setdefault(folded(word), code)
        return found

    def _words(self) -> Iterator[tuple[TermKind, str, str]]:
        terms = self.taxonomy.terms
        yield from ((term.kind, term.code, term.code) for term in terms)
        yield from ((kind, code, successor) for (kind, code), successor in self.taxonomy.successors.items())
        yield from ((term.kind, term.names[DEFAULT_LANGUAGE], term.code) for term in terms)
        yield from ((term.kind, name, term.code) for term in terms for name in term.names.values())


def folded(word: str) -> str:
    """A word as it is compared: without case, with one space for each gap."""
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", word).casefold()).strip()
