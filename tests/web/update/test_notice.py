"""Telling people at once: a notice and whether new people are taken; the link stays good for the answer."""

from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest

from directory import clock
from directory.changes.queries import changes_of, load_entry
from directory.checks.keeping import day_of
from directory.organisations.details import TakingNewPeople
from directory.organisations.queries import current_slug
from tests.factories import details, service
from tests.web.public.sending import errors, refused, typed
from tests.web.update.linked import Linked, inputs

NUMBERS = count()


@pytest.fixture
def harbour(linked: Linked) -> UUID:
    return linked.entry(f"harbour-{next(NUMBERS)}", details(service(id=uuid4())))


@pytest.fixture
def link(linked: Linked, harbour: UUID) -> str:
    return linked.link(harbour)


def filled(linked: Linked, link: str, notice: str, days: int = 10) -> dict[str, object]:
    until = day_of(clock.now()) + timedelta(days=days)
    date = {"until-day": str(until.day), "until-month": str(until.month), "until-year": str(until.year)}
    return {**inputs(linked.pages.get(f"{link}/notice")), "notice": notice, **date}


def public(linked: Linked, identity: UUID) -> str:
    with linked.made.writing() as session:
        slug = current_slug(session, identity)
    return linked.pages.get(f"/organisations/{slug}").main


def test_a_notice_is_public_at_once_and_the_link_stays_good(linked: Linked, link: str, harbour: UUID) -> None:
    answer = linked.pages.post(f"{link}/notice", data=filled(linked, link, "Closed for <b>repairs</b>."))
    assert answer.headers["Location"] == f"{link}?told=public"
    page = linked.pages.get(answer.headers["Location"])
    assert page.heading == "Is this still right?"
    assert "is public now" in page.main
    assert "Closed for <b>repairs</b>." in public(linked, harbour)
    linked.pages.post(f"{link}/notice", data={**filled(linked, link, "")})
    assert "repairs" not in public(linked, harbour)


def test_a_notice_that_holds_a_number_waits(linked: Linked, link: str, harbour: UUID) -> None:
    answer = linked.pages.post(f"{link}/notice", data=filled(linked, link, "Ring 020 7946 0958 instead."))
    assert answer.headers["Location"] == f"{link}?told=waiting"
    assert "looks at it" in linked.pages.get(answer.headers["Location"]).main
    assert "7946" not in public(linked, harbour)
    with linked.made.writing() as session:
        assert len(changes_of(session, harbour)) == 1


def test_whether_new_people_are_taken_is_public_at_once(linked: Linked, link: str, harbour: UUID) -> None:
    sent = inputs(linked.pages.get(f"{link}/notice"))
    (name,) = [name for name in sent if name.startswith("taking-")]
    linked.pages.post(f"{link}/notice", data={**sent, name: "closed", "taking-nonsense": "yes"})
    with linked.made.writing() as session:
        assert load_entry(session, harbour).details.services[0].taking_new_people is TakingNewPeople.CLOSED
    assert "Not taking new people now." in public(linked, harbour)


@pytest.mark.parametrize(
    ("days", "text", "wrong"), [(-1, "Closed.", "until-day"), (10, "", "notice"), (10, "a" * 501, "notice")]
)
def test_errors_keep_what_was_typed(linked: Linked, link: str, days: int, text: str, wrong: str) -> None:
    before = linked.dump()
    page = refused(linked.pages, f"{link}/notice", filled(linked, link, text, days))  # type: ignore[arg-type]
    assert set(errors(page)) == {wrong}
    assert typed(page, "notice") == text
    assert linked.dump() == before


def test_a_date_that_is_none_is_an_error(linked: Linked, link: str) -> None:
    for day in ("31", "x", ""):
        sent = {**filled(linked, link, "Closed."), "until-day": day, "until-month": "2"}
        assert set(errors(refused(linked.pages, f"{link}/notice", sent))) == {"until-day"}  # type: ignore[arg-type]
