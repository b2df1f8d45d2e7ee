"""The kinds of terms, and all terms of one kind with how many services have each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from directory.organisations.term_usage import Usage, usage_by_code
from directory.taxonomy.terms import LANGUAGE_ORDER, Taxonomy, TermKind
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.taxonomy.words import KINDS, kind_of, used_in_words
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.templating import render


@dataclass(frozen=True, slots=True)
class Line:
    """One term in the list; `depth` is how many broader ones it stands under."""

    code: str
    name: str
    used: str
    depth: int
    retired: bool
    missing: int
    """Languages of the site in which it has no name."""


@admin.get("/taxonomy")
def taxonomy() -> Page:
    """The kinds of terms."""
    held = current_taxonomy()
    kinds = [(kind, words, len(held.offered(kind))) for kind, words in KINDS.items()]
    return render("admin/taxonomy/kinds.html", kinds=kinds)


@admin.get("/taxonomy/<kind>")
def terms(kind: str) -> Page:
    """The terms of a kind, narrower ones under theirs."""
    of, held = kind_of(kind), current_taxonomy()
    usage = usage_by_code(db.session(), of)
    lines = list(_lines(held, of, usage))
    return render("admin/taxonomy/terms.html", kind=of, words=KINDS[of], lines=lines)


def _lines(
    held: Taxonomy, kind: TermKind, usage: Mapping[str, Usage], under: str = "", depth: int = 0
) -> Iterator[Line]:
    for term in held.narrower(kind, under):
        yield Line(
            code=term.code,
            name=held.name(kind, term.code),
            used=used_in_words(usage.get(term.code, Usage())),
            depth=min(depth, 3),
            retired=term.retired,
            missing=len(set(LANGUAGE_ORDER) - term.names.keys()),
        )
        yield from _lines(held, kind, usage, term.code, depth + 1)
