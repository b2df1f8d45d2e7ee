"""Pieces of pages that are drawn once and kept: a results page is then mostly joining strings."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Fragments(Generic[T]):
    """Keeps at most `limit` drawn pieces. When full it begins anew, which keeps what is in use and costs little.

    A piece's key must hold all that the piece depends on, the reader's language too.
    """

    limit: int
    _pieces: dict[Hashable, T] = field(default_factory=dict)

    def get(self, key: Hashable, draw: Callable[[], T]) -> T:
        """The piece of this key, drawn if it is not kept yet."""
        piece = self._pieces.get(key)
        if piece is None:
            if len(self._pieces) >= self.limit:
                self._pieces.clear()
            piece = self._pieces[key] = draw()
        return piece
