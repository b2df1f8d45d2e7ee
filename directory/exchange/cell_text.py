"""Text as cells hold it, made tidy: plain line breaks, nothing that nobody can see."""

import unicodedata


def tidy(text: str) -> str:
    """The text with plain line breaks, and without the characters that nobody can see."""
    plain = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(map(_visible, plain)).strip()


def tidy_lines(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(filter(None, map(str.strip, tidy(text).split("\n"))))


def _visible(character: str) -> str:
    if character in "\n\r\u2028\u2029\x85":
        return "\n"
    return "" if unicodedata.category(character) in ("Cc", "Cs") else character
