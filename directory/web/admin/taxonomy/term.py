"""One term: what it is called, how much it is used, and what a manager may do with it."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from flask import redirect, request, url_for

from directory import clock
from directory.organisations.term_usage import Usage, entries_with, number_with, usage_by_code
from directory.taxonomy import operations
from directory.taxonomy.rules import TermFixed, TermInvalid, check_merge_away, check_retire
from directory.taxonomy.terms import LANGUAGE_ORDER, Taxonomy, Term, TermKind
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.taxonomy.words import FIXED, KINDS, errors_of, kind_of, title_of, used_in_words
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.locale import ENGLISH
from directory.web.names import Names
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction

SHOWN = 20
"""Entries that are named on the page of a term."""
FILTERS = {TermKind.GROUND: "ground", TermKind.KIND: "help", TermKind.LANGUAGE: "language"}
"""The filter of the list of entries for each kind that it has one for."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a term is called in one language."""

    tag: str
    language: str
    name: str
    description: str
    examples: tuple[str, ...]


@admin.get("/taxonomy/<kind>/<code>")
def term(kind: str, code: str) -> Page:
    """The term; one that was merged leads to the one that took its place."""
    of, held = kind_of(kind), current_taxonomy()
    current = held.current(of, code)
    if current != code:
        return redirect(url_for("admin.term", kind=kind, code=current), HTTPStatus.SEE_OTHER)
    return _page(held, held.term(of, code))


@admin.post("/taxonomy/<kind>/<code>/order")
def move_term(kind: str, code: str) -> Page:
    """Show it at another place among those beside it."""
    of, after = kind_of(kind), request.form.get("after", "")
    try:
        with transaction() as session:
            operations.move_term(session, of, code, after=after, by=actor(), now=clock.now())
    except TermInvalid as refused:
        held = current_taxonomy()
        return _page(held, held.term(of, code), errors_of(refused)), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return led_to("admin.term", "term_moved", kind=kind, code=code)


@admin.post("/taxonomy/<kind>/<code>/offer")
def offer_term(kind: str, code: str) -> Page:
    """Offer it again."""
    with transaction() as session:
        operations.offer_term(session, kind_of(kind), code, by=actor(), now=clock.now())
    tell_the_search()
    return led_to("admin.term", "term_offered", kind=kind, code=code)


def _page(held: Taxonomy, one: Term, errors: dict[str, str] | None = None) -> str:
    session, kind = db.session(), one.kind
    usage = usage_by_code(session, kind).get(one.code, Usage())
    named = Names(held, ENGLISH.code)
    return render(
        "admin/taxonomy/term.html",
        called=title_of(one, held),
        words=KINDS[kind],
        term=one,
        name=held.name(kind, one.code),
        under=held.name(kind, one.parent) if one.parent else "",
        narrower=[(other.code, held.name(kind, other.code)) for other in held.narrower(kind, one.code)],
        used=used_in_words(usage),
        entries=entries_with(session, kind, [one.code], limit=SHOWN),
        number=number_with(session, kind, [one.code]),
        all_url=f"{url_for('admin.entries')}?{urlencode({FILTERS[kind]: one.code})}" if kind in FILTERS else "",
        languages=[_words(one, tag, named) for tag in _tags(one)],
        places=_places(held, one),
        fixed=_fixed(held, one),
        errors=errors or {},
    )


def _tags(one: Term) -> list[str]:
    """The languages of the site, then others that it has words in."""
    return [*LANGUAGE_ORDER, *(tag for tag in one.names if tag not in LANGUAGE_ORDER)]


def _words(one: Term, tag: str, named: Names) -> Words:
    description, examples = one.descriptions.get(tag, ""), one.examples.get(tag, ())
    return Words(tag, named.spoken(tag), one.names.get(tag, ""), description, examples)


def _places(held: Taxonomy, one: Term) -> list[Option]:
    """Where it may come among those beside it."""
    beside = [other.code for other in held.narrower(one.kind, one.parent)]
    before = beside[beside.index(one.code) - 1] if beside.index(one.code) else ""
    others = (code for code in beside if code != one.code)
    return [
        Option("", "First", before == ""),
        *(Option(code, f"After {held.name(one.kind, code)}", code == before) for code in others),
    ]


def _fixed(held: Taxonomy, one: Term) -> dict[str, str]:
    """Why it can not be merged, and why it can not be retired; empty where it can."""
    return {"merge": _why(lambda: check_merge_away(one)), "retire": _why(lambda: check_retire(one, held))}


def _why(check: Callable[[], None]) -> str:
    try:
        check()
    except TermFixed:
        return FIXED
    return ""
