"""The history of an entry: every revision with who made it and why, and how any two of them differ."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import abort, request

from directory import clock
from directory.changes.editing import PUBLISHED
from directory.changes.queries import history, load_entry, record_names, revision_details
from directory.changes.views import RevisionView
from directory.checks.keeping import day_of
from directory.listing.hiding import SHOWN_AGAIN
from directory.listing.overview import overview
from directory.listing.queries import hidings_of
from directory.organisations.rules import State
from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.differences import differences_in_words, titles_of
from directory.web.admin.entries.entry_view import hiding_line
from directory.web.admin.paging import LENGTH, Paging, asked_page
from directory.web.entry_form.options import Option
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.names import current_names
from directory.web.templating import render
from directory.web.typed_text import whole_number

MOST_TITLES = 4
OF_CHANGE = "change "
"""How the reason of a revision begins that a change made."""
REASONS: Mapping[str, str] = {
    PUBLISHED: "The draft was published",
    SHOWN_AGAIN: "Shown to the public again",
    "seed": "The directory was first filled",
    "told by the organisation": "Told by the organisation, and public at once",
}
PATTERNS: Mapping[str, str] = {
    r"change [0-9a-f-]+": "A change was approved",
    r"restored (\d+)": r"Went back to revision \1",
    r"renamed to (.+)": r"Its address became \1",
}
"""What revisions keep as their reason, and what it means."""
MERGED = re.compile(r"merged (?:\w+)/(\S+) into (\w+)/(\S+)")
RETIRED = re.compile(r"retired (\w+)/(\S+)")


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision in the list."""

    number: int
    made: str
    why: str
    titles: tuple[str, ...]
    more: int
    """How many units differ beside those that are named."""
    change_id: str
    """The change that made it, if one did."""


@admin.get("/entries/<uuid:organisation_id>/history")
def entry_history(organisation_id: UUID) -> Page:
    """Every revision, the newest first."""
    session = db.session()
    held, by = overview(session, organisation_id), officer_names(session)
    revisions = history(session, organisation_id)
    paging = Paging(asked_page(), len(revisions))
    page = revisions[paging.offset : paging.offset + LENGTH]
    records = record_names(load_entry(session, organisation_id).details)
    taxonomy = current_taxonomy()
    numbers = [revision.number for revision in revisions]
    return render(
        "admin/entries/history.html",
        entry=held,
        revisions=[_revision(revision, by, records, taxonomy) for revision in page],
        hidings=[hiding_line(row, by) for row in hidings_of(session, organisation_id)],
        paging=paging,
        older=[Option(str(number), f"Revision {number}", number == held.revision - 1) for number in numbers],
        newer=[Option(str(number), f"Revision {number}", number == held.revision) for number in numbers],
        may_restore=held.state is State.PUBLIC,
    )


@admin.get("/entries/<uuid:organisation_id>/compare")
def compare_revisions(organisation_id: UUID) -> Page:
    """How two revisions differ."""
    session = db.session()
    held = overview(session, organisation_id)
    older, newer = (_asked(name) for name in ("from", "to"))
    old, new = (revision_details(session, organisation_id, number) for number in (older, newer))
    return render(
        "admin/entries/compare.html",
        entry=held,
        older=older,
        newer=newer,
        changed=differences_in_words(session, old, new, current_names(), clock.today()),
    )


def why_in_words(why: str, taxonomy: Taxonomy) -> str:
    """Why a revision was made, as people say it. Of a term that was merged its code alone is left."""
    if merged := MERGED.fullmatch(why):
        return f"The term {merged[1]} was merged into {_term(taxonomy, merged[2], merged[3])}"
    if retired := RETIRED.fullmatch(why):
        return f"The term {_term(taxonomy, retired[1], retired[2])} was retired"
    for pattern, words in PATTERNS.items():
        if re.fullmatch(pattern, why):
            return re.sub(pattern, words, why)
    return REASONS.get(why, why[:1].upper() + why[1:])


def _term(taxonomy: Taxonomy, kind: str, code: str) -> str:
    """What a term is called today; its code where it is not known."""
    is_known = kind in set(TermKind) and taxonomy.has(TermKind(kind), code)
    return taxonomy.name(TermKind(kind), code) if is_known else code


def _revision(revision: RevisionView, by: Mapping[str, str], records: dict[str, str], taxonomy: Taxonomy) -> Revision:
    titles = titles_of(revision.differences, records)
    return Revision(
        number=revision.number,
        made=f"{date_in_words(day_of(revision.made_at))} by {actor_in_words(revision.made_by, by)}",
        why=why_in_words(revision.why, taxonomy),
        titles=titles[:MOST_TITLES],
        more=max(0, len(titles) - MOST_TITLES),
        change_id=revision.why.removeprefix(OF_CHANGE) if revision.why.startswith(OF_CHANGE) else "",
    )


def _asked(name: str) -> int:
    number = whole_number(request.args.get(name, ""))
    return abort(HTTPStatus.NOT_FOUND) if number is None else number
