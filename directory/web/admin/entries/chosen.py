"""One act on many entries: those that were ticked in the list are shown again, with what the act needs to know."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from flask import abort, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from directory import clock
from directory.checks.keeping import mark_do_not_email, pause, set_due, set_way
from directory.checks.rules import DateRefused, Way
from directory.checks.sending import send_links
from directory.organisations.queries import organisation_names
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.sent_criteria import sent_filters
from directory.web.admin.entries.words import WAYS
from directory.web.admin.paging import LENGTH
from directory.web.admin.typed import NO_DAY, Typed, sent
from directory.web.entry_form.choices import DAY
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.policy import current_ladder
from directory.web.templating import render
from directory.web.transaction import transaction

SEND, WAY, DATE, PAUSE, DO_NOT_EMAIL = "send", "way", "date", "pause", "do-not-email"
ACTS: Mapping[str, tuple[str, str]] = {
    SEND: ("Send an update link", "Send them an update link now"),
    WAY: ("Set how they are kept", "Set how they are kept"),
    DATE: ("Set the next check", "Set the day of their next check"),
    PAUSE: ("Pause", "Ask them nothing until a day"),
    DO_NOT_EMAIL: ("Do not email", "Ring them instead of emailing"),
}
"""Each act: its button in the list, and the head of its page."""
TOO_FAR = "Choose a day between today and a year from now"


@admin.get("/entries/chosen")
def chosen() -> Page:
    """The entries that were ticked, and what the act needs to know."""
    return _page(_act(), _names(), Typed())


@admin.post("/entries/chosen")
def act_on_chosen() -> Page:
    """Do it for all of them, or for none."""
    act, names = _act(), _names()
    typed = _typed(act)
    if typed.errors or not names:
        return _page(act, names, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    ids = [UUID(identity) for identity in names]
    if act == SEND:
        return _send(ids)
    try:
        with transaction() as session:
            for organisation_id in ids:
                _ONE[act](session, organisation_id, typed)
    except DateRefused:
        return _page(act, names, typed.with_errors({f"day{DAY}": TOO_FAR})), HTTPStatus.UNPROCESSABLE_ENTITY
    return led_to("admin.entries", "many_set", number=len(ids), **sent_filters())


def _send(ids: Sequence[UUID]) -> Response:
    with transaction() as session:
        mailed = send_links(session, ids, by=actor(), now=clock.now(), ladder=current_ladder(session))
    return led_to("admin.entries", "links_sent", number=len(mailed), of=len(ids), **sent_filters())


def _set_way(session: Session, organisation_id: UUID, typed: Typed) -> None:
    set_way(session, organisation_id, Way(typed.get("way")), by=actor(), now=clock.now())


def _set_due(session: Session, organisation_id: UUID, typed: Typed) -> None:
    set_due(session, organisation_id, _day_of(typed), by=actor(), now=clock.now())


def _pause(session: Session, organisation_id: UUID, typed: Typed) -> None:
    pause(session, organisation_id, until=_day_of(typed), reason=typed.get("reason"), by=actor(), now=clock.now())


def _do_not_email(session: Session, organisation_id: UUID, _typed: Typed) -> None:
    mark_do_not_email(session, organisation_id, by=actor(), now=clock.now())


_ONE: Mapping[str, Callable[[Session, UUID, Typed], None]] = {
    WAY: _set_way,
    DATE: _set_due,
    PAUSE: _pause,
    DO_NOT_EMAIL: _do_not_email,
}


def _day_of(typed: Typed) -> date:
    day = typed.day("day")
    if day is None:
        raise DateRefused
    return day


def _act() -> str:
    act = request.values.get("act", "")
    if act not in ACTS:
        abort(HTTPStatus.NOT_FOUND)
    return act


def _names() -> Mapping[str, str]:
    """The entries that were ticked and are there, by their ids; no more than a page of the list has."""
    ids = []
    for text in request.values.getlist("e")[:LENGTH]:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return organisation_names(db.session(), ids)


def _typed(act: str) -> Typed:
    typed = sent("way", "reason", days=("day",))
    return typed.with_errors(
        {
            "way": "Choose how they are kept" if act == WAY and typed.get("way") not in set(Way) else "",
            f"day{DAY}": NO_DAY if act in {DATE, PAUSE} and typed.day("day") is None else "",
            "reason": "Write why nothing is to be asked" if act == PAUSE and not typed.get("reason") else "",
        }
    )


def _page(act: str, names: Mapping[str, str], typed: Typed) -> str:
    return render(
        "admin/entries/chosen.html",
        act=act,
        act_title=ACTS[act][1],
        names=names,
        filters=urlencode(sent_filters()),
        list_url=url_for("admin.entries", **sent_filters()),
        typed=typed,
        ways=[Option(way, words, way == typed.get("way")) for way, words in WAYS.items()],
    )
