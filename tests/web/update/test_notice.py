"""Telling people at once: a notice and whether new people are taken; the link stays good for the answer."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from directory import clock
from directory.changes.queries import changes_of, load_entry
from directory.checks.keeping import day_of
from directory.organisations.details import Notice, TakingNewPeople
from directory.organisations.queries import current_slug
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from tests.factories import details, service
from tests.web.public.sending import errors, refused, typed
from tests.web.update.linked import SIGNED, Linked, inputs

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


def test_a_notice_that_waits_is_named_and_does_not_stop_all_correct(linked: Linked, link: str) -> None:
    linked.pages.post(f"{link}/notice", data=filled(linked, link, "Ring 020 7946 0958 instead."))
    page = linked.pages.get(link).main
    assert "that we are still looking at" in page
    assert "Ring 020 7946 0958 instead." in page
    answer = linked.pages.post(link, data={"kind": "all_correct", **SIGNED})
    assert answer.headers["Location"] == link


def test_a_notice_that_holds_a_number_waits(linked: Linked, link: str, harbour: UUID) -> None:
    answer = linked.pages.post(f"{link}/notice", data=filled(linked, link, "Ring 020 7946 0958 instead."))
    assert answer.headers["Location"] == f"{link}?told=waiting"
    assert "looks at it" in linked.pages.get(answer.headers["Location"]).main
    assert "7946" not in public(linked, harbour)
    with linked.made.writing() as session:
        assert len(changes_of(session, harbour)) == 1


def test_a_notice_lasts_half_a_year_at_most_unless_it_stood_so_before(linked: Linked) -> None:
    later = day_of(clock.now()) + timedelta(days=300)
    given = replace(details(service(id=uuid4())), notice=Notice(text="By appointment.", until=later))
    link = linked.link(linked.entry(f"harbour-{next(NUMBERS)}", given))
    sent = inputs(linked.pages.get(f"{link}/notice"))
    kept = linked.pages.post(f"{link}/notice", data={**sent, "notice": "Ring the bell."})
    assert kept.headers["Location"] == f"{link}?told=public"
    half_a_year = linked.pages.post(f"{link}/notice", data=filled(linked, link, "Closed.", 184))
    assert half_a_year.headers["Location"] == f"{link}?told=public"
    page = refused(linked.pages, f"{link}/notice", filled(linked, link, "Closed.", 185))  # type: ignore[arg-type]
    assert "within the next 6 months" in errors(page)["until-day"]


def test_the_address_on_file_is_told_of_a_notice_once_a_day(linked: Linked, link: str, harbour: UUID) -> None:
    for text in ("Closed today.", "Closed this week."):
        linked.pages.post(f"{link}/notice", data=filled(linked, link, text))
    with linked.made.writing() as session:
        kinds = select(OutboxRow.kind, OutboxRow.organisation_ids)
        told = [kind for kind, ids in session.execute(kinds) if str(harbour) in ids]
    assert told == [MailKind.ANSWER_RECEIVED]


def test_whether_new_people_are_taken_is_public_at_once(linked: Linked, link: str, harbour: UUID) -> None:
    sent = inputs(linked.pages.get(f"{link}/notice"))
    name = taking(sent)
    linked.pages.post(f"{link}/notice", data={**sent, name: "closed", "taking-nonsense": "yes"})
    with linked.made.writing() as session:
        assert load_entry(session, harbour).details.services[0].taking_new_people is TakingNewPeople.CLOSED
    assert "Not taking new people now." in public(linked, harbour)


def taking(sent: dict[str, object]) -> str:
    """The name of the question about the only service."""
    (name,) = [name for name in sent if re.fullmatch(r"taking-[0-9a-f-]{36}", name)]
    return name


def in_three(name: str, day: date | None) -> dict[str, object]:
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}-{part}": [str(value)] for part, value in zip(("day", "month", "year"), parts, strict=True)}


def held(linked: Linked, identity: UUID) -> tuple[TakingNewPeople | None, date | None]:
    with linked.made.writing() as session:
        (service,) = load_entry(session, identity).details.services
    return service.taking_new_people, service.taking_new_people_until


def closed_until(linked: Linked, until: date) -> tuple[UUID, str]:
    """An entry whose service is closed until a day, and a link to it."""
    closed = service(id=uuid4(), taking_new_people=TakingNewPeople.CLOSED, taking_new_people_until=until)
    identity = linked.entry(f"harbour-{next(NUMBERS)}", details(closed))
    return identity, f"{linked.link(identity)}/notice"


def test_until_when_is_asked_and_stays_as_it_is_unless_it_is_changed(linked: Linked) -> None:
    until = day_of(clock.now()) + timedelta(days=30)
    identity, page = closed_until(linked, until)
    as_it_was = inputs(linked.pages.get(page))
    name = taking(as_it_was)
    assert as_it_was | in_three(f"{name}-until", until) == as_it_was
    linked.pages.post(page, data={**filled(linked, page.removesuffix("/notice"), "Closed for repairs.")})
    assert held(linked, identity) == (TakingNewPeople.CLOSED, until)
    linked.pages.post(page, data={**inputs(linked.pages.get(page)), name: "waiting_list"})
    assert held(linked, identity) == (TakingNewPeople.WAITING_LIST, until)
    later = until + timedelta(days=30)
    linked.pages.post(page, data={**inputs(linked.pages.get(page)), **in_three(f"{name}-until", later)})
    assert held(linked, identity) == (TakingNewPeople.WAITING_LIST, later)
    linked.pages.post(page, data={**inputs(linked.pages.get(page)), **in_three(f"{name}-until", None)})
    assert held(linked, identity) == (TakingNewPeople.WAITING_LIST, None)


def test_a_day_that_has_passed_is_not_shown_and_not_touched(linked: Linked) -> None:
    passed = day_of(clock.now()) - timedelta(days=1)
    identity, page = closed_until(linked, passed)
    sent = inputs(linked.pages.get(page))
    assert sent | in_three(f"{taking(sent)}-until", None) == sent
    linked.pages.post(page, data=filled(linked, page.removesuffix("/notice"), "Closed for repairs."))
    assert held(linked, identity) == (TakingNewPeople.CLOSED, passed)


def test_nothing_is_known_until_a_day(linked: Linked) -> None:
    identity, page = closed_until(linked, day_of(clock.now()) + timedelta(days=30))
    sent = inputs(linked.pages.get(page))
    linked.pages.post(page, data={**sent, taking(sent): "not_known"})
    assert held(linked, identity) == (None, None)


@pytest.mark.parametrize("days", [-1, None])
def test_a_wrong_day_of_a_service_is_told_beside_it(linked: Linked, days: int | None) -> None:
    _, page = closed_until(linked, day_of(clock.now()) + timedelta(days=30))
    sent = inputs(linked.pages.get(page))
    name = f"{taking(sent)}-until"
    day = in_three(name, day_of(clock.now()) + timedelta(days=days)) if days else {f"{name}-month": ["13"]}
    answer = refused(linked.pages, page, {**sent, **day})  # type: ignore[arg-type]
    assert set(errors(answer)) == {f"{name}-day"}
    assert [typed(answer, f"{name}-month")] == day[f"{name}-month"]


@pytest.mark.parametrize(
    ("days", "text", "wrong"),
    [(-1, "Closed.", "until-day"), (185, "Closed.", "until-day"), (10, "", "notice"), (10, "a" * 501, "notice")],
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
