"""Entries follow when a term is merged, and keep or lose one that is retired."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.organisations import stored
from directory.organisations.codes import codes_in, in_todays_terms, with_codes
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.models import OrganisationRow, RevisionRow
from directory.organisations.operations import hide
from directory.organisations.queries import organisation_records
from directory.organisations.rules import State
from directory.organisations.term_changes import merge, retire
from directory.organisations.term_usage import Usage, entries_with, usage_by_code
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.rules import MergeRefused, TermFixed
from directory.taxonomy.terms import TermKind
from tests.factories import NOW, details, full_details, location, published, put_taxonomy, saved, service

KIND, GROUND, AREA, LANGUAGE, ACCESS = (
    TermKind.KIND,
    TermKind.GROUND,
    TermKind.AREA,
    TermKind.LANGUAGE,
    TermKind.ACCESS,
)
MANAGER = "officer:1"


@pytest.fixture(autouse=True)
def _taxonomy(session: Session) -> None:
    put_taxonomy(session)


def of(*kinds: str) -> OrganisationDetails:
    return details(service(kinds=kinds))


def held(session: Session, organisation_id: UUID) -> OrganisationDetails:
    session.flush()
    session.expire_all()
    return next(record.details for record in organisation_records(session) if record.id == organisation_id)


def revisions(session: Session, organisation_id: UUID) -> list[RevisionRow]:
    query = select(RevisionRow).where(RevisionRow.organisation_id == organisation_id).order_by(RevisionRow.number)
    return list(session.scalars(query))


def test_public_entries_follow_a_merged_term_as_a_revision_that_says_why(session: Session) -> None:
    entry = published(session, of("counselling", "legal_advice"))
    other = published(session, of("legal_advice"), slug="other")
    assert merge(session, KIND, "counselling", into="legal_advice", by=MANAGER, now=NOW) == 1
    assert held(session, entry).services[0].kinds == ("legal_advice",)
    first, second = revisions(session, entry)
    assert stored.load(first.details).services[0].kinds == ("counselling", "legal_advice")
    assert stored.load(second.details) == held(session, entry)
    assert (second.made_by, second.why) == (MANAGER, "merged kind/counselling into kind/legal_advice")
    assert len(revisions(session, other)) == 1
    assert not load_taxonomy(session).has(KIND, "counselling")


def test_drafts_and_hidden_entries_follow_too_and_stay_what_they_are(session: Session) -> None:
    draft = saved(session, of("counselling"))
    hidden = published(session, of("counselling"), slug="hidden")
    hide(session, hidden, by="officer", now=NOW)
    assert merge(session, KIND, "counselling", into="helpline", by=MANAGER, now=NOW) == 2
    assert [held(session, entry).services[0].kinds for entry in (draft, hidden)] == [("helpline",), ("helpline",)]
    states = {record.id: (record.state, record.revision) for record in organisation_records(session)}
    assert states == {draft: (State.DRAFT, 0), hidden: (State.HIDDEN, 2)}


def test_a_term_follows_wherever_an_entry_can_hold_one(session: Session) -> None:
    entry = published(session, full_details())
    merged = (
        (KIND, "counselling", "report"),
        (GROUND, "race.turkish", "sexuality.gay"),
        (AREA, "district.n15", "haringey"),
        (ACCESS, "hearing_loop", "bsl"),
    )
    for kind, code, into in merged:
        merge(session, kind, code, into=into, by=MANAGER, now=NOW)
    found = set(codes_in(held(session, entry)))
    assert not found & {(kind, code) for kind, code, _ in merged}
    assert {(GROUND, "sexuality.gay"), (AREA, "haringey"), (ACCESS, "bsl")} <= found


def test_languages_of_numbers_follow() -> None:
    entry = details(service(languages=("en", "tr"), phones=(Phone(number="85258", languages=("kmr", "tr")),)))
    changed = in_todays_terms(entry, {(LANGUAGE, "kmr"): "tr"})
    assert (changed.services[0].languages, changed.services[0].phones[0].languages) == (("en", "tr"), ("tr",))
    assert in_todays_terms(entry, {}) is entry


def test_a_place_without_its_area_has_none() -> None:
    entry = replace(details(), locations=(location(area="haringey", access=("bsl", "step_free")),))
    changed = with_codes(entry, lambda kind, code: None if kind is AREA else code)
    assert (changed.locations[0].area, changed.locations[0].access) == ("", ("bsl", "step_free"))


def test_who_edited_an_entry_stays_when_it_follows(session: Session) -> None:
    entry = published(session, of("counselling"), by="seed")
    merge(session, KIND, "counselling", into="helpline", by=MANAGER, now=NOW)
    assert session.get_one(OrganisationRow, entry).edited_by == "seed"


def test_nothing_follows_a_merge_that_is_refused(session: Session) -> None:
    entry = published(session, of("counselling", "report"))
    with pytest.raises(TermFixed):
        merge(session, KIND, "report", into="counselling", by=MANAGER, now=NOW)
    with pytest.raises(MergeRefused):
        merge(session, KIND, "counselling", into="counselling", by=MANAGER, now=NOW)
    assert len(revisions(session, entry)) == 1


def test_a_retired_term_stays_with_those_that_have_it(session: Session) -> None:
    entry = published(session, of("counselling", "report"))
    assert retire(session, KIND, "counselling", entries_keep_it=True, by=MANAGER, now=NOW) == 0
    assert held(session, entry).services[0].kinds == ("counselling", "report")
    assert not load_taxonomy(session).offers(KIND, "counselling")


def test_or_is_taken_from_them(session: Session) -> None:
    entry = published(session, of("counselling", "report"), by="seed")
    assert retire(session, KIND, "counselling", entries_keep_it=False, by=MANAGER, now=NOW) == 1
    assert held(session, entry).services[0].kinds == ("report",)
    assert revisions(session, entry)[-1].why == "retired kind/counselling"
    assert session.get_one(OrganisationRow, entry).edited_by == MANAGER


def test_a_retired_term_takes_those_under_it_from_entries(session: Session) -> None:
    entry = published(session, details(service(grounds=("race.turkish", "sexuality.gay"))))
    retire(session, GROUND, "race.turkish", entries_keep_it=False, by=MANAGER, now=NOW)
    assert held(session, entry).services[0].grounds == ("sexuality.gay",)


def test_usage_counts_services_with_their_numbers_and_places(session: Session) -> None:
    published(session, full_details())
    saved(session, details(service(kinds=("report",)), service(kinds=("report",))), slug="second")
    assert usage_by_code(session, KIND) == {"helpline": Usage(1), "report": Usage(3)}
    assert usage_by_code(session, AREA) == {"district.n15": Usage(0, 2), "haringey": Usage(1)}
    assert usage_by_code(session, ACCESS)["step_free"] == Usage(0, 2)
    assert usage_by_code(session, LANGUAGE)["tr"] == Usage(1)
    assert [(entry.slug, entry.name) for entry in entries_with(session, AREA, ["district.n15"])] == [
        ("harbour", "Harbour")
    ]
    assert [entry.slug for entry in entries_with(session, KIND, ["report", "helpline"])] == ["harbour", "second"]
