"""English text as Whoosh indexes and searches it: folded words, without function words, stemmed."""

from collections.abc import Iterator
from typing import Any

from whoosh.analysis.acore import Token
from whoosh.analysis.filters import StopFilter
from whoosh.analysis.morph import StemFilter
from whoosh.analysis.tokenizers import Tokenizer

from directory.lexicon.folding import tokens

_UNTELLING = """
    a about after again all also am an and anti any anybody anyone are arent as at away back be because been before
    being but by can cant could couldnt did didnt do does doesnt doing dont down each else ever every everyone for
    from get gets getting give go goes going got had has have havent having he her here him his how i id if ill im
    in into is isnt it its ive just keep keeps kept know let like made make makes many may me mine more most much
    must my myself need needs never no not now of off on once one only or other our out over own people person
    please put really said same say says she should shouldnt so some somebody someone something still such take
    takes tell than that thats the their them then there they thing things think this those though thought to too
    told two up us use used very want wants was wasnt way we well went were what when where which who whom why will
    with wont would wouldnt you your area borough number contact find looking way service services organisation
    organisations client
"""
STOP_WORDS = frozenset(_UNTELLING.split())
"""Function words, and the words that nearly everybody who asks for help uses."""


class FoldingTokenizer(Tokenizer):
    """The words of `folding.tokens` as Whoosh tokens."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yield a token a word; `options` are those that Whoosh passes to every tokenizer."""
        token = Token(
            options.get("positions", False),
            options.get("chars", False),
            mode=options.get("mode", ""),
            removestops=options.get("removestops", True),
        )
        for position, (word, start, end) in enumerate(tokens(value), options.get("start_pos", 0)):
            token.text = word
            token.boost = 1.0
            token.stopped = False
            token.pos, token.startchar, token.endchar = position, start, end
            yield token


def english() -> Any:
    """Prose: function words left out, the rest stemmed (Porter)."""
    return FoldingTokenizer() | StopFilter(stoplist=STOP_WORDS, minsize=1) | StemFilter()


def stemmed(text: str) -> list[str]:
    """The terms of `text` as the prose fields hold them, each once, in order."""
    return list(dict.fromkeys(token.text for token in _ENGLISH(text)))


_ENGLISH = english()
