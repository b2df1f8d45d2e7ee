"""What a reader sees when something is not found or goes wrong: one table from errors to status and page."""

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, redirect, request, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import Gone, HTTPException, NotFound, SecurityError, ServiceUnavailable
from werkzeug.wrappers import Response

from directory.accounts.rules import OfficerUnknown
from directory.changes.queries import RevisionUnknown
from directory.changes.rules import ChangeUnknown
from directory.checks.rules import ContactEnded, ContactUnknown
from directory.errors import DomainError
from directory.exchange.imports.rules import ImportUnknown
from directory.figures.periods import PeriodUnknown
from directory.lexicon.rules import WordsUnknown
from directory.listing.rules import HidingUnknown, MemoryUnknown
from directory.organisations.queries import OrganisationGone, OrganisationMoved, OrganisationNotFound
from directory.search.index import IndexBusy, NoIndex
from directory.tasks.rules import TaskUnknown
from directory.taxonomy.terms import TermUnknown
from directory.web.desk_sessions import is_desk
from directory.web.templating import render

logger = logging.getLogger(__name__)

PAGES = {
    HTTPStatus.NOT_FOUND: "errors/not_found.html",
    HTTPStatus.GONE: "errors/gone.html",
    HTTPStatus.TOO_MANY_REQUESTS: "errors/too_many.html",
    HTTPStatus.INTERNAL_SERVER_ERROR: "errors/broken.html",
    HTTPStatus.SERVICE_UNAVAILABLE: "errors/busy.html",
}
"""The page of each status; every other one has `errors/refused.html`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What an officer is told."""

    title: str
    more: str


DESK = {
    HTTPStatus.FORBIDDEN: Problem("You may not do this", "Your role at the desk does not include it. Ask a manager."),
    HTTPStatus.NOT_FOUND: Problem("Page not found", "It may have been removed, or the address is not right."),
    HTTPStatus.GONE: Problem("This is not there any more", "It was removed, or merged with something else."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Problem("That was too large", "Nothing was saved. Send less at once."),
    HTTPStatus.TOO_MANY_REQUESTS: Problem("Please wait a minute", "That was asked for too often. Nothing was changed."),
    HTTPStatus.INTERNAL_SERVER_ERROR: Problem("Something went wrong", "This is our fault. Nothing was saved."),
    HTTPStatus.SERVICE_UNAVAILABLE: Problem("The site is busy", "Nothing was saved. Try again in a minute."),
}
"""The same at the desk."""
REFUSED = Problem("That did not work", "Nothing was changed. Go back and try again.")
DOMAIN_ERRORS: dict[type[DomainError], type[HTTPException]] = {
    ChangeUnknown: NotFound,
    ContactUnknown: NotFound,
    HidingUnknown: NotFound,
    MemoryUnknown: NotFound,
    RevisionUnknown: NotFound,
    TaskUnknown: NotFound,
    TermUnknown: NotFound,
    OrganisationNotFound: NotFound,
    ImportUnknown: NotFound,
    OfficerUnknown: NotFound,
    PeriodUnknown: NotFound,
    WordsUnknown: NotFound,
    ContactEnded: Gone,
    OrganisationGone: Gone,
    NoIndex: ServiceUnavailable,
    IndexBusy: ServiceUnavailable,
}
"""What the domain's errors mean to a reader."""
RETRY_AFTER = "30"
"""Seconds after which a reader may try again when the site is busy."""


def register_error_pages(app: Flask) -> None:
    """Gives every error its status and page."""
    app.register_error_handler(SecurityError, _answer_unknown_host)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(OrganisationMoved, _answer_moved)
    for error in DOMAIN_ERRORS:
        app.register_error_handler(error, _answer_domain_error)
    app.register_error_handler(OperationalError, _answer_database_error)
    app.log_exception = _log_fault  # type: ignore[method-assign]


def _answer_http_error(error: HTTPException) -> Response:
    """The page of an HTTP error; anything that nobody foresaw arrives here as 500. Needs no database."""
    answer = error.get_response()
    if answer.status_code < HTTPStatus.BAD_REQUEST:
        return answer
    answer.set_data(_page(HTTPStatus(answer.status_code)))
    answer.content_type = "text/html; charset=utf-8"
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _page(status: HTTPStatus) -> str:
    if is_desk(request.path):
        return render("errors/desk.html", problem=DESK.get(status, REFUSED))
    return render(PAGES.get(status, "errors/refused.html"))


def _log_fault(exc_info: Any) -> None:
    """Logs what nobody foresaw by the kind of page that it befell: an address may hold a reader's words, or a token."""
    rule = request.url_rule.rule if request.url_rule else "no page of ours"
    logger.error("A fault at %s [%s]", rule, request.method, exc_info=exc_info)


def _answer_domain_error(error: DomainError) -> Response:
    return _answer_http_error(DOMAIN_ERRORS[type(error)]())


def _answer_moved(error: OrganisationMoved) -> Response:
    """An old address of an entry leads to the new one."""
    return redirect(url_for("public.organisation", slug=error.slug), HTTPStatus.MOVED_PERMANENTLY)


def _answer_unknown_host(_error: SecurityError) -> Response:
    """A request for a host that is not ours gets no page: no address on it could be right."""
    return Response("Unknown host.", HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")


def _answer_database_error(error: OperationalError) -> Response:
    """The database cannot be reached, is locked or its disk is full: nothing was saved, and trying again may help."""
    logger.error("The database cannot answer: %s", error.orig)
    return _answer_http_error(ServiceUnavailable())
