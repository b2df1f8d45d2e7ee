"""What is public at once: a notice that ends by itself, and whether services take new people. The link stays good."""

from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID

from flask import redirect, request, url_for
from flask_babel import gettext as _

from directory import clock
from directory.changes.answers import Taking, Told, notice_at_once
from directory.changes.queries import Entry
from directory.changes.rules import NothingChanged
from directory.checks.keeping import day_of
from directory.organisations.details import Notice
from directory.organisations.validity import DetailsInvalid
from directory.web.entry_form.fields import Refused
from directory.web.plain_form import tidy
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.update.blueprint import Page, link_id, update
from directory.web.update.entry import current_entry
from directory.web.update.fields import Typed, sent
from directory.web.update.taking import day_as_typed, day_typed, fields_of, questions, standing, taken

LONGEST_NOTICE = 500
UNTIL = "until"
LONGEST = timedelta(days=184)
"""From today to the last day of a notice: six months, however long they are."""


@update.get("/<token>/notice")
def notice() -> Page:
    """The notice and the answers as they are."""
    entry, today = current_entry(), day_of(clock.now())
    held = entry.details.notice
    held = held if held and held.until >= today else None
    values = {"notice": held.text if held else "", **day_as_typed(UNTIL, held.until if held else None)}
    return _page(entry, Typed(values | standing(entry.details.services, today)))


@update.post("/<token>/notice")
def send_notice() -> Page:
    """Make it public, or have it wait where it holds a number, a link or an address."""
    entry, today = current_entry(), day_of(clock.now())
    services = entry.details.services
    values = {
        "notice": tidy(request.form.get("notice", "")),
        **sent(*day_as_typed(UNTIL, None), *fields_of(services)),
    }
    until, errors = _until(values, today, entry.details.notice)
    taking, of_services = taken(services, values, today)
    errors |= of_services
    if not errors:
        try:
            told = _tell(values["notice"], until, taking)
            tell_the_search()
            return redirect(url_for("update.answer", told=_became(told)), HTTPStatus.SEE_OTHER)
        except NothingChanged:
            errors = {"notice": _("Nothing has changed yet")}
        except DetailsInvalid:
            errors = {"notice": _("Use plain words here, without an address that must stay private")}
    return _page(entry, Typed(values, errors)), HTTPStatus.UNPROCESSABLE_ENTITY


def _became(told: Told) -> str:
    if told.change_id is None:
        return "public"
    return "in-part" if told.at_once else "waiting"


def _tell(text: str, until: date | None, taking: Mapping[UUID, Taking]) -> Told:
    held = Notice(text=text, until=until) if until else None
    with transaction() as session:
        return notice_at_once(session, link_id(), notice=held, taking_new_people=taking, now=clock.now())


def _until(values: Mapping[str, str], today: date, held: Notice | None) -> tuple[date | None, dict[str, str]]:
    """The day on which the notice ends, and what is wrong with the two together; a day that stands may be later."""
    if not values["notice"]:
        return None, {}
    if len(values["notice"]) > LONGEST_NOTICE:
        return None, {"notice": _("Write no more than 500 characters")}
    try:
        until = day_typed(UNTIL, values)
    except Refused as refused:
        return None, {"until-day": str(refused.sentence)}
    if until is None or until < today:
        return None, {"until-day": _("Enter the last day of the notice, today or later")}
    if until > today + LONGEST and (held is None or until > held.until):
        return None, {"until-day": _("Enter a day within the next 6 months")}
    return until, {}


def _page(entry: Entry, form: Typed) -> str:
    return render(
        "update/notice.html",
        form=form,
        name=entry.details.name,
        questions=questions(entry.details.services, form.values),
        days={ending: (value,) for ending, value in _endings(form.values).items()},
    )


def _endings(values: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(UNTIL): values[name] for name in day_as_typed(UNTIL, None)}
