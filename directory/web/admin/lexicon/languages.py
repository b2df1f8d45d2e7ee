"""The languages of the lexicon, and a box to try a search in."""

from directory import clock
from directory.lexicon.queries import lexicon_languages
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.lexicon.trying import Tried, tried
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.locale import ENGLISH
from directory.web.names import Names
from directory.web.templating import render

QUESTION, READER = "try", "reader"


@admin.get("/lexicon")
def lexicon() -> Page:
    """The languages."""
    return _page(Typed())


@admin.post("/lexicon")
def try_search() -> Page:
    """Show what becomes of a search. Nothing is kept, and the words stand in no address."""
    typed = sent(QUESTION, READER)
    if typed.get(QUESTION):
        names, reader = Names(current_taxonomy(), ENGLISH.code), typed.get(READER) or ENGLISH.code
        return _page(typed, tried(typed.get(QUESTION), reader, names, clock.now()))
    return _page(typed.wrong(**{QUESTION: "Write what somebody could search for"}))


def _page(typed: Typed, result: Tried | None = None) -> str:
    names = Names(current_taxonomy(), ENGLISH.code)
    named = ((held, names.spoken(held.language)) for held in lexicon_languages(db.session()))
    languages = sorted(named, key=lambda one: one[1])
    reader = typed.get(READER) or ENGLISH.code
    return render(
        "admin/lexicon/languages.html",
        languages=languages,
        readers=[Option(held.language, spoken, held.language == reader) for held, spoken in languages],
        typed=typed,
        tried=result,
    )
