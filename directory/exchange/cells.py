"""What one cell holds: each kind of fact as text, and text as the fact."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from directory.errors import DomainError
from directory.exchange.cell_text import tidy, tidy_lines
from directory.exchange.dates import DateUnclear, read_date
from directory.exchange.term_words import TermWords, folded
from directory.organisations.details import TranslatedText
from directory.taxonomy.terms import TermKind

YES, NO, NOT_KNOWN = "yes", "no", "not known"
_YES_NO = {
    **dict.fromkeys((YES, "y", "true", "1"), True),
    **dict.fromkeys((NO, "n", "false", "0"), False),
    **dict.fromkeys((NOT_KNOWN, "unknown", "?"), None),
}
_HEAD = re.compile(r"\[([A-Za-z0-9-]+) (\d{1,9})\]")


class CellFault(StrEnum):
    """What is wrong with a cell."""

    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    TERM = "term"
    PHONE = "phone"
    POSTCODE = "postcode"
    ID = "id"
    POSITION = "position"
    TRANSLATION = "translation"


class CellUnreadable(DomainError):
    """The text of a cell is not what its column holds."""

    def __init__(self, fault: CellFault, choices: tuple[str, ...] = ()) -> None:
        """Keep what is wrong, and the words that would be right where there are but a few."""
        super().__init__(fault.value)
        self.fault = fault
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file writes: which words it has for terms, and whether the day comes first in its dates."""

    terms: TermWords
    day_first: bool = True


class Cell:
    """One line of text. Below are the other kinds; `read` is given text that is not empty."""

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """The fact as text, nothing for what is not known."""
        return str(value)

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """The fact that the text says. Raises CellUnreadable, or TermsUnknown."""
        return " ".join(tidy_lines(text))


class Paragraphs(Cell):
    """Text with line breaks."""

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """The text with the line breaks of this application."""
        return tidy(text)


class Lines(Cell):
    """Several texts, one on each line."""

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """One under the other."""
        return "\n".join(value)

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """Those lines that hold something."""
        return tidy_lines(text)


class Number(Cell):
    """A whole number."""

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """Its digits."""
        return "" if value is None else str(value)

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """The number; spreadsheet programs write `16` as `16.0`, too."""
        found = re.fullmatch(r"(\d{1,9})(?:\.0+)?", text.strip(), re.ASCII)
        if found is None:
            raise CellUnreadable(CellFault.NUMBER)
        return int(found[1])


class Day(Cell):
    """A date."""

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """As 2026-06-03, which every program reads alike."""
        return value.isoformat() if isinstance(value, date) else ""

    def read(self, text: str, manner: Manner) -> Any:
        """The date, in any way of writing that leaves no doubt."""
        try:
            return read_date(text, day_first=manner.day_first)
        except DateUnclear as error:
            raise CellUnreadable(CellFault.DATE) from error


class YesNo(Cell):
    """Yes, no, or nothing where it is not known."""

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """The word."""
        return "" if value is None else YES if value else NO

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """True, False, or None for words that say that nobody knows."""
        try:
            return _YES_NO[folded(text)]
        except KeyError:
            raise CellUnreadable(CellFault.YES_NO, (YES, NO, NOT_KNOWN)) from None


@dataclass(frozen=True)
class Choice(Cell):
    """One of a few words."""

    of: type[StrEnum]

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """The word, with spaces."""
        return "" if value is None else in_words(value)

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """The value that is called so."""
        return self.value(text)

    def value(self, text: str) -> StrEnum:
        """The value of one word. Raises CellUnreadable."""
        by_word = {folded(in_words(value)): value for value in self.of}
        try:
            return by_word[folded(text).replace("-", " ")]
        except KeyError:
            raise CellUnreadable(CellFault.CHOICE, tuple(map(in_words, self.of))) from None


@dataclass(frozen=True)
class Choices(Choice):
    """Several of a few words."""

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """The words with semicolons between."""
        return "; ".join(map(in_words, value))

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """The values in order, each once."""
        return tuple(sorted({self.value(word) for word in re.split(r"[;,\n]", text) if word.strip()}))


@dataclass(frozen=True)
class Terms(Cell):
    """Terms of the taxonomy."""

    kind: TermKind

    def write(self, value: Any, manner: Manner) -> str:
        """Their names with semicolons between."""
        return manner.terms.write(self.kind, value)

    def read(self, text: str, manner: Manner) -> Any:
        """Their codes in order."""
        return manner.terms.read(self.kind, tidy(text))


@dataclass(frozen=True)
class OneTerm(Terms):
    """One term of the taxonomy, or none."""

    def write(self, value: Any, manner: Manner) -> str:
        """Its name."""
        return super().write((value,) if value else (), manner)

    def read(self, text: str, manner: Manner) -> Any:
        """Its code."""
        codes = super().read(text, manner)
        if len(codes) > 1:
            raise CellUnreadable(CellFault.CHOICE)
        return codes[0] if codes else ""


class Identity(Cell):
    """An id that never changes."""

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """Its usual form."""
        return "" if value is None else str(value)

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """The id."""
        try:
            return UUID(text.strip())
        except ValueError as error:
            raise CellUnreadable(CellFault.ID) from error


class Translations(Cell):
    """Texts in other languages: each under a line like `[tr 3]`, which names its language and revision.

    A line of the text itself that begins with `[` or a backslash has a backslash before it.
    """

    def write(self, value: Any, manner: Manner) -> str:  # noqa: ARG002
        """One text under the other."""
        return "\n".join(f"[{text.language} {text.revision}]\n{_guarded(text.text)}" for text in value)

    def read(self, text: str, manner: Manner) -> Any:  # noqa: ARG002
        """The texts by language."""
        found: list[tuple[str, int, list[str]]] = []
        for line in tidy(text).split("\n"):
            head = _HEAD.fullmatch(line.strip())
            if head is not None:
                found.append((head[1], int(head[2]), []))
            elif found:
                found[-1][2].append(line.removeprefix("\\"))
            else:
                raise CellUnreadable(CellFault.TRANSLATION)
        texts = (TranslatedText(language=tag, revision=at, text="\n".join(lines).strip()) for tag, at, lines in found)
        return tuple(sorted(texts, key=lambda one: one.language))


def in_words(value: StrEnum) -> str:
    """A value as a person would write it."""
    return value.value.replace("_", " ")


def _guarded(text: str) -> str:
    return "\n".join(f"\\{line}" if line[:1] in ("[", "\\") else line for line in text.split("\n"))
