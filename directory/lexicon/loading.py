"""Putting the seed's words into the lexicon: as often as one likes, and never over what people changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.audit import SEED
from directory.directory_revision import lock_directory, raise_lexicon_revision
from directory.lexicon.models import LexiconLanguageRow, WordGroupRow
from directory.lexicon.rules import WordGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconFile:
    """The words of one language, in their order."""

    language: str
    reviewed: bool
    groups: tuple[WordGroup, ...]


def put_lexicon(session: Session, files: Iterable[LexiconFile]) -> int:
    """Make the lexicon say what these files say; returns how many groups and languages changed.

    What people changed, added or removed stays; a group of the seed that is in no file any more goes.
    """
    lock_directory(session)
    files = tuple(files)
    changed = sum(_put_language(session, file) for file in files)
    held = {row.id: row for row in session.scalars(select(WordGroupRow).order_by(WordGroupRow.id))}
    wanted = {identity: (group, place) for file in files for place, (identity, group) in enumerate(_named(file))}
    for identity, (group, place) in wanted.items():
        row = held.get(identity)
        if row is None:
            row = WordGroupRow(id=identity, removed=False, version=1, edited_by=SEED)
            session.add(row)
        elif row.edited_by != SEED or _says(row, group, place):
            continue
        else:
            row.version += 1
        row.language, row.position, row.english = group.language, place, group.english
        row.words, row.means = list(group.words), list(group.means)
        changed += 1
    languages = {file.language for file in files}
    for row in held.values():
        if row.id not in wanted and row.edited_by == SEED and row.language in languages:
            session.delete(row)
            changed += 1
    if changed:
        raise_lexicon_revision(session)
    return changed


def _put_language(session: Session, file: LexiconFile) -> bool:
    row = session.get(LexiconLanguageRow, file.language)
    if row is None:
        session.add(LexiconLanguageRow(language=file.language, reviewed=file.reviewed, edited_by=SEED))
        return True
    if row.edited_by != SEED or row.reviewed == file.reviewed:
        return False
    row.reviewed = file.reviewed
    return True


def _named(file: LexiconFile) -> Iterator[tuple[UUID, WordGroup]]:
    """The groups with their ids: what a group means names it, and where several mean the same, which of them it is."""
    seen: Counter[str] = Counter()
    for group in file.groups:
        meaning = f"{group.language}/{'+'.join(group.means)}/{group.english}"
        seen[meaning] += 1
        yield uuid5(NAMESPACE_URL, f"lexicon/{meaning}/{seen[meaning]}"), group


def _says(row: WordGroupRow, group: WordGroup, place: int) -> bool:
    said = (row.language, row.position, tuple(row.words), tuple(row.means), row.english)
    return said == (group.language, place, group.words, group.means, group.english)
