"""How an entry is kept: the way, how often, the next check, a pause, whether it is emailed."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy.orm import Session

from directory import clock
from directory.changes.queries import load_entry
from directory.checks.keeping import end_pause, locked_keeping, mark_do_not_email, pause, set_due, set_period, set_way
from directory.checks.rules import LONGEST_PERIOD, DateRefused, ReasonMissing, Way
from directory.listing.overview import Kept, overview
from directory.organisations.validity import is_link
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.words import WAYS
from directory.web.admin.typed import NO_DAY, Typed, filled, sent
from directory.web.entry_form.choices import DAY
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.typed_text import whole_number

TOO_FAR = "Choose a day between today and a year from now"
YES, NO = "yes", "no"


@admin.get("/entries/<uuid:organisation_id>/keeping")
def keeping(organisation_id: UUID) -> Page:
    """The form, filled in as it is kept now."""
    return _page(organisation_id, None, Typed())


@admin.post("/entries/<uuid:organisation_id>/keeping")
def send_keeping(organisation_id: UUID) -> Page:
    """Set what was changed, and leave the rest."""
    typed = _typed()
    if typed.errors:
        return _page(organisation_id, typed, Typed()), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction() as session:
            load_entry(session, organisation_id)
            _set(session, organisation_id, typed)
    except DateRefused:
        wrong = typed.with_errors({f"due{DAY}": TOO_FAR})
        return _page(organisation_id, wrong, Typed()), HTTPStatus.UNPROCESSABLE_ENTITY
    return led_to("admin.entry", "keeping_set", organisation_id=organisation_id)


@admin.post("/entries/<uuid:organisation_id>/pause")
def send_pause(organisation_id: UUID) -> Page:
    """Ask nothing before a day; or ask again from today on."""
    typed = sent("reason", "act", days=("until",))
    try:
        with transaction() as session:
            load_entry(session, organisation_id)
            _pause(session, organisation_id, typed)
    except ReasonMissing:
        wrong = typed.wrong(reason="Write why nothing is to be asked")
        return _page(organisation_id, None, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    except DateRefused:
        wrong = typed.with_errors({f"until{DAY}": TOO_FAR if typed.day("until") else NO_DAY})
        return _page(organisation_id, None, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    return led_to("admin.entry", "keeping_set", organisation_id=organisation_id)


def _pause(session: Session, organisation_id: UUID, typed: Typed) -> None:
    by, now, until = actor(), clock.now(), typed.day("until")
    if typed.get("act") == "end":
        end_pause(session, organisation_id, by=by, now=now)
        return
    if until is None:
        raise DateRefused
    pause(session, organisation_id, until=until, reason=typed.get("reason"), by=by, now=now)


def _typed() -> Typed:
    typed = sent("way", "source", "period", "email", days=("due",))
    period, source = typed.get("period"), typed.get("source")
    is_period = 1 <= (whole_number(period) or 0) <= LONGEST_PERIOD
    return typed.with_errors(
        {
            "way": "" if typed.get("way") in set(Way) else "Choose how it is kept",
            "source": "" if not source or is_link(source) else "Enter a link, like https://example.org/contact",
            "period": "" if is_period else f"Enter a number of days from 1 to {LONGEST_PERIOD}",
            f"due{DAY}": "" if typed.day("due") else NO_DAY,
        }
    )


def _set(session: Session, organisation_id: UUID, typed: Typed) -> None:
    """Only what differs: each is an act of its own."""
    by, now = actor(), clock.now()
    held = locked_keeping(session, organisation_id, now)
    way, source, period, due = Way(typed.get("way")), typed.get("source"), int(typed.get("period")), typed.day("due")
    if (way, source) != (held.way, held.source_to_check):
        set_way(session, organisation_id, way, by=by, now=now, source_to_check=source)
    if period != held.period_days:
        set_period(session, organisation_id, period, by=by, now=now)
    if due is not None and due != held.due_on:
        set_due(session, organisation_id, due, by=by, now=now)
    do_not_email = typed.get("email") == NO
    if do_not_email != held.do_not_email:
        mark_do_not_email(session, organisation_id, by=by, now=now, do_not_email=do_not_email)


def _filled(kept: Kept | None) -> Typed:
    if kept is None:
        return filled(email=YES)
    return filled(
        way=kept.way,
        source=kept.source_to_check,
        period=str(kept.period_days),
        due=kept.due_on,
        email=NO if kept.do_not_email else YES,
    )


def _page(organisation_id: UUID, typed: Typed | None, pausing: Typed) -> str:
    held = overview(db.session(), organisation_id)
    shown = typed or _filled(held.kept)
    paused = held.kept.paused_until if held.kept else None
    return render(
        "admin/entries/keeping.html",
        entry=held,
        typed=shown,
        pausing=pausing if pausing.values else filled(reason=held.kept.pause_reason if held.kept else "", until=paused),
        is_paused=bool(paused and paused > clock.today()),
        ways=[Option(way, words, way == shown.get("way")) for way, words in WAYS.items()],
        emails=[
            Option(YES, "Yes, we may email them", shown.get("email") == YES),
            Option(NO, "No, ring them instead", shown.get("email") == NO),
        ],
        longest=LONGEST_PERIOD,
    )
