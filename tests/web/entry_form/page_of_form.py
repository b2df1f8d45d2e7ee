"""A page with nothing but the form, as a face would show it: GET shows it, POST shows what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, current_app, render_template_string, request

from directory.organisations.details import OrganisationDetails
from directory.taxonomy.terms import Taxonomy
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.sections import ALL
from directory.web.locale import TranslatedBlueprint, current_language
from directory.web.transaction import end_reading

SHOWN = """
{% extends "layouts/public.html" %}
{% from "entry_form/form.html" import entry_errors, entry_form %}
{% set title = "Change your entry" %}
{% set noindex = true %}
{% set has_errors = form.errors %}
{% block heading %}{{ entry_errors(form) }}<h1 class="govuk-heading-xl">{{ title }}</h1>{% endblock %}
{% block content %}<form method="post" novalidate>{{ entry_form(form) }}</form>{% endblock %}
"""
SENT = """
{% extends "layouts/public.html" %}
{% set title = "Sent" %}
{% block content %}<p id="sent">sent</p>{% endblock %}
"""

blueprint = TranslatedBlueprint("form_page", __name__)


@dataclass
class FormPage:
    """What the page edits, and what was sent."""

    details: OrganisationDetails
    taxonomy: Callable[[], Taxonomy]
    sent: list[OrganisationDetails] = field(default_factory=list)


def register(app: Flask, page: FormPage) -> None:
    app.extensions["form_page"] = page
    app.register_blueprint(blueprint)


def _shown(source: str, **values: object) -> str:
    end_reading()
    return render_template_string(source, language=current_language(), **values)


def _sections() -> tuple[str, ...]:
    return tuple(request.args.getlist("section")) or ALL


@blueprint.get("/form")
def show() -> str:
    page: FormPage = current_app.extensions["form_page"]
    form = EntryForm.of(page.details, page.taxonomy(), current_language().code, _sections())
    return _shown(SHOWN, form=form)


@blueprint.post("/form")
def send() -> str:
    page: FormPage = current_app.extensions["form_page"]
    code = current_language().code
    form = EntryForm.posted(request.form, page.details, page.taxonomy(), _sections(), language=code)
    if form.action != "continue" or form.errors:
        return _shown(SHOWN, form=form)
    page.sent.append(form.details())
    return _shown(SENT)
