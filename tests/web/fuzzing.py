"""Requests that nobody would send on purpose: words of ours, attacks, noise, far too much, in every part of a request."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from werkzeug.test import create_environ

from tests.web.hostile import HOSTILE

METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW")
CONTENT_TYPES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/\xff",
    "",
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where requests go, and what of it is true: names of fields, and words that are values of such fields."""

    asked: Sequence[tuple[str, str]]
    """Methods and paths; now and then another method is tried."""
    names: Sequence[str]
    words: Sequence[str]
    starts: Sequence[str] = ("",)
    """What may stand before a path."""
    sites: Sequence[str] = ("same-origin", "none", "cross-site")
    """From where a browser says that a form comes."""
    origin: str = "http://localhost/"


class Fuzzer:
    """Makes them, the same ones from the same seed."""

    def __init__(self, seed: int, target: Target) -> None:
        self._random = random.Random(seed)
        self._target = target

    def requests(self, number: int, *, always: str = "") -> Iterator[dict[str, Any]]:
        """So many of them; `always` stands in every form that is one."""
        for _ in range(number):
            yield self._request(always.encode())

    def _request(self, always: bytes) -> dict[str, Any]:
        chance, target = self._random, self._target
        is_form = chance.random() < 0.8
        body = always + self._form() if is_form else chance.randbytes(chance.randrange(2_000))
        kind = CONTENT_TYPES[0] if always and is_form else chance.choice(CONTENT_TYPES)
        method, path = chance.choice(target.asked)
        environ = create_environ(
            method=method if chance.random() < 0.8 else chance.choice(METHODS), base_url=target.origin
        )
        environ |= {
            "PATH_INFO": self._path(path),
            "QUERY_STRING": self._form().decode("latin-1"),
            "CONTENT_LENGTH": str(len(body)) if chance.random() < 0.95 else self._text()[:20],
            "CONTENT_TYPE": kind,
            "HTTP_ACCEPT_LANGUAGE": self._text()[:100],
            "HTTP_SEC_FETCH_SITE": chance.choice((*target.sites, self._text()[:9])),
            "wsgi.input": BytesIO(body),
        }
        return environ

    def _path(self, asked: str) -> str:
        chance = self._random
        path = chance.choice(self._target.starts) + asked
        if chance.random() < 0.15:
            cut = chance.randrange(len(path) + 1)
            path = path[:cut] + self._text()[:50] + path[cut:]
        return path

    def _form(self) -> bytes:
        chance = self._random
        pairs = [
            f"{chance.choice(self._target.names) if chance.random() < 0.9 else self._text()}={self._text()}"
            for _ in range(chance.choice((0, 1, 1, 2, 3, 8, 60)))
        ]
        return "&".join(pairs).encode("latin-1", "replace")

    def _text(self) -> str:
        """Latin-1 text, as it stands in a WSGI environment."""
        chance = self._random
        kind = chance.random()
        if kind < 0.45:
            text = chance.choice(self._target.words)
        elif kind < 0.65:
            text = chance.choice(HOSTILE)[:3_000]
        elif kind < 0.8:
            return chance.randbytes(chance.randrange(60)).decode("latin-1")
        elif kind < 0.98:
            text = "".join(
                chr(chance.choice((chance.randrange(0x250), chance.randrange(0x600, 0xD7FF))))
                for _ in range(chance.randrange(40))
            )
        else:
            text = chance.choice(self._target.words) * chance.randrange(2_000)
        encoded = text.encode("utf-8", "surrogatepass").decode("latin-1")
        return "".join(f"%{ord(sign):02X}" if chance.random() < 0.3 else sign for sign in encoded)
