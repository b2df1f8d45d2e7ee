"""The words of one language: found by word or meaning, with what has no words yet."""

from dataclasses import dataclass
from uuid import UUID

from flask import request

from directory import clock
from directory.lexicon.folding import fold
from directory.lexicon.operations import mark_reviewed
from directory.lexicon.queries import KeptGroup, kept_groups, lexicon_language
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.lexicon.words import name_of, without_words
from directory.web.admin.paging import LENGTH, Paging, asked_page
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.locale import ENGLISH
from directory.web.names import Names
from directory.web.templating import render
from directory.web.transaction import transaction

SHOWN = 8
"""Words of a group that are shown in the list."""


@dataclass(frozen=True, slots=True)
class Line:
    """One group in the list."""

    id: UUID
    words: tuple[str, ...]
    more: int
    means: str


@admin.get("/lexicon/<language>")
def words(language: str) -> Page:
    """A page of the list."""
    held, names = lexicon_language(db.session(), language), Names(current_taxonomy(), ENGLISH.code)
    groups = kept_groups(db.session(), language)
    asked, meaning = request.args.get("words", "").strip()[:100], request.args.get("means", "")
    is_removed = request.args.get("removed") == "1"
    said = {code for kept in groups if not kept.removed for code in kept.group.means}
    found = [
        kept
        for kept in groups
        if kept.removed is is_removed and (not meaning or meaning in kept.group.means) and _holds(kept, asked)
    ]
    paging = Paging(asked_page(), len(found))
    return render(
        "admin/lexicon/words.html",
        held=held,
        spoken=names.spoken(language),
        asked=asked,
        meanings=_meanings(said, meaning, names),
        is_removed=is_removed,
        is_narrowed=bool(asked or meaning),
        lines=[_line(kept, names) for kept in found[paging.offset : paging.offset + LENGTH]],
        removed=sum(kept.removed for kept in groups),
        missing=without_words(names, said),
        paging=paging,
    )


@admin.post("/lexicon/<language>/reviewed")
def set_reviewed(language: str) -> Page:
    """Say whether somebody who speaks the language has read its words."""
    reviewed = request.form.get("reviewed") == "yes"
    with transaction() as session:
        mark_reviewed(session, language, reviewed=reviewed, by=actor(), now=clock.now())
    return led_to("admin.words", "reviewed" if reviewed else "not_reviewed", language=language)


def _holds(kept: KeptGroup, asked: str) -> bool:
    return not asked or any(fold(asked) in fold(word) for word in kept.group.words)


def _line(kept: KeptGroup, names: Names) -> Line:
    group = kept.group
    means = [name_of(code, names) for code in group.means]
    means += [f"search for “{group.english}” too"] if group.english else []
    return Line(kept.id, group.words[:SHOWN], max(0, len(group.words) - SHOWN), "; ".join(means) or "Nothing")


def _meanings(said: set[str], chosen: str, names: Names) -> list[Option]:
    named = sorted((name_of(code, names), code) for code in said)
    return [
        Option("", "Anything", not chosen),
        *(Option(code, name, code == chosen) for name, code in named),
    ]
