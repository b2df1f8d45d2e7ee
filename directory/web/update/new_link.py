"""A new link in the place of one that is too old: to the address on file alone, and the same answer in every case."""

from http import HTTPStatus

from flask import redirect, url_for

from directory import clock
from directory.checks.issuing import renew_link
from directory.web.policy import current_ladder
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.update.blueprint import Page, link_id, update


@update.post("/<token>/new-link")
def send_link() -> Page:
    """Send a new link, as often as is allowed in a day."""
    with transaction() as session:
        renew_link(session, link_id(), now=clock.now(), ladder=current_ladder(session))
    return redirect(url_for("update.link_sent"), HTTPStatus.SEE_OTHER)


@update.get("/<token>/new-link")
def link_sent() -> Page:
    """Where the new link is, if one could be sent."""
    return render("update/link_sent.html")
