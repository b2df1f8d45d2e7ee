"""The queue: the worst first, an organisation's changes together, few questions however long it is."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from directory.changes.operations import decline, propose, withdraw
from directory.changes.queue import count_waiting, next_waiting, oldest_waiting, waiting_page
from directory.changes.rules import NEW_ORGANISATION, Origin, Risk
from directory.organisations.details import OrganisationDetails
from tests.factories import NOW, details, published, put_taxonomy, service, with_service

BASE = details(service(id=UUID(int=1), areas=("haringey",)), website="https://harbour.example.org/")
OTHER = details(service(id=UUID(int=2), areas=("haringey",)), name="Lantern", website="https://lantern.example.org/")
TODAY = date(2026, 6, 8)
LATER = NOW + timedelta(days=1)
OFFICER = "officer:1"


@pytest.fixture(autouse=True)
def terms(session: Session) -> None:
    put_taxonomy(session)


@pytest.fixture
def harbour(session: Session) -> UUID:
    return published(session, BASE)


@pytest.fixture
def lantern(session: Session) -> UUID:
    return published(session, OTHER, slug="lantern")


def proposed(session: Session, entry: UUID | None, held: OrganisationDetails, **given: object) -> UUID:
    base: dict[str, object] = {"base_revision": 1 if entry else 0, "origin": Origin.OFFICER, "by": OFFICER, "now": NOW}
    return propose(session, entry, proposed=held, **{**base, **given}).id  # type: ignore[arg-type]


def hours(held: OrganisationDetails) -> OrganisationDetails:
    return with_service(held, opening_hours="24/7")


def text(held: OrganisationDetails) -> OrganisationDetails:
    return replace(held, description="Stands by you.")


def test_the_worst_comes_first_with_all_of_its_organisation(session: Session, harbour: UUID, lantern: UUID) -> None:
    routine = proposed(session, harbour, hours(BASE))
    content = proposed(session, lantern, text(OTHER))
    gone = proposed(session, harbour, with_service(BASE, phones=()), now=LATER)
    new = proposed(session, None, details(name="Haven"), origin=Origin.SUGGESTION, by="public")
    page = waiting_page(session, today=TODAY, limit=10)
    assert [one.id for one in page] == [gone, routine, new, content]
    assert [(one.name, one.risk, one.is_warning, one.age) for one in page] == [
        ("Harbour", Risk.CONTACT, True, 2),
        ("Harbour", Risk.ROUTINE, False, 3),
        ("Haven", Risk.CONTACT, False, 3),
        ("Lantern", Risk.CONTENT, False, 3),
    ]
    assert page[2].paths == (NEW_ORGANISATION,)
    assert page[1].paths == (("service", str(UUID(int=1)), "hours"),)
    assert next_waiting(session) == gone
    assert count_waiting(session) == 4
    assert oldest_waiting(session) == NOW


def test_what_is_decided_of_a_change_no_longer_makes_it_bad(session: Session, harbour: UUID) -> None:
    change = proposed(session, harbour, replace(hours(BASE), name="Port"))
    decline(session, change, reason="Not so.", by=OFFICER, now=LATER, units=[("name",)])
    (left,) = waiting_page(session, today=TODAY, limit=10)
    assert (left.risk, left.paths) == (Risk.ROUTINE, (("service", str(UUID(int=1)), "hours"),))
    withdraw(session, change, by=OFFICER, now=LATER)
    assert waiting_page(session, today=TODAY, limit=10) == ()
    assert next_waiting(session) is None
    assert oldest_waiting(session) is None
    assert count_waiting(session) == 0


def test_pages_follow_each_other_without_a_gap(session: Session, harbour: UUID, lantern: UUID) -> None:
    for number in range(3):
        proposed(session, harbour, replace(BASE, description=f"Text {number}"), now=NOW + timedelta(hours=number))
        proposed(session, lantern, replace(OTHER, name=f"Lamp {number}"), now=NOW + timedelta(hours=number))
    whole = waiting_page(session, today=TODAY, limit=10)
    pages = [waiting_page(session, today=TODAY, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [one for page in pages for one in page] == list(whole)


def test_a_page_takes_three_questions(session: Session, harbour: UUID) -> None:
    for number in range(8):
        proposed(session, harbour, replace(BASE, description=f"Text {number}"))
        proposed(session, None, details(name=f"Haven {number}"), origin=Origin.SUGGESTION, by="public")
    session.flush()
    asked: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", see)
    assert len(waiting_page(session, today=TODAY, limit=50)) == 16
    event.remove(connection, "before_cursor_execute", see)
    assert len(asked) == 3
