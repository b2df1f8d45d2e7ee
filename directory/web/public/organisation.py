"""One organisation: everything about it and its services."""

from flask import current_app, url_for

from directory import clock
from directory.organisations.queries import public_front, public_organisation
from directory.web.entry_view import entry_view, text_in
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.public.blueprint import public
from directory.web.public.linked_data import linked_data
from directory.web.templating import render


@public.get("/organisations/<slug>")
def organisation(slug: str) -> str:
    """The page of one organisation."""
    session = db.session()
    entry = public_organisation(session, slug)
    whole = entry.details.part_of and public_front(session, entry.details.part_of)
    names = current_names()
    address = current_app.extensions["settings"].public_origin + url_for("public.organisation", slug=slug)
    return render(
        "public/organisation.html",
        entry=entry_view(entry, names, clock.now()),
        whole=whole,
        text_in=text_in,
        linked_data=linked_data(entry, address, names),
    )
