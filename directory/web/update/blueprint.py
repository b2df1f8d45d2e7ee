"""The blueprint of the update face. Its rule of access: a link opens the one entry that it was made for, and no other.

Every address begins with a token. Before any view runs the link in it is opened, which changes nothing; what cannot be
opened has a page that says why, and what to do. A page stands in the language of the link, or in that of `?lang=`.
"""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from directory import clock
from directory.checks.issuing import LinkState, OpenLink, open_link
from directory.checks.links import UPDATE, BadToken, LinkSigner
from directory.checks.queries import link_of
from directory.checks.rules import LinkExpired, LinkReplaced, LinkRevoked, LinkUnknown, LinkUsed
from directory.organisations.queries import current_slug
from directory.web.extensions import current_settings, db
from directory.web.locale import PUBLISHED, LanguageLink, current_language
from directory.web.templating import render

LANGUAGE = "lang"
"""What of an address says another language than the link's."""
WITHOUT_OPENING = frozenset({"update.send_link", "update.link_sent"})
"""Where a link may be too old: only that it is ours is asked."""
FOR_ANSWERED = "update.answer"
"""The page that a link keeps after its answer."""
Page = str | tuple[str, HTTPStatus] | Response
"""What a view gives back."""

update = Blueprint("update", __name__, url_prefix="/u")


def current_link() -> OpenLink:
    """The link that the request came by; views find it open."""
    link: OpenLink = g.update_link
    return link


def link_id() -> str:
    """Its id."""
    held: str = g.link_id
    return held


def to_answer() -> Response:
    """To the page of the link, which shows what has become of it."""
    return redirect(url_for(FOR_ANSWERED), HTTPStatus.SEE_OTHER)


@update.url_value_preprocessor
def _take_token(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.token = (values or {}).pop("token", "")


@update.url_defaults
def _give_token(_endpoint: str, values: dict[str, Any]) -> None:
    """Every address within the face keeps the link, and the language that the reader has chosen."""
    values.setdefault("token", g.get("token", ""))
    if g.get("chosen_language"):
        values.setdefault(LANGUAGE, g.chosen_language)


@update.before_request
def _open_link() -> Response | None:
    choose_language(request.args.get(LANGUAGE, ""))
    g.link_id = LinkSigner(current_settings().link_keys, UPDATE).link_id(g.token)
    session = db.session()
    if not g.get("language"):
        g.language = link_of(session, g.link_id).language
    if request.endpoint in WITHOUT_OPENING:
        return None
    g.update_link = open_link(session, g.link_id, clock.now())
    if g.update_link.state is LinkState.ANSWERED and request.endpoint != FOR_ANSWERED:
        return to_answer()
    return None


def choose_language(code: str) -> None:
    """Take the language that an address asks for, where we have it."""
    if code in {language.code for language in PUBLISHED}:
        g.language = g.chosen_language = code


@update.context_processor
def language_links() -> dict[str, object]:
    """The page that is being read, in each published language."""
    path, current = quote(request.path, safe="/"), current_language()
    links = tuple(
        LanguageLink(language, f"{path}?{_query(language.code)}", language == current) for language in PUBLISHED
    )
    return {"languages_of_page": links}


def _query(code: str) -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != LANGUAGE]
    return urlencode([*kept, (LANGUAGE, code)])


@update.errorhandler(BadToken)
@update.errorhandler(LinkUnknown)
def _answer_unknown(_error: Exception) -> Page:
    return render("update/unknown.html"), HTTPStatus.NOT_FOUND


@update.errorhandler(LinkExpired)
@update.errorhandler(LinkReplaced)
def _answer_old(error: Exception) -> Page:
    return render("update/expired.html", is_replaced=isinstance(error, LinkReplaced)), HTTPStatus.GONE


@update.errorhandler(LinkRevoked)
def _answer_revoked(_error: Exception) -> Page:
    session = db.session()
    slug = current_slug(session, link_of(session, link_id()).organisation_id)
    return render("update/revoked.html", slug=slug), HTTPStatus.GONE


@update.errorhandler(LinkUsed)
def _answer_used(_error: Exception) -> Page:
    return to_answer()
