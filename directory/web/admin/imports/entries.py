"""The organisations of an import, each with what it would change and what is wrong; and what they look like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from sqlalchemy.orm import Session

from directory import clock
from directory.changes.rules import risk_of, severity
from directory.exchange.imports import operations, queries
from directory.exchange.imports.comparing import OURS, ROW
from directory.exchange.imports.models import ImportEntryRow, ImportRow
from directory.exchange.imports.queries import finding_of, load_import
from directory.exchange.imports.rules import EntryState, ImportStateRefused, Treatment
from directory.organisations.compare import differences
from directory.organisations.details import OrganisationDetails
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.differences import DifferenceInWords, in_words, words_for
from directory.web.admin.imports.background import begin_work
from directory.web.admin.imports.words import ENTRY_STATES, finding_in_words
from directory.web.admin.paging import Paging, asked_page
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.typed_text import isolated, whole_number
from directory.web.unit_words.marks import Line, unmarked
from directory.web.unit_words.values import UnitWords

LENGTH = 10
"""Organisations on a page, since each may have many differences."""
ENTRY = "entry-{}"
NEW, LEAVE_OUT = "new", "leave-out"
ORDER: Mapping[str, Sequence[EntryState]] = {"all": tuple(EntryState), **{one.value: (one,) for one in EntryState}}
REASONS = {"name": "name", "number": "phone number", "website": "website", "place": "address"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryInWords:
    """One organisation of the file."""

    position: int
    name: str
    row: int
    state: str
    faults: tuple[str, ...]
    remarks: tuple[str, ...]
    differences: tuple[DifferenceInWords, ...]
    says: tuple[Line, ...]
    """All that a new one says."""
    organisation_id: UUID | None
    change_id: UUID | None


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation that looks like others, and what can be said of it."""

    name: str
    legend: str
    lines: tuple[str, ...]
    options: tuple[Option, ...]


@admin.get("/import/<uuid:import_id>/entries")
def import_entries(import_id: UUID) -> Page:
    """The organisations that stand so, in the order of the file."""
    session = db.session()
    row = load_import(session, import_id)
    shown = request.args.get("show", "all")
    states = ORDER.get(shown, ORDER["all"])
    counts = queries.count_states(session, import_id)
    paging = Paging(asked_page(), sum(counts.get(state, 0) for state in states), LENGTH)
    held = queries.entries_of(session, import_id, states, skip=paging.offset, most=paging.length)
    return render(
        "admin/imports/entries.html",
        row=row,
        what=ENTRY_STATES[states[0]] if len(states) == 1 else "All of them",
        entries=_in_words(session, row, held),
        paging=paging,
    )


@admin.get("/import/<uuid:import_id>/alike")
def import_alike(import_id: UUID) -> Page:
    """The new organisations that look like others."""
    session = db.session()
    row = load_import(session, import_id)
    held = queries.alike_entries(session, import_id, most=LENGTH)
    return render("admin/imports/alike.html", row=row, entries=[_alike(entry) for entry in held])


@admin.post("/import/<uuid:import_id>/alike")
def tell_import_alike(import_id: UUID) -> Page:
    """Take what was said of them, and have them checked again."""
    load_import(db.session(), import_id)
    said: dict[int, Treatment | UUID] = {}
    for name, value in request.form.items(multi=True):  # before the answer that was chosen stands an empty one
        position = whole_number(name.removeprefix(ENTRY.format("")))
        treatment = _treatment(value)
        if position is not None and name == ENTRY.format(position) and treatment is not None:
            said[position] = treatment
    try:
        if said:
            with transaction() as session:
                operations.choose_treatments(session, import_id, said, by=actor(), now=clock.now())
            begin_work(import_id)
    except ImportStateRefused:  # somebody was faster: the page shows how it stands
        pass
    return redirect(url_for("admin.import_page", import_id=import_id), HTTPStatus.SEE_OTHER)


def _treatment(value: str) -> Treatment | UUID | None:
    if value in (NEW, LEAVE_OUT):
        return Treatment.NEW if value == NEW else Treatment.LEAVE_OUT
    try:
        return UUID(value)
    except ValueError:
        return None


def _in_words(session: Session, row: ImportRow, entries: Sequence[ImportEntryRow]) -> list[EntryInWords]:
    """The organisations in plain English; all of them in as many queries as one."""
    states = queries.states_of(session, entries)
    held = [state for pair in states.values() for state in pair if state is not None]
    words = words_for(session, held, current_names(), clock.today())
    headings = dict(zip(row.matching, row.headings, strict=False))
    return [_entry(entry, states.get(entry.position, (None, None)), words, headings) for entry in entries]


def _entry(
    entry: ImportEntryRow,
    states: tuple[OrganisationDetails | None, ...],
    words: UnitWords,
    headings: Mapping[str, str],
) -> EntryInWords:
    old, new = states
    found = [finding_of(stored) for stored in entry.findings]
    differing = sorted(differences(old, new), key=lambda one: severity(risk_of(one))) if old and new else ()
    return EntryInWords(
        position=entry.position,
        name=entry.name or "(no name)",
        row=entry.first_row,
        state=ENTRY_STATES[entry.state],
        faults=tuple(finding_in_words(one, headings) for one in found if not one.is_remark),
        remarks=tuple(finding_in_words(one, headings) for one in found if one.is_remark),
        differences=tuple(in_words(one, words) for one in differing),
        says=unmarked(filter(None, words.whole(new))) if new and not old else (),
        organisation_id=entry.organisation_id,
        change_id=entry.change_id,
    )


def _alike(entry: ImportEntryRow) -> Alike:
    ours = [one for one in entry.alike if one["what"] == OURS]
    return Alike(
        name=ENTRY.format(entry.position),
        legend=f"{isolated(entry.name)} (row {entry.first_row})",
        lines=tuple(map(_like, entry.alike)),
        options=(
            *(Option(one["id"], f"It is our entry {isolated(one['name'])}", chosen=False) for one in ours),
            Option(NEW, "It is another organisation: take it as new", chosen=False),
            Option(LEAVE_OUT, "Leave it out", chosen=False),
        ),
    )


def _like(one: Mapping[str, Any]) -> str:
    name = isolated(one["name"])
    if one["what"] == ROW:
        return f"Looks like {name} in row {one['row']}."
    because = " and ".join(REASONS[reason] for reason in one["reasons"])
    if one["what"] == OURS:
        return f"Looks like our entry {name}, by its {because}."
    return f"{name} is not to be listed again, and looks like it by its {because}."
