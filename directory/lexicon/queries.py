"""Reading the lexicon, in today's terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from directory.lexicon.lexicon import Entry, Lexicon
from directory.lexicon.models import LexiconLanguageRow, WordGroupRow
from directory.lexicon.rules import WordGroup, WordsUnknown
from directory.taxonomy.queries import successors


@dataclass(frozen=True, slots=True)
class KeptGroup:
    """A group as the lexicon keeps it."""

    id: UUID
    group: WordGroup
    version: int
    removed: bool


@dataclass(frozen=True, slots=True)
class LexiconLanguage:
    """A language of the lexicon: how many groups of words it has, and whether somebody who speaks it has read them."""

    language: str
    groups: int
    reviewed: bool


def lexicon_languages(session: Session) -> tuple[LexiconLanguage, ...]:
    """The languages that the lexicon has words of, by tag."""
    rows = session.execute(
        select(LexiconLanguageRow.language, LexiconLanguageRow.reviewed, func.count(WordGroupRow.id).label("groups"))
        .outerjoin(
            WordGroupRow,
            (WordGroupRow.language == LexiconLanguageRow.language) & WordGroupRow.removed.is_(False),
        )
        .group_by(LexiconLanguageRow.language, LexiconLanguageRow.reviewed)
        .order_by(LexiconLanguageRow.language)
    )
    return tuple(LexiconLanguage(row.language, row.groups, row.reviewed) for row in rows)


def lexicon_language(session: Session, language: str) -> LexiconLanguage:
    """One of them. Raises WordsUnknown."""
    for held in lexicon_languages(session):
        if held.language == language:
            return held
    raise WordsUnknown(language)


def kept_groups(session: Session, language: str | None = None) -> tuple[KeptGroup, ...]:
    """The groups of one language or of all, the removed ones too, by language and in their order."""
    query = select(WordGroupRow).order_by(WordGroupRow.language, WordGroupRow.position, WordGroupRow.id)
    if language is not None:
        query = query.where(WordGroupRow.language == language)
    merged = _merged(session)
    return tuple(_kept(row, merged) for row in session.scalars(query))


def kept_group(session: Session, identity: UUID) -> KeptGroup:
    """One group, removed or not. Raises WordsUnknown."""
    row = session.get(WordGroupRow, identity)
    if row is None:
        raise WordsUnknown(str(identity))
    return _kept(row, _merged(session))


def word_groups(session: Session) -> tuple[WordGroup, ...]:
    """All that the search understands, by language and in order."""
    return tuple(kept.group for kept in kept_groups(session) if not kept.removed)


def number_meaning(session: Session, code: str) -> int:
    """How many groups of words mean this."""
    query = select(func.count()).select_from(WordGroupRow)
    holds = cast(WordGroupRow.means, Text).contains(f'"{code}"', autoescape=True)
    return session.scalar(query.where(WordGroupRow.removed.is_(False), holds)) or 0


def load_lexicon(session: Session) -> Lexicon:
    """The lexicon as the search uses it."""
    return Lexicon(phrase for group in word_groups(session) for phrase in phrases_of(group))


def phrases_of(group: WordGroup) -> tuple[tuple[str, Entry], ...]:
    """The words of a group as the search's lexicon takes them."""
    entry = Entry(group.language, group.means, group.english)
    return tuple((word, entry) for word in group.words)


def _merged(session: Session) -> Mapping[str, str]:
    """Of each meaning that was merged into another, that one."""
    return {f"{kind}:{code}": f"{kind}:{successor}" for (kind, code), successor in successors(session).items()}


def _kept(row: WordGroupRow, merged: Mapping[str, str]) -> KeptGroup:
    means = tuple(dict.fromkeys(merged.get(code, code) for code in row.means))
    group = WordGroup(language=row.language, words=tuple(row.words), means=means, english=row.english)
    return KeptGroup(row.id, group, row.version, row.removed)
