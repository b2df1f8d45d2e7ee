"""Typing errors: a word that nobody knows is taken for the nearest word that the directory knows."""

from collections.abc import Iterable
from functools import cache

from spellchecker import SpellChecker
from whoosh.spelling import ListCorrector

from directory.search.folding import fold, is_han, tokens

_SHORTEST = 4
_LONG = 7


class Spelling:
    """Mends words against `known` ones: those of the entries, their names and the English lexicon."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(word for word in known if word.isalpha())
        self._corrector = ListCorrector(sorted(word for word in self._known if len(word) >= _SHORTEST))

    def mend(self, text: str, understood: frozenset[int]) -> str:
        """`text` with its misspelt words mended, or an empty text if none is.

        Words at the token positions `understood` are the lexicon's and stay. A text that is not mostly English is
        left alone: words of other languages are no errors.
        """
        found = list(tokens(text))
        strange = {n for n, (word, _, _) in enumerate(found) if n not in understood and self._is_strange(word)}
        if not strange or len(strange) * 2 > len(found) + 1:
            return ""
        mended = {n: better for n in strange if (better := self._nearest(found[n][0]))}
        if not mended:
            return ""
        folded, pieces, at = fold(text), [], 0
        for n, (_, start, end) in enumerate(found):
            if n in mended:
                pieces += [folded[at:start], mended[n]]
                at = end
        return "".join([*pieces, folded[at:]])

    def _is_strange(self, word: str) -> bool:
        if len(word) < _SHORTEST or not word.isalpha() or is_han(word) or word in self._known:
            return False
        return word not in _english()

    def _nearest(self, word: str) -> str:
        """The one nearest known word that begins alike; empty if there is none near enough."""
        reach = 2 if len(word) >= _LONG else 1
        suggestions: list[str] = self._corrector.suggest(word, limit=1, maxdist=reach, prefix=1)
        return suggestions[0] if suggestions else ""


@cache
def _english() -> frozenset[str]:
    """English words in use, from the frequency list of pyspellchecker."""
    frequency = SpellChecker(language="en").word_frequency
    return frozenset(word for word, count in frequency.dictionary.items() if count >= _IN_USE)


_IN_USE = 51
