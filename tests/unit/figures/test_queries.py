"""What was counted of searches, added up."""

from datetime import date

from sqlalchemy.orm import Session

from directory.figures.asked import By, Tally, Wish
from directory.figures.operations import keep_counts
from directory.figures.queries import Asked, searches
from directory.taxonomy.loading import put_terms
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import TermKind
from tests.factories import term

FIRST, LAST, LATER = date(2026, 6, 1), date(2026, 6, 3), date(2026, 6, 4)
RACE, SAID_RACE = Wish(By.CHOSEN, "ground", "race"), Wish(By.UNDERSTOOD, "ground", "race")


def test_choices_and_words_are_told_apart_and_days_outside_are_left_out(session: Session) -> None:
    tally = Tally()
    tally.add(FIRST, [RACE], nothing=False)
    tally.add(LAST, [RACE, SAID_RACE], nothing=True)
    tally.add(LATER, [RACE], nothing=True)
    keep_counts(session, tally.take())
    held = searches(session, FIRST, LAST, load_taxonomy(session))
    assert (held.all, held.in_vain) == (2, 1)
    assert held.of("ground", "race") == Asked(chosen=2, understood=1, in_vain=2)
    assert held.of("ground", "age") == Asked()


def test_before_anybody_searched_there_is_nothing(session: Session) -> None:
    held = searches(session, FIRST, LAST, load_taxonomy(session))
    assert (held.all, held.in_vain, held.asked) == (0, 0, {})


def test_what_was_asked_for_by_a_term_that_was_merged_since_counts_for_the_other_one(session: Session) -> None:
    put_terms(session, [term(TermKind.KIND, "helpline", merged=("hotline",))])
    tally = Tally()
    tally.add(FIRST, [Wish(By.CHOSEN, "kind", "hotline"), Wish(By.UNDERSTOOD, "kind", "helpline")], nothing=False)
    keep_counts(session, tally.take())
    held = searches(session, FIRST, LAST, load_taxonomy(session))
    assert held.of("kind", "helpline") == Asked(chosen=1, understood=1)
    assert held.of("kind", "hotline") == Asked()
