"""Changing the entry: all of it in one form, or one section; what is typed is kept while the link is good."""

from collections.abc import Collection
from dataclasses import replace
from http import HTTPStatus

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from directory.changes.queries import Entry
from directory.web.entry_form.actions import CONTINUE
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.sections import ALL
from directory.web.kept import current_taxonomy
from directory.web.locale import current_language
from directory.web.templating import render
from directory.web.update.blueprint import Page, to_answer, update
from directory.web.update.drafts import Draft, base_of, current_draft, keep_draft
from directory.web.update.entry import current_entry

CHECK = "check"
"""What of an address says that the errors of what was typed before are to be shown."""
REFUSED = "refused"
"""Its value where the entry as a whole was refused, and not a field of the form."""


@update.get("/<token>/edit")
@update.get("/<token>/edit/<section>")
def edit(section: str = "") -> Page:
    """The form, with what was typed before."""
    return _shown(_sections(section), section)


@update.post("/<token>/edit")
@update.post("/<token>/edit/<section>")
def send_edit(section: str = "") -> Page:
    """Keep what was typed, and go on to what it changes once nothing is wrong with it."""
    return _taken(_sections(section), section)


@update.get("/<token>/part/edit")
def edit_part() -> Page:
    """The form of what somebody has checked, where that was not all."""
    checked = current_draft(current_entry()).checked
    return _shown(checked, is_part=True) if checked else to_part()


@update.post("/<token>/part/edit")
def send_edit_part() -> Page:
    """The same as for the whole."""
    checked = current_draft(current_entry()).checked
    return _taken(checked, is_part=True) if checked else to_part()


def _shown(sections: Collection[str], section: str = "", *, is_part: bool = False) -> Page:
    entry = current_entry()
    form = resumed(entry, current_draft(entry), sections)
    return _page(form if CHECK in request.args else replace(form, action=""), section, is_part=is_part)


def _taken(sections: Collection[str], section: str = "", *, is_part: bool = False) -> Page:
    entry = current_entry()
    draft = current_draft(entry)
    form = EntryForm.posted(
        request.form,
        base_of(entry, draft),
        current_taxonomy(),
        sections,
        language=current_language().code,
        identity=str(entry.id),
    )
    keep_draft(replace(draft, typed=_together(draft, form)))
    if form.errors:
        return _page(form, section, is_part=is_part), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.action == CONTINUE:
        return redirect(address("update.review", is_part=is_part), HTTPStatus.SEE_OTHER)
    return _page(form, section, is_part=is_part)


@update.post("/<token>/drop")
def drop() -> Page:
    """Forget what was typed; who answers stays."""
    entry = current_entry()
    keep_draft(replace(current_draft(entry), typed={}, checked=(), revision=entry.revision))
    return to_answer()


def address(endpoint: str, *, is_part: bool, check: str | None = None) -> str:
    """Where the form or the review stands, for all of the entry or for the part that somebody has checked."""
    return url_for(f"{endpoint}_part" if is_part else endpoint, check=check)


def resumed(entry: Entry, draft: Draft, sections: Collection[str] = ALL) -> EntryForm:
    """The form as it was left, as if Continue had been pressed: with its errors, or with its details."""
    base, language = base_of(entry, draft), current_language().code
    form = EntryForm.resumed(draft.typed, base, current_taxonomy(), sections, language)
    return replace(form, action=CONTINUE, identity=str(entry.id))


def begun_at(entry: Entry) -> str:
    """Where changes lie that were begun and not sent; empty where there are none."""
    draft = current_draft(entry)
    for sections, is_part in ((draft.checked, True), (ALL, False)):
        form = resumed(entry, draft, sections)
        if draft.typed and sections and (form.errors or form.details() != form.base):
            return address("update.review", is_part=is_part)
    return ""


def _sections(section: str) -> tuple[str, ...]:
    if section and section not in ALL:
        abort(HTTPStatus.NOT_FOUND)
    return (section,) if section else ALL


def _together(draft: Draft, form: EntryForm) -> dict[str, list[str]]:
    """What was typed now in the place of what was typed there before; the other sections stay as they were."""
    lists = set(form.layout.lists())
    before = {name: values for name, values in draft.typed.items() if name not in lists}
    return {**before, **form.typed}


def to_part() -> Response:
    """Somebody came without having said which part they have checked."""
    return redirect(url_for("update.part"), HTTPStatus.SEE_OTHER)


def _page(form: EntryForm, section: str, *, is_part: bool) -> str:
    return render(
        "update/edit.html",
        form=form,
        view=form.view,
        section=section,
        is_part=is_part,
        name=form.base.name,
        refused=_is_refused(),
    )


def _is_refused() -> bool:
    return request.args.get(CHECK) == REFUSED
