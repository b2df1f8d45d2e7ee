"""Editing an entry on the desk: what changes is seen first, what was seen is published, and nothing typed is lost."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from directory import clock
from directory.changes.editing import edit
from directory.changes.models import ChangeRow
from directory.changes.queries import load_entry
from directory.changes.rules import HowChecked, Origin
from directory.checks.models import AnswerRow
from directory.listing.models import InclusionCheckRow
from directory.listing.rules import Criterion
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import hide
from directory.organisations.rules import ConfirmedBy, State
from directory.people.models import PersonRow
from directory.web.extensions import db
from tests.factories import details, published, saved, service
from tests.page import Page
from tests.web.admin.desk import Desk
from tests.web.entry_form.browser import buttons, inputs

BASE = details(service(id=uuid4(), areas=("haringey",)), description="Stands beside people.")


@pytest.fixture
def base() -> OrganisationDetails:
    return replace(BASE, services=(replace(BASE.services[0], id=uuid4()),))


@pytest.fixture
def harbour(desk: Desk, base: OrganisationDetails) -> UUID:
    with desk.writing() as session:
        return published(session, base, slug=uuid4().hex)


@pytest.fixture
def draft(desk: Desk, base: OrganisationDetails) -> UUID:
    with desk.writing() as session:
        return saved(session, base, slug=uuid4().hex)


def path(identity: UUID, *more: str) -> str:
    return "/".join((f"/desk/entries/{identity}", *more))


def said(desk: Desk, identity: UUID) -> OrganisationDetails:
    with desk.app.app_context():
        return load_entry(db.session(), identity).details


def typed(page: Page, **other: str) -> MultiDict[str, str]:
    """What a browser would send for a page, with something typed, by a press on its first button."""
    form = inputs(page)
    for name, value in other.items():
        form.setlist(name, [value])
    form.setlist("action", [buttons(page)[0]])
    return form


def sent(desk: Desk, address: str, form: MultiDict[str, str], status: int = 200) -> Page:
    return Page(address, desk.officer.post(address, status=status, data=form.to_dict(flat=False)))


def review_of(desk: Desk, identity: UUID, *section: str, **typed_in: str) -> Page:
    """The page that shows what would change."""
    page = desk.officer.get(path(identity, "edit", *section))
    return sent(desk, path(identity, "edit", *section), typed(page, **typed_in))


def test_what_changes_is_shown_and_nothing_is_saved_yet(desk: Desk, harbour: UUID, base: OrganisationDetails) -> None:
    page = review_of(desk, harbour, description="Stands beside you.")
    assert page.heading == "What changes"
    assert [mark.text for mark in page.all("ins")] == ["you"]
    assert not page.all("input", name="how")
    assert said(desk, harbour) == base


def test_what_was_shown_is_published(desk: Desk, harbour: UUID, base: OrganisationDetails, reading: Session) -> None:
    page = review_of(desk, harbour, description="Stands beside you.")
    answer = desk.officer.post(path(harbour, "review"), data=typed(page).to_dict(flat=False))
    assert "The public sees it now" in desk.officer.get(answer.headers["Location"]).main
    assert said(desk, harbour) == replace(base, description="Stands beside you.")
    change = reading.scalars(select(ChangeRow).where(ChangeRow.organisation_id == harbour)).one()
    assert change.origin is Origin.OFFICER


def test_one_section_leaves_the_others_alone(desk: Desk, harbour: UUID, base: OrganisationDetails) -> None:
    page = desk.officer.get(path(harbour, "edit", "organisation"))
    assert not page.all("input", id=f"service-{base.services[0].id}-name")
    page = review_of(desk, harbour, "organisation", description="Stands beside you.")
    desk.officer.post(path(harbour, "review", "organisation"), data=typed(page).to_dict(flat=False))
    assert said(desk, harbour) == replace(base, description="Stands beside you.")
    desk.officer.get(path(harbour, "edit", "no-such-section"), status=404)


def test_how_people_reach_it_asks_how_it_was_checked(desk: Desk, harbour: UUID, base: OrganisationDetails) -> None:
    page = review_of(desk, harbour, website="harbour.example.org")
    assert page.all("input", name="how", type="radio")
    again = sent(desk, path(harbour, "review"), typed(page), status=422)
    assert "Say how you checked it" in again.main
    desk.officer.post(path(harbour, "review"), data=typed(again, how="website").to_dict(flat=False))
    assert said(desk, harbour).website == "https://harbour.example.org"


def test_errors_stand_beside_their_fields_and_nothing_is_lost(desk: Desk, harbour: UUID) -> None:
    page = desk.officer.get(path(harbour, "edit"))
    form = typed(page, name="", description="Typed and kept.")
    again = sent(desk, path(harbour, "edit"), form, status=422)
    assert "Enter the name" in again.main
    assert "Typed and kept." in again.main


def test_change_it_again_brings_back_what_was_typed(desk: Desk, harbour: UUID) -> None:
    page = review_of(desk, harbour, description="Typed and kept.")
    form = typed(page)
    form.setlist("action", ["show"])
    again = sent(desk, path(harbour, "edit"), form)
    assert again.heading == "Edit the entry"
    assert "Typed and kept." in again.main


def test_a_button_of_the_form_shows_it_again(desk: Desk, harbour: UUID) -> None:
    form = typed(desk.officer.get(path(harbour, "edit")))
    form.setlist("action", ["add_service"])
    assert "Service 2" in sent(desk, path(harbour, "edit"), form).main


def test_a_stale_edit_is_refused_with_what_it_would_change_now(
    desk: Desk, harbour: UUID, base: OrganisationDetails
) -> None:
    page = review_of(desk, harbour, description="Stands beside you.")
    with desk.writing() as session:
        other = replace(base, other_names=("The Harbour",))
        edit(
            session,
            harbour,
            version="1",
            details=other,
            by="officer:2",
            now=clock.now(),
            how_checked=HowChecked.WEBSITE,
        )
    stale = sent(desk, path(harbour, "review"), typed(page), status=409)
    assert "The entry has changed while you edited it" in stale.main
    assert said(desk, harbour).description == base.description
    assert "The Harbour" not in stale.main  # what others have changed stays as it is, and is no difference
    desk.officer.post(path(harbour, "review"), data=typed(stale).to_dict(flat=False))
    assert said(desk, harbour) == replace(other, description="Stands beside you.")


def test_where_both_changed_the_same_the_newer_is_shown(desk: Desk, harbour: UUID, base: OrganisationDetails) -> None:
    form = desk.officer.get(path(harbour, "edit"))
    with desk.writing() as session:
        edit(
            session, harbour, version="1", details=replace(base, description="Theirs."), by="officer:2", now=clock.now()
        )
    page = sent(desk, path(harbour, "edit"), typed(form, description="Mine."))
    assert "while you edited it" in page.main
    assert [[mark.text for mark in page.all(tag)] for tag in ("del", "ins")] == [["Theirs"], ["Mine"]]


def test_the_same_again_is_no_edit(desk: Desk, harbour: UUID) -> None:
    page = review_of(desk, harbour)
    assert "Nothing has changed" in page.main
    form = typed(page)
    form.setlist("action", ["continue"])
    assert "Nothing has changed" in sent(desk, path(harbour, "review"), form, status=422).main


def test_an_entry_that_nobody_could_reach_is_not_published(
    desk: Desk, harbour: UUID, base: OrganisationDetails
) -> None:
    service_id, number = base.services[0].id, base.services[0].phones[0].number
    form = typed(desk.officer.get(path(harbour, "edit")))
    key = next(name for name in form if name.startswith(f"service-{service_id}-phone-")).split("-phone-")[1]
    form.setlist("action", [f"remove_phone:{service_id}:{key.rpartition('-')[0]}"])
    page = sent(desk, path(harbour, "edit"), form)
    page = sent(desk, path(harbour, "edit"), typed(page))
    refused = sent(desk, path(harbour, "review"), typed(page, how="website"), status=422)
    assert "could not reach anybody" in refused.main
    assert said(desk, harbour).services[0].phones[0].number == number


def test_an_entry_hidden_meanwhile_is_not_edited(desk: Desk, harbour: UUID) -> None:
    page = review_of(desk, harbour, description="Stands beside you.")
    with desk.writing() as session:
        hide(session, harbour, by="test", now=clock.now())
    assert "hidden meanwhile" in sent(desk, path(harbour, "review"), typed(page), status=422).main


def test_a_call_that_changed_something_is_kept_with_the_edit(
    desk: Desk, harbour: UUID, base: OrganisationDetails, reading: Session
) -> None:
    call = {"heard": "changed", "name": "Ayla", "role": "Manager"}
    page = Page(path(harbour, "call"), desk.officer.post(path(harbour, "call"), status=200, data=call))
    assert page.heading == "Edit the entry"
    page = sent(desk, path(harbour, "edit"), typed(page, description="Stands beside you."))
    assert page.one("input", id="call-name").attrib["value"] == "Ayla"
    answer = desk.officer.post(path(harbour, "review"), data=typed(page).to_dict(flat=False))
    assert "counts as confirmed" in desk.officer.get(answer.headers["Location"]).main
    row = reading.get_one(OrganisationRow, harbour)
    assert row.confirmed_by is ConfirmedBy.OFFICER_BY_PHONE
    person = reading.scalars(
        select(PersonRow.name)
        .join(AnswerRow, AnswerRow.person_id == PersonRow.id)
        .where(AnswerRow.organisation_id == harbour)
    ).one()
    assert person == "Ayla"


def test_a_call_needs_somebody(desk: Desk, harbour: UUID) -> None:
    page = review_of(desk, harbour, description="Stands beside you.")
    assert "Write who you spoke to" in sent(desk, path(harbour, "review"), typed(page, call="yes"), status=422).main


def test_a_draft_is_saved_as_a_draft(desk: Desk, draft: UUID, base: OrganisationDetails, reading: Session) -> None:
    page = review_of(desk, draft, description="Stands beside you.")
    assert not page.all("input", name="call", type="radio")
    answer = desk.officer.post(path(draft, "review"), data=typed(page).to_dict(flat=False))
    assert "The draft is saved" in desk.officer.get(answer.headers["Location"]).main
    assert reading.get_one(OrganisationRow, draft).state is State.DRAFT
    assert said(desk, draft) == replace(base, description="Stands beside you.")


def test_a_draft_is_published_with_how_it_was_checked_and_against_the_policy(
    desk: Desk, draft: UUID, reading: Session
) -> None:
    page = desk.officer.get(path(draft, "publish"))
    assert "Stands beside people." in page.main
    refused = sent(desk, path(draft, "publish"), inputs(page), status=422)
    assert "Say how you checked it" in refused.main
    form = inputs(page)
    form.setlist("how", ["website"])
    assert "what it does not meet" in sent(desk, path(draft, "publish"), form, status=422).main
    form.setlist("met", list(Criterion))
    desk.officer.post(path(draft, "publish"), data=form.to_dict(flat=False))
    assert reading.get_one(OrganisationRow, draft).state is State.PUBLIC
    assert reading.scalars(select(InclusionCheckRow).where(InclusionCheckRow.organisation_id == draft)).one().is_met


def test_a_draft_that_changed_is_not_published(desk: Desk, draft: UUID, base: OrganisationDetails) -> None:
    form = inputs(desk.officer.get(path(draft, "publish")))
    form.setlist("how", ["website"])
    form.setlist("met", list(Criterion))
    with desk.writing() as session:
        version = load_entry(session, draft).version
        edit(session, draft, version=version, details=replace(base, description="Theirs."), by="x", now=clock.now())
    stale = sent(desk, path(draft, "publish"), form, status=409)
    assert "has changed while you read it" in stale.main
    desk.officer.post(path(draft, "publish"), data={**form.to_dict(flat=False), "version": inputs(stale)["version"]})


def test_a_check_against_the_policy_is_kept(desk: Desk, harbour: UUID) -> None:
    address = path(harbour, "inclusion")
    assert "what it does not meet" in sent(desk, address, MultiDict({"met": "reachable"}), status=422).main
    desk.officer.post(address, data={"met": ["reachable"], "note": "Nobody knows who runs it"})
    assert "It does not meet all of the policy" in desk.viewer.get(path(harbour)).main
    assert "Nobody knows who runs it" in desk.officer.get(address).main


def test_trust_21_only_what_the_form_lists_is_taken(desk: Desk, harbour: UUID, base: OrganisationDetails) -> None:
    page = review_of(desk, harbour, description="Stands beside you.")
    form = typed(
        page, state="hidden", revision="99", confirmed_by="organisation", part_of=str(uuid4()), id=str(uuid4())
    )
    desk.officer.post(path(harbour, "review"), data=form.to_dict(flat=False))
    assert said(desk, harbour) == replace(base, description="Stands beside you.")


def test_a_new_number_is_seen_by_the_public_at_once(desk: Desk, harbour: UUID, base: OrganisationDetails) -> None:
    held = base.services[0]
    form = typed(desk.officer.get(path(harbour, "edit", "contact")))
    name = next(name for name in form if name.endswith("-number"))
    form.setlist(name, ["020 7946 0958"])
    page = sent(desk, path(harbour, "edit", "contact"), form)
    desk.officer.post(path(harbour, "review", "contact"), data=typed(page, how="rang_old_number").to_dict(flat=False))
    assert said(desk, harbour).services[0].phones == (Phone(number="+442079460958"),)
    assert held.phones != said(desk, harbour).services[0].phones
