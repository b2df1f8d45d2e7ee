"""Texts that somebody typed, made fit to stand on a line of a mail or a page."""

import unicodedata

LONGEST_NAME = 120
_ENDS = "\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that would turn the direction of what stands after them."""


def plain(text: str) -> str:
    """The text on one line, without what cannot be seen and could mislead."""
    spaced = "".join(" " if sign in _ENDS else sign for sign in text)
    seen = (sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _TURNS)
    return " ".join("".join(seen).split())


def isolated(text: str) -> str:
    """The text between marks that keep its direction to itself, for sentences that are put together without markup."""
    return f"\u2068{plain(text)}\u2069"


def whole_number(text: str) -> int | None:
    """The number that stands in a field or an address; None if it is none, or larger than any that we count."""
    return int(text) if text.isdecimal() and len(text) < len("1000000000") else None


def short(text: str) -> str:
    """A name as it fits in a sentence."""
    held = plain(text)
    return held if len(held) <= LONGEST_NAME else f"{held[: LONGEST_NAME - 1].rstrip()}…"
