"""The ways to report: what a person weighs, and who offers it."""

from dataclasses import dataclass, replace
from datetime import datetime

from babel.lists import format_list
from flask import url_for
from flask_babel import get_locale, lazy_gettext
from sqlalchemy.orm import Session

from directory import clock
from directory.organisations.details import ServiceDetails
from directory.organisations.queries import public_organisations
from directory.web.entry_view import EntryView, PhoneView, ServiceView, entry_view, phone_view, service_view
from directory.web.entry_words import reporting_facts
from directory.web.kept import kept
from directory.web.names import Names, current_names
from directory.web.public.blueprint import public
from directory.web.public.report_choices import Choice, Place, Way, report_choices
from directory.web.templating import render

WORDS = {
    Way.POLICE: (
        lazy_gettext("Tell the police"),
        lazy_gettext("They can look into what happened and charge the person. You can ask for an interpreter."),
    ),
    Way.INDEPENDENT: (
        lazy_gettext("Tell someone who is not the police"),
        lazy_gettext("They listen, write it down and help you decide. Ask what they pass on before you start."),
    ),
    Way.ANONYMOUS: (
        lazy_gettext("Report without giving your name"),
        lazy_gettext("What you say still counts. But nobody can tell you what came of it."),
    ),
    Way.PHONE: (
        lazy_gettext("Report by phone"),
        lazy_gettext("Say at the start if you need another language, or somewhere quiet to talk."),
    ),
    Way.ONLINE: (
        lazy_gettext("Report online"),
        lazy_gettext("You can take your time. Do not use this if you are in danger now."),
    ),
    Way.IN_PERSON: (
        lazy_gettext("Report face to face"),
        lazy_gettext("Call first to check that they are open. You can bring someone with you."),
    ),
}
"""What each choice is called, and what to know before choosing it."""

SEARCHED: dict[Way, str] = {way: way.value for way in Way if way is not Way.POLICE}
"""The value of the search's `report` filter for each choice that has one."""
WHO_HEARS = frozenset({Way.POLICE, Way.INDEPENDENT, Way.ANONYMOUS})
"""The choices that are about who hears of it; the others are about how it is done, and say only that."""


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """Somebody who takes reports, in the reader's words."""

    entry: EntryView
    service: ServiceView
    phones: tuple[PhoneView, ...]
    form: str
    grounds: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """One way of reporting: what it is called, what to know, whom to tell, and where the rest are."""

    code: str
    title: object
    advice: object
    places: tuple[PlaceShown, ...]
    more: str


@public.get("/report")
def report() -> str:
    """The ways to report."""
    names, now = current_names(), clock.now()
    choices = tuple(_choice(choice, names, now) for choice in kept(_load_choices))
    return render("public/report.html", choices=choices)


def _load_choices(session: Session) -> tuple[Choice, ...]:
    return report_choices(public_organisations(session))


def _choice(choice: Choice, names: Names, now: datetime) -> ChoiceShown:
    title, advice = WORDS[choice.way]
    more = choice.way in SEARCHED and choice.total > len(choice.places)
    return ChoiceShown(
        code=choice.way.value,
        title=title,
        advice=advice,
        places=tuple(_place(place, choice.way, names, now) for place in choice.places),
        more=url_for("public.search", report=SEARCHED[choice.way]) if more else "",
    )


def _place(place: Place, way: Way, names: Names, now: datetime) -> PlaceShown:
    """What matters about somebody to whoever makes this choice: not what the choice itself says."""
    service = place.service
    return PlaceShown(
        entry=entry_view(place.entry, names, now),
        service=service_view(place.entry.details, service, names, now),
        phones=() if way is Way.ONLINE else tuple(phone_view(phone, service, names, now) for phone in place.phones),
        form="" if way is Way.PHONE else service.form,
        grounds=_grounds(service, names),
        facts=tuple(reporting_facts(_unsaid(service, way))) if way in WHO_HEARS else (),
    )


def _unsaid(service: ServiceDetails, way: Way) -> ServiceDetails:
    """The service without the facts that the choice has said already."""
    return replace(
        service,
        takes_reports=None,
        anonymous_reports=None if way is Way.ANONYMOUS else service.anonymous_reports,
        independent_of_police=None if way is Way.INDEPENDENT else service.independent_of_police,
        passes_to_police=None if way is Way.POLICE else service.passes_to_police,
    )


def _grounds(service: ServiceDetails, names: Names) -> str:
    """For whom it is, where it is not for all: by the narrower terms if it has any."""
    if service.all_grounds:
        return ""
    narrower = [code for code in service.grounds if "." in code]
    return str(format_list([names.ground(code) for code in narrower or service.grounds], locale=get_locale()))
