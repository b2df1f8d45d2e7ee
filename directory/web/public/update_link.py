"""Asking for a link to keep an entry: it goes to the address on file, and nobody learns whether there is one."""

from http import HTTPStatus

from flask import redirect, url_for
from werkzeug.wrappers import Response

from directory import clock
from directory.checks.issuing import send_new_link
from directory.organisations.queries import PublicOrganisation, public_organisation
from directory.web.extensions import db
from directory.web.limits import may_send
from directory.web.plain_form import SEND, PlainForm, new_form, sent_form
from directory.web.policy import current_ladder
from directory.web.public.blueprint import public
from directory.web.public.problem import too_often
from directory.web.templating import render
from directory.web.transaction import transaction

FORM = "update-link"


@public.get("/organisations/<slug>/update")
def update_link(slug: str) -> str:
    """One button."""
    return _page(public_organisation(db.session(), slug), new_form(FORM))


@public.post("/organisations/<slug>/update")
def send_update_link(slug: str) -> Response | tuple[str, HTTPStatus]:
    """Send the link, if there is an address that may have one."""
    entry = public_organisation(db.session(), slug)
    form = sent_form(FORM, ())
    if form.errors:
        return _page(entry, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if not may_send():
        return _page(entry, form.with_errors({SEND: too_often()})), HTTPStatus.TOO_MANY_REQUESTS
    with transaction() as session:
        send_new_link(session, slug, now=clock.now(), ladder=current_ladder(session))
    return redirect(url_for("public.update_link_sent", slug=slug), HTTPStatus.SEE_OTHER)


@public.get("/organisations/<slug>/update/sent")
def update_link_sent(slug: str) -> str:
    """Where the link is, and what to do if there is none."""
    entry = public_organisation(db.session(), slug)
    return render("public/update_link_sent.html", slug=entry.slug, name=entry.details.name)


def _page(entry: PublicOrganisation, form: PlainForm) -> str:
    return render("public/update_link.html", form=form, slug=entry.slug, name=entry.details.name)
