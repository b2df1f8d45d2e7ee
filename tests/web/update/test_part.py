"""Somebody checked only a part of the entry, and changes something in it: the rest is not touched and not confirmed."""

from itertools import count
from uuid import UUID

import pytest

from directory.changes.operations import approve
from directory.changes.queries import changes_of, load_entry
from directory.changes.rules import HowChecked
from directory.checks.queries import answers_of
from directory.checks.rules import AnswerKind
from directory.organisations.details import Phone
from directory.organisations.models import OrganisationRow
from tests.factories import details, service
from tests.web.public.sending import errors, refused, typed
from tests.web.update.linked import OFFICER, SIGNED, Linked, inputs

NUMBERS = count()
NEW_NUMBER = "020 8489 2000"


@pytest.fixture
def harbour(linked: Linked) -> UUID:
    held = details(service(phones=(Phone(number="+442084891000"),)), description="Stands by you.")
    return linked.entry(f"harbour-part-{next(NUMBERS)}", held)


@pytest.fixture
def link(linked: Linked, harbour: UUID) -> str:
    """A link whose reader has checked how people reach them, and found that it has changed."""
    link = linked.link(harbour)
    linked.pages.post(link, data={"kind": "part", **SIGNED})
    answer = linked.pages.post(f"{link}/part", data={"sections": ["contact"], "kind": "changed", **SIGNED})
    assert answer.headers["Location"] == f"{link}/part/edit"
    return link


def numbered(linked: Linked, address: str, number: str) -> dict[str, list[str]]:
    sent = inputs(linked.pages.get(address))
    (name,) = [name for name, values in sent.items() if values == ["020 8489 1000"]]
    return {**sent, name: [number], "action": ["continue"]}


def test_a_changed_part_waits_and_confirms_nothing(linked: Linked, link: str, harbour: UUID) -> None:
    answer = linked.pages.post(f"{link}/part/edit", data=numbered(linked, f"{link}/part/edit", NEW_NUMBER))
    assert answer.headers["Location"] == f"{link}/part/review"
    page = linked.pages.get(f"{link}/part/review")
    assert "You have checked these parts. We will ring you about the others. How people reach you" in page.main
    assert "It will say Phone: 020 8489 2000" in page.main
    assert linked.pages.post(f"{link}/part/review", data=SIGNED).headers["Location"] == link
    main = linked.pages.get(link).main
    assert "checked only a part of it" in main
    assert "We will ring you about the rest." in main
    with linked.made.writing() as session:
        (given,) = answers_of(session, harbour)
        assert (given.kind, given.sections) == (AnswerKind.PART, ["contact"])
        (change,) = changes_of(session, harbour)
        how = HowChecked.RANG_OLD_NUMBER
        approve(session, change.id, revision=1, by=OFFICER, how_checked=how, now=change.submitted_at)
        assert load_entry(session, harbour).details.services[0].phones[0].number == "+442084892000"
        assert session.get_one(OrganisationRow, harbour).confirmed_at is None


def test_the_form_shows_the_checked_parts_alone_and_errors_stay_there(linked: Linked, link: str) -> None:
    names = inputs(linked.pages.get(f"{link}/part/edit"))
    assert not [name for name, values in names.items() if values == ["Stands by you."]]
    wrong = numbered(linked, f"{link}/part/edit", "call us")
    assert errors(refused(linked.pages, f"{link}/part/edit", wrong))  # type: ignore[arg-type]
    back = linked.pages.answer(f"{link}/part/review", status=303).headers["Location"]
    assert back == f"{link}/part/edit?check=yes"
    assert errors(linked.pages.get(back))


def test_what_was_typed_about_the_rest_is_not_sent_with_a_part(linked: Linked, link: str, harbour: UUID) -> None:
    sent = inputs(linked.pages.get(f"{link}/edit/organisation"))
    (name,) = [name for name, values in sent.items() if values == ["Stands by you."]]
    linked.pages.post(f"{link}/edit/organisation", data={**sent, name: ["Stands by us."], "action": ["continue"]})
    linked.pages.post(f"{link}/part/edit", data=numbered(linked, f"{link}/part/edit", NEW_NUMBER))
    assert "Stands by us." not in linked.pages.get(f"{link}/part/review").main
    linked.pages.post(f"{link}/part/review", data=SIGNED)
    with linked.made.writing() as session:
        (change,) = changes_of(session, harbour)
        assert {unit.key[0] for unit in change.units} == {"service"}


def test_nothing_changed_in_a_part_is_told(linked: Linked, link: str) -> None:
    assert set(errors(refused(linked.pages, f"{link}/part/review", SIGNED))) == {"changes"}


@pytest.mark.parametrize("page", ["edit", "review"])
def test_whoever_has_not_said_which_part_is_asked_first(linked: Linked, harbour: UUID, page: str) -> None:
    link = linked.link(harbour)
    for answer in (linked.pages.answer(f"{link}/part/{page}", status=303), linked.pages.post(f"{link}/part/{page}")):
        assert answer.headers["Location"] == f"{link}/part"


def test_whoever_says_next_that_something_has_changed_speaks_of_all_of_it(linked: Linked, link: str) -> None:
    linked.pages.post(link, data={"kind": "changed", **SIGNED})
    assert linked.pages.answer(f"{link}/part/edit", status=303).headers["Location"] == f"{link}/part"


def test_a_part_needs_a_choice(linked: Linked, harbour: UUID) -> None:
    link = linked.link(harbour)
    page = refused(linked.pages, f"{link}/part", {"sections": ["hours"], "kind": "", **SIGNED})  # type: ignore[dict-item]
    assert set(errors(page)) == {"kind"}
    assert typed(page, "name") == "Ayla Demir"
