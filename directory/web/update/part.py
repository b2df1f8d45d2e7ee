"""Asking which part of the entry was checked, where it was not all, and whether that part is right."""

from collections.abc import Collection
from http import HTTPStatus

from flask import redirect, request, url_for
from flask_babel import gettext as _

from directory.checks.rules import AnswerKind
from directory.web.entry_form.options import Option, OptionGroup
from directory.web.entry_form.sections import ALL, SECTIONS
from directory.web.templating import render
from directory.web.update.blueprint import Page, update
from directory.web.update.drafts import put_signature, signed
from directory.web.update.entry import current_entry
from directory.web.update.fields import SIGNATURE, Typed, sent, signature_errors
from directory.web.update.keep import keep_answer

CORRECT, CHANGED = "correct", "changed"


@update.get("/<token>/part")
def part() -> Page:
    """The parts, none of them chosen, and nothing said of them."""
    return _page(Typed({"kind": "", **signed()}), ())


@update.post("/<token>/part")
def send_part() -> Page:
    """Keep the answer with the parts that are right, or lead on to changing them."""
    values, posted = sent("kind", *SIGNATURE), set(request.form.getlist("sections"))
    chosen = tuple(key for key in ALL if key in posted)
    errors = {} if chosen else {"sections": _("Choose each part that you have checked")}
    if values["kind"] not in {CORRECT, CHANGED}:
        errors["kind"] = _("Choose what is true of these parts")
    errors |= signature_errors(values)
    if errors:
        return _page(Typed(values, errors), chosen), HTTPStatus.UNPROCESSABLE_ENTITY
    if values["kind"] == CORRECT:
        return keep_answer(AnswerKind.PART, name=values["name"], role=values["role"], sections=chosen)
    put_signature(name=values["name"], role=values["role"], checked=chosen)
    return redirect(url_for("update.edit_part"), HTTPStatus.SEE_OTHER)


def _page(form: Typed, chosen: Collection[str]) -> str:
    options = tuple(Option(section.key, section.title, section.key in chosen) for section in SECTIONS)
    words = {CORRECT: _("They are correct"), CHANGED: _("Something in them has changed")}
    kinds = tuple(Option(kind, said, kind == form.values["kind"]) for kind, said in words.items())
    name = current_entry().details.name
    return render("update/part.html", form=form, name=name, groups=(OptionGroup(options),), kinds=kinds)
