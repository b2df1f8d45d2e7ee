"""One import as it stands: its columns to be named, its progress, what it would change, or what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from directory.changes.rules import HowChecked
from directory.checks.keeping import day_of
from directory.exchange.imports import queries
from directory.exchange.imports.models import ImportRow
from directory.exchange.imports.queries import UnknownWord, count_states, load_import
from directory.exchange.imports.rules import AT_WORK, ENDED, EntryState, ImportState
from directory.exchange.term_words import TermWords, folded
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.change_words import HOW_CHECKED
from directory.web.admin.imports.columns import columns_page
from directory.web.admin.imports.words import ENTRY_STATES, KINDS, MODES, STATES, failure_in_words
from directory.web.admin.typed import Typed
from directory.web.entry_form.options import Option
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.templating import render

REFRESH = 3
"""Seconds after which a page of progress asks again by itself."""
MOST_WORDS = 15
"""Unknown words that are asked about at once."""
WORD, ABOUT = "word-{}", "about-{}"
TERM = "term:"
LEAVE_OUT = "leave-out"
APPROVAL, AT_ONCE = "approval", "at_once"
PUBLISHING = {
    APPROVAL: "Everything becomes changes that wait for approval",
    AT_ONCE: "Entries that we have are published at once. New organisations become drafts",
}
IN_ORDER = (
    EntryState.BROKEN,
    EntryState.NEW,
    EntryState.CHANGED,
    EntryState.SAME,
    EntryState.LEFT_OUT,
    EntryState.SENT,
    EntryState.PUBLISHED,
    EntryState.UNCHANGED,
    EntryState.TAKEN_BACK,
    EntryState.DECIDED,
    EntryState.WAITING,
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries of an import stand so."""

    state: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word that no term is called by, with the terms that it may mean."""

    name: str
    about_name: str
    about: str
    """The kind of term, and the word as it is compared."""
    label: str
    hint: str
    options: tuple[Option, ...]


@admin.get("/import/<uuid:import_id>")
def import_page(import_id: UUID) -> Page:
    """The import as it stands."""
    row = load_import(db.session(), import_id)
    if row.state is ImportState.COLUMNS:
        return columns_page(row, Typed())
    if row.state in AT_WORK:
        return _progress(row)
    return checked_page(row, Typed()) if row.state is ImportState.CHECKED else _ended(row)


def checked_page(row: ImportRow, typed: Typed) -> str:
    """What the import would change, and the decision."""
    session = db.session()
    counts = count_states(session, row.id)
    unknown = queries.unknown_words(session, row.id) if counts.get(EntryState.BROKEN) else ()
    how = typed.get("how")
    return render(
        "admin/imports/checked.html",
        row=row,
        typed=typed,
        mode=MODES[row.mode],
        counts=_counts(counts),
        broken=counts.get(EntryState.BROKEN, 0),
        alike=queries.count_alike(session, row.id),
        words=_asked(session, row, unknown[:MOST_WORDS]),
        more_words=len(unknown[MOST_WORDS:]),
        publishing=[Option(value, words, value == typed.get("publishing")) for value, words in PUBLISHING.items()],
        ways=[Option(way.value, _capital(HOW_CHECKED[way]), way.value == how) for way in HowChecked],
    )


def _progress(row: ImportRow) -> str:
    """How far it is. The page stands still unless its reader wants it to ask again by itself (WCAG 2.2, 2.2.1)."""
    return render(
        "admin/imports/progress.html",
        row=row,
        state=STATES[row.state],
        refresh=REFRESH if "watch" in request.args else None,
        per_cent=100 * row.done // row.total if row.total else 0,
    )


def _ended(row: ImportRow) -> str:
    session = db.session()
    return render(
        "admin/imports/ended.html",
        row=row,
        state=STATES[row.state],
        failure=failure_in_words(row.failure) if row.failure else "",
        who=actor_in_words(row.started_by, officer_names(session)),
        ended=date_in_words(day_of(row.ended_at)) if row.ended_at and row.state in ENDED else "",
        counts=_counts(count_states(session, row.id)),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _counts(counts: Mapping[EntryState, int]) -> list[Count]:
    return [Count(state.value, ENTRY_STATES[state], counts[state]) for state in IN_ORDER if counts.get(state)]


def _asked(session: Session, row: ImportRow, unknown: tuple[UnknownWord, ...]) -> list[AskedWord]:
    if not unknown:
        return []
    words = queries.term_words(session, row.words)
    return [_asked_word(place, one, words) for place, one in enumerate(unknown)]


def _asked_word(place: int, one: UnknownWord, words: TermWords) -> AskedWord:
    """The likest terms first, then leaving it out, then all others."""
    kind, taxonomy = one.kind, words.taxonomy
    offered = [term.code for term in words.offers(kind, one.word)]
    others = sorted((taxonomy.name(kind, term.code), term.code) for term in taxonomy.of(kind) if not term.retired)
    options = (
        Option("", "Choose", chosen=True),
        *(Option(f"{TERM}{code}", taxonomy.name(kind, code), chosen=False) for code in offered),
        Option(LEAVE_OUT, "Leave this word out", chosen=False),
        *(Option(f"{TERM}{code}", name, chosen=False) for name, code in others if code not in offered),
    )
    entries = "1 organisation has it" if one.entries == 1 else f"{one.entries:,} organisations have it"
    return AskedWord(
        name=WORD.format(place),
        about_name=ABOUT.format(place),
        about=f"{kind.value}:{folded(one.word)}",
        label=f"“{one.word}”",
        hint=f"{KINDS[kind].capitalize()}. {entries}.",
        options=options,
    )
