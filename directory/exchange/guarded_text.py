"""Text that no spreadsheet program takes for a formula, and back: lossless for every text."""

import re

QUOTE = "'"
"""What stands before a cell that would be dangerous without it."""

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a program may take for a formula (full-width signs too), or that would be read back as one."""


def guarded(text: str) -> str:
    """The text with a quote before it if a program could take it for a formula."""
    return QUOTE + text if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before it was guarded. What others wrote stays, but for a quote before such a sign."""
    return text[1:] if text.startswith(QUOTE) and _DANGEROUS.match(text) else text
