"""Random requests to every public address: whatever comes, no answer is a fault of ours.

`make fuzz` sends many more; FUZZ_SEED repeats a run that failed.
"""

import os
import random
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from directory.lexicon.meanings import AUDIENCES, MORE, REPORT_WAYS
from directory.search.criteria import Facet
from tests.page import Pages
from tests.web.hostile import HOSTILE

REQUESTS = int(os.environ.get("FUZZ", "1500"))
SEED = int(os.environ.get("FUZZ_SEED", "20061"))
METHODS = ("GET",) * 12 + ("POST",) * 4 + ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW")
PATHS = (
    "/", "/search", "/search", "/search", "/search.json", "/list", "/report", "/what-counts", "/kept-current", "/safety",
    "/privacy", "/accessibility", "/robots.txt", "/sitemap.xml", "/static/exit.js", "/organisations/galop",
    "/organisations/nobody", "/organisations/",
)  # fmt: skip
NAMES = ("q", "near", "o", "s", "not", "literal", "page", *Facet)
WORDS = (
    *REPORT_WAYS,
    *AUDIENCES,
    *MORE,
    "race",
    "race.black",
    "report",
    "tr",
    "N15",
    "N15 3QL",
    "galop",
    "police",
    "2",
    "0",
    "999999999999",
)
CONTENT_TYPES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/\xff",
    "",
)


class Fuzzer:
    """Makes requests that nobody would send on purpose."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def requests(self, number: int) -> Iterator[dict[str, Any]]:
        for _ in range(number):
            yield self._request()

    def _request(self) -> dict[str, Any]:
        chance = self._random
        body = self._form() if chance.random() < 0.8 else chance.randbytes(chance.randrange(2_000))
        environ = create_environ(method=chance.choice(METHODS), base_url="http://localhost/")
        environ |= {
            "PATH_INFO": self._path(),
            "QUERY_STRING": self._form().decode("latin-1"),
            "CONTENT_LENGTH": str(len(body)) if chance.random() < 0.95 else self._text()[:20],
            "CONTENT_TYPE": chance.choice(CONTENT_TYPES),
            "HTTP_ACCEPT_LANGUAGE": self._text()[:100],
            "HTTP_SEC_FETCH_SITE": chance.choice(("same-origin", "none", "cross-site", self._text()[:9])),
            "wsgi.input": BytesIO(body),
        }
        return environ

    def _path(self) -> str:
        chance = self._random
        path = chance.choice(("", "", "/ar", "/tr", "/en", "/xx")) + chance.choice(PATHS)
        if chance.random() < 0.15:
            cut = chance.randrange(len(path) + 1)
            path = path[:cut] + self._text()[:50] + path[cut:]
        return path

    def _form(self) -> bytes:
        chance = self._random
        pairs = [
            f"{chance.choice(NAMES) if chance.random() < 0.9 else self._text()}={self._text()}"
            for _ in range(chance.choice((0, 1, 1, 2, 3, 8, 60)))
        ]
        return "&".join(pairs).encode("latin-1", "replace")

    def _text(self) -> str:
        """Latin-1 text, as it stands in a WSGI environment: words of ours, attacks, noise, or far too much."""
        chance = self._random
        kind = chance.random()
        if kind < 0.45:
            text = chance.choice(WORDS)
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
            text = chance.choice(WORDS) * chance.randrange(2_000)
        encoded = text.encode("utf-8", "surrogatepass").decode("latin-1")
        return "".join(f"%{ord(sign):02X}" if chance.random() < 0.3 else sign for sign in encoded)


@pytest.mark.parametrize("part", range(4))
def test_no_request_is_answered_with_a_fault_of_ours(pages: Pages, part: int) -> None:
    for number, environ in enumerate(Fuzzer(SEED + part).requests(REQUESTS // 4)):
        asked = f"FUZZ_SEED={SEED} part {part}, request {number}: {environ['REQUEST_METHOD']} {environ['PATH_INFO']!r} {environ['QUERY_STRING'][:300]!r}"
        try:
            _, status, headers = run_wsgi_app(pages.app, environ, buffered=True)
        except Exception as error:
            raise AssertionError(asked) from error
        assert int(status.split()[0]) < 500, asked
        assert "Set-Cookie" not in headers, asked
