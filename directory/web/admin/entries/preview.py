"""An entry as the public sees it, or would: drafts and hidden ones too, marked as such."""

from uuid import UUID

from directory import clock
from directory.changes.queries import load_entry
from directory.listing.overview import overview
from directory.organisations.public_view import public_view
from directory.organisations.queries import PublicOrganisation, public_front
from directory.organisations.rules import State
from directory.taxonomy.queries import area_centres
from directory.web.admin.blueprint import Page, admin
from directory.web.entry_view import entry_view, text_in
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.templating import render

MARKS = {
    State.PUBLIC: "",
    State.DRAFT: "This is a draft. The public does not see it yet.",
    State.HIDDEN: "This entry is hidden. The public does not see it any more.",
}


@admin.get("/entries/<uuid:organisation_id>/preview")
def preview(organisation_id: UUID) -> Page:
    """The page of the entry, within the desk."""
    session = db.session()
    held, entry = overview(session, organisation_id), load_entry(session, organisation_id)
    shown = PublicOrganisation(
        id=held.id,
        slug=held.slug,
        revision=held.revision,
        details=public_view(entry.details, area_centres(session)),
        standing=held.standing,
    )
    return render(
        "admin/entries/preview.html",
        organisation_id=organisation_id,
        entry=entry_view(shown, current_names(), clock.now()),
        whole=entry.details.part_of and public_front(session, entry.details.part_of),
        text_in=text_in,
        mark=MARKS[held.state],
    )
