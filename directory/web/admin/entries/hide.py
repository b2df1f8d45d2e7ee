"""Hiding an entry with a reason, agreeing to it as a second officer, and showing it again."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from directory import clock
from directory.checks.rules import ReasonMissing
from directory.errors import DomainError
from directory.listing.coverage import Code, only_match
from directory.listing.hiding import confirm_hiding, hide, refuse_hiding, show_again, take_up_again
from directory.listing.inclusion import remember_entry
from directory.listing.models import HidingRow
from directory.listing.overview import overview
from directory.listing.queries import hidings_of
from directory.listing.rules import (
    AnotherOfficerNeeded,
    ChangesWaiting,
    HidingAsked,
    HidingDecided,
    HidingState,
    HidingUnknown,
)
from directory.organisations.operations import UnknownCodes
from directory.organisations.rules import NoWayToReach, State, StateRefused
from directory.taxonomy.terms import TermKind
from directory.web.admin.access import actor
from directory.web.admin.actors import officer_names
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.entry_view import hiding_line
from directory.web.admin.typed import Typed, sent, too_long
from directory.web.extensions import db
from directory.web.names import Names, current_names
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction

LONGEST_REASON = 1_000
REFUSALS: Mapping[type[DomainError], str] = {
    ReasonMissing: "Write why it is to be hidden",
    ChangesWaiting: "Changes of this entry wait for a decision. Decide about them first",
    HidingAsked: "Somebody has asked for this already. A second officer has to agree",
    StateRefused: "It is not public any more",
}
DECIDED = "Somebody else has just decided this. Nothing that you chose was done."
NOT_BY_YOU = "You asked for this yourself. Another officer has to agree"


@admin.get("/entries/<uuid:organisation_id>/hide")
def hide_entry(organisation_id: UUID) -> Page:
    """What hiding it means, and the form."""
    return _page(organisation_id, Typed())


@admin.post("/entries/<uuid:organisation_id>/hide")
def send_hide(organisation_id: UUID) -> Page:
    """Hide it, or ask for a second officer."""
    typed = sent("remember", texts=("reason",))
    typed = typed.wrong(reason=too_long(typed.get("reason"), LONGEST_REASON))
    if typed.errors:
        return _page(organisation_id, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction() as session:
            row = _hide(session, organisation_id, typed)
    except (ReasonMissing, ChangesWaiting, HidingAsked, StateRefused) as error:
        refused = typed.wrong(reason=REFUSALS[type(error)])
        return _page(organisation_id, refused), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    done = "hidden" if row.state is HidingState.HIDDEN else "hiding_asked"
    return led_to("admin.entry", done, organisation_id=organisation_id)


@admin.get("/entries/<uuid:organisation_id>/hiding")
def second_officer(organisation_id: UUID) -> Page:
    """What a second officer has to agree to, or what was decided about it."""
    return _second_page(organisation_id)


@admin.post("/entries/<uuid:organisation_id>/hiding")
def decide_hiding(organisation_id: UUID) -> Page:
    """Agree, or keep the entry public. The form names the request that was seen."""
    answer = request.form.getlist("answer")[-1:]
    if answer not in (["yes"], ["no"]):
        return _second_page(organisation_id, error="Choose yes or no"), HTTPStatus.UNPROCESSABLE_ENTITY
    decide = confirm_hiding if answer == ["yes"] else refuse_hiding
    try:
        with transaction() as session:
            decide(session, _seen(session, organisation_id), by=actor(), now=clock.now())
    except HidingDecided:
        return _second_page(organisation_id, message=DECIDED), HTTPStatus.CONFLICT
    except (AnotherOfficerNeeded, ChangesWaiting, StateRefused) as error:
        words = REFUSALS.get(type(error), NOT_BY_YOU)
        return _second_page(organisation_id, error=words), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return led_to("admin.entry", "hidden" if answer == ["yes"] else "hiding_refused", organisation_id=organisation_id)


@admin.post("/entries/<uuid:organisation_id>/show")
def send_show(organisation_id: UUID) -> Page:
    """Show a hidden entry again; a draft that was joined with another stands by itself again."""
    state = overview(db.session(), organisation_id).state
    try:
        with transaction() as session:
            if state is State.DRAFT:
                take_up_again(session, organisation_id, by=actor(), now=clock.now())
            else:
                show_again(session, organisation_id, by=actor(), now=clock.now())
    except (StateRefused, UnknownCodes, NoWayToReach):
        words = "It cannot be shown as it is: somebody has shown it already, or a term that it uses is gone"
        return _page(organisation_id, Typed().wrong(reason=words)), HTTPStatus.CONFLICT
    tell_the_search()
    done = "taken_up" if state is State.DRAFT else "shown_again"
    return led_to("admin.entry", done, organisation_id=organisation_id)


def code_in_words(code: Code, names: Names) -> str:
    """What nobody else offers: `Language: Turkish`."""
    kind, value = code
    said = {
        TermKind.GROUND: ("Reason", names.ground),
        TermKind.KIND: ("Kind of help", names.kind),
        TermKind.LANGUAGE: ("Language", names.spoken),
    }
    words, name = said[kind]
    return f"{words}: {name(value)}"


def _hide(session: Session, organisation_id: UUID, typed: Typed) -> HidingRow:
    reason, by, now = typed.get("reason"), actor(), clock.now()
    row = hide(session, organisation_id, reason=reason, by=by, now=now)
    if typed.get("remember") == "yes":
        remember_entry(session, organisation_id, reason=reason, by=by, now=now)
    return row


def _seen(session: Session, organisation_id: UUID) -> UUID:
    """The request that the form was about; no other entry's."""
    seen = request.form.get("hiding", "")
    known = next((row.id for row in hidings_of(session, organisation_id) if str(row.id) == seen), None)
    if known is None:
        raise HidingUnknown(seen)
    return known


def _page(organisation_id: UUID, typed: Typed) -> str:
    session, names = db.session(), current_names()
    held = overview(session, organisation_id)
    lost = only_match(session, organisation_id) if held.state is State.PUBLIC else ()
    return render(
        "admin/entries/hide.html", entry=held, typed=typed, lost=[code_in_words(code, names) for code in lost]
    )


def _second_page(organisation_id: UUID, *, message: str = "", error: str = "") -> str:
    session, names = db.session(), current_names()
    requests = hidings_of(session, organisation_id)
    if not requests:
        raise HidingUnknown(str(organisation_id))
    row = requests[0]
    pairs = [code.split(":", 1) for code in row.only_match]
    return render(
        "admin/entries/second_officer.html",
        entry=overview(session, organisation_id),
        hiding_id=row.id,
        line=hiding_line(row, officer_names(session)),
        lost=[code_in_words((TermKind(kind), code), names) for kind, code in pairs],
        is_waiting=row.state is HidingState.WAITING,
        is_own=row.asked_by == actor(),
        message=message,
        error=error,
    )
