"""The one screen: what it shows, each answer and what follows from it, and errors that lose nothing."""

from itertools import count
from uuid import UUID

import pytest

from directory.organisations.details import Phone
from directory.organisations.models import OrganisationRow
from directory.organisations.queries import current_slug
from directory.organisations.rules import ConfirmedBy
from directory.people.models import PersonRow
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from tests.factories import details, service
from tests.web.public.sending import errors, refused, typed
from tests.web.update.linked import SIGNED, Linked

NUMBERS = count()
OFFERED = ["all_correct", "changed", "part", "closed", "wrong_person"]


@pytest.fixture
def harbour(linked: Linked) -> UUID:
    advice = service(name="Advice <& help>", phones=(Phone(number="+442084891000"),))
    return linked.entry(f"harbour-{next(NUMBERS)}", details(advice, name="Harbour <& Co>"))


@pytest.fixture
def link(linked: Linked, harbour: UUID) -> str:
    return linked.link(harbour)


def test_trust_2_nothing_is_chosen_and_the_entry_is_as_the_public_sees_it(linked: Linked, link: str) -> None:
    page = linked.pages.get(link)
    assert page.heading == "Is this still right?"
    assert "Harbour <& Co>" in page.main
    assert "Advice <& help>" in page.main
    assert "020 8489 1000" in page.main
    choices = page.all("input", type="radio", name="kind")
    assert [choice.attrib["value"] for choice in choices] == OFFERED
    assert not [choice for choice in choices if "checked" in choice.attrib]
    assert not page.all("script")
    assert page.one("meta", name="robots").attrib["content"] == "noindex, nofollow"


def test_all_correct_confirms_the_entry_and_the_link_says_so(linked: Linked, link: str, harbour: UUID) -> None:
    answer = linked.pages.post(link, data={"kind": "all_correct", **SIGNED})
    assert answer.headers["Location"] == link
    page = linked.pages.get(link)
    assert page.heading == "Thank you, we have your answer"
    assert "You told us that all of it is correct." in page.main
    with linked.made.writing() as session:
        row = session.get_one(OrganisationRow, harbour)
        assert row.confirmed_by is ConfirmedBy.ORGANISATION
        slug = current_slug(session, harbour)
    assert "Confirmed by the organisation" in linked.pages.get(f"/organisations/{slug}").main


def test_the_next_time_name_and_role_are_filled_in(linked: Linked, link: str, harbour: UUID) -> None:
    linked.pages.post(link, data={"kind": "all_correct", **SIGNED})
    page = linked.pages.get(linked.link(harbour))
    assert (typed(page, "name"), typed(page, "role")) == ("Ayla Demir", "Manager")


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, {"kind", "name", "role"}),
        ({"kind": "all_correct"}, {"name", "role"}),
        ({"kind": "", **SIGNED}, {"kind"}),
        ({"kind": "phone", **SIGNED}, {"kind"}),
        ({"kind": "all_correct", "name": "  ", "role": "\u2028"}, {"name", "role"}),
        ({"kind": "all_correct", "name": "a" * 201, "role": "Manager"}, {"name"}),
    ],
)
def test_trust_2_an_answer_needs_a_choice_a_name_and_a_role(
    linked: Linked, link: str, sent: dict[str, str], wrong: set[str]
) -> None:
    before = linked.dump()
    page = refused(linked.pages, link, sent)
    assert set(errors(page)) == wrong
    assert linked.dump() == before
    assert typed(page, "name") == sent.get("name", "").strip()
    chosen = [choice.attrib["value"] for choice in page.all("input", type="radio") if "checked" in choice.attrib]
    assert chosen == [kind for kind in (sent.get("kind", ""),) if kind in OFFERED]


def test_an_answer_is_taken_once(linked: Linked, link: str, harbour: UUID) -> None:
    for kind in ("all_correct", "closed", "changed"):
        assert linked.pages.post(link, data={"kind": kind, **SIGNED}).headers["Location"] == link
    assert [kind for kind, of in linked.answers() if of == harbour] == ["all_correct"]


def test_closed_is_told_to_the_public_and_is_a_task(linked: Linked, link: str, harbour: UUID) -> None:
    linked.pages.post(link, data={"kind": "closed", **SIGNED})
    assert "you have closed" in linked.pages.get(link).main
    with linked.made.writing() as session:
        assert session.get_one(OrganisationRow, harbour).told_closed_on is not None
        kinds = [task.kind for task in open_tasks(session, organisation_id=harbour)]
    assert kinds == [TaskKind.TOLD_OF_CLOSING]


def test_closed_by_mistake_is_taken_back_by_the_next_answer(linked: Linked, link: str, harbour: UUID) -> None:
    linked.pages.post(link, data={"kind": "closed", **SIGNED})
    linked.pages.post(linked.link(harbour), data={"kind": "all_correct", **SIGNED})
    with linked.made.writing() as session:
        slug = current_slug(session, harbour)
        assert not open_tasks(session, organisation_id=harbour)
    page = linked.pages.get(f"/organisations/{slug}").main
    assert "Confirmed by the organisation" in page
    assert "They told us" not in page


def test_whoever_checked_a_part_says_which(linked: Linked, link: str, harbour: UUID) -> None:
    assert linked.pages.post(link, data={"kind": "part", **SIGNED}).headers["Location"] == f"{link}/part"
    page = linked.pages.get(f"{link}/part")
    assert typed(page, "name") == "Ayla Demir"
    page = refused(linked.pages, f"{link}/part", {"sections": "", "kind": "", **SIGNED})
    assert set(errors(page)) == {"sections", "kind"}
    linked.pages.post(f"{link}/part", data={"sections": ["hours", "nonsense"], "kind": "correct", **SIGNED})
    assert "only a part" in linked.pages.get(link).main
    assert [kind for kind, of in linked.answers() if of == harbour] == ["part"]


def test_the_wrong_person_may_say_who_is_right(linked: Linked, link: str, harbour: UUID) -> None:
    assert linked.pages.post(link, data={"kind": "wrong_person", **SIGNED}).headers["Location"] == f"{link}/person"
    page = linked.pages.get(f"{link}/person")
    assert typed(page, "role") == "Manager"
    sent = {"right_name": "Can", "right_role": "Chair", "right_email": "can at example", **SIGNED}
    page = refused(linked.pages, f"{link}/person", sent)
    assert set(errors(page)) == {"right_email"}
    assert typed(page, "right_email") == "can at example"
    linked.pages.post(f"{link}/person", data={**sent, "right_email": "can@harbour.example.org"})
    assert "wrong person" in linked.pages.get(link).main
    with linked.made.writing() as session:
        people = {person.email for person in session.query(PersonRow).filter(PersonRow.name == "Can")}
        kinds = [task.kind for task in open_tasks(session, organisation_id=harbour)]
    assert people == {"can@harbour.example.org"}
    assert TaskKind.WRONG_PERSON in kinds


def test_the_wrong_person_may_name_nobody(linked: Linked, link: str, harbour: UUID) -> None:
    linked.pages.post(f"{link}/person", data=SIGNED)
    assert [kind for kind, of in linked.answers() if of == harbour] == ["wrong_person"]
