"""What may happen to the lexicon. Nothing here commits."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory import audit
from directory.directory_revision import raise_lexicon_revision
from directory.lexicon.meanings import known_meanings
from directory.lexicon.models import LexiconLanguageRow, WordGroupRow
from directory.lexicon.queries import kept_group, kept_groups
from directory.lexicon.rules import WordGroup, WordsMovedOn, WordsUnknown, check_group
from directory.taxonomy.queries import load_taxonomy


def add_words(session: Session, group: WordGroup, *, by: str, now: datetime) -> UUID:
    """Let the search understand a new group of words; returns its id. Raises WordsUnknown (language), WordsInvalid."""
    raise_lexicon_revision(session)
    _check_language(session, group.language)
    check_words(session, group)
    last = session.scalar(select(func.max(WordGroupRow.position)).where(WordGroupRow.language == group.language))
    row = WordGroupRow(id=uuid4(), language=group.language, position=(last or 0) + 1, removed=False, version=1)
    _write(row, group, by)
    session.add(row)
    _audit(session, action="words_added", identity=row.id, by=by, now=now)
    return row.id


def change_words(session: Session, identity: UUID, group: WordGroup, *, version: int, by: str, now: datetime) -> None:
    """Make a group say something else. `version` is the one that was seen.

    Raises WordsUnknown, WordsMovedOn or WordsInvalid.
    """
    row = _locked(session, identity, version=version, removed=False)
    check_words(session, replace(group, language=row.language), identity)
    _write(row, group, by)
    row.version += 1
    _audit(session, action="words_changed", identity=identity, by=by, now=now)


def remove_words(session: Session, identity: UUID, *, version: int, by: str, now: datetime) -> None:
    """Let the search understand a group no more. Raises WordsUnknown or WordsMovedOn."""
    row = _locked(session, identity, version=version, removed=False)
    row.removed, row.edited_by = True, by
    row.version += 1
    _audit(session, action="words_removed", identity=identity, by=by, now=now)


def return_words(session: Session, identity: UUID, *, version: int, by: str, now: datetime) -> None:
    """Let the search understand a removed group again. Raises WordsUnknown, WordsMovedOn or WordsInvalid."""
    row = _locked(session, identity, version=version, removed=True)
    check_words(session, kept_group(session, identity).group, identity)
    row.removed, row.edited_by = False, by
    row.version += 1
    _audit(session, action="words_returned", identity=identity, by=by, now=now)


def mark_reviewed(session: Session, language: str, *, reviewed: bool, by: str, now: datetime) -> None:
    """Say whether somebody who speaks a language has read its words. Raises WordsUnknown."""
    row = session.get(LexiconLanguageRow, language, with_for_update=True)
    if row is None:
        raise WordsUnknown(language)
    row.reviewed, row.edited_by = reviewed, by
    audit.record(session, actor=by, action="lexicon_reviewed", now=now, subject=language, reviewed=reviewed)


def check_words(session: Session, group: WordGroup, identity: UUID | None = None) -> None:
    """Raise WordsInvalid unless a group (the one of this id, if it is there already) may say this."""
    kept = kept_groups(session, group.language)
    before = next((one.group for one in kept if one.id == identity), None)
    others = (one.group for one in kept if one.id != identity and not one.removed)
    check_group(group, others, known_meanings(load_taxonomy(session)), before)


def _locked(session: Session, identity: UUID, *, version: int, removed: bool) -> WordGroupRow:
    """The row of a group, if it is still what was seen."""
    raise_lexicon_revision(session)
    row = session.get(WordGroupRow, identity, with_for_update=True, populate_existing=True)
    if row is None:
        raise WordsUnknown(str(identity))
    if row.version != version or row.removed is not removed:
        raise WordsMovedOn(f"{identity} is at version {row.version}")
    return row


def _check_language(session: Session, language: str) -> None:
    if session.get(LexiconLanguageRow, language) is None:
        raise WordsUnknown(language)


def _write(row: WordGroupRow, group: WordGroup, by: str) -> None:
    row.words, row.means, row.english, row.edited_by = list(group.words), list(group.means), group.english, by


def _audit(session: Session, *, action: str, identity: UUID, by: str, now: datetime) -> None:
    audit.record(session, actor=by, action=action, now=now, subject=str(identity))
