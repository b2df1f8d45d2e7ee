from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from uuid import uuid4

import pytest

from directory.directory_revision import directory_revision
from directory.organisations.operations import confirm, mark_overdue, mark_told_changed, mark_told_closed
from directory.organisations.queries import OrganisationNotFound, public_organisation, public_versions
from directory.organisations.rules import ConfirmedBy
from directory.organisations.standing import Standing
from tests.factories import published, put_taxonomy

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
A_DAY = timedelta(days=1)
OWN, PHONE, SOURCE, IMPORTED = (
    ConfirmedBy.ORGANISATION,
    ConfirmedBy.OFFICER_BY_PHONE,
    ConfirmedBy.OFFICER_BY_SOURCE,
    ConfirmedBy.ANOTHER_DIRECTORY,
)


@pytest.fixture
def entry(session):
    put_taxonomy(session)
    return published(session)


def standing(session) -> Standing:
    session.flush()
    return public_organisation(session, "harbour").standing


def test_a_new_entry_was_never_confirmed_and_nothing_is_known_against_it(session, entry):
    assert standing(session) == Standing()
    assert not standing(session).is_doubtful


def test_each_change_of_standing_is_seen_by_what_follows_the_directory(session, entry):
    changes = [
        lambda: mark_overdue(session, entry, since=date(2026, 4, 1)),
        lambda: mark_told_changed(session, entry, on=date(2026, 5, 1)),
        lambda: mark_told_closed(session, entry, on=date(2026, 5, 2)),
        lambda: confirm(session, entry, at=NOW - A_DAY, by=OWN, now=NOW),
        lambda: confirm(session, entry, at=NOW, by=PHONE, now=NOW),
        lambda: mark_told_changed(session, entry, on=None),
    ]
    seen = [(directory_revision(session), public_versions(session)[entry])]
    for change in changes:
        change()
        session.flush()
        seen.append((directory_revision(session), public_versions(session)[entry]))
        assert public_organisation(session, "harbour").version == seen[-1][1]
    assert [revision for revision, _ in seen] == list(range(seen[0][0], seen[0][0] + len(seen)))
    assert len({version for _, version in seen}) == len(seen)


def test_no_two_standings_have_the_same_version():
    day = date(2026, 5, 1)
    facts = {
        "confirmed_at": NOW,
        "confirmed_by": OWN,
        "overdue_since": day,
        "told_changed_on": day,
        "told_closed_on": day,
    }
    standings = [
        Standing(**{name: facts[name] for name in some}) for size in range(6) for some in combinations(facts, size)
    ]
    versions = {held.version(revision) for held in standings for revision in (1, 2)}
    assert len(versions) == 2 * len(standings)


def test_a_confirmation_takes_the_mark_away(session, entry):
    mark_overdue(session, entry, since=date(2026, 4, 1))
    mark_overdue(session, entry, since=date(2026, 5, 1))
    assert standing(session).overdue_since == date(2026, 4, 1)
    assert standing(session).is_doubtful
    assert confirm(session, entry, at=NOW, by=OWN, now=NOW)
    assert standing(session) == Standing(confirmed_at=NOW, confirmed_by=OWN)


def test_the_confirmed_date_never_moves_back(session, entry):
    assert confirm(session, entry, at=NOW, by=OWN, now=NOW)
    assert not confirm(session, entry, at=NOW - A_DAY, by=PHONE, now=NOW)
    assert standing(session) == Standing(confirmed_at=NOW, confirmed_by=OWN)


def test_another_directorys_word_is_shown_but_takes_no_mark_away_and_gives_way_to_ours(session, entry):
    mark_overdue(session, entry, since=date(2026, 4, 1))
    assert confirm(session, entry, at=NOW, by=IMPORTED, now=NOW)
    assert standing(session) == Standing(confirmed_at=NOW, confirmed_by=IMPORTED, overdue_since=date(2026, 4, 1))
    assert confirm(session, entry, at=NOW - A_DAY, by=OWN, now=NOW)
    assert not confirm(session, entry, at=NOW, by=IMPORTED, now=NOW)
    assert standing(session) == Standing(confirmed_at=NOW - A_DAY, confirmed_by=OWN)


@pytest.mark.parametrize(("by", "left"), [(OWN, date(2026, 5, 2)), (PHONE, None), (SOURCE, None)])
def test_only_an_officer_answers_that_an_organisation_has_not_closed(session, entry, by, left):
    mark_told_closed(session, entry, on=date(2026, 5, 2))
    confirm(session, entry, at=NOW, by=by, now=NOW)
    assert standing(session).told_closed_on == left


def test_nobody_confirms_in_the_future_or_what_is_not_there(session, entry):
    with pytest.raises(ValueError, match="future"):
        confirm(session, entry, at=NOW + A_DAY, by=OWN, now=NOW)
    with pytest.raises(OrganisationNotFound):
        confirm(session, uuid4(), at=NOW, by=OWN, now=NOW)
