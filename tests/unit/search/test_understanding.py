from directory.lexicon.lexicon import Entry, Lexicon
from directory.search.understanding import understand
from tests.unit.search.made import lexicon

NAMES = Lexicon([("Galop", Entry("", ("galop",))), ("police", Entry("", ("metropolitan-police",)))])


def understanding(text: str, ignored: tuple[str, ...] = ()):
    return understand(text, lexicon(), NAMES, ignored)


def codes(text: str, ignored: tuple[str, ...] = ()) -> set[str]:
    return {f"{u.kind}:{u.code}" for u in understanding(text, ignored).understood}


def test_everyday_words_become_concepts():
    assert {"situation:neighbour", "ground:sexuality.gay"} <= codes("my neighbour shouts at me because I am gay")


def test_each_concept_carries_the_words_that_it_was_read_from():
    said = {u.code: u.words for u in understanding("a man pulled my turban").understood}
    assert said["religion.sikh"] == "turban"


def test_a_concept_that_the_reader_took_away_stays_away():
    assert "ground:religion.sikh" not in codes("a man pulled my turban", ("ground:religion.sikh",))


def test_the_language_of_the_question_is_a_wish_for_that_language():
    turkish = understanding("komşum beni tehdit ediyor")
    assert turkish.language == "tr"
    assert {"situation:neighbour", "situation:threat", "language:tr"} <= codes("komşum beni tehdit ediyor")


def test_english_wishes_for_no_language():
    assert understanding("my neighbour threatens me").language == "en"
    assert not any(code.startswith("language:") for code in codes("my neighbour threatens me"))


def test_a_named_organisation_is_recognised():
    assert understanding("number of galop").named == {"galop"}


def test_a_name_inside_a_longer_phrase_is_not_that_organisation():
    assert understanding("i dont want to go to the police").named == frozenset()
    assert understanding("police").named == {"metropolitan-police"}


def test_who_says_only_who_they_are_needs_reporting_and_support():
    wanted = understanding("i am gay").wanted
    assert wanted["kind:report"] > 0
    assert wanted["kind:emotional_support"] > 0


def test_no_words_ask_for_nothing():
    nothing = understanding("")
    assert (nothing.understood, dict(nothing.wanted), nothing.terms, nothing.language) == ((), {}, (), "en")


SHARED = Lexicon([("intihar", Entry("tr", ("situation:suicide",))), ("intihar", Entry("ku", ("situation:suicide",)))])


def test_between_two_languages_that_share_a_word_the_page_decides_then_the_letters():
    assert understand("intihar", SHARED, NAMES, reader="tr").language == "tr"
    assert understand("intihar", SHARED, NAMES, reader="ku").language == "ku"
    assert understand("intihar etmeyi düşünüyorum", SHARED, NAMES).language == "tr"
    assert understand("dixwazim intihar bikim", SHARED, NAMES).language == "ku"
