"""One field: a fact of an entry as text that can be typed, and back.

`show` and `read` are pure. What is posted as it was shown is the fact as it was: `read_field` never parses it, so no
field can destroy what it cannot hold.
"""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from directory.taxonomy.terms import Taxonomy

Words = str | LazyString
Values = tuple[str, ...]
Typed = Mapping[str, Values]
"""What stands in the inputs of a field, by the ending of their names; a field of one input has the ending ""."""
ONLY = ""

LONGEST_LINE = 200
LONGEST_PARAGRAPH = 2000
MOST_LINES = 20


class Refused(Exception):
    """What was typed is not what the field asks for."""

    def __init__(self, sentence: Words, ending: str = ONLY, others: tuple["Refused", ...] = ()) -> None:
        """Keep what to tell, which of the inputs it is about, and what is wrong with others of them."""
        super().__init__(ending)
        self.sentence = sentence
        self.ending = ending
        self.others = others


@dataclass(frozen=True, kw_only=True)
class Field(ABC):
    """A fact, what it is called and how it is asked for."""

    widget: ClassVar[str]
    """Which macro shows it."""
    attribute: str
    """Name of the fact in the value, and of the input."""
    section: str = ""
    label: Words = ""
    hint: Words = ""
    endings: ClassVar[Values] = (ONLY,)
    """Of the names of its inputs."""

    @property
    def choices(self) -> tuple[tuple[str, Words], ...]:
        """What can be chosen, where that is the same in every entry: the value and its words."""
        return ()

    @abstractmethod
    def show(self, value: Any) -> Typed:
        """What stands in the inputs when the fact is this."""

    @abstractmethod
    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:
        """The fact that was typed, or Refused."""


def read_field(one: Field, typed: Typed, before: Any, terms: Taxonomy) -> Any:
    """The fact that was typed; as it was before where nothing was asked or nothing changed. Raises Refused."""
    shown = one.show(before)
    if not typed or all(tidy(values) == tidy(shown.get(ending, ())) for ending, values in typed.items()):
        return before
    return one.read(typed, before, terms)


def tidy(values: Values) -> Values:
    """Typed values without what means nothing: empty ones, spaces at the ends, the line breaks of other systems."""
    return tuple(value for value in map(clean, values) if value)


def clean(text: str) -> str:
    """A typed text with plain line breaks, without control characters and spaces at its ends."""
    return printable(text).replace("\t", " ").strip()


def printable(text: str) -> str:
    """A posted text as it can be shown again: with plain line breaks, without other control characters."""
    text = re.sub("\r\n?|\u2028|\u2029", "\n", text)
    return "".join(char for char in text if char in "\n\t" or not _is_control(char))


def one_line(text: str) -> str:
    """The same on a single line."""
    return " ".join(line.strip() for line in clean(text).split("\n") if line.strip())


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs")


@dataclass(frozen=True, kw_only=True)
class TextField(Field):
    """A text on one line."""

    widget = "text"
    limit: int = LONGEST_LINE
    required: Words = ""
    """The sentence that asks for it, where it may not be empty."""
    inputmode: str = ""
    autocomplete: str = "off"
    direction: str = "auto"
    width: str = ""
    """Class for a short input."""

    def show(self, value: Any) -> Typed:
        """The text itself."""
        return {ONLY: (self.write(value),)}

    def write(self, value: Any) -> str:
        """The fact as text."""
        return str(value)

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:  # noqa: ARG002 - some fields need them
        """The text, tidy."""
        text = self.tidied(only(typed))
        if len(text) > self.limit:
            raise Refused(lazy_gettext("Use %(limit)s characters or fewer.", limit=str(self.limit)))
        if not text and self.required:
            raise Refused(self.required)
        return self.parse(text)

    def tidied(self, text: str) -> str:
        """As it would be kept."""
        return one_line(text)

    def parse(self, text: str) -> Any:
        """The fact that a tidy text tells, or Refused."""
        return text


@dataclass(frozen=True, kw_only=True)
class ParagraphField(TextField):
    """A text of some lines."""

    widget = "paragraph"
    limit: int = LONGEST_PARAGRAPH
    rows: int = 4

    def tidied(self, text: str) -> str:
        """Line breaks are kept."""
        return clean(text)


@dataclass(frozen=True, kw_only=True)
class LinesField(ParagraphField):
    """Several short texts, each on its own line."""

    rows: int = 3

    def write(self, value: Any) -> str:
        """Each on its own line."""
        return "\n".join(value)

    def parse(self, text: str) -> Any:
        """The lines that hold something."""
        lines = tuple(line.strip() for line in text.split("\n") if line.strip())
        if len(lines) > MOST_LINES:
            raise Refused(lazy_gettext("Use %(limit)s lines or fewer.", limit=str(MOST_LINES)))
        if any(len(line) > LONGEST_LINE for line in lines):
            raise Refused(lazy_gettext("Use %(limit)s characters or fewer on each line.", limit=str(LONGEST_LINE)))
        return lines


@dataclass(frozen=True, kw_only=True)
class WholeNumberField(TextField):
    """A small number, or nothing."""

    smallest: int
    largest: int
    refusal: Words
    limit: int = 10
    inputmode: str = "numeric"
    width: str = "govuk-input--width-3"
    after: Words = field(default="")

    def write(self, value: Any) -> str:
        """The number, or nothing."""
        return "" if value is None else str(value)

    def parse(self, text: str) -> Any:
        """A number in any script's digits."""
        if not text:
            return None
        if not text.isdecimal() or not self.smallest <= int(text) <= self.largest:
            raise Refused(self.refusal)
        return int(text)


def only(typed: Typed, ending: str = ONLY) -> str:
    """What stands in a single input."""
    values = typed.get(ending, ())
    return values[0] if values else ""
