"""One entry on the desk: how it stands, how it is kept, who is asked, what was said about it, and what can be done."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import request, url_for
from werkzeug.wrappers import Response

from directory import clock
from directory.accounts.rules import Role
from directory.checks.rules import NobodyToMail
from directory.checks.sending import send_link
from directory.listing.acts import note_entry
from directory.listing.overview import Overview, changes_waiting, contact_views, overview
from directory.listing.queries import joined_with
from directory.organisations.queries import organisation_names, sources_of
from directory.organisations.rules import State
from directory.web.admin.access import LEAST_ROLE, actor, current_officer
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.entry_view import (
    change_lines,
    contact_lines,
    kept_in_words,
    said_about,
    standing_in_words,
    state_in_words,
)
from directory.web.admin.entries.words import COLOURS
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.plain_form import tidy
from directory.web.policy import current_ladder
from directory.web.templating import render
from directory.web.transaction import transaction

LONGEST_NOTE = 2_000
EVERY = frozenset(State)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done with an entry, on a page of its own."""

    words: str
    endpoint: str
    states: frozenset[State]


ACTS = (
    Act("See it as the public does", "admin.preview", EVERY),
    Act("Edit it", "admin.edit_entry", frozenset({State.PUBLIC, State.DRAFT})),
    Act("Publish it", "admin.publish_entry", frozenset({State.DRAFT})),
    Act("Log a phone call", "admin.call", frozenset({State.PUBLIC})),
    Act("Compare it with its source", "admin.source_check", frozenset({State.PUBLIC})),
    Act("Change how it is kept", "admin.keeping", EVERY),
    Act("Add a contact", "admin.new_contact", EVERY),
    Act("History", "admin.entry_history", EVERY),
    Act("Who did what with it", "admin.audit", EVERY),
    Act("Check it against the policy", "admin.inclusion", EVERY),
    Act("Change the address of its page", "admin.slug", EVERY),
    Act("Join it with another entry", "admin.find_other", frozenset({State.PUBLIC, State.DRAFT})),
    Act("Hide it", "admin.hide_entry", frozenset({State.PUBLIC})),
)
"""What is offered, in this order, to those whose role is enough."""


@admin.get("/entries/<uuid:organisation_id>")
def entry(organisation_id: UUID) -> Page:
    """The entry at a glance."""
    return _page(organisation_id)


@admin.post("/entries/<uuid:organisation_id>/notes")
def send_note(organisation_id: UUID) -> Page:
    """Keep a note; notes are never edited."""
    text = tidy(request.form.get("note", ""))
    if not text or len(text) > LONGEST_NOTE:
        words = f"Write no more than {LONGEST_NOTE:,} characters" if text else "Write what is to be noted"
        return _page(organisation_id, note=text, errors={"note": words}), HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction() as session:
        note_entry(session, organisation_id, text, by=actor(), now=clock.now())
    return led_to("admin.entry", "note_added", organisation_id=organisation_id)


@admin.post("/entries/<uuid:organisation_id>/send-link")
def send_update_link(organisation_id: UUID) -> Response | Page:
    """Send the first contact that can be emailed a new link now."""
    try:
        with transaction() as session:
            send_link(session, organisation_id, by=actor(), now=clock.now(), ladder=current_ladder(session))
    except NobodyToMail:
        words = "Nobody can be emailed about this entry. Add a contact first"
        return _page(organisation_id, errors={"send-link": words}), HTTPStatus.CONFLICT
    return led_to("admin.entry", "link_sent", organisation_id=organisation_id)


def _page(organisation_id: UUID, note: str = "", errors: dict[str, str] | None = None) -> str:
    session, now, today = db.session(), clock.now(), clock.today()
    held = overview(session, organisation_id)
    by = officer_names(session)
    joined = [*joined_with(session, organisation_id), *([held.joined_into] if held.joined_into else [])]
    names = current_names()
    return render(
        "admin/entries/entry.html",
        entry=held,
        state=state_in_words(held),
        colour=COLOURS[held.state],
        standing=list(standing_in_words(held, today)),
        edited=f"{date_in_words(held.edited_at.date())} by {actor_in_words(held.edited_by, by)}",
        kept=list(kept_in_words(held.kept, today)),
        contacts=contact_lines(contact_views(session, organisation_id), names),
        changes=change_lines(changes_waiting(session, organisation_id)),
        said=said_about(session, organisation_id, by, now),
        sources=sources_of(session, organisation_id),
        joined=organisation_names(session, joined),
        acts=_acts(held),
        note=note,
        errors=errors or {},
    )


def _acts(held: Overview) -> list[tuple[str, str]]:
    """Words and address of what this officer can do with the entry now."""
    role: Role = current_officer().role
    return [
        (act.words, url_for(act.endpoint, organisation_id=held.id))
        for act in ACTS
        if held.state in act.states and role.may(LEAST_ROLE[act.endpoint])
    ]
