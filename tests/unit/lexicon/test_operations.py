"""What managers do with words, and the seed that leaves it so."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.directory_revision import revision_with_lexicon
from directory.lexicon.loading import LexiconFile, put_lexicon
from directory.lexicon.operations import (
    add_words,
    change_words,
    mark_reviewed,
    remove_words,
    return_words,
)
from directory.lexicon.queries import kept_group, kept_groups, lexicon_languages, load_lexicon, word_groups
from directory.lexicon.rules import WordGroup, WordsInvalid, WordsMovedOn, WordsUnknown
from directory.organisations.term_changes import merge
from directory.taxonomy.terms import TermKind
from tests.factories import NOW, put_taxonomy

BY = "officer:1"
RACE = WordGroup(language="en", words=("racis*", "my skin"), means=("ground:race",))
HELP = WordGroup(language="en", words=("someone to talk to",), means=("kind:counselling", "kind:helpline"))
IRK = WordGroup(language="tr", words=("ırkçı*",), means=("ground:race",))
NEW = WordGroup(language="en", words=("my accent",), means=("ground:race",), english="accent")
FILES = (
    LexiconFile(language="en", reviewed=False, groups=(RACE, HELP)),
    LexiconFile(language="tr", reviewed=False, groups=(IRK,)),
)


@pytest.fixture(autouse=True)
def _words(session: Session) -> None:
    put_taxonomy(session)
    assert put_lexicon(session, FILES) == 5


def identity(session: Session, group: WordGroup) -> UUID:
    return next(kept.id for kept in kept_groups(session) if kept.group == group)


def done(session: Session) -> list[str]:
    return list(
        session.scalars(select(AuditEventRow.action).where(AuditEventRow.actor == BY).order_by(AuditEventRow.id))
    )


def test_new_words_are_understood_after_those_that_were_there(session: Session) -> None:
    added = add_words(session, NEW, by=BY, now=NOW)
    assert word_groups(session) == (RACE, HELP, NEW, IRK)
    assert kept_group(session, added).group == NEW
    (found,) = load_lexicon(session).find(["my", "accent"])
    assert [entry.english for entry in found.entries] == ["accent"]


def test_words_are_changed_removed_and_returned(session: Session) -> None:
    words = identity(session, RACE)
    changed = replace(RACE, words=("racis*",))
    change_words(session, words, changed, version=1, by=BY, now=NOW)
    assert word_groups(session) == (changed, HELP, IRK)
    remove_words(session, words, version=2, by=BY, now=NOW)
    assert word_groups(session) == (HELP, IRK)
    return_words(session, words, version=3, by=BY, now=NOW)
    assert word_groups(session) == (changed, HELP, IRK)
    assert done(session) == ["words_changed", "words_removed", "words_returned"]


def test_the_language_of_words_stays(session: Session) -> None:
    words = identity(session, RACE)
    change_words(session, words, replace(RACE, language="tr"), version=1, by=BY, now=NOW)
    assert kept_group(session, words).group.language == "en"


def test_every_act_raises_the_revision_of_the_lexicon(session: Session) -> None:
    words = identity(session, RACE)
    acts: tuple[Callable[[], object], ...] = (
        lambda: add_words(session, NEW, by=BY, now=NOW),
        lambda: change_words(session, words, replace(RACE, english="skin"), version=1, by=BY, now=NOW),
        lambda: remove_words(session, words, version=2, by=BY, now=NOW),
        lambda: return_words(session, words, version=3, by=BY, now=NOW),
    )
    for act in acts:
        before = revision_with_lexicon(session)
        act()
        after = revision_with_lexicon(session)
        assert after.lexicon == after.number > before.number
    assert len(done(session)) == len(acts)


def test_whoever_saw_something_else_is_told_so(session: Session) -> None:
    words = identity(session, RACE)
    change_words(session, words, replace(RACE, words=("racis*",)), version=1, by=BY, now=NOW)
    for act in (
        lambda: change_words(session, words, RACE, version=1, by=BY, now=NOW),
        lambda: remove_words(session, words, version=1, by=BY, now=NOW),
        lambda: return_words(session, words, version=2, by=BY, now=NOW),
    ):
        with pytest.raises(WordsMovedOn):
            act()


def test_words_that_are_not_there_or_not_well_formed_are_refused(session: Session) -> None:
    with pytest.raises(WordsUnknown):
        change_words(session, uuid4(), RACE, version=1, by=BY, now=NOW)
    with pytest.raises(WordsUnknown):
        kept_group(session, uuid4())
    with pytest.raises(WordsUnknown):
        add_words(session, replace(NEW, language="xx"), by=BY, now=NOW)
    with pytest.raises(WordsInvalid):
        add_words(session, replace(NEW, means=("ground:narnia",)), by=BY, now=NOW)
    with pytest.raises(WordsInvalid):
        add_words(session, replace(NEW, words=("my skin",)), by=BY, now=NOW)
    with pytest.raises(WordsInvalid):
        change_words(session, identity(session, HELP), replace(RACE), version=1, by=BY, now=NOW)


def test_words_do_not_come_back_beside_others_that_took_their_place(session: Session) -> None:
    words = identity(session, RACE)
    remove_words(session, words, version=1, by=BY, now=NOW)
    add_words(session, replace(NEW, words=("my skin",)), by=BY, now=NOW)
    return_words(session, words, version=2, by=BY, now=NOW)
    assert kept_group(session, words).removed is False


def test_a_language_is_marked_as_read_by_somebody_who_speaks_it(session: Session) -> None:
    mark_reviewed(session, "tr", reviewed=True, by=BY, now=NOW)
    assert [(held.language, held.groups, held.reviewed) for held in lexicon_languages(session)] == [
        ("en", 2, False),
        ("tr", 1, True),
    ]
    with pytest.raises(WordsUnknown):
        mark_reviewed(session, "xx", reviewed=True, by=BY, now=NOW)
    put_lexicon(session, FILES)
    assert lexicon_languages(session)[1].reviewed


def test_words_that_meant_a_merged_term_mean_the_one_it_was_merged_into(session: Session) -> None:
    merge(session, TermKind.KIND, "counselling", into="helpline", by=BY, now=NOW)
    assert word_groups(session)[1].means == ("kind:helpline",)
    assert put_lexicon(session, FILES) == 0


def test_the_seed_changes_nothing_that_people_changed(session: Session) -> None:
    change_words(session, identity(session, RACE), replace(RACE, words=("racis*",)), version=1, by=BY, now=NOW)
    remove_words(session, identity(session, HELP), version=1, by=BY, now=NOW)
    add_words(session, NEW, by=BY, now=NOW)
    before = kept_groups(session)
    assert put_lexicon(session, FILES) == 0
    assert kept_groups(session) == before


def test_the_seed_goes_on_keeping_what_nobody_changed(session: Session) -> None:
    more, other = replace(RACE, words=("racis*", "skin")), replace(HELP, means=("kind:helpline",))
    files = (replace(FILES[0], groups=(more, other), reviewed=True), FILES[1])
    assert put_lexicon(session, files) == 4
    assert word_groups(session) == (more, other, IRK)
    assert put_lexicon(session, files) == 0
    assert put_lexicon(session, (FILES[1],)) == 0
    assert word_groups(session) == (more, other, IRK)
