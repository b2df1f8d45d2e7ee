"""What every answer carries and what no request may do: one table of headers, one rule for posted forms."""

from http import HTTPStatus

from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from directory.web.desk_sessions import is_desk

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # "same-origin" would make Chromium forget the tab's name on leaving, and with it that the reader has left: Back
    # would show the page again (docs/adr/0012). Pages without sessions have nothing that an opener could take.
    "Cross-Origin-Opener-Policy": "unsafe-none",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Frame-Options": "DENY",
}
"""On every answer, errors and files included."""

DESK_HEADERS = {"Cross-Origin-Opener-Policy": "same-origin"}
"""On the pages of the desk, which have sessions and no exit."""

NOT_KEPT = "no-store"
"""Of every page: nothing of it stays on the reader's device."""
KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
"""Of our own files when asked for by their content's hash (`?v=…`)."""
KEPT_BUT_ASKED = "no-cache"

OTHER_SITES = frozenset({"cross-site", "same-site"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_security(app: Flask, proxy_hops: int) -> None:
    """Puts the headers on every answer, refuses forms from other sites, and believes only our own proxies."""
    app.before_request(_refuse_forms_of_other_sites)
    app.after_request(_add_headers)
    if proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxy_hops, x_proto=proxy_hops)  # type: ignore[method-assign]


def _refuse_forms_of_other_sites() -> None:
    """Only the desk has a cookie that a forged form could ride on; browsers say where every form comes from."""
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") in OTHER_SITES:
        abort(HTTPStatus.FORBIDDEN)


def _add_headers(response: Response) -> Response:
    response.headers.update(HEADERS | DESK_HEADERS if is_desk(request.path) else HEADERS)
    response.headers["Cache-Control"] = _cache_control(response)
    return response


def _cache_control(response: Response) -> str:
    if request.endpoint != "static" or response.status_code >= HTTPStatus.BAD_REQUEST:
        return NOT_KEPT
    return KEPT_FOR_GOOD if "v" in request.args else KEPT_BUT_ASKED
