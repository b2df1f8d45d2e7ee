"""Making a draft public: it is read once more, checked against the policy, and compared with what there is."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from directory import clock
from directory.changes.editing import publish_draft
from directory.changes.queries import load_entry
from directory.changes.rules import EntryMovedOn, HowChecked
from directory.checks.rules import ReasonMissing
from directory.errors import DomainError
from directory.listing.inclusion import log_inclusion_check
from directory.organisations.operations import UnknownCodes
from directory.organisations.public_view import public_view
from directory.organisations.rules import NoWayToReach, StateRefused, is_publishable
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.inclusion import LONGEST_NOTE, WHY, criteria_options, sent_criteria
from directory.web.admin.entries.words import CHECKED
from directory.web.admin.likeness_words import like_in_words, not_listed_in_words
from directory.web.admin.typed import Typed, sent, too_long
from directory.web.entry_form.options import Option
from directory.web.entry_text import entry_text, shown_parts
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction

MOVED_ON = "The draft has changed while you read it. Nothing was published. This is how it is now."
REFUSALS: Mapping[type[DomainError], str] = {
    NoWayToReach: "The public could not reach anybody. Edit the draft first, and add a number, an email or a website",
    StateRefused: "It is no draft any more, or it was joined with another entry",
    UnknownCodes: "It uses a term that was taken away meanwhile. Edit the draft first",
}


@admin.get("/entries/<uuid:organisation_id>/publish")
def publish_entry(organisation_id: UUID) -> Page:
    """The draft as the public would see it, and what has to be said before it does."""
    return _page(organisation_id, Typed())


@admin.post("/entries/<uuid:organisation_id>/publish")
def send_publish_entry(organisation_id: UUID) -> Page:
    """Make it public as it was read."""
    typed = sent("how", texts=("note",))
    typed = typed.wrong(
        how="" if typed.get("how") in set(HowChecked) else "Say how you checked it",
        note=too_long(typed.get("note"), LONGEST_NOTE),
    )
    if typed.errors:
        return _page(organisation_id, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction() as session:
            _publish(session, organisation_id, typed)
    except EntryMovedOn:
        return _page(organisation_id, typed, MOVED_ON), HTTPStatus.CONFLICT
    except ReasonMissing:
        return _page(organisation_id, typed.wrong(note=WHY)), HTTPStatus.UNPROCESSABLE_ENTITY
    except (NoWayToReach, StateRefused, UnknownCodes) as error:
        refused = typed.wrong(publish=REFUSALS[type(error)])
        return _page(organisation_id, refused), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return led_to("admin.entry", "published", organisation_id=organisation_id)


def _publish(session: Session, organisation_id: UUID, typed: Typed) -> None:
    now, how = clock.now(), HowChecked(typed.get("how"))
    version = request.form.get("version", "")
    publish_draft(session, organisation_id, version=version, how_checked=how, by=actor(), now=now)
    log_inclusion_check(session, organisation_id, met=sent_criteria(), note=typed.get("note"), by=actor(), now=now)


def _page(organisation_id: UUID, typed: Typed, message: str = "") -> str:
    session = db.session()
    entry = load_entry(session, organisation_id)
    how = typed.get("how")
    return render(
        "admin/entries/publish.html",
        entry=entry,
        name=entry.details.name,
        typed=typed,
        message=message,
        parts=shown_parts(entry_text(public_view(entry.details, {}), current_names(), clock.today())),
        is_publishable=is_publishable(entry.details),
        criteria=criteria_options(sent_criteria()),
        ways=[Option(value, words, value == how) for value, words in CHECKED.items()],
        like=like_in_words(session, entry.details, but=[organisation_id]),
        not_listed=not_listed_in_words(session, entry.details),
    )
