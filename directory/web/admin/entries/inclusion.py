"""Comparing an organisation with the policy of who can be listed."""

from collections.abc import Collection
from http import HTTPStatus
from uuid import UUID

from flask import request

from directory import clock
from directory.checks.rules import ReasonMissing
from directory.listing.inclusion import log_inclusion_check
from directory.listing.overview import overview
from directory.listing.queries import inclusion_checks
from directory.listing.rules import Criterion
from directory.web.admin.access import actor
from directory.web.admin.actors import officer_names
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.entry_view import inclusion_line
from directory.web.admin.entries.words import CRITERIA
from directory.web.admin.typed import Typed, sent, too_long
from directory.web.entry_form.options import Option, OptionGroup
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.transaction import transaction

LONGEST_NOTE = 1_000
WHY = "Write what it does not meet, and why"


@admin.get("/entries/<uuid:organisation_id>/inclusion")
def inclusion(organisation_id: UUID) -> Page:
    """What it has to meet, and what was found before."""
    return _page(organisation_id, Typed())


@admin.post("/entries/<uuid:organisation_id>/inclusion")
def log_inclusion(organisation_id: UUID) -> Page:
    """Keep what was found."""
    typed = sent(texts=("note",))
    typed = typed.wrong(note=too_long(typed.get("note"), LONGEST_NOTE))
    if typed.errors:
        return _page(organisation_id, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction() as session:
            note = typed.get("note")
            log_inclusion_check(session, organisation_id, met=sent_criteria(), note=note, by=actor(), now=clock.now())
    except ReasonMissing:
        return _page(organisation_id, typed.wrong(note=WHY)), HTTPStatus.UNPROCESSABLE_ENTITY
    return led_to("admin.entry", "inclusion_checked", organisation_id=organisation_id)


def sent_criteria() -> Collection[Criterion]:
    """The criteria that were ticked."""
    return [Criterion(value) for value in request.form.getlist("met") if value in set(Criterion)]


def criteria_options(met: Collection[Criterion]) -> tuple[OptionGroup, ...]:
    """The criteria as boxes to tick."""
    return (OptionGroup(tuple(Option(one, words, one in met) for one, words in CRITERIA.items())),)


def _page(organisation_id: UUID, typed: Typed) -> str:
    session = db.session()
    held = overview(session, organisation_id)
    by = officer_names(session)
    return render(
        "admin/entries/inclusion.html",
        entry=held,
        typed=typed,
        criteria=criteria_options(sent_criteria()),
        before=[inclusion_line(row, by) for row in inclusion_checks(session, organisation_id)],
    )
