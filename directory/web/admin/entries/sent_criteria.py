"""What an address of the list asks for: criteria read from it, and the addresses that ask for something else."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for

from directory.checks.rules import Way
from directory.listing.criteria import EntryCriteria, Sign, Sort
from directory.organisations.details import OrganisationKind
from directory.organisations.rules import State
from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.plain_form import one_line, tidy

LONGEST_WORDS = 100
KEPT, LONGEST_KEPT = "list", 2_000
"""The field in which a form keeps what the list asked for."""
FILTERS = frozenset({"words", "state", "way", "sign", "kind", "ground", "language", "help", "sort"})
Choice = TypeVar("Choice", bound=StrEnum)


def asked_criteria(taxonomy: Taxonomy) -> EntryCriteria:
    """What the address asks for; what it says wrongly counts as not said."""
    return EntryCriteria(
        words=one_line(tidy(request.args.get("words", "")))[:LONGEST_WORDS],
        state=_one_of(State, "state"),
        way=_one_of(Way, "way"),
        sign=_one_of(Sign, "sign"),
        kind=_one_of(OrganisationKind, "kind"),
        ground=_term(taxonomy, TermKind.GROUND, "ground"),
        language=_term(taxonomy, TermKind.LANGUAGE, "language"),
        service_kind=_term(taxonomy, TermKind.KIND, "help"),
        sort=_one_of(Sort, "sort") or Sort.NAME,
    )


def address_with(criteria: EntryCriteria, **other: str | None) -> str:
    """The address of the list with these criteria, and something of them said otherwise."""
    said: Mapping[str, str | None] = {
        "words": criteria.words,
        "state": criteria.state,
        "way": criteria.way,
        "sign": criteria.sign,
        "kind": criteria.kind,
        "ground": criteria.ground,
        "language": criteria.language,
        "help": criteria.service_kind,
        "sort": None if criteria.sort is Sort.NAME else criteria.sort,
        **other,
    }
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{url_for('admin.entries')}{'?' if query else ''}{query}"


def sent_filters() -> dict[str, Any]:
    """What the list asked for from which entries were ticked: a form keeps it as one text."""
    sent = parse_qsl(request.values.get(KEPT, "")[:LONGEST_KEPT])
    return {name: value for name, value in sent if name in FILTERS}


def _one_of(kind: type[Choice], name: str) -> Choice | None:
    asked = request.args.get(name, "")
    return next((choice for choice in kind if choice == asked), None)


def _term(taxonomy: Taxonomy, kind: TermKind, name: str) -> str:
    asked = taxonomy.current(kind, request.args.get(name, ""))
    return asked if taxonomy.has(kind, asked) else ""
