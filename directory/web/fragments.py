"""Pieces of pages that are drawn once and kept: a results page is then mostly joining strings."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from flask import current_app

T = TypeVar("T")
MOST_KEPT = 20_000


@dataclass
class Fragments(Generic[T]):
    """Keeps at most `limit` drawn pieces. When full it begins anew, which keeps what is in use and costs little.

    A piece's key must hold all that the piece depends on, the reader's language too.
    """

    limit: int = MOST_KEPT
    _pieces: dict[Hashable, T] = field(default_factory=dict)

    def get(self, key: Hashable, draw: Callable[..., T], *what: object) -> T:
        """The piece of this key; `draw(*what)` makes it if it is not kept yet."""
        piece = self._pieces.get(key)
        if piece is None:
            if len(self._pieces) >= self.limit:
                self._pieces.clear()
            piece = self._pieces[key] = draw(*what)
        return piece


def fragments(name: str, kind: type[T]) -> Fragments[T]:
    """The pieces of one sort that the application which answers the request keeps; each is a `kind`."""
    stores: dict[tuple[str, type], Fragments[T]] = current_app.extensions.setdefault("fragments", {})
    return stores.setdefault((name, kind), Fragments())
