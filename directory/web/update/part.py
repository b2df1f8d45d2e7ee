"""Asking which part of the entry was checked, where it was not all."""

from collections.abc import Collection
from http import HTTPStatus

from flask import request
from flask_babel import gettext as _

from directory.checks.rules import AnswerKind
from directory.web.entry_form.options import Option, OptionGroup
from directory.web.entry_form.sections import ALL, SECTIONS
from directory.web.templating import render
from directory.web.update.blueprint import Page, update
from directory.web.update.drafts import signed
from directory.web.update.entry import current_entry
from directory.web.update.fields import SIGNATURE, Typed, sent, signature_errors
from directory.web.update.keep import keep_answer


@update.get("/<token>/part")
def part() -> Page:
    """The parts, none of them chosen."""
    return _page(Typed(signed()), ())


@update.post("/<token>/part")
def send_part() -> Page:
    """Keep the answer with the parts that were checked."""
    values, posted = sent(*SIGNATURE), set(request.form.getlist("sections"))
    chosen = tuple(key for key in ALL if key in posted)
    errors = {} if chosen else {"sections": _("Choose each part that you have checked")}
    errors |= signature_errors(values)
    if errors:
        return _page(Typed(values, errors), chosen), HTTPStatus.UNPROCESSABLE_ENTITY
    return keep_answer(AnswerKind.PART, name=values["name"], role=values["role"], sections=chosen)


def _page(form: Typed, chosen: Collection[str]) -> str:
    options = tuple(Option(section.key, section.title, section.key in chosen) for section in SECTIONS)
    name = current_entry().details.name
    return render("update/part.html", form=form, name=name, groups=(OptionGroup(options),))
