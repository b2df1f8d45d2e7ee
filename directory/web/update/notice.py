"""What is public at once: a notice that ends by itself, and whether services take new people. The link stays good."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from directory import clock
from directory.changes.answers import Taking, Told, notice_at_once
from directory.changes.queries import Entry
from directory.changes.rules import NothingChanged
from directory.checks.keeping import day_of
from directory.organisations.details import Notice, ServiceDetails, TakingNewPeople
from directory.organisations.validity import DetailsInvalid
from directory.web.entry_form.choices import DayField
from directory.web.entry_form.fields import Refused
from directory.web.entry_form.options import Option
from directory.web.kept import current_taxonomy
from directory.web.plain_form import tidy
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.update.blueprint import Page, link_id, update
from directory.web.update.entry import current_entry
from directory.web.update.fields import Typed, sent

UNTIL = DayField(section="", attribute="until", label=lazy_gettext("Until when?"))
LONGEST_NOTICE = 500
NOT_KNOWN = "not_known"
DAYS = tuple(f"until{ending}" for ending in UNTIL.endings)


@update.get("/<token>/notice")
def notice() -> Page:
    """The notice and the answers as they are."""
    entry = current_entry()
    held = _standing(entry.details.notice)
    shown = UNTIL.show(held.until if held else None)
    values = {f"until{ending}": given[0] for ending, given in shown.items()}
    taking = {_name(service): str(service.taking_new_people or NOT_KNOWN) for service in entry.details.services}
    return _page(entry, Typed({"notice": held.text if held else "", **values, **taking}))


@update.post("/<token>/notice")
def send_notice() -> Page:
    """Make it public, or have it wait where it holds a number, a link or an address."""
    entry = current_entry()
    names = (*DAYS, *(_name(service) for service in entry.details.services))
    values = {"notice": tidy(request.form.get("notice", "")), **sent(*names)}
    until, errors = _until(values)
    if not errors:
        try:
            told = _tell(entry, values, until)
            tell_the_search()
            return redirect(url_for("update.answer", told=_became(told)), HTTPStatus.SEE_OTHER)
        except NothingChanged:
            errors = {"notice": _("Nothing has changed yet")}
        except DetailsInvalid:
            errors = {"notice": _("Use plain words here, without an address that must stay private")}
    return _page(entry, Typed(values, errors)), HTTPStatus.UNPROCESSABLE_ENTITY


def _standing(notice: Notice | None) -> Notice | None:
    """The notice that people read now, if there is one."""
    return notice if notice and notice.until >= day_of(clock.now()) else None


def _became(told: Told) -> str:
    if told.change_id is None:
        return "public"
    return "in-part" if told.at_once else "waiting"


def _tell(entry: Entry, values: Mapping[str, str], until: date | None) -> Told:
    held = Notice(text=values["notice"], until=until) if until else None
    taking = {service.id: taken for service in entry.details.services if (taken := _taken(service, values))}
    with transaction() as session:
        return notice_at_once(session, link_id(), notice=held, taking_new_people=taking, now=clock.now())


def _taken(service: ServiceDetails, values: Mapping[str, str]) -> Taking | None:
    """What was chosen for a service, where it is another answer than before."""
    chosen = values[_name(service)]
    if chosen not in {NOT_KNOWN, *TakingNewPeople} or chosen == str(service.taking_new_people or NOT_KNOWN):
        return None
    return Taking(taking_new_people=None if chosen == NOT_KNOWN else TakingNewPeople(chosen))


def _until(values: Mapping[str, str]) -> tuple[date | None, dict[str, str]]:
    """The day on which the notice ends, and what is wrong with the two together."""
    if not values["notice"]:
        return None, {}
    if len(values["notice"]) > LONGEST_NOTICE:
        return None, {"notice": _("Write no more than 500 characters")}
    typed: dict[str, Any] = {ending: (values[f"until{ending}"],) for ending in UNTIL.endings}
    try:
        until: date | None = UNTIL.read(typed, None, current_taxonomy())
    except Refused as refused:
        return None, {"until-day": str(refused.sentence)}
    if until is None or until < day_of(clock.now()):
        return None, {"until-day": _("Enter the last day of the notice, today or later")}
    return until, {}


def _name(service: ServiceDetails) -> str:
    return f"taking-{service.id}"


def _page(entry: Entry, form: Typed) -> str:
    services = tuple(
        (_name(service), service.name, _options(form.values[_name(service)])) for service in entry.details.services
    )
    days = {ending: (form.values[f"until{ending}"],) for ending in UNTIL.endings}
    return render("update/notice.html", form=form, name=entry.details.name, services=services, days=days)


def _options(chosen: str) -> tuple[Option, ...]:
    words = {
        TakingNewPeople.YES.value: _("Yes"),
        TakingNewPeople.WAITING_LIST.value: _("There is a waiting list"),
        TakingNewPeople.CLOSED.value: _("No, not now"),
        NOT_KNOWN: _("Not known"),
    }
    return tuple(Option(value, said, value == chosen) for value, said in words.items())
