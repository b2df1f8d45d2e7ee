"""Retiring a term: offered no more, and entries keep it or lose it."""

from http import HTTPStatus

from directory import clock
from directory.organisations.term_changes import retire
from directory.organisations.term_usage import number_with
from directory.taxonomy.rules import TermFixed, check_retire
from directory.taxonomy.terms import Taxonomy, Term
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.taxonomy.following import follow
from directory.web.admin.taxonomy.words import FIXED, KINDS, kind_of
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.templating import render
from directory.web.transaction import transaction

KEEP, LOSE = "keep", "lose"
CHOICES = {
    KEEP: "Entries that have it keep it, until somebody takes it away",
    LOSE: "Take it from every entry now",
}


@admin.get("/taxonomy/<kind>/<code>/retire")
def retire_term(kind: str, code: str) -> Page:
    """Ask what becomes of the entries that have it."""
    taxonomy = current_taxonomy()
    return _page(taxonomy, taxonomy.term(kind_of(kind), code), Typed())


@admin.post("/taxonomy/<kind>/<code>/retire")
def send_retire(kind: str, code: str) -> Page:
    """Retire it, and lead back to its page."""
    of, taxonomy, typed = kind_of(kind), current_taxonomy(), sent("entries")
    if typed.get("entries") not in CHOICES:
        wrong = typed.wrong(entries="Choose what becomes of the entries")
        return _page(taxonomy, taxonomy.term(of, code), wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    keep = typed.get("entries") == KEEP
    try:
        with transaction() as session:
            number = retire(session, of, code, entries_keep_it=keep, by=actor(), now=clock.now())
    except TermFixed:
        return _page(taxonomy, taxonomy.term(of, code), typed), HTTPStatus.CONFLICT
    follow(number)
    return led_to("admin.term", "term_retired", number=number, kind=kind, code=code)


def _page(taxonomy: Taxonomy, term: Term, typed: Typed) -> str:
    kind = term.kind
    below = sorted(taxonomy.under(kind, term.code))
    return render(
        "admin/taxonomy/retire.html",
        words=KINDS[kind],
        term=term,
        name=taxonomy.name(kind, term.code),
        also=[taxonomy.name(kind, code) for code in below if code != term.code],
        number=number_with(db.session(), kind, below),
        choices=[Option(value, words, value == typed.get("entries")) for value, words in CHOICES.items()],
        fixed=_fixed(taxonomy, term),
        typed=typed,
    )


def _fixed(taxonomy: Taxonomy, term: Term) -> str:
    try:
        check_retire(term, taxonomy)
    except TermFixed:
        return FIXED
    return ""
