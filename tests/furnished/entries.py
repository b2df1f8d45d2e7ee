"""Entries in every state: public, draft, hidden, joined, kept in every way, checked, remembered as not to be listed."""

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import zip_longest
from typing import Any
from uuid import UUID, uuid4

from directory.changes.operations import restore
from directory.changes.rules import HowChecked
from directory.checks.calls import log_phone_check, log_source_check
from directory.checks.keeping import confirm, mark_do_not_email, pause, set_due, set_period, set_way
from directory.checks.models import CheckRow, CheckStepRow
from directory.checks.rounds import do_round
from directory.checks.rules import CheckOutcome, Step, Way
from directory.listing.acts import note_entry, rename_entry
from directory.listing.hiding import confirm_hiding, hide, refuse_hiding, show_again
from directory.listing.inclusion import forget_not_listed, log_inclusion_check, remember_entry, remember_not_listed
from directory.listing.rules import Criterion
from directory.organisations.details import (
    Interpreting,
    OrganisationKind,
    PassesToPolice,
    Phone,
    PhoneKind,
    Referral,
    TakingNewPeople,
)
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import publish, set_aside, set_provenance
from directory.organisations.provenance import Provenance, Source
from directory.organisations.rules import Confidence, ConfirmedBy
from directory.signals.models import CharityRow, SignalRoundRow, WebsiteCheckRow
from directory.signals.rules import WebsiteStatus
from tests.factories import full_details
from tests.furnished.making import A_DAY, LADDER, MANAGER, OFFICER, Making

VARIED: dict[str, type[StrEnum]] = {
    "referral": Referral,
    "taking_new_people": TakingNewPeople,
    "passes_to_police": PassesToPolice,
}
"""Fields of a service that are one choice of several: each choice is made by some service."""


def furnish_entries(making: Making) -> UUID:
    """All of them; the id of one that has something in every field."""
    everything = _everything(making)
    _kept(making)
    _hidden(making, everything)
    _signs(making, everything)
    return everything


def _everything(making: Making) -> UUID:
    session, now, words = making.session, making.now, making.words
    parent = making.public(name="Harbour Trust", kind=OrganisationKind.STATUTORY)
    held = full_details(parent)
    first = replace(held.services[0], interpreting=tuple(sorted(Interpreting)))
    phones = tuple(Phone(number="+442084891000", kind=kind) for kind in PhoneKind)
    varied = [dict(zip(VARIED, row, strict=True)) for row in zip_longest(*VARIED.values())]
    more = (
        making.plain_service(phones=phones),
        *(making.plain_service(**{name: v for name, v in row.items() if v is not None}) for row in varied),
    )
    identity = making.public(**_fields(replace(held, services=(first, *more))))
    row = session.get_one(OrganisationRow, identity)
    later = making.worded(replace(held, services=(first, *more), description="Another description."))
    publish(session, identity, later, by=OFFICER, why="test", now=now)
    restore(session, identity, 1, revision=row.revision, by=MANAGER, now=now, how_checked=HowChecked.WEBSITE)
    rename_entry(session, identity, "harbour-renamed", by=OFFICER, now=now)
    sources = (Source(url="https://harbour.example.org/about", date="2025-03", what=words("Their page")),)
    provenance = Provenance(confidence=Confidence.LOW, sources=sources, notes=(words("First note."),))
    set_provenance(session, identity, provenance, by=OFFICER, now=now)
    note_entry(session, identity, words("Rang them."), by=OFFICER, now=now)
    log_inclusion_check(session, identity, met=set(Criterion), note="", by=OFFICER, now=now)
    log_inclusion_check(session, parent, met=set(), note=words("Not open to Haringey."), by=OFFICER, now=now)
    return identity


def _fields(held: Any) -> dict[str, Any]:
    return {name: getattr(held, name) for name in type(held).__dataclass_fields__ if name != "services"} | {
        "services": held.services
    }


def _kept(making: Making) -> None:
    """In every way, confirmed by everybody who can, and asked with every outcome."""
    session, now, words = making.session, making.now, making.words
    for kind, confidence, way in zip_longest(OrganisationKind, Confidence, Way):
        identity = making.public(kind=kind)
        set_way(session, identity, way or Way.PHONE, by=OFFICER, now=now, source_to_check="https://harbour.example/a")
        session.get_one(OrganisationRow, identity).confidence = confidence
    for confirmed in ConfirmedBy:
        confirm(session, making.public(), at=now - 400 * A_DAY, by=confirmed, now=now)
    log_phone_check(session, making.public(), name=words("Ayla"), role=words("Manager"), by=OFFICER, now=now)
    log_source_check(session, making.public(), by=OFFICER, now=now)
    paused = making.public()
    pause(session, paused, until=making.today + 9 * A_DAY, reason=words("They move house."), by=OFFICER, now=now)
    set_period(session, paused, 30, by=OFFICER, now=now)
    mark_do_not_email(session, making.public(), by=OFFICER, now=now)
    overdue = making.public()
    session.get_one(OrganisationRow, overdue).overdue_since = making.today - 9 * A_DAY
    set_due(session, overdue, making.today, by=OFFICER, now=now)
    do_round(session, now, ladder=replace(LADDER, at_any_time=True))
    for outcome in CheckOutcome:
        check = CheckRow(id=uuid4(), organisation_id=overdue, due_on=making.today, started_at=now, ended_at=now)
        check.outcome, check.mailing_ended_at = outcome, None
        session.add(check)
        session.flush()
        session.add_all(CheckStepRow(check_id=check.id, step=step, done_at=now) for step in Step)


def _hidden(making: Making, everything: UUID) -> None:
    session, now, words = making.session, making.now, making.words
    hidden, joined, shown = (making.public() for _ in range(3))
    hide(session, hidden, reason=words("It has closed."), by=OFFICER, now=now)
    hide(session, joined, reason=words("It is there twice."), by=OFFICER, now=now, joined_into=everything)
    hide(session, shown, reason=words("It had closed."), by=OFFICER, now=now)
    show_again(session, shown, by=OFFICER, now=now)
    for language in ("kmr", "zh-Hant", "en"):
        only = making.public(making.plain_service(languages=(language,)))
        asked = hide(session, only, reason=words("Nobody answers."), by=OFFICER, now=now)
        if language == "zh-Hant":
            refuse_hiding(session, asked.id, by=MANAGER, now=now)
        if language == "en":
            confirm_hiding(session, asked.id, by=MANAGER, now=now)
    making.draft()
    set_aside(session, making.draft(), joined_into=everything, by=OFFICER, now=now)
    remember_entry(session, hidden, reason=words("It takes money."), by=OFFICER, now=now)
    memory = remember_not_listed(session, name=words("Anchor"), reason=words("No service."), by=OFFICER, now=now)
    forgotten = remember_not_listed(session, name=words("Buoy"), reason=words("Moved."), by=OFFICER, now=now)
    memory.website, memory.phone = "https://anchor.example.org", "+442079460000"
    session.flush()
    forget_not_listed(session, forgotten.id, by=MANAGER, now=now)


def _signs(making: Making, everything: UUID) -> None:
    """What was found of websites and charities."""
    session, now = making.session, making.now
    for status in WebsiteStatus:
        url = f"https://harbour.example/{status.value}"
        row = WebsiteCheckRow(organisation_id=everything, url=url, last_at=now, status=status, failed_on=[])
        row.moved_to = "https://moved.example/"
        session.add(row)
    session.add(CharityRow(number="1000001", name=making.words("Harbour"), removed_on=None, seen_at=now))
    session.merge(SignalRoundRow(name="duplicates", day=making.today - timedelta(days=1)))
