"""Changing the entry by a link: the form, what is kept of it, what is shown before it is sent, and what then waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from uuid import UUID, uuid4

import pytest

from directory import clock
from directory.changes.decisions import approve, decline
from directory.changes.queries import changes_of, load_entry
from directory.changes.rules import HowChecked
from directory.organisations.details import Phone
from directory.organisations.models import OrganisationRow
from directory.organisations.queries import current_slug
from directory.policy.operations import set_policy
from directory.policy.queries import policy_version
from directory.policy.rules import DEFAULTS
from tests.factories import details, service
from tests.page import Page
from tests.web.public.sending import errors, refused, typed
from tests.web.update.linked import OFFICER, SIGNED, Linked, inputs

NUMBERS = count()
NEW_NUMBER = "020 8489 2000"


@pytest.fixture
def harbour(linked: Linked) -> UUID:
    advice = service(id=uuid4(), phones=(Phone(number="+442084891000"),))
    return linked.entry(f"harbour-{next(NUMBERS)}", details(advice, name="Harbour", description="Stands by you."))


@pytest.fixture
def link(linked: Linked, harbour: UUID) -> str:
    link = linked.link(harbour)
    assert linked.pages.post(link, data={"kind": "changed", **SIGNED}).headers["Location"] == f"{link}/edit"
    return link


def with_number(page: Page, number: str) -> dict[str, list[str]]:
    """The form as it is, with another phone number and Continue pressed."""
    sent = inputs(page)
    (name,) = [name for name, values in sent.items() if values == ["020 8489 1000"]]
    return {**sent, name: [number], "action": ["continue"]}


def changed(linked: Linked, link: str) -> None:
    page = linked.pages.get(f"{link}/edit")
    answer = linked.pages.post(f"{link}/edit", data=with_number(page, NEW_NUMBER))
    assert answer.headers["Location"] == f"{link}/review"


def test_a_changed_number_is_shown_before_it_is_sent_and_then_waits(linked: Linked, link: str, harbour: UUID) -> None:
    changed(linked, link)
    page = linked.pages.get(f"{link}/review")
    assert "It says now Phone: 020 8489 1000 It will say Phone: 020 8489 2000" in page.main
    assert (typed(page, "name"), typed(page, "role")) == ("Ayla Demir", "Manager")
    assert linked.pages.post(f"{link}/review", data=SIGNED).headers["Location"] == link
    page = linked.pages.get(link)
    assert "Waiting for us to look at it" in page.main
    with linked.made.writing() as session:
        assert load_entry(session, harbour).details.services[0].phones[0].number == "+442084891000"
        assert len(changes_of(session, harbour)) == 1


def test_while_a_change_of_theirs_waits_the_next_link_says_so_and_not_all_is_correct(
    linked: Linked, link: str, harbour: UUID
) -> None:
    changed(linked, link)
    linked.pages.post(f"{link}/review", data=SIGNED)
    again = linked.link(harbour)
    page = linked.pages.get(again)
    assert "that we are still looking at" in page.main
    assert "It said Phone: 020 8489 1000 You wrote Phone: 020 8489 2000" in page.main
    page = refused(linked.pages, again, {"kind": "all_correct", **SIGNED})
    assert "that we are still looking at" in errors(page)["kind"]
    with linked.made.writing() as session:
        row = session.get_one(OrganisationRow, harbour)
        assert (row.confirmed_at, row.told_changed_on is None) == (None, False)
        (change,) = changes_of(session, harbour)
        decline(session, change.id, by=OFFICER, reason="Nobody answers there.", now=change.submitted_at)
    assert "still looking at" not in linked.pages.get(again).main
    assert linked.pages.post(again, data={"kind": "all_correct", **SIGNED}).headers["Location"] == again


def test_changes_that_were_begun_are_named_and_sent_or_dropped_before_all_is_correct(
    linked: Linked, link: str, harbour: UUID
) -> None:
    assert "You began changes" not in linked.pages.get(link).main
    changed(linked, link)
    page = linked.pages.get(link)
    assert "You began changes that you have not sent. Go on with them" in page.main
    assert page.all("a", href=f"{link}/review")
    page = refused(linked.pages, link, {"kind": "all_correct", **SIGNED})
    assert "not sent" in errors(page)["kind"]
    assert "8489 2000" in linked.pages.get(f"{link}/review").main
    assert linked.pages.post(f"{link}/drop").headers["Location"] == link
    page = linked.pages.get(link)
    assert "You began changes" not in page.main
    assert typed(page, "name") == "Ayla Demir"
    assert linked.pages.post(link, data={"kind": "all_correct", **SIGNED}).headers["Location"] == link
    assert ("all_correct", harbour) in linked.answers()


def test_a_form_that_was_left_as_it_was_is_no_change_that_was_begun(linked: Linked, link: str) -> None:
    page = linked.pages.get(f"{link}/edit")
    linked.pages.post(f"{link}/edit", data={**inputs(page), "action": ["continue"]})
    assert "You began changes" not in linked.pages.get(link).main


def test_changes_that_were_begun_in_a_part_lead_back_to_it(linked: Linked, link: str) -> None:
    linked.pages.post(f"{link}/part", data={"sections": ["contact"], "kind": "changed", **SIGNED})
    page = linked.pages.get(f"{link}/part/edit")
    linked.pages.post(f"{link}/part/edit", data=with_number(page, NEW_NUMBER))
    assert linked.pages.get(link).all("a", href=f"{link}/part/review")


def test_the_link_shows_that_it_was_approved(linked: Linked, link: str, harbour: UUID) -> None:
    changed(linked, link)
    linked.pages.post(f"{link}/review", data=SIGNED)
    with linked.made.writing() as session:
        (change,) = changes_of(session, harbour)
        how = HowChecked.RANG_OLD_NUMBER
        approve(session, change.id, revision=1, by=OFFICER, how_checked=how, now=change.submitted_at)
        slug = current_slug(session, harbour)
    assert "We approved it on" in linked.pages.get(link).main
    assert NEW_NUMBER in linked.pages.get(f"/organisations/{slug}").main


def test_the_link_shows_why_it_was_declined(linked: Linked, link: str, harbour: UUID) -> None:
    changed(linked, link)
    linked.pages.post(f"{link}/review", data=SIGNED)
    with linked.made.writing() as session:
        (change,) = changes_of(session, harbour)
        decline(session, change.id, by=OFFICER, reason="Nobody answers <there>.", now=change.submitted_at)
    page = linked.pages.get(link)
    assert "did not take it over" in page.main
    assert "Nobody answers <there>." in page.main


def test_an_error_keeps_what_was_typed_even_until_the_next_day(linked: Linked, link: str) -> None:
    page = refused(linked.pages, f"{link}/edit", with_number(linked.pages.get(f"{link}/edit"), "call us"))
    assert errors(page)
    assert ["call us"] in inputs(page).values()
    assert ["call us"] in inputs(linked.pages.get(f"{link}/edit")).values()
    assert linked.pages.answer(f"{link}/review", status=303).headers["Location"] == f"{link}/edit?check=yes"
    assert errors(linked.pages.get(f"{link}/edit?check=yes"))


def test_one_section_is_changed_without_touching_the_others(linked: Linked, link: str) -> None:
    changed(linked, link)
    page = linked.pages.get(f"{link}/edit/organisation")
    assert not [name for name, values in inputs(page).items() if NEW_NUMBER in values]
    sent = inputs(page)
    (name,) = [name for name, values in sent.items() if values == ["Stands by you."]]
    linked.pages.post(f"{link}/edit/organisation", data={**sent, name: ["Stands by us."], "action": ["continue"]})
    main = linked.pages.get(f"{link}/review").main
    assert NEW_NUMBER in main
    assert "Stands by us." in main


def test_a_service_is_added_in_one_section_and_its_number_in_another(linked: Linked, link: str, harbour: UUID) -> None:
    sent = inputs(linked.pages.get(f"{link}/edit/what"))
    page = Page("/u/", linked.pages.post(f"{link}/edit/what", status=200, data={**sent, "action": ["add_service"]}))
    sent = inputs(page)
    name = next(name for name in sent if name.startswith("service-new-") and name.endswith("-name"))
    linked.pages.post(f"{link}/edit/what", data={**sent, name: ["Drop-in"], "action": ["continue"]})
    assert name in inputs(linked.pages.get(f"{link}/edit"))
    linked.pages.post(f"{link}/review", data=SIGNED)
    with linked.made.writing() as session:
        (change,) = changes_of(session, harbour)
        assert [one["name"] for one in change.proposed["services"]] == ["Advice line", "Drop-in"]


def test_a_section_that_is_not_there_is_not_found(linked: Linked, link: str) -> None:
    linked.pages.get(f"{link}/edit/nonsense", status=404)


@pytest.mark.parametrize("is_on", [True, False])
def test_what_is_public_at_once_is_said_before_it_is_sent(linked: Linked, *, is_on: bool) -> None:
    held = details(service(id=uuid4(), opening_hours="Mo 09:00-17:00", hours_note="Ring first."))
    link = linked.link(linked.entry(f"harbour-{next(NUMBERS)}", held))
    linked.pages.post(link, data={"kind": "changed", **SIGNED})
    sent = inputs(linked.pages.get(f"{link}/edit"))
    (name,) = [name for name, values in sent.items() if values == ["Ring first."]]
    linked.pages.post(f"{link}/edit", data={**sent, name: ["Later on Mondays."], "action": ["continue"]})
    with policy_of(linked, approve_hours=is_on):
        page = linked.pages.get(f"{link}/review")
        linked.pages.post(f"{link}/review", data=SIGNED)
    assert ("public as soon as you send it" in page.main) is is_on
    assert ("before the public sees it" in page.main) is not is_on
    assert ("It is public now." in linked.pages.get(link).main) is is_on


@contextmanager
def policy_of(linked: Linked, **parts: bool) -> Iterator[None]:
    """The policy with some parts set, for as long as it is needed."""
    with linked.made.writing() as session:
        before = policy_version(session, DEFAULTS)
        changed = replace(before.policy, **parts)
        set_policy(session, changed, seen=before.number, defaults=DEFAULTS, by=OFFICER, now=clock.now())
    yield
    with linked.made.writing() as session:
        number = policy_version(session, DEFAULTS).number
        set_policy(session, before.policy, seen=number, defaults=DEFAULTS, by=OFFICER, now=clock.now())


def test_nothing_changed_is_said_with_the_way_back(linked: Linked, link: str, harbour: UUID) -> None:
    page = linked.pages.get(f"{link}/review")
    assert "Nothing has changed yet." in page.main
    assert page.link("Back to the entry") == link
    assert "changes" in errors(refused(linked.pages, f"{link}/review", SIGNED))
    with linked.made.writing() as session:
        assert not changes_of(session, harbour)


def test_what_is_sent_needs_a_name_and_a_role(linked: Linked, link: str) -> None:
    changed(linked, link)
    page = refused(linked.pages, f"{link}/review", {"name": "", "role": "Chair"})
    assert set(errors(page)) == {"name"}
    assert typed(page, "role") == "Chair"


def test_fields_that_the_form_does_not_list_change_nothing(linked: Linked, link: str, harbour: UUID) -> None:
    columns = {
        "id": str(uuid4()),
        "status": "hidden",
        "state": "hidden",
        "revision": "99",
        "slug": "other",
        "confirmed_at": "2020-01-01",
        "part_of": str(uuid4()),
        "kind_of_keeping": "phone",
        "organisation_id": str(uuid4()),
        "last_seen": "1999",
    }
    sent = inputs(linked.pages.get(f"{link}/edit"))
    linked.pages.post(f"{link}/edit", data={**sent, **columns, "action": ["continue"]})
    assert "Nothing has changed yet." in linked.pages.get(f"{link}/review").main
    refused(linked.pages, f"{link}/review", {**SIGNED, **columns})
    with linked.made.writing() as session:
        assert not changes_of(session, harbour)
