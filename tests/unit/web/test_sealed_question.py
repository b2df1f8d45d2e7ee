"""How what a reader typed is sealed in a link."""

from datetime import UTC, datetime, timedelta

import pytest

from directory.web.public.sealed_question import READABLE_FOR, Question, QuestionUnreadable, seal, unseal

KEY = "a key that only the tests know, long enough"
NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
QUESTION = Question("komşum bana bağırıyor <b>", "N15 3QL", ("ground:race",))


def test_a_sealed_question_comes_back_as_it_was() -> None:
    assert unseal(seal(QUESTION, KEY, NOW), KEY, NOW) == QUESTION


def test_a_sealed_question_shows_nothing_of_what_was_typed_and_suits_a_link() -> None:
    sealed = seal(QUESTION, KEY, NOW)
    assert "kom" not in sealed
    assert all(character.isascii() and (character.isalnum() or character in "-_=") for character in sealed)


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert seal(QUESTION, KEY, NOW) != seal(QUESTION, KEY, NOW)


def test_a_question_can_be_read_for_an_hour() -> None:
    sealed = seal(QUESTION, KEY, NOW)
    assert unseal(sealed, KEY, NOW + READABLE_FOR) == QUESTION
    with pytest.raises(QuestionUnreadable):
        unseal(sealed, KEY, NOW + READABLE_FOR + timedelta(seconds=1))


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAA==", "é", "a" * 5000])
def test_what_was_not_sealed_here_is_refused(sealed: str) -> None:
    with pytest.raises(QuestionUnreadable):
        unseal(sealed, KEY, NOW)


def test_another_sites_key_opens_nothing() -> None:
    with pytest.raises(QuestionUnreadable):
        unseal(seal(QUESTION, KEY, NOW), KEY + "!", NOW)


def test_a_changed_seal_opens_nothing() -> None:
    sealed = seal(QUESTION, KEY, NOW)
    middle = len(sealed) // 2
    changed = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
    with pytest.raises(QuestionUnreadable):
        unseal(changed, KEY, NOW)
