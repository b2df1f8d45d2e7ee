"""What a term is called in one language, and how it is explained there."""

from http import HTTPStatus

from flask import abort

from directory import clock
from directory.taxonomy.operations import word_term
from directory.taxonomy.rules import TermInvalid, TermWords
from directory.taxonomy.terms import DEFAULT_LANGUAGE, LANGUAGE_ORDER, Term, TermKind
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.taxonomy.words import KINDS, errors_of, kind_of
from directory.web.admin.typed import Typed, filled, sent
from directory.web.kept import current_taxonomy
from directory.web.locale import ENGLISH
from directory.web.names import Names
from directory.web.plain_form import one_line
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction


@admin.get("/taxonomy/<kind>/<code>/words/<language>")
def term_words(kind: str, code: str, language: str) -> Page:
    """The form."""
    term = _term(kind, code, language)
    examples = "\n".join(term.examples.get(language, ()))
    typed = filled(name=term.names.get(language), description=term.descriptions.get(language), examples=examples)
    return _page(term, language, typed)


@admin.post("/taxonomy/<kind>/<code>/words/<language>")
def send_term_words(kind: str, code: str, language: str) -> Page:
    """Keep the words."""
    term = _term(kind, code, language)
    typed = sent(texts=("name", "description", "examples"))
    examples = typed.get("examples").split("\n") if has_examples(term) else []
    words = TermWords(
        name=one_line(typed.get("name")),
        description=one_line(typed.get("description")),
        examples=tuple(line for text in examples if (line := one_line(text))),
    )
    try:
        with transaction() as session:
            word_term(session, term.kind, term.code, language, words, by=actor(), now=clock.now())
    except TermInvalid as refused:
        return _page(term, language, typed.with_errors(errors_of(refused))), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return led_to("admin.term", "term_words", kind=kind, code=code)


def _term(kind: str, code: str, language: str) -> Term:
    """The term, if it may have words in this language; else page not found."""
    term = current_taxonomy().term(kind_of(kind), code)
    if language not in LANGUAGE_ORDER and language not in term.names:
        abort(HTTPStatus.NOT_FOUND)
    return term


def has_examples(term: Term) -> bool:
    """Whether readers are shown examples of it: of a ground they are."""
    return term.kind is TermKind.GROUND


def _page(term: Term, language: str, typed: Typed) -> str:
    named = Names(current_taxonomy(), ENGLISH.code)
    return render(
        "admin/taxonomy/term_words.html",
        term=term,
        words=KINDS[term.kind],
        spoken=named.spoken(language),
        tag=language,
        english=term.names[DEFAULT_LANGUAGE],
        is_english=language == DEFAULT_LANGUAGE,
        has_examples=has_examples(term),
        typed=typed,
    )
