"""Before it is sent: how the entry would differ, and who says so."""

from dataclasses import replace
from http import HTTPStatus

from flask import redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from directory import clock
from directory.changes.answers import answer_with_changes, needs_no_officer
from directory.changes.outcome import Proposal
from directory.changes.queries import Entry
from directory.changes.rules import NothingChanged
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import UnknownCodes
from directory.organisations.validity import DetailsInvalid
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.sections import ALL, sections_of
from directory.web.extensions import db
from directory.web.policy import current_policy
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.update.blueprint import Page, link_id, to_answer, update
from directory.web.update.drafts import Draft, base_of, current_draft
from directory.web.update.edit import REFUSED, address, resumed, to_part
from directory.web.update.entry import current_entry
from directory.web.update.fields import SIGNATURE, Typed, sent, signature_errors
from directory.web.update.outcome import changed


@update.get("/<token>/review")
def review() -> Page:
    """What it says now, and what it will say."""
    return _shown(is_part=False)


@update.post("/<token>/review")
def send_review() -> Page:
    """Send it: the answer is kept, and waits for an officer."""
    return _sent(is_part=False)


@update.get("/<token>/part/review")
def review_part() -> Page:
    """The same of what somebody has checked, where that was not all."""
    return _shown(is_part=True) if current_draft(current_entry()).checked else to_part()


@update.post("/<token>/part/review")
def send_review_part() -> Page:
    """Send it, with what was checked."""
    return _sent(is_part=True) if current_draft(current_entry()).checked else to_part()


def _shown(*, is_part: bool) -> Page:
    entry = current_entry()
    draft = current_draft(entry)
    if _resumed(entry, draft, is_part=is_part).errors:
        return _back_to_the_form(is_part=is_part)
    return _page(Typed({"name": draft.name, "role": draft.role}), is_part=is_part)


def _sent(*, is_part: bool) -> Page:
    entry, values = current_entry(), sent(*SIGNATURE)
    draft = current_draft(entry)
    form = _resumed(entry, draft, is_part=is_part)
    if form.errors:
        return _back_to_the_form(is_part=is_part)
    errors = signature_errors(values)
    if errors:
        return _page(Typed(values, errors), is_part=is_part), HTTPStatus.UNPROCESSABLE_ENTITY
    signed = replace(draft, name=values["name"], role=values["role"])
    try:
        _send(signed, form.details(), draft.checked if is_part else ())
    except NothingChanged:
        nothing = {"changes": _("Nothing has changed yet. Go back and change it, or say that all of it is correct")}
        return _page(Typed(values, nothing), is_part=is_part), HTTPStatus.UNPROCESSABLE_ENTITY
    except (DetailsInvalid, UnknownCodes):
        return _back_to_the_form(REFUSED, is_part=is_part)
    tell_the_search()
    return to_answer()


def _resumed(entry: Entry, draft: Draft, *, is_part: bool) -> EntryForm:
    """The form as it was left; of a part only what was checked, whatever else was typed before."""
    return resumed(entry, draft, draft.checked if is_part else ALL)


def _send(draft: Draft, details: OrganisationDetails, sections: tuple[str, ...]) -> None:
    with transaction() as session:
        answer_with_changes(
            session,
            link_id(),
            name=draft.name,
            role=draft.role,
            base_revision=draft.revision,
            details=details,
            sections=sections,
            now=clock.now(),
            policy=current_policy(session),
        )


def _back_to_the_form(why: str = "yes", *, is_part: bool) -> Response:
    return redirect(address("update.edit", is_part=is_part, check=why), HTTPStatus.SEE_OTHER)


def _page(form: Typed, *, is_part: bool) -> str:
    entry = current_entry()
    draft = current_draft(entry)
    base, details = base_of(entry, draft), _resumed(entry, draft, is_part=is_part).details()
    return render(
        "update/review.html",
        form=form,
        name=entry.details.name,
        changed=changed(base, details),
        is_changed=base != details,
        is_at_once=needs_no_officer(entry, Proposal(base, details), current_policy(db.session())),
        is_part=is_part,
        checked=sections_of(draft.checked if is_part else ()),
    )
