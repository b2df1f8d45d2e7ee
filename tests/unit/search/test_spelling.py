import pytest

from directory.search.spelling import Spelling

NOTHING = frozenset()


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(
        ["samaritans", "victim", "support", "haringey", "council", "crime", "galop", "hate", "roma", "pretend"],
        ["galop"],
    )


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("simaritans", "samaritans"),
        ("Victm suport!", "victim support!"),
        ("haringay council hate crim", "haringey council hate crime"),
    ],
)
def test_a_misspelt_word_is_mended_and_the_rest_kept(spelling, typed, mended):
    assert spelling.mend(typed, NOTHING) == mended


@pytest.mark.parametrize("typed", ["samaritans", "somebody laughed at my turban", "victim support", "", "101", "xyz"])
def test_right_words_are_left_alone(spelling, typed):
    assert spelling.mend(typed, NOTHING) == ""


def test_a_sentence_of_another_language_is_left_alone(spelling):
    assert spelling.mend("przestępstwo z nienawiści wobec romów", NOTHING) == ""


def test_explained_words_are_left_alone(spelling):
    assert spelling.mend("suport", frozenset({0})) == ""


def test_an_english_word_is_mended_only_when_asked_and_only_to_a_name(spelling):
    assert spelling.mend("gallop", NOTHING) == ""
    assert spelling.mend("gallop", NOTHING, also_english=True) == "galop"
    assert spelling.mend("prevent", NOTHING, also_english=True) == ""
