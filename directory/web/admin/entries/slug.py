"""The address of an entry's public page."""

import re
from http import HTTPStatus
from uuid import UUID

from directory import clock
from directory.changes.slugs import slug_of
from directory.listing.acts import rename_entry
from directory.listing.overview import overview
from directory.organisations.operations import SlugTaken
from directory.taxonomy.rules import is_telling
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.typed import Typed, filled, sent
from directory.web.extensions import db
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60
NOT_A_SLUG = f"Use small letters, figures and hyphens, no more than {LONGEST_SLUG}, like harbour-advice"
TELLING = "Leave out words like hate, crime, victim or abuse, unless they stand in its name: they give a reader away"
TAKEN = "Another entry has this address, or had it once. Choose another"


@admin.get("/entries/<uuid:organisation_id>/slug")
def slug(organisation_id: UUID) -> Page:
    """The form, with the address of now."""
    return _page(organisation_id, None)


@admin.post("/entries/<uuid:organisation_id>/slug")
def send_slug(organisation_id: UUID) -> Page:
    """Give it another address; the old one leads to it for ever."""
    typed = sent("slug")
    wanted = typed.get("slug")
    if not SLUG.fullmatch(wanted) or len(wanted) > LONGEST_SLUG:
        return _page(organisation_id, typed.wrong(slug=NOT_A_SLUG)), HTTPStatus.UNPROCESSABLE_ENTITY
    if _gives_away(wanted, overview(db.session(), organisation_id).name):
        return _page(organisation_id, typed.wrong(slug=TELLING)), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction() as session:
            rename_entry(session, organisation_id, wanted, by=actor(), now=clock.now())
    except SlugTaken:
        return _page(organisation_id, typed.wrong(slug=TAKEN)), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return led_to("admin.entry", "renamed", organisation_id=organisation_id)


def _gives_away(wanted: str, name: str) -> bool:
    """Whether a word gives a reader away that the organisation does not call itself by."""
    own = slug_of(name).split("-")
    return any(is_telling(word) and word not in own for word in wanted.split("-"))


def _page(organisation_id: UUID, typed: Typed | None) -> str:
    held = overview(db.session(), organisation_id)
    return render("admin/entries/slug.html", entry=held, typed=typed or filled(slug=held.slug))
