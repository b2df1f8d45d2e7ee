"""The list of all entries: found by words and filters, with what is the matter with each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request

from directory import clock
from directory.listing.criteria import EntryCriteria, Sign
from directory.listing.finding import EntryCounts, EntryLine, count_entries, find_entries
from directory.organisations.rules import State
from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.entries.chosen import ACTS
from directory.web.admin.entries.sent_criteria import address_with, asked_criteria
from directory.web.admin.entries.words import COLOURS, ORGANISATION_KINDS, SIGNS, SORTS, STATES, WAYS, counted
from directory.web.admin.paging import LENGTH, Paging, asked_page
from directory.web.entry_form.options import Option
from directory.web.entry_words import confirmed_in_words, date_in_words
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.locale import ENGLISH
from directory.web.names import Names
from directory.web.templating import render

SHOWN_OTHERWISE = frozenset({Sign.NEVER_CONFIRMED, Sign.PAUSED})
"""Signs that the line of an entry tells in a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in the list."""

    line: EntryLine
    state: str
    colour: str
    confirmed: str
    kept: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter as a link, with how many entries it lets through."""

    words: str
    url: str
    count: int
    is_chosen: bool


@admin.get("/entries")
def entries() -> Page:
    """A page of the list."""
    session, taxonomy, today = db.session(), current_taxonomy(), clock.today()
    criteria = asked_criteria(taxonomy)
    counts = count_entries(session, criteria, taxonomy, today=today)
    paging = Paging(asked_page(), counts.total)
    lines = find_entries(session, criteria, taxonomy, today=today, limit=LENGTH, offset=paging.offset)
    return render(
        "admin/entries/list.html",
        criteria=criteria,
        found=counted(counts.total, "entry", "entries"),
        rows=[_row(line, today) for line in lines],
        paging=paging,
        states=_states(criteria, counts),
        signs=_signs(criteria, counts),
        selects=_selects(criteria, taxonomy),
        is_filtered=_without_words(criteria) != EntryCriteria(),
        is_narrowed=criteria != EntryCriteria(sort=criteria.sort),
        acts=[(act, words) for act, (words, _) in ACTS.items()],
        are_all_chosen=request.args.get("all") == str(paging.number),
        filters=address_with(criteria).partition("?")[2],
        all_url=address_with(criteria, page=str(paging.number), all=str(paging.number)),
    )


def _without_words(criteria: EntryCriteria) -> EntryCriteria:
    """The filters that are folded away while nothing is chosen in them."""
    return replace(criteria, words="", state=None, sign=None)


def _row(line: EntryLine, today: date) -> Row:
    return Row(
        line,
        state="Joined with another" if line.is_joined else STATES[line.state],
        colour=COLOURS[line.state],
        confirmed=confirmed_in_words(line.confirmed_at, line.confirmed_by),
        kept=_kept(line, today) if line.state is State.PUBLIC else "",
        signs=tuple(SIGNS[sign] for sign in Sign if sign in line.signs - SHOWN_OTHERWISE),
    )


def _kept(line: EntryLine, today: date) -> str:
    if line.way is None or line.due_on is None:
        return "Kept from the next round on."
    way = f"Kept {WAYS[line.way][:1].lower()}{WAYS[line.way][1:]}"
    if line.paused_until is not None and line.paused_until > today:
        return f"{way}, paused until {date_in_words(line.paused_until)}."
    return f"{way}, {'due since' if line.due_on <= today else 'due on'} {date_in_words(line.due_on)}."


def _states(criteria: EntryCriteria, counts: EntryCounts) -> list[Choice]:
    """All, and each state."""
    number = sum(counts.states.values())
    every = Choice("All", address_with(criteria, state=None), number, criteria.state is None)
    return [
        every,
        *(
            Choice(words, address_with(criteria, state=state), counts.states.get(state, 0), criteria.state is state)
            for state, words in STATES.items()
        ),
    ]


def _signs(criteria: EntryCriteria, counts: EntryCounts) -> list[Choice]:
    """Each sign that any entry has; the one that is chosen leads back."""
    return [
        Choice(
            words,
            address_with(criteria, sign=None if criteria.sign is sign else sign),
            counts.signs[sign],
            criteria.sign is sign,
        )
        for sign, words in SIGNS.items()
        if counts.signs[sign] or criteria.sign is sign
    ]


def _selects(criteria: EntryCriteria, taxonomy: Taxonomy) -> list[tuple[str, str, list[Option]]]:
    """Name, label and choices of each list that opens."""
    names = Names(taxonomy, ENGLISH.code)
    grounds = {term.code: names.ground(term.code) for term in taxonomy.of(TermKind.GROUND)}
    kinds = {term.code: names.kind(term.code) for term in taxonomy.of(TermKind.KIND)}
    languages = {term.code: names.spoken(term.code) for term in taxonomy.of(TermKind.LANGUAGE)}
    return [
        ("way", "How it is kept", _options(WAYS, criteria.way)),
        ("kind", "Kind of organisation", _options(ORGANISATION_KINDS, criteria.kind)),
        ("help", "Kind of help", _options(kinds, criteria.service_kind)),
        ("ground", "Reason it helps with", _options(grounds, criteria.ground)),
        ("language", "Language its staff speak", _options(languages, criteria.language)),
        ("sort", "Order", _options(SORTS, criteria.sort, any_words="")),
    ]


def _options(words: Mapping[Any, str], chosen: str | None, *, any_words: str = "Any") -> list[Option]:
    offered: Iterable[tuple[str, str]] = [*([("", any_words)] if any_words else []), *words.items()]
    return [Option(value, said, value == (chosen or "")) for value, said in offered]
