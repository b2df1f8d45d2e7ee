"""Finding entries: each filter lets through what it says, counts agree with what is listed, orders are total."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from directory.checks.bouncing import bounce
from directory.checks.contacts import Mailbox, add_contact, set_contact_state
from directory.checks.keeping import confirm, pause, set_due, set_way
from directory.checks.queries import contacts_of
from directory.checks.rules import ContactState, Ladder, Way
from directory.listing.criteria import EntryCriteria, Sign, Sort
from directory.listing.finding import count_entries, find_entries
from directory.organisations.details import OrganisationKind
from directory.organisations.operations import (
    hide,
    mark_overdue,
    mark_told_changed,
    mark_told_closed,
    rename_slug,
)
from directory.organisations.rules import ConfirmedBy, State
from directory.taxonomy.queries import load_taxonomy
from tests.factories import NOW, details, published, put_taxonomy, saved, service

TODAY = date(2026, 6, 3)
BY = "officer:1"


@pytest.fixture
def made(session: Session) -> dict[str, UUID]:
    """A few entries of each sort, by their slugs."""
    put_taxonomy(session)
    turkish = service(languages=("tr",), grounds=("race.turkish",), kinds=("helpline",))
    held = {
        "harbour": published(session, details(turkish, other_names=("Liman",), charity_number="1000001")),
        "quay": published(
            session,
            details(service(phones=()), name="Quay 100%", kind=OrganisationKind.FAITH, website="https://q.example/"),
            slug="quay",
        ),
        "draft": saved(session, details(service(all_grounds=True), name="Abbey"), slug="draft"),
        "gone": published(session, details(name="Zebra"), slug="gone"),
    }
    hide(session, held["gone"], by=BY, now=NOW)
    add_contact(session, held["harbour"], Mailbox(email="first@harbour.example", language="en"), by=BY, now=NOW)
    set_due(session, held["harbour"], TODAY + timedelta(days=9), by=BY, now=NOW)
    set_due(session, held["quay"], TODAY, by=BY, now=NOW)
    set_way(session, held["quay"], Way.PHONE, by=BY, now=NOW)
    session.flush()
    return held


def found(session: Session, **asked: object) -> list[str]:
    """The slugs in their order; the counts must agree with them."""
    session.flush()
    criteria, taxonomy = EntryCriteria(**asked), load_taxonomy(session)  # type: ignore[arg-type]
    lines = find_entries(session, criteria, taxonomy, today=TODAY, limit=50)
    counts = count_entries(session, criteria, taxonomy, today=TODAY)
    assert counts.total == len(lines)
    assert not criteria.state or counts.states.get(criteria.state, 0) == len(lines)
    for sign in Sign:
        assert criteria.sign or counts.signs[sign] == sum(sign in line.signs for line in lines)
    return [line.slug for line in lines]


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        ({}, ["draft", "harbour", "quay", "gone"]),
        ({"words": "HARB"}, ["harbour"]),
        ({"words": "liman"}, ["harbour"]),
        ({"words": "harb liman"}, ["harbour"]),
        ({"words": "harb quay"}, []),
        ({"words": "100%"}, ["quay"]),
        ({"words": "%"}, ["quay"]),
        ({"words": "1000001"}, ["harbour"]),
        ({"words": "020 8489 1000"}, ["draft", "harbour", "gone"]),
        ({"words": "+44 20 8489"}, ["draft", "harbour", "gone"]),
        ({"state": State.DRAFT}, ["draft"]),
        ({"state": State.HIDDEN}, ["gone"]),
        ({"way": Way.PHONE}, ["quay"]),
        ({"kind": OrganisationKind.FAITH}, ["quay"]),
        ({"ground": "race"}, ["draft", "harbour"]),
        ({"ground": "gender"}, ["draft"]),
        ({"language": "tr"}, ["harbour"]),
        ({"service_kind": "helpline"}, ["harbour"]),
        ({"service_kind": "helpline", "state": State.HIDDEN}, []),
        ({"sign": Sign.DUE}, ["quay"]),
        ({"sign": Sign.NO_CONTACT}, ["quay"]),
        ({"sign": Sign.NEVER_CONFIRMED}, ["harbour", "quay"]),
        ({"sort": Sort.DUE, "state": State.PUBLIC}, ["quay", "harbour"]),
    ],
    ids=str,
)
def test_each_filter_lets_through_what_it_says(
    session: Session, made: dict[str, UUID], asked: dict[str, object], slugs: list[str]
) -> None:
    assert found(session, **asked) == slugs


def test_an_old_slug_finds_its_entry_once(session: Session, made: dict[str, UUID]) -> None:
    rename_slug(session, made["harbour"], "harbour-trust", by=BY, now=NOW)
    assert found(session, words="harbour") == ["harbour-trust"]


def test_what_is_the_matter_is_told(session: Session, made: dict[str, UUID]) -> None:
    harbour, quay = made["harbour"], made["quay"]
    mark_overdue(session, harbour, since=TODAY)
    mark_told_changed(session, harbour, on=TODAY)
    mark_told_closed(session, quay, on=TODAY)
    pause(session, quay, until=TODAY + timedelta(days=5), reason="Moving", by=BY, now=NOW)
    confirm(session, quay, at=NOW, by=ConfirmedBy.ANOTHER_DIRECTORY, now=NOW)
    assert found(session, sign=Sign.OVERDUE) == ["harbour"]
    assert found(session, sign=Sign.TOLD_CHANGED) == ["harbour"]
    assert found(session, sign=Sign.TOLD_CLOSED) == ["quay"]
    assert found(session, sign=Sign.PAUSED) == ["quay"]
    assert found(session, sign=Sign.NEVER_CONFIRMED) == ["harbour", "quay"]


def test_a_bouncing_contact_is_one_who_cannot_be_asked(session: Session, made: dict[str, UUID]) -> None:
    harbour = made["harbour"]
    (contact,) = _contacts(session, harbour)
    bounce(session, contact, now=NOW, ladder=Ladder())
    assert found(session, sign=Sign.BOUNCING) == ["harbour"]
    assert found(session, sign=Sign.NO_CONTACT) == ["harbour", "quay"]
    set_contact_state(session, contact, ContactState.ACTIVE, by=BY, now=NOW)
    assert found(session, sign=Sign.BOUNCING) == []


def _contacts(session: Session, organisation_id: UUID) -> Collection[UUID]:
    return [row.id for row in contacts_of(session, organisation_id)]


def test_pages_follow_each_other(session: Session, made: dict[str, UUID]) -> None:
    taxonomy = load_taxonomy(session)
    pages = [
        find_entries(session, EntryCriteria(sort=Sort.CONFIRMED), taxonomy, today=TODAY, limit=1, offset=offset)
        for offset in range(4)
    ]
    assert {line.slug for page in pages for line in page} == set(made)


def test_a_count_tells_what_choosing_another_would_give(session: Session, made: dict[str, UUID]) -> None:
    session.flush()
    criteria = EntryCriteria(state=State.PUBLIC, sign=Sign.DUE)
    counts = count_entries(session, criteria, load_taxonomy(session), today=TODAY)
    assert counts.signs[Sign.NO_CONTACT] == 1
    assert counts.states == {State.PUBLIC: 1}
