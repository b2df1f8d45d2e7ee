"""The door of development: a link that signs a made-up manager in, once. Elsewhere it is not there."""

from http import HTTPStatus

from flask import abort, redirect, url_for

from directory import clock
from directory.accounts.demo import DEMO, sign_in_by_link
from directory.checks.links import LinkSigner
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.welcome import let_in
from directory.web.extensions import current_settings
from directory.web.templating import render
from directory.web.transaction import transaction


@admin.get("/demo/<token>")
def demo(token: str) -> Page:
    """A button."""
    _link_id(token)
    return render("admin/demo.html", token=token)


@admin.post("/demo/<token>")
def send_demo(token: str) -> Page:
    """Sign in."""
    link_id = _link_id(token)
    with transaction() as session:
        session_id = sign_in_by_link(session, link_id, clock.now())
    return let_in(session_id, lambda: redirect(url_for("admin.home"), HTTPStatus.SEE_OTHER))


def _link_id(token: str) -> str:
    settings = current_settings()
    if not settings.development:
        abort(HTTPStatus.NOT_FOUND)
    return LinkSigner(settings.link_keys, DEMO).link_id(token)
