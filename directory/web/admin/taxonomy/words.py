"""What the pages of the taxonomy say."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort

from directory.organisations.term_usage import Usage
from directory.taxonomy.rules import (
    LONGEST_DESCRIPTION,
    LONGEST_EXAMPLE,
    LONGEST_NAME,
    MOST_EXAMPLES,
    Problem,
    TermInvalid,
    is_telling,
)
from directory.taxonomy.terms import Taxonomy, Term, TermKind
from directory.web.admin.entries.words import counted


@dataclass(frozen=True, slots=True)
class KindWords:
    """What terms of a kind are called, and what they are for."""

    many: str
    one: str
    what: str


KINDS: Mapping[TermKind, KindWords] = {
    TermKind.GROUND: KindWords(
        "Grounds", "ground", "Why somebody is targeted, and who a service is for in particular."
    ),
    TermKind.KIND: KindWords("Kinds of service", "kind of service", "What a service does."),
    TermKind.LANGUAGE: KindWords("Languages", "language", "What the staff of a service speak."),
    TermKind.AREA: KindWords("Areas", "area", "Whom a service is for by where they live, and where a place is."),
    TermKind.ACCESS: KindWords("Access", "access feature", "What makes a place or a service easier to use."),
}
FIXED = "The site itself relies on this term, or on one under it. It can be renamed, but not merged or retired."
_LONGEST = {"name": LONGEST_NAME, "description": LONGEST_DESCRIPTION, "examples": LONGEST_EXAMPLE}
_SENTENCES: Mapping[Problem, str] = {
    Problem.UNTIDY: "Write it on one line, without signs that nobody types",
    Problem.TOO_MANY: f"Write no more than {MOST_EXAMPLES} examples",
    Problem.LANGUAGE: "Enter the tag of a language, like so or zh-Hant",
    Problem.NOT_ON_THE_MAP: "Enter a place in the United Kingdom in degrees, like 51.588 and -0.078",
}
_OF_FIELD: Mapping[tuple[str, Problem], str] = {
    ("name", Problem.EMPTY): "Enter the name",
    ("name", Problem.TAKEN): "Another term has this name already",
    ("tag", Problem.TAKEN): "This language is there already",
    ("parent", Problem.UNKNOWN): "Choose what it belongs under",
    ("sort", Problem.UNKNOWN): "Choose what sort of area it is",
    ("after", Problem.UNKNOWN): "Choose where it comes",
}


def kind_of(text: str) -> TermKind:
    """The kind of terms that an address names, or page not found."""
    if text not in set(TermKind):
        abort(HTTPStatus.NOT_FOUND)
    return TermKind(text)


def title_of(term: Term, taxonomy: Taxonomy) -> str:
    """The name of a term, fit for a title: where it would give a reader away, its code."""
    name = taxonomy.name(term.kind, term.code)
    return term.code if is_telling(name) else name


def errors_of(refused: TermInvalid) -> dict[str, str]:
    """A sentence for each field that is wrong, the first of each."""
    errors: dict[str, str] = {}
    for found in refused.violations:
        if found.problem is Problem.TOO_LONG:
            words = f"Write no more than {_LONGEST[found.field]} characters"
            words += " for each example" if found.field == "examples" else ""
        else:
            words = _OF_FIELD.get((found.field, found.problem)) or _SENTENCES[found.problem]
        errors.setdefault(found.field, words)
    return errors


def used_in_words(usage: Usage) -> str:
    """`3 services, 1 place`."""
    parts = [counted(usage.services, "service", "services")] if usage.services or not usage.places else []
    parts += [counted(usage.places, "place", "places")] if usage.places else []
    return ", ".join(parts)
