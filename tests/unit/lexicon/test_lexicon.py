import json

import pytest

from directory.lexicon.folding import words
from directory.lexicon.lexicon import Entry, Lexicon

RACE = Entry("en", ("ground:race",))
POLICE = Entry("en", ("situation:police",))
NO_POLICE = Entry("en", ("situation:no_police",))
NEIGHBOUR = Entry("tr", ("situation:neighbour",))
CHINESE = Entry("zh", ("ground:race.chinese",))


def found(lexicon: Lexicon, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(f.start, f.end, tuple(code for e in f.entries for code in e.means)) for f in lexicon.find(words(text))]


def test_the_longest_phrase_is_taken_and_its_words_are_used_once():
    lexicon = Lexicon([("police", POLICE), ("dont want the police", NO_POLICE)])
    assert found(lexicon, "I don't want the police here") == [(1, 5, ("situation:no_police",))]
    assert found(lexicon, "the police") == [(1, 2, ("situation:police",))]


@pytest.mark.parametrize("typed", ["komşu", "Komşum", "KOMŞULARIM", "komsumuz"])
def test_a_beginning_finds_every_ending(typed):
    lexicon = Lexicon([("komşu*", NEIGHBOUR)])
    assert found(lexicon, typed) == [(0, 1, ("situation:neighbour",))]


def test_a_whole_word_is_not_found_in_a_longer_one():
    assert found(Lexicon([("race", RACE)]), "racecourse traces") == []


def test_a_short_word_is_found():
    assert found(Lexicon([("iz", RACE)]), "iz izba") == [(0, 1, ("ground:race",))]


def test_chinese_words_are_found_without_spaces():
    lexicon = Lexicon([("中国人", CHINESE), ("中国", RACE)])
    assert found(lexicon, "我因为是中国人被打了") == [(4, 6, ("ground:race.chinese",))]
    assert found(lexicon, "中国") == [(0, 1, ("ground:race",))]


def test_one_word_may_mean_several_things():
    lexicon = Lexicon([("csu", RACE), ("csu", POLICE)])
    assert found(lexicon, "csu") == [(0, 1, ("ground:race", "situation:police"))]


def test_a_word_without_letters_means_nothing():
    assert found(Lexicon([("***", RACE), ("…", RACE)]), "*** …") == []


def test_whole_english_words_are_known_for_mending_spelling():
    lexicon = Lexicon([("hate crime", RACE), ("komşu*", NEIGHBOUR), ("racis*", RACE)])
    assert set(lexicon.words()) == {"hate", "crime"}


MANY = [
    ("police", POLICE),
    ("dont want the police", NO_POLICE),
    ("komşu*", NEIGHBOUR),
    ("中国人", CHINESE),
    ("csu", RACE),
    ("csu", POLICE),
    ("***", RACE),
]
TEXTS = ("I don't want the police", "komşum csu", "我因为是中国人被打了", "traces")


def test_what_is_kept_of_it_finds_the_same():
    lexicon = Lexicon(MANY)
    kept = json.loads(json.dumps(lexicon.kept()))
    for text in TEXTS:
        assert found(Lexicon.read(kept), text) == found(lexicon, text)
    assert sorted(Lexicon.read(kept).words()) == sorted(lexicon.words())


def test_a_changed_one_finds_what_one_made_of_the_changed_words_finds_and_the_first_stays():
    lexicon = Lexicon(MANY)
    before = [found(lexicon, text) for text in TEXTS]
    changed = lexicon.changed(
        without=[("csu", RACE), ("中国人", CHINESE), ("dont want the police", NO_POLICE), ("never there", RACE)],
        added=[("komşu*", Entry("tr", ("situation:police",))), ("trac*", RACE), ("中国", RACE), ("?", RACE)],
    )
    anew = Lexicon(
        [
            ("police", POLICE),
            ("komşu*", NEIGHBOUR),
            ("csu", POLICE),
            ("komşu*", Entry("tr", ("situation:police",))),
            ("trac*", RACE),
            ("中国", RACE),
        ]
    )
    assert [found(changed, text) for text in TEXTS] == [found(anew, text) for text in TEXTS]
    assert [found(lexicon, text) for text in TEXTS] == before
