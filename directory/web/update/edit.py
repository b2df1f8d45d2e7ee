"""Changing the entry: all of it in one form, or one section; what is typed is kept while the link is good."""

from collections.abc import Collection
from dataclasses import replace
from http import HTTPStatus

from flask import abort, redirect, request, url_for

from directory.changes.queries import Entry
from directory.web.entry_form.actions import CONTINUE
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.sections import ALL
from directory.web.kept import current_taxonomy
from directory.web.locale import current_language
from directory.web.templating import render
from directory.web.update.blueprint import Page, update
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
    entry = current_entry()
    form = resumed(entry, current_draft(entry), _sections(section))
    return _page(form if CHECK in request.args else replace(form, action=""), section)


@update.post("/<token>/edit")
@update.post("/<token>/edit/<section>")
def send_edit(section: str = "") -> Page:
    """Keep what was typed, and go on to what it changes once nothing is wrong with it."""
    sections, entry = _sections(section), current_entry()
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
        return _page(form, section), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.action == CONTINUE:
        return redirect(url_for("update.review"), HTTPStatus.SEE_OTHER)
    return _page(form, section)


def resumed(entry: Entry, draft: Draft, sections: Collection[str] = ALL) -> EntryForm:
    """The form as it was left, as if Continue had been pressed: with its errors, or with its details."""
    base, language = base_of(entry, draft), current_language().code
    form = EntryForm.resumed(draft.typed, base, current_taxonomy(), sections, language)
    return replace(form, action=CONTINUE, identity=str(entry.id))


def _sections(section: str) -> tuple[str, ...]:
    if section and section not in ALL:
        abort(HTTPStatus.NOT_FOUND)
    return (section,) if section else ALL


def _together(draft: Draft, form: EntryForm) -> dict[str, list[str]]:
    """What was typed now in the place of what was typed there before; the other sections stay as they were."""
    lists = set(form.layout.lists())
    before = {name: values for name, values in draft.typed.items() if name not in lists}
    return {**before, **form.typed}


def _page(form: EntryForm, section: str) -> str:
    return render(
        "update/edit.html", form=form, view=form.view, section=section, name=form.base.name, refused=_is_refused()
    )


def _is_refused() -> bool:
    return request.args.get(CHECK) == REFUSED
