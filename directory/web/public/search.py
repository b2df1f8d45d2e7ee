"""The search: a form that posts the words, a link in which they are sealed, results for people and for machines."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from flask import Response, current_app, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from directory import clock
from directory.search.criteria import SearchCriteria, SearchResults
from directory.web.counting import counting
from directory.web.locale import current_language
from directory.web.names import Names, current_names
from directory.web.public.blueprint import public
from directory.web.public.result_cards import CardDrawer
from directory.web.public.search_address import SearchAddress, address_of_form, read_address
from directory.web.public.search_feed import feed
from directory.web.public.search_view import SearchPage
from directory.web.searching import asked_of_the_search, search_engine
from directory.web.templating import render


@public.get("/search")
def search() -> str:
    """The results of a search."""
    now, address = clock.now(), _address("public.search")
    results = _results(address.criteria, now)
    address = replace(address, criteria=results.asked)
    counting().add(results.asked, results, now)
    page = SearchPage(address, results, _names(), current_language(), _secret_key(), now)
    return render("public/search.html", search=page.view())


@public.post("/search")
def send_search() -> BaseResponse:
    """Take what was typed and chosen, and lead to a link that does not show the words."""
    path = url_for("public.search")
    address = address_of_form(path, request.form, _secret_key(), clock.now())
    return redirect(address, HTTPStatus.SEE_OTHER)


@public.get("/search.json")
def search_feed() -> Response:
    """The results of a search for machines."""
    now, address = clock.now(), _address("public.search_feed")
    results = _results(address.criteria, now)
    return jsonify(feed(results, CardDrawer(current_language(), _names(), now)))


def _results(criteria: SearchCriteria, now: datetime) -> SearchResults:
    """The answer of the search to a question on a page of this language."""
    asked = replace(criteria, language=current_language().code)
    return asked_of_the_search(lambda search: search.search(asked, now))


def _names() -> Names:
    return current_names(search_engine().directory_revision)


def _address(endpoint: str) -> SearchAddress:
    return read_address(url_for(endpoint), request.args, _secret_key(), clock.now())


def _secret_key() -> str:
    return str(current_app.config["SECRET_KEY"])
