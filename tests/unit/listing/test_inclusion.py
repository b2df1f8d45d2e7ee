"""The inclusion check, and what is remembered as not to be listed again."""

from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from directory.checks.rules import ReasonMissing
from directory.listing.inclusion import (
    forget_not_listed,
    log_inclusion_check,
    remember_entry,
    remember_not_listed,
)
from directory.listing.queries import inclusion_checks, not_listed, reminders
from directory.listing.rules import Criterion, MemoryUnknown
from directory.organisations.details import OrganisationDetails, Phone
from tests.factories import NOW, details, published, put_taxonomy, saved, service

BY = "officer:1"


def quay(**given: object) -> OrganisationDetails:
    """Details that have nothing in common with what is remembered."""
    line = service(name="Meals", phones=(Phone(number="+442079460000"),))
    return details(line, **{"name": "Quay Kitchen", **given})


def because(session: Session, held: OrganisationDetails) -> list[tuple[str, ...]]:
    return [reminder.because for reminder in reminders(session, held)]


def test_who_checked_it_when_and_against_what_is_kept(session: Session) -> None:
    identity = saved(session)
    log_inclusion_check(session, identity, met=[], note="They did not tell us who runs it", by=BY, now=NOW)
    row = log_inclusion_check(session, identity, met=list(Criterion), note="", by="officer:2", now=NOW)
    assert (row.is_met, row.checked_by, row.checked_at) == (True, "officer:2", NOW)
    assert {check.is_met for check in inclusion_checks(session, identity)} == {True, False}


def test_what_it_does_not_meet_needs_words(session: Session) -> None:
    identity = saved(session)
    with pytest.raises(ReasonMissing):
        log_inclusion_check(session, identity, met=[Criterion.REACHABLE], note=" ", by=BY, now=NOW)


def test_a_reason_is_needed_to_remember(session: Session) -> None:
    with pytest.raises(ReasonMissing):
        remember_not_listed(session, name="Harbour", reason="", by=BY, now=NOW)


@pytest.mark.parametrize(
    ("like", "reasons"),
    [
        ({"name": "The Harbour Trust"}, ("name",)),
        ({"name": "Harbor"}, ("name",)),
        ({"other_names": ("Harbour",)}, ("name",)),
        ({"website": "http://www.harbour.example/about"}, ("website",)),
        ({"website": "https://other.example/"}, None),
        ({"name": "Harbour Hill Lawn Bowls"}, None),
    ],
)
def test_what_is_like_it_reminds(session: Session, like: dict[str, str], reasons: tuple[str, ...] | None) -> None:
    remember_not_listed(
        session,
        name="Harbour",
        phone="+442084891000",
        website="https://harbour.example/",
        reason="Asked us not to",
        by=BY,
        now=NOW,
    )
    assert because(session, quay(**like)) == ([reasons] if reasons else [])


def test_the_same_number_reminds_under_any_name(session: Session) -> None:
    remember_not_listed(session, name="Elsewhere", phone="+442079460000", reason="closed", by=BY, now=NOW)
    assert because(session, quay()) == [("number",)]


def test_a_page_of_a_platform_is_only_that_page(session: Session) -> None:
    remember_not_listed(
        session, name="Elsewhere", website="https://platform.example/harbour", reason="closed", by=BY, now=NOW
    )
    assert because(session, quay(website="https://platform.example/quay")) == []
    assert because(session, quay(website="https://platform.example/harbourside")) == []
    assert because(session, quay(website="https://platform.example/harbour/")) == [("website",)]


def test_an_entry_is_remembered_with_its_number_and_website(session: Session) -> None:
    put_taxonomy(session)
    identity = published(session, details(website="https://harbour.example/"))
    row = remember_entry(session, identity, reason="They do not want to be listed", by=BY, now=NOW)
    assert (row.name, row.phone, row.website) == ("Harbour", "+442084891000", "https://harbour.example/")
    assert row.organisation_id == identity


def test_it_may_be_listed_after_all(session: Session) -> None:
    row = remember_not_listed(session, name="Harbour", reason="closed", by=BY, now=NOW)
    session.flush()
    forget_not_listed(session, row.id, by=BY, now=NOW)
    session.flush()
    assert not not_listed(session)
    with pytest.raises(MemoryUnknown):
        forget_not_listed(session, row.id, by=BY, now=NOW)
    with pytest.raises(MemoryUnknown):
        forget_not_listed(session, uuid4(), by=BY, now=NOW)
