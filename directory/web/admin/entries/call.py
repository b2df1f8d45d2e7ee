"""A phone call about an entry, in one form: who was spoken to and what they said; and a look at its source."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from uuid import UUID

from sqlalchemy.orm import Session

from directory import clock
from directory.changes.queries import load_entry
from directory.checks.calls import log_closed_by_phone, log_phone_check, log_source_check
from directory.checks.unreached import log_no_answer
from directory.listing.overview import overview
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.edit import begun, form_page, spoken_to
from directory.web.admin.task_words import CALL_SCRIPT
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.options import Option
from directory.web.entry_text import ShownPart, entry_text, shown_parts
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.policy import current_ladder
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction


class Heard(StrEnum):
    """What came of a call."""

    CORRECT = "correct"
    CHANGED = "changed"
    CLOSED = "closed"
    UNANSWERED = "unanswered"


WORDS: Mapping[Heard, str] = {
    Heard.CORRECT: "All of the entry is correct",
    Heard.CHANGED: "Something has changed: I correct it next",
    Heard.CLOSED: "They have closed, or no longer do this",
    Heard.UNANSWERED: "Nobody answered",
}


@admin.get("/entries/<uuid:organisation_id>/call")
def call(organisation_id: UUID) -> Page:
    """The form, beside what the entry says, to be read out."""
    return _page(organisation_id, Typed())


@admin.post("/entries/<uuid:organisation_id>/call")
def log_call(organisation_id: UUID) -> Page:
    """Keep what came of the call; where something has changed, go on to correct it, and the call is kept with that."""
    typed = _typed()
    if typed.errors:
        return _page(organisation_id, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    if typed.get("heard") == Heard.CHANGED:
        return form_page(begun(organisation_id, "", spoken_to(typed.get("name"), typed.get("role"))))
    with transaction() as session:
        load_entry(session, organisation_id)
        _log(session, organisation_id, typed)
    tell_the_search()
    return led_to("admin.entry", f"call_{typed.get('heard')}", organisation_id=organisation_id)


@admin.get("/entries/<uuid:organisation_id>/source-check")
def source_check(organisation_id: UUID) -> Page:
    """What the entry says, to be compared with the page that it is kept by."""
    session = db.session()
    held = overview(session, organisation_id)
    return render(
        "admin/entries/source_check.html",
        entry=held,
        source=(held.kept.source_to_check if held.kept else "") or held.website,
        parts=_parts(session, organisation_id),
    )


@admin.post("/entries/<uuid:organisation_id>/source-check")
def log_check_of_source(organisation_id: UUID) -> Page:
    """Keep that all of it is as the page says."""
    with transaction() as session:
        load_entry(session, organisation_id)
        log_source_check(session, organisation_id, by=actor(), now=clock.now())
    tell_the_search()
    return led_to("admin.entry", "source_checked", organisation_id=organisation_id)


def _log(session: Session, organisation_id: UUID, typed: Typed) -> None:
    by, now = actor(), clock.now()
    name, role = typed.get("name"), typed.get("role")
    match typed.get("heard"):
        case Heard.CORRECT:
            log_phone_check(session, organisation_id, name=name, role=role, by=by, now=now)
        case Heard.CLOSED:
            log_closed_by_phone(session, organisation_id, name=name, role=role, by=by, now=now)
        case Heard.UNANSWERED:
            log_no_answer(session, organisation_id, by=by, now=now, ladder=current_ladder(session))


def _typed() -> Typed:
    typed = sent("heard", "name", "role")
    heard, spoken = typed.get("heard"), typed.get("name") or typed.get("role")
    return typed.wrong(
        heard="" if heard in set(Heard) else "Choose what came of the call",
        name="" if spoken or heard in {"", Heard.UNANSWERED} else "Write who you spoke to, or what they do there",
    )


def _page(organisation_id: UUID, typed: Typed) -> str:
    session = db.session()
    held = overview(session, organisation_id)
    return render(
        "admin/entries/call.html",
        entry=held,
        parts=_parts(session, organisation_id),
        script=CALL_SCRIPT,
        typed=typed,
        options=[Option(heard, words, heard == typed.get("heard")) for heard, words in WORDS.items()],
    )


def _parts(session: Session, organisation_id: UUID) -> tuple[ShownPart, ...]:
    """What the entry says, withheld addresses too: officers read it out."""
    return shown_parts(entry_text(load_entry(session, organisation_id).details, current_names(), clock.today()))
