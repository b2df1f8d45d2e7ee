"""Editing what a change proposes before it is approved: the organisation's own form, filled in as proposed."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import request

from directory import clock
from directory.changes.operations import add_proposed, approve
from directory.changes.outcome import outcome
from directory.changes.queries import change_view, load_change, load_entry, proposal_of
from directory.changes.rules import ChangeDecided, ChangeState, EntryMovedOn
from directory.changes.views import ChangeView
from directory.errors import DomainError
from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.units import Path
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.change import to_next
from directory.web.admin.decision_form import (
    APPROVE,
    DECISION,
    DECLINE,
    UNITS,
    Decision,
    choices,
    conflict,
    refusal,
    sent_decision,
)
from directory.web.entry_form.actions import CONTINUE
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.sections import ALL
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.locale import ENGLISH
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction


@dataclass(frozen=True, slots=True)
class Edited:
    """The entry as it would be with all that waits, and the units that make it so."""

    view: ChangeView
    details: OrganisationDetails
    units: tuple[Path, ...]
    identity: str


@admin.get("/changes/<uuid:change_id>/edit")
def edit_change(change_id: UUID) -> Page:
    """The form, filled in as proposed."""
    edited = _edited(change_id)
    form = EntryForm.of(edited.details, current_taxonomy(), ENGLISH.code)
    return _page(edited, form, Decision(revision=edited.view.revision))


@admin.post("/changes/<uuid:change_id>/edit")
def approve_edited(change_id: UUID) -> Page:
    """Approve what the form says, once nothing is wrong with it and with how it was checked."""
    edited, decision = _edited(change_id), sent_decision()
    form = EntryForm.posted(
        request.form, edited.details, current_taxonomy(), ALL, language=ENGLISH.code, identity=edited.identity
    )
    if form.action != CONTINUE:
        return _page(edited, form, _quiet(decision))
    errors = {field: words for field, words in decision.errors.items() if field != UNITS}
    if form.errors or errors:
        return _page(edited, form, _quiet(decision), errors), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _approve(edited, decision, form.details())
    except (ChangeDecided, EntryMovedOn) as error:
        return _page(edited, form, _quiet(decision), {DECISION: conflict(error)}), HTTPStatus.CONFLICT
    except DomainError as error:
        found = refusal(error, edited.view.records)
        if found is None:
            raise
        return _page(edited, form, _quiet(decision), dict([found])), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return to_next(change_id)


def _approve(edited: Edited, decision: Decision, details: OrganisationDetails) -> None:
    change_id, now, how = edited.view.id, clock.now(), decision.how_checked
    with transaction() as session:
        if edited.view.organisation_id is None:
            add_proposed(session, change_id, by=actor(), now=now, edited=details, as_draft=True)
        else:
            approve(
                session,
                change_id,
                revision=decision.revision,
                by=actor(),
                now=now,
                how_checked=how,
                units=edited.units,
                edited=details,
            )


def _edited(change_id: UUID) -> Edited:
    """What the form begins with. Raises ChangeUnknown, and ChangeDecided where nothing waits."""
    session = db.session()
    view = change_view(session, change_id, today=clock.today())
    row = load_change(session, change_id)
    waiting = tuple(unit.difference.path for unit in view.units if unit.state is ChangeState.WAITING)
    if view.organisation_id is None or row.base is None:
        return Edited(view, stored.load(row.proposed), waiting, str(change_id))
    entry = load_entry(session, view.organisation_id)
    approved = [unit.difference.path for unit in view.units if unit.state is ChangeState.APPROVED]
    return Edited(view, outcome(proposal_of(session, row), entry.details, waiting, approved), waiting, str(entry.id))


def _quiet(decision: Decision) -> Decision:
    return Decision(what=decision.what, how_checked=decision.how_checked, revision=decision.revision)


def _page(edited: Edited, form: EntryForm, decision: Decision, errors: dict[str, str] | None = None) -> str:
    offered = choices(edited.view, decision.chosen)
    needs_check = any(one.value.startswith(f"{APPROVE}:") for one in offered)
    unfit = {DECLINE, APPROVE} if needs_check else {DECLINE}  # all that waits is approved at once
    options = [one for one in offered if one.value not in unfit]
    return render(
        "admin/change_edit.html",
        form=form,
        view=form.view,
        change_id=edited.view.id,
        name=edited.view.name,
        is_new=edited.view.organisation_id is None,
        decision=decision,
        choices=options,
        errors=errors or {},
    )
