"""Requests made readable before anything reads them: browsers are careful with addresses, others are not."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask

_UNKNOWN = "%3F"
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


def init_requests(app: Flask) -> None:
    """Writes every byte of a query that is not plain ASCII as `%…`, so that no byte of it can be a fault of ours.

    Zero bytes, which PostgreSQL refuses in any text, become question marks: no address of ours has one.
    """
    answer = app.wsgi_app

    def answer_readable(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        query = quote(environ.get("QUERY_STRING", ""), _PRINTABLE, "latin-1")
        environ["QUERY_STRING"] = query.replace("%00", _UNKNOWN)
        environ["PATH_INFO"] = environ.get("PATH_INFO", "").replace("\0", "?")
        return answer(environ, start_response)

    app.wsgi_app = answer_readable  # type: ignore[method-assign]
