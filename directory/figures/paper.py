"""A report as plain words and numbers, for whichever form it takes, and as PDF for paper and for screen readers."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import fontpkg_noto_sans
from typst import Fonts, compile  # noqa: A004 - typst's own word

SOURCE = Path(__file__).with_name("paper.typ")
STANDARD: Literal["ua-1"] = "ua-1"
"""PDF that screen readers can follow; making it fails rather than leaving something unsaid."""
_IN_FONT = ((" ", "~"), ("\xa0", "\u03e1"), ("\u03f0", "\u052f"), ("\u1e00", "\u206f"), ("€", "€"))
"""From sign to sign, what the font has: Latin, Greek and Cyrillic, and the marks that are used with them."""
_MISSING = "?"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is about, its numbers, and the length of its bar (0 to 1) where bars are drawn."""

    words: str
    cells: tuple[str, ...]
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table of a report."""

    title: str
    head: tuple[str, ...]
    """Over the words, and over each number."""
    lines: Sequence[Line]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A report."""

    title: str
    about: str
    summary: Sequence[str]
    """The most important of it, in sentences."""
    sections: Sequence[Section]


def as_pdf(paper: Paper, now: datetime) -> bytes:
    """The report as a tagged PDF, with its fonts inside. A sign that the font does not have becomes a question mark."""
    data = json.dumps(_printable(asdict(paper)))
    return compile(
        SOURCE,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"paper": data},
        pdf_standards=STANDARD,
        timestamp=now.replace(microsecond=0),
    )


@cache
def _fonts() -> Fonts:
    files = str(fontpkg_noto_sans.ROOT / "files")
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[files])


def _printable(value: Any) -> Any:
    """The same with every text fit for the font."""
    if isinstance(value, dict):
        return {key: _printable(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(held) for held in value]
    return "".join(sign if _is_in_font(sign) else _MISSING for sign in value) if isinstance(value, str) else value


def _is_in_font(sign: str) -> bool:
    return any(first <= sign <= last for first, last in _IN_FONT)
