"""Which words of two texts differ: whole lines that came or went, and within a line that changed its words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKENS = re.compile(r"\s+|\w(?:[\w@.+'\u2019-]*\w)?|[^\w\s]")
MOST_TOKENS = 2_000
"""In a longer line words are not compared: it is marked as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, and whether they differ."""

    text: str
    is_marked: bool = False


Line = tuple[Piece, ...]


def marked(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Both texts, line by line, with the words marked that the other has not."""
    before: list[Line] = []
    after: list[Line] = []
    for same, gone, come in _blocks(old, new):
        if same:
            before += map(_plain, gone)
            after += map(_plain, come)
        elif len(gone) == len(come):
            pairs = [_words(one, other) for one, other in zip(gone, come, strict=True)]
            before += [pair[0] for pair in pairs]
            after += [pair[1] for pair in pairs]
        else:
            before += map(_whole, gone)
            after += map(_whole, come)
    return tuple(before), tuple(after)


def unmarked(lines: Iterable[str]) -> tuple[Line, ...]:
    """A text in which nothing differs."""
    return tuple(map(_plain, lines))


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    for tag, start, end, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield tag == "equal", old[start:end], new[from_new:to_new]


def _words(old: str, new: str) -> tuple[Line, Line]:
    """Two lines with the words that differ; marked whole where they have hardly a word in common."""
    held, wanted = _TOKENS.findall(old), _TOKENS.findall(new)
    if max(len(held), len(wanted)) > MOST_TOKENS:
        return _whole(old), _whole(new)
    matcher = SequenceMatcher(None, held, wanted, autojunk=False)
    before, after = [], []
    for tag, start, end, from_new, to_new in matcher.get_opcodes():
        is_marked = tag != "equal"
        before.append(Piece("".join(held[start:end]), is_marked))
        after.append(Piece("".join(wanted[from_new:to_new]), is_marked))
    return _told(before), _told(after)


def _told(pieces: Iterable[Piece]) -> Line:
    return tuple(piece for piece in pieces if piece.text)


def _plain(line: str) -> Line:
    return (Piece(line),)


def _whole(line: str) -> Line:
    return (Piece(line, is_marked=True),)
