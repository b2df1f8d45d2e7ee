"""The home page: say what happened, or choose what you need, why it happened, or your language."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from directory.web.locale import ENGLISH, LANGUAGES, Language
from directory.web.public.blueprint import public
from directory.web.templating import render

NEEDS = (
    ("enforcement", lazy_gettext("I want it to stop"), lazy_gettext("Action against the person who does it")),
    ("emotional_support", lazy_gettext("I need someone to talk to"), lazy_gettext("By phone, text or in person")),
    ("casework", lazy_gettext("I want someone to help me through it"), lazy_gettext("A worker by your side")),
    ("legal_advice", lazy_gettext("I need legal advice"), lazy_gettext("Your rights, and what you can do")),
    ("emergency_accommodation", lazy_gettext("I need somewhere safe to stay"), lazy_gettext("Tonight or soon")),
    ("safety_at_home", lazy_gettext("I want to feel safer at home"), lazy_gettext("Locks, alarms and advice")),
    ("housing", lazy_gettext("I need help with housing"), lazy_gettext("A landlord, a neighbour, a move")),
    (
        "discrimination_advice",
        lazy_gettext("I was treated unfairly"),
        lazy_gettext("By a shop, a school, a service or at work"),
    ),
)
"""Needs in plain words: the kind of service that is searched, what it is called, what it means."""

REASONS = (
    ("race", lazy_gettext("Because of my race or where I come from")),
    ("religion", lazy_gettext("Because of my religion")),
    ("disability", lazy_gettext("Because I am disabled")),
    ("sexuality", lazy_gettext("Because of my sexuality")),
    ("gender", lazy_gettext("Because of my gender, or because I am trans")),
    ("age", lazy_gettext("Because of my age")),
    ("travellers", lazy_gettext("Because I am a Gypsy, Roma or Traveller")),
)
"""The seven grounds in plain words."""

SIGN_LANGUAGE = Language("bfi", "British Sign Language (BSL)", "en")
"""Its users find it by its English name: it has no written form of its own."""
SPOKEN = (*(language for language in LANGUAGES if language != ENGLISH), SIGN_LANGUAGE)
"""The languages that help can be asked for in."""

Choice = tuple[str, object, object]
"""An address, its words, and more words."""


@public.get("/")
def home() -> str:
    """The home page."""
    report, what_counts = url_for("public.report"), url_for("public.what_counts")
    return render(
        "public/home.html",
        needs=(
            (report, _("I want to report it"), _("With or without the police")),
            *(_choice("kind", code, words, more) for code, words, more in NEEDS),
        ),
        reasons=(
            *(_choice("ground", code, words) for code, words in REASONS),
            (what_counts, _("I am not sure"), _("See what counts, with examples")),
            (report, _("It happened to someone else"), _("You can report what you saw")),
        ),
        spoken=SPOKEN,
    )


def _choice(facet: str, code: str, words: object, more: object = "") -> Choice:
    chosen: dict[str, Any] = {facet: code}
    return url_for("public.search", **chosen), words, more
