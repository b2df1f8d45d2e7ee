"""Words as the search compares them: without case, accents or the small differences of one letter's forms."""

# ruff: noqa: RUF001 - letters that look alike are the subject here

import re
import unicodedata
from collections.abc import Iterator

_SAME_LETTER = str.maketrans(
    {
        # Latin letters that Unicode does not take apart
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        # Arabic, Persian and Sorani forms of one letter
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ێ": "ي",
        "ک": "ك",
        "ة": "ه",
        "ە": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ـ": "",
        "\u200c": "",  # zero-width non-joiner
        # Greek final sigma
        "ς": "σ",
        # apostrophes: don't and dont are one word
        "'": "",
        "’": "",
        "‘": "",
        "ʼ": "",
        "`": "",
    }
)
# Marks that stand for a vowel of their own (Indic scripts) are letters here; accents and Arabic signs are dropped.
_KEPT_MARKS = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f]")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff"
_BEGINS_WITH_HAN = re.compile(f"[{_HAN}]")
_TOKEN = re.compile(rf"[{_HAN}]+|(?:[^\W_{_HAN}]|[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f])+")


class _Bare(dict[int, int | None]):
    """For `str.translate`: drops the marks that are not kept. Each letter is looked up once, at its first use."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        is_dropped = unicodedata.combining(letter) and not _KEPT_MARKS.match(letter)
        return self.setdefault(code, None if is_dropped else code)


_BARE = _Bare()


def fold(text: str) -> str:
    """`text` in lower case without accents, letter forms unified: equal for what readers take as the same word."""
    small = text.casefold().translate(_SAME_LETTER)
    if small.isascii():
        return small
    bare = unicodedata.normalize("NFKD", small).translate(_BARE)
    return unicodedata.normalize("NFC", bare.translate(_SAME_LETTER))


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of `text` with their place in the folded text.

    Chinese and Japanese are written without spaces: a run of characters gives its overlapping pairs.
    """
    for match in _TOKEN.finditer(fold(text)):
        run, start = match.group(), match.start()
        if is_han(run) and len(run) > 2:  # noqa: PLR2004 - pairs of characters
            for at in range(len(run) - 1):
                yield run[at : at + 2], start + at, start + at + 2
        else:
            yield run, start, match.end()


def words(text: str) -> list[str]:
    """The folded words of `text`."""
    return [word for word, _, _ in tokens(text)]


def is_han(word: str) -> bool:
    """Whether `word` is of a script without spaces."""
    return bool(word) and bool(_BEGINS_WITH_HAN.match(word))
