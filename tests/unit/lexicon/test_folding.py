import pytest

from directory.lexicon.folding import fold, tokens, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe"),
        ("IŞIK", "isik"),
        ("ışık", "isik"),
        ("Łódź", "lodz"),
        ("don't", "dont"),
        ("don’t", "DONT"),
        ("știri", "stiri"),
        ("أحمد", "احمد"),
        ("مَسْجِد", "مسجد"),
        ("می‌خواهم", "ميخواهم"),
        ("کمک", "كمك"),
        ("γείτονας", "γειτονασ"),
        ("ñ", "n"),
    ],
)
def test_what_readers_take_as_the_same_word_folds_to_the_same(one, other):
    assert fold(one) == fold(other)


def test_words_of_bengali_keep_their_vowel_signs():
    assert words("আমাকে মারধর করা") == ["আমাকে", "মারধর", "করা"]
    assert fold("কি") != fold("কা")


def test_chinese_is_cut_into_overlapping_pairs():
    assert words("我被打了") == ["我被", "被打", "打了"]
    assert words("打") == ["打"]
    assert words("光 2 号") == ["光", "2", "号"]


def test_places_of_words_are_those_in_the_folded_text():
    text = "Ring: 020 8489, NOW!"
    assert [fold(text)[start:end] for _, start, end in tokens(text)] == words(text) == ["ring", "020", "8489", "now"]


def test_punctuation_alone_holds_no_words():
    assert words("¿?! -- … _") == []
