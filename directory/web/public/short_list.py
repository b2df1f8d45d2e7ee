"""A short list of organisations that lives only in its link: to print, to share, and kept nowhere."""

from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for
from sqlalchemy.orm import Session

from directory import clock
from directory.organisations.queries import (
    OrganisationGone,
    OrganisationMoved,
    OrganisationNotFound,
    PublicOrganisation,
    public_organisation,
)
from directory.web.entry_view import EntryView, entry_view
from directory.web.extensions import db
from directory.web.names import Names, current_names
from directory.web.public.blueprint import public
from directory.web.templating import render

LONGEST = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation on the list, and the link to the list without it."""

    entry: EntryView
    without: str


@dataclass(frozen=True, slots=True)
class ShortList:
    """The organisations that could be shown, and how many of the link could not."""

    listed: tuple[Listed, ...]
    slugs: tuple[str, ...]
    unknown: int
    left_out: int


@public.get("/list")
def short_list() -> str:
    """The short list of the link."""
    asked = tuple(dict.fromkeys(request.args.getlist("o")))
    found = read_list(db.session(), asked, current_names(), clock.now())
    return render("public/short_list.html", short_list=found, longest=LONGEST)


def read_list(session: Session, asked: tuple[str, ...], names: Names, now: datetime) -> ShortList:
    """The list of these slugs, in their order; what the public cannot see is only counted."""
    entries = [entry for slug in asked[:LONGEST] if (entry := _found(session, slug))]
    slugs = tuple(dict.fromkeys(entry.slug for entry in entries))
    by_slug = {entry.slug: entry for entry in entries}
    listed = tuple(Listed(entry_view(by_slug[slug], names, now), _without(slugs, slug)) for slug in slugs)
    return ShortList(listed, slugs, len(asked[:LONGEST]) - len(entries), len(asked[LONGEST:]))


def _found(session: Session, slug: str) -> PublicOrganisation | None:
    try:
        return public_organisation(session, slug)
    except OrganisationMoved as moved:
        return _found(session, moved.slug)
    except (OrganisationNotFound, OrganisationGone):
        return None


def _without(slugs: tuple[str, ...], slug: str) -> str:
    return url_for("public.short_list", o=[other for other in slugs if other != slug])
