"""What was written before a term was merged into another means the other one now: revisions, changes, restored ones."""

from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from directory.changes.operations import add_proposed, approve, propose, restore
from directory.changes.queries import change_view, history, load_entry, revision_details
from directory.changes.rules import HowChecked, NothingChanged, Origin
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import publish
from directory.organisations.term_changes import merge
from directory.taxonomy.terms import TermKind
from tests.factories import NOW, details, published, put_taxonomy, service

ID = UUID(int=1)
OFFICER = "officer:1"
CHECKED = HowChecked.KNOWN_PERSON


@pytest.fixture(autouse=True)
def _taxonomy(session: Session) -> None:
    put_taxonomy(session)


def of(*kinds: str, cost: str = "") -> OrganisationDetails:
    return details(service(id=ID, kinds=kinds, cost=cost))


def merged(session: Session) -> None:
    merge(session, TermKind.KIND, "counselling", into="helpline", by=OFFICER, now=NOW)


def kinds(session: Session, entry: UUID) -> tuple[str, ...]:
    return load_entry(session, entry).details.services[0].kinds


def test_restoring_an_old_revision_gives_the_entry_the_terms_of_today(session: Session) -> None:
    entry = published(session, of("counselling", "report"))
    publish(session, entry, of("report"), by=OFFICER, why="edit", now=NOW)
    merged(session)
    assert restore(session, entry, 1, revision=2, by=OFFICER, now=NOW) == 3
    assert kinds(session, entry) == ("helpline", "report")


def test_restoring_what_differs_by_a_merged_term_alone_changes_nothing(session: Session) -> None:
    entry = published(session, of("counselling"))
    merged(session)
    with pytest.raises(NothingChanged):
        restore(session, entry, 1, revision=2, by=OFFICER, now=NOW)


def test_the_history_shows_the_merging_as_no_difference_and_says_why_it_was(session: Session) -> None:
    entry = published(session, of("counselling"))
    merged(session)
    newest, first = history(session, entry)
    assert (newest.why, newest.differences) == ("merged kind/counselling into kind/helpline", ())
    assert first.differences == ()
    assert revision_details(session, entry, 1) == of("helpline")


@pytest.mark.parametrize(
    ("base", "proposed", "end"),
    [
        (("counselling",), ("counselling", "report"), ("helpline", "report")),
        (("counselling", "report"), ("report",), ("report",)),
        (("report",), ("counselling", "report"), ("helpline", "report")),
    ],
)
def test_a_change_that_waited_while_a_term_was_merged_is_approved_in_the_terms_of_today(
    session: Session, base: tuple[str, ...], proposed: tuple[str, ...], end: tuple[str, ...]
) -> None:
    entry = published(session, of(*base))
    change = propose(
        session, entry, base_revision=1, proposed=of(*proposed), origin=Origin.LINK, by="link:one", now=NOW
    )
    merged(session)
    revision = load_entry(session, entry).revision
    approve(session, change.id, revision=revision, by=OFFICER, how_checked=CHECKED, now=NOW)
    assert kinds(session, entry) == end


def test_a_change_that_the_merging_made_already_can_still_be_seen_and_decided(session: Session) -> None:
    entry = published(session, of("counselling"))
    change = propose(session, entry, base_revision=1, proposed=of("helpline"), origin=Origin.LINK, by="l", now=NOW)
    merged(session)
    (unit,) = change_view(session, change.id, today=NOW.date()).units
    assert (unit.difference.old, unit.difference.new, unit.now) == (("helpline",), ("helpline",), ("helpline",))
    approve(session, change.id, revision=2, by=OFFICER, now=NOW)
    assert load_entry(session, entry).revision == 2


def test_a_form_filled_in_before_the_merging_and_sent_after_it_changes_only_what_was_typed(session: Session) -> None:
    entry = published(session, of("counselling"))
    merged(session)
    change = propose(
        session, entry, base_revision=1, proposed=of("helpline", cost="Free"), origin=Origin.LINK, by="l", now=NOW
    )
    assert [unit.difference.path[-1] for unit in change_view(session, change.id, today=NOW.date()).units] == ["cost"]


def test_a_new_organisation_that_waited_is_added_in_the_terms_of_today(session: Session) -> None:
    change = propose(
        session, None, base_revision=0, proposed=of("counselling"), origin=Origin.SUGGESTION, by="public", now=NOW
    )
    merged(session)
    approval = add_proposed(session, change.id, by=OFFICER, how_checked=CHECKED, now=NOW)
    assert kinds(session, approval.organisation_id) == ("helpline",)
