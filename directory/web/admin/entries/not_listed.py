"""What is not to be listed again: read by officers, added and forgotten by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from directory import clock
from directory.checks.keeping import day_of
from directory.listing.inclusion import forget_not_listed, remember_not_listed
from directory.listing.models import NotListedRow
from directory.listing.queries import not_listed as remembered
from directory.organisations import phones
from directory.web.admin.access import actor
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.add import link_of, phone_error, website_error
from directory.web.admin.typed import Typed, sent, too_long
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.transaction import transaction

LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """Something that is not to be listed, in words."""

    id: UUID
    name: str
    known_by: str
    reason: str
    by: str


@admin.get("/entries/not-listed")
def not_listed() -> Page:
    """All of it, and the form for more."""
    return _page(Typed())


@admin.post("/entries/not-listed")
def send_not_listed() -> Page:
    """Remember one more."""
    typed = sent("name", "phone", "website", texts=("reason",))
    reason = typed.get("reason")
    typed = typed.wrong(
        name="" if typed.get("name") else "Enter the name of the organisation",
        phone=phone_error(typed.get("phone")),
        website=website_error(typed.get("website")),
        reason=too_long(reason, LONGEST_REASON) if reason else "Write why it is not to be listed",
    )
    if typed.errors:
        return _page(typed), HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction() as session:
        remember_not_listed(
            session,
            name=typed.get("name"),
            phone=phones.normalise(typed.get("phone")) if typed.get("phone") else "",
            website=link_of(typed.get("website")),
            reason=reason,
            by=actor(),
            now=clock.now(),
        )
    return led_to("admin.not_listed", "remembered")


@admin.post("/entries/not-listed/<uuid:memory_id>/forget")
def send_forget(memory_id: UUID) -> Page:
    """It may be listed after all."""
    with transaction() as session:
        forget_not_listed(session, memory_id, by=actor(), now=clock.now())
    return led_to("admin.not_listed", "forgotten")


def _page(typed: Typed) -> str:
    session = db.session()
    by = officer_names(session)
    return render(
        "admin/entries/not_listed.html", typed=typed, rows=[_in_words(row, by) for row in remembered(session)]
    )


def _in_words(row: NotListedRow, by: Mapping[str, str]) -> Remembered:
    known_by = filter(None, (phones.shown(row.phone) if row.phone else "", row.website))
    who = f"{actor_in_words(row.added_by, by)}, {date_in_words(day_of(row.added_at))}"
    return Remembered(row.id, row.name, ", ".join(known_by), row.reason, who)
