"""Merging a term into another: first what will change, then doing it."""

from http import HTTPStatus

from flask import request

from directory import clock
from directory.lexicon.queries import number_meaning
from directory.organisations.term_changes import merge
from directory.organisations.term_usage import Usage, entries_with, number_with, usage_by_code
from directory.taxonomy.rules import MergeRefused, TermFixed, check_merge
from directory.taxonomy.terms import Taxonomy, Term, TermUnknown
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.taxonomy.following import follow
from directory.web.admin.taxonomy.words import FIXED, KINDS, kind_of, used_in_words
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.templating import render
from directory.web.transaction import transaction

SHOWN = 20
CHOOSE = "Choose the term that takes its place"


@admin.get("/taxonomy/<kind>/<code>/merge")
def merge_term(kind: str, code: str) -> Page:
    """Choose the other term; once it is chosen, see what will change."""
    taxonomy = current_taxonomy()
    term, into = taxonomy.term(kind_of(kind), code), request.args.get("into")
    if into is None:
        return _page(taxonomy, term)
    error = _error(taxonomy, term, into)
    return _page(taxonomy, term, into, error), HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK


@admin.post("/taxonomy/<kind>/<code>/merge")
def send_merge(kind: str, code: str) -> Page:
    """Merge it, and lead to the one that takes its place."""
    of, into = kind_of(kind), request.form.get("into", "")
    try:
        with transaction() as session:
            number = merge(session, of, code, into=into, by=actor(), now=clock.now())
    except (MergeRefused, TermFixed):
        taxonomy = current_taxonomy()
        term = taxonomy.term(of, code)
        return _page(taxonomy, term, into, _error(taxonomy, term, into)), HTTPStatus.UNPROCESSABLE_ENTITY
    follow(number)
    return led_to("admin.term", "term_merged", number=number, kind=kind, code=into)


def _error(taxonomy: Taxonomy, term: Term, into: str) -> str:
    try:
        check_merge(term, taxonomy.term(term.kind, into), taxonomy)
    except TermFixed:
        return FIXED
    except (MergeRefused, TermUnknown):
        return CHOOSE
    return ""


def _page(taxonomy: Taxonomy, term: Term, into: str = "", error: str = "") -> str:
    session, kind = db.session(), term.kind
    others = [other for other in taxonomy.offered(kind) if not _error(taxonomy, term, other.code)]
    options = [Option(other.code, taxonomy.name(kind, other.code), other.code == into) for other in others]
    is_ready = bool(into) and not error
    return render(
        "admin/taxonomy/merge.html",
        words=KINDS[kind],
        term=term,
        name=taxonomy.name(kind, term.code),
        into=into,
        into_name=taxonomy.name(kind, into) if is_ready else "",
        options=[Option("", "Choose one", not into), *options],
        is_ready=is_ready,
        used=used_in_words(usage_by_code(session, kind).get(term.code, Usage())) if is_ready else "",
        number=number_with(session, kind, [term.code]) if is_ready else 0,
        entries=entries_with(session, kind, [term.code], limit=SHOWN) if is_ready else (),
        groups=number_meaning(session, f"{kind}:{term.code}") if is_ready else 0,
        narrower=[taxonomy.name(kind, other.code) for other in taxonomy.narrower(kind, term.code)],
        error=error,
    )
