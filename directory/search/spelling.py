"""Typing errors: a word that nobody knows is taken for the nearest word that the directory knows."""

from collections.abc import Iterable
from functools import cache

from spellchecker import SpellChecker
from whoosh.spelling import ListCorrector

from directory.lexicon.folding import fold, is_han, tokens
from directory.search.places import typing_errors

_SHORTEST = 4
_LONG = 7
_SHORT_TEXT = 3
_IN_USE = 51
"""How often a word stands in the frequency list at least, to be taken as one that people use."""


class Spelling:
    """Mends words against `known` ones: those of the entries, of places, and of the English lexicon.

    `names` are the words of organisations' names: an English word may be a misspelt name, and only that.
    """

    def __init__(self, known: Iterable[str], names: Iterable[str] = ()) -> None:
        self._known = frozenset(word for word in known if word.isalpha())
        self._names = sorted({word for word in names if len(word) >= _SHORTEST and word.isalpha()})
        _english()
        self._corrector = ListCorrector(sorted(word for word in self._known if len(word) >= _SHORTEST))

    def mend(self, text: str, explained: frozenset[int], *, also_english: bool = False) -> str:
        """`text` with its misspelt words mended, or an empty text if none is.

        Words at the token positions `explained` stay as they are, and so do words of English unless `also_english`. A
        longer text that is not mostly English is left alone: words of other languages are no errors.
        """
        found = list(tokens(text))
        strange = {
            n
            for n, (word, _, _) in enumerate(found)
            if n not in explained and self._is_unknown(word) and (also_english or word not in _english())
        }
        if not strange or (len(found) > _SHORT_TEXT and len(strange) * 2 > len(found)):
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

    def _is_unknown(self, word: str) -> bool:
        return len(word) >= _SHORTEST and word.isalpha() and not is_han(word) and word not in self._known

    def _nearest(self, word: str) -> str:
        """The one nearest known word that begins alike; empty if there is none near enough."""
        if word in _english():
            suggestions = [name for name in self._names if name[0] == word[0] and typing_errors(word, name) == 1]
        else:
            suggestions = self._corrector.suggest(word, limit=1, maxdist=2 if len(word) >= _LONG else 1, prefix=1)
        return suggestions[0] if suggestions else ""


@cache
def _english() -> frozenset[str]:
    """English words in use, from the frequency list of pyspellchecker."""
    frequency = SpellChecker(language="en").word_frequency
    return frozenset(word for word, count in frequency.dictionary.items() if count >= _IN_USE)
