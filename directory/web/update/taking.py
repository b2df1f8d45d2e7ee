"""Whether services take new people, and until when that is so: asked about each service by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from directory.changes.answers import Taking
from directory.organisations.details import ServiceDetails, TakingNewPeople
from directory.web.entry_form.choices import DayField
from directory.web.entry_form.fields import Refused
from directory.web.entry_form.options import Option
from directory.web.kept import current_taxonomy

DAY = DayField(section="", attribute="until", label=lazy_gettext("Until when?"))
NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Question:
    """One service, with what may be chosen and the day as it is typed, by the endings of its three inputs."""

    name: str
    service: str
    options: tuple[Option, ...]
    until: str
    days: Mapping[str, tuple[str, ...]]


def fields_of(services: Iterable[ServiceDetails]) -> tuple[str, ...]:
    """The names of all fields that are asked about these services."""
    return tuple(name for service in services for name in (_name(service), *_days(_until(service))))


def standing(services: Iterable[ServiceDetails], today: date) -> dict[str, str]:
    """What is known now; a day that has passed is not shown, since nothing is true until then any more."""
    held: dict[str, str] = {}
    for service in services:
        until = service.taking_new_people_until
        held[_name(service)] = str(service.taking_new_people or NOT_KNOWN)
        held |= day_as_typed(_until(service), until if until and until >= today else None)
    return held


def taken(
    services: tuple[ServiceDetails, ...], values: Mapping[str, str], today: date
) -> tuple[dict[UUID, Taking], dict[str, str]]:
    """What was sent that is not as it was, by service; and what is wrong, by field."""
    told: dict[UUID, Taking] = {}
    errors: dict[str, str] = {}
    for service in services:
        known = standing((service,), today)
        if (
            values[_name(service)] not in {NOT_KNOWN, *TakingNewPeople}
            or {name: values[name] for name in known} == known
        ):
            continue
        chosen = None if values[_name(service)] == NOT_KNOWN else TakingNewPeople(values[_name(service)])
        try:
            until = day_typed(_until(service), values)
        except Refused as refused:
            errors[f"{_until(service)}-day"] = str(refused.sentence)
            continue
        if until and until < today:
            errors[f"{_until(service)}-day"] = _("Enter a day that has not passed, or leave it empty")
            continue
        told[service.id] = Taking(taking_new_people=chosen, until=until if chosen else None)
    return told, errors


def questions(services: Iterable[ServiceDetails], values: Mapping[str, str]) -> tuple[Question, ...]:
    """What is asked, filled in."""
    return tuple(
        Question(
            name=_name(service),
            service=service.name,
            options=_options(values[_name(service)]),
            until=_until(service),
            days={ending: (values[f"{_until(service)}{ending}"],) for ending in DAY.endings},
        )
        for service in services
    )


def day_as_typed(name: str, day: date | None) -> dict[str, str]:
    """A day in its three inputs."""
    return {f"{name}{ending}": given[0] for ending, given in DAY.show(day).items()}


def day_typed(name: str, values: Mapping[str, str]) -> date | None:
    """The day in three inputs, None where all are empty. Raises Refused."""
    typed: dict[str, Any] = {ending: (values[f"{name}{ending}"],) for ending in DAY.endings}
    found: date | None = DAY.read(typed, None, current_taxonomy())
    return found


def _options(chosen: str) -> tuple[Option, ...]:
    words = {
        TakingNewPeople.YES.value: _("Yes"),
        TakingNewPeople.WAITING_LIST.value: _("There is a waiting list"),
        TakingNewPeople.CLOSED.value: _("No, not now"),
        NOT_KNOWN: _("Not known"),
    }
    return tuple(Option(value, said, value == chosen) for value, said in words.items())


def _name(service: ServiceDetails) -> str:
    return f"taking-{service.id}"


def _until(service: ServiceDetails) -> str:
    return f"{_name(service)}-until"


def _days(name: str) -> tuple[str, ...]:
    return tuple(f"{name}{ending}" for ending in DAY.endings)
