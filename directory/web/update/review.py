"""Before it is sent: how the entry would differ, and who says so."""

from dataclasses import replace
from http import HTTPStatus

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from directory import clock
from directory.changes.answers import answer_with_changes
from directory.changes.rules import NothingChanged
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import UnknownCodes
from directory.organisations.validity import DetailsInvalid
from directory.web.policy import current_policy
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.update.blueprint import Page, link_id, to_answer, update
from directory.web.update.drafts import Draft, base_of, current_draft
from directory.web.update.edit import REFUSED, resumed
from directory.web.update.entry import current_entry
from directory.web.update.fields import SIGNATURE, Typed, sent, signature_errors
from directory.web.update.outcome import changed


@update.get("/<token>/review")
def review() -> Page:
    """What it says now, and what it will say."""
    entry = current_entry()
    draft = current_draft(entry)
    if resumed(entry, draft).errors:
        return _back_to_the_form()
    return _page(Typed({"name": draft.name, "role": draft.role}))


@update.post("/<token>/review")
def send_review() -> Page:
    """Send it: the answer is kept, and waits for an officer."""
    entry, values = current_entry(), sent(*SIGNATURE)
    draft = current_draft(entry)
    form = resumed(entry, draft)
    if form.errors:
        return _back_to_the_form()
    errors = signature_errors(values)
    if errors:
        return _page(Typed(values, errors)), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _send(replace(draft, name=values["name"], role=values["role"]), form.details())
    except NothingChanged:
        nothing = {"changes": _("Nothing has changed yet. Go back and change it, or say that all of it is correct")}
        return _page(Typed(values, nothing)), HTTPStatus.UNPROCESSABLE_ENTITY
    except (DetailsInvalid, UnknownCodes):
        return _back_to_the_form(REFUSED)
    tell_the_search()
    return to_answer()


def _send(draft: Draft, details: OrganisationDetails) -> None:
    with transaction() as session:
        answer_with_changes(
            session,
            link_id(),
            name=draft.name,
            role=draft.role,
            base_revision=draft.revision,
            details=details,
            now=clock.now(),
            policy=current_policy(session),
        )


def _back_to_the_form(why: str = "yes") -> Response:
    return redirect(url_for("update.edit", check=why), HTTPStatus.SEE_OTHER)


def _page(form: Typed) -> str:
    entry = current_entry()
    draft = current_draft(entry)
    base, details = base_of(entry, draft), resumed(entry, draft).details()
    return render(
        "update/review.html",
        form=form,
        name=entry.details.name,
        changed=changed(base, details),
        is_changed=base != details,
    )
