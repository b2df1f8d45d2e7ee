"""Going back to an earlier revision: what it changes is seen first, and what was seen is done."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from flask import request

from directory import clock
from directory.changes.operations import restore
from directory.changes.queries import load_entry, revision_details
from directory.changes.rules import CheckNeeded, EntryMovedOn, HowChecked, NothingChanged
from directory.errors import DomainError
from directory.organisations.operations import UnknownCodes
from directory.organisations.rules import NoWayToReach, StateRefused
from directory.organisations.validity import DetailsInvalid
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.differences import differences_in_words
from directory.web.admin.done import led_to
from directory.web.admin.entries.words import CHECKED
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.typed_text import whole_number

MOVED_ON = "The entry has changed while you looked. Nothing was done. This is what going back would change now."
REFUSALS: Mapping[type[DomainError], str] = {
    NothingChanged: "The entry says this already",
    StateRefused: "Only a public entry goes back to what it was. Show it again first",
    NoWayToReach: "The public could not reach anybody then. Edit the entry instead",
    DetailsInvalid: "What it said then is not allowed any more. Edit the entry instead",
}


@admin.get("/entries/<uuid:organisation_id>/restore/<int:number>")
def restore_revision(organisation_id: UUID, number: int) -> Page:
    """What going back would change."""
    return _page(organisation_id, number, Typed())


@admin.post("/entries/<uuid:organisation_id>/restore/<int:number>")
def send_restore(organisation_id: UUID, number: int) -> Page:
    """Make the entry say again what it said then, as a new revision."""
    typed = sent("how")
    try:
        _restore(organisation_id, number, typed.get("how"))
    except EntryMovedOn:
        return _page(organisation_id, number, typed, MOVED_ON), HTTPStatus.CONFLICT
    except CheckNeeded:
        return _refused(organisation_id, number, typed.wrong(how="Say how you checked it"))
    except UnknownCodes as error:
        gone = f"It used terms that are not there any more: {error}. Edit the entry instead"
        return _refused(organisation_id, number, typed.wrong(restore=gone))
    except (NothingChanged, StateRefused, NoWayToReach, DetailsInvalid) as error:
        return _refused(organisation_id, number, typed.wrong(restore=REFUSALS[type(error)]))
    tell_the_search()
    return led_to("admin.entry_history", "restored", organisation_id=organisation_id)


def _restore(organisation_id: UUID, number: int, how: str) -> None:
    revision = whole_number(request.form.get("revision", "")) or 0
    with transaction() as session:
        restore(
            session,
            organisation_id,
            number,
            revision=revision,
            how_checked=HowChecked(how) if how in set(HowChecked) else None,
            by=actor(),
            now=clock.now(),
        )


def _refused(organisation_id: UUID, number: int, typed: Typed) -> Page:
    return _page(organisation_id, number, typed), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(organisation_id: UUID, number: int, typed: Typed, message: str = "") -> str:
    session = db.session()
    entry = load_entry(session, organisation_id)
    then = revision_details(session, organisation_id, number)
    changed = differences_in_words(session, entry.details, then, current_names(), clock.today())
    how = typed.get("how")
    return render(
        "admin/entries/restore.html",
        entry=entry,
        name=entry.details.name,
        number=number,
        changed=changed,
        is_contact=any(one.is_contact for one in changed),
        ways=[Option(value, words, value == how) for value, words in CHECKED.items()],
        typed=typed,
        message=message,
    )
