"""Adding a term."""

from collections.abc import Mapping
from http import HTTPStatus

from babel import Locale, UnknownLocaleError

from directory import clock
from directory.taxonomy.operations import add_term
from directory.taxonomy.rules import AREA_SORTS, NewTerm, TermInvalid
from directory.taxonomy.terms import DEFAULT_LANGUAGE, LANGUAGE_ORDER, TermKind
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.taxonomy.words import KINDS, errors_of, kind_of
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.options import Option
from directory.web.kept import current_taxonomy
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction

SORTS: Mapping[str, str] = dict(
    zip(AREA_SORTS, ("Neighbourhood", "Ward", "Beginning of a postcode", "Borough"), strict=True)
)


@admin.get("/taxonomy/<kind>/new")
def new_term(kind: str) -> Page:
    """The form."""
    return _page(kind_of(kind), Typed())


@admin.post("/taxonomy/<kind>/new")
def send_new_term(kind: str) -> Page:
    """Add the term, and lead to its page."""
    of, typed = kind_of(kind), sent("name", "parent", "tag", "sort", "latitude", "longitude")
    new = NewTerm(
        kind=of,
        names=_names(of, typed),
        parent=typed.get("parent") if of in {TermKind.GROUND, TermKind.AREA} else "",
        tag=typed.get("tag"),
        sort=typed.get("sort"),
        latitude=_degrees(typed.get("latitude")),
        longitude=_degrees(typed.get("longitude")),
    )
    try:
        with transaction() as session:
            code = add_term(session, new, by=actor(), now=clock.now())
    except TermInvalid as refused:
        return _page(of, typed.with_errors(errors_of(refused))), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return led_to("admin.term", "term_added", kind=kind, code=code)


def _names(kind: TermKind, typed: Typed) -> dict[str, str]:
    """The name in English; of a language its name in those of the site too, as Unicode has them."""
    given = {DEFAULT_LANGUAGE: typed.get("name")} if typed.get("name") else {}
    if kind is not TermKind.LANGUAGE:
        return given
    try:
        own = Locale.parse(typed.get("tag"), sep="-")
        names = {tag: own.get_display_name(tag) for tag in (*LANGUAGE_ORDER, typed.get("tag"))}
    except (UnknownLocaleError, ValueError, TypeError):
        return given
    return {tag: name for tag, name in names.items() if name} | given


def _degrees(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _page(kind: TermKind, typed: Typed) -> str:
    taxonomy = current_taxonomy()
    can_hold = taxonomy.top(kind) if kind is TermKind.GROUND else taxonomy.of(kind)
    parents = {term.code: taxonomy.name(kind, term.code) for term in can_hold if not term.retired}
    return render(
        "admin/taxonomy/new_term.html",
        kind=kind,
        words=KINDS[kind],
        parents=_options({"": "Choose one", **parents}, typed.get("parent")),
        sorts=_options(SORTS, typed.get("sort")),
        has_parent=kind in {TermKind.GROUND, TermKind.AREA},
        typed=typed,
    )


def _options(words: Mapping[str, str], chosen: str) -> list[Option]:
    return [Option(value, said, value == chosen) for value, said in words.items()]
