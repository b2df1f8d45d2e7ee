"""What an entry becomes: the chosen units as proposed, all else as it is, in whatever steps."""

from dataclasses import replace
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.changes.outcome import Fit, Proposal, fits, missing_places, outcome, value_at, without_record
from directory.organisations.compare import differences
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.merge import merge
from directory.organisations.units import Path
from tests.factories import details, location, service, with_service
from tests.strategies import changed, few_examples, well_formed

A, B, PLACE = UUID(int=1), UUID(int=2), UUID(int=3)
ONE, TWO, THREE, FOUR = (Phone(number=number) for number in ("999", "101", "111", "112"))
BASE = details(service(id=A, phones=(ONE, TWO)), service(id=B), locations=(location(id=PLACE),))
IN_A = ("service", str(A))
three_states = settings(few_examples, suppress_health_check=[HealthCheck.too_slow])
"""For tests that draw a base, a proposal and an entry: on a busy machine that takes long."""


def in_steps(proposal: Proposal, entry: OrganisationDetails, randomly: Random) -> OrganisationDetails:
    """The entry after units were approved one by one, places before the services that are given there."""
    waiting, approved = list(proposal.units), list[Path]()
    randomly.shuffle(waiting)
    while waiting:
        path = next(path for path in waiting if not missing_places(proposal, entry, {path}))
        entry = outcome(proposal, entry, {path}, approved)
        waiting.remove(path)
        approved.append(path)
    return entry


@given(well_formed, st.data())
@three_states
def test_approving_units_one_by_one_in_any_order_gives_the_same_as_all_at_once(
    base: OrganisationDetails, data: st.DataObject
) -> None:
    proposal = Proposal(base, data.draw(changed(base)))
    assert outcome(proposal, base, proposal.units) == proposal.proposed
    assert in_steps(proposal, base, data.draw(st.randoms(use_true_random=False))) == proposal.proposed


@pytest.mark.parametrize("seed", range(60))
def test_records_come_in_the_proposed_order_whichever_is_approved_first(seed: int) -> None:
    randomly = Random(seed)
    phones = [ONE, TWO, THREE, FOUR]
    randomly.shuffle(phones)
    new = with_service(BASE, phones=tuple(phones[: randomly.randint(1, 4)]))
    new = replace(new, services=tuple(randomly.sample([*new.services, service(), service()], 4)))
    proposal = Proposal(BASE, new)
    assert in_steps(proposal, BASE, randomly) == outcome(proposal, BASE, proposal.units) == new


@given(well_formed, st.data())
@three_states
def test_a_change_touches_nothing_but_the_chosen_units(base: OrganisationDetails, data: st.DataObject) -> None:
    proposal, entry = Proposal(base, data.draw(changed(base))), data.draw(changed(base))
    randomly = data.draw(st.randoms(use_true_random=False))
    chosen = {path for path in proposal.units if randomly.random() < 0.5}
    touched = {difference.path for difference in differences(entry, outcome(proposal, entry, chosen))}
    assert {path for path in touched - chosen if not follows(path, chosen)} == set()


def follows(path: Path, chosen: set[Path]) -> bool:
    """Whether a unit changes since a record does: it lies in it, or is its list's order, or a service's places."""
    records = {one for one in chosen if len(one) % 2 == 0}
    words = {one[-2] for one in records}
    is_order = path[-1].endswith("s") and path[-1].removesuffix("s") in words
    return is_order or any(path[: len(one)] == one for one in records)


@given(well_formed, st.data())
@three_states
def test_where_nothing_collides_it_is_what_merging_gives(base: OrganisationDetails, data: st.DataObject) -> None:
    unplaced = replace(base, services=(), locations=())
    proposal, entry = Proposal(unplaced, data.draw(changed(unplaced))), data.draw(changed(unplaced))
    proposal = Proposal(unplaced, replace(proposal.proposed, services=(), locations=()))
    entry = replace(entry, services=(), locations=())
    chosen = [path for path, fit in fits(proposal, entry).items() if fit is not Fit.COLLIDES]
    restricted = outcome(proposal, unplaced, chosen)
    assert outcome(proposal, entry, chosen) == merge(unplaced, restricted, entry).details


@pytest.mark.parametrize(
    ("new", "entry", "path", "fit"),
    [
        (replace(BASE, name="Haven"), BASE, ("name",), Fit.UNCHANGED),
        (replace(BASE, name="Haven"), replace(BASE, email="a@b.org"), ("name",), Fit.UNCHANGED),
        (replace(BASE, name="Haven"), replace(BASE, name="Haven"), ("name",), Fit.MERGES),
        (replace(BASE, name="Haven"), replace(BASE, name="Port"), ("name",), Fit.COLLIDES),
        (
            with_service(BASE, phones=(ONE,)),
            with_service(BASE, phones=(ONE, replace(TWO, label="Day"))),
            (*IN_A, "phone", "101 voice"),
            Fit.COLLIDES,
        ),
        (
            with_service(BASE, phones=(TWO, ONE)),
            with_service(BASE, phones=(ONE, THREE, TWO)),
            (*IN_A, "phones"),
            Fit.MERGES,
        ),
        (with_service(BASE, cost="1"), replace(BASE, services=BASE.services[1:]), (*IN_A, "cost"), Fit.COLLIDES),
        (replace(BASE, services=BASE.services[1:]), with_service(BASE, cost="1"), IN_A, Fit.COLLIDES),
        (with_service(BASE, locations=(PLACE,)), replace(BASE, locations=()), (*IN_A, "locations"), Fit.COLLIDES),
        (replace(BASE, locations=()), with_service(BASE, locations=(PLACE,)), ("location", str(PLACE)), Fit.COLLIDES),
    ],
)
def test_each_unit_stands_to_the_entry_of_now(
    new: OrganisationDetails, entry: OrganisationDetails, path: Path, fit: Fit
) -> None:
    assert fits(Proposal(BASE, new), entry) == {path: fit}


def test_a_unit_of_a_record_that_is_gone_is_told_apart() -> None:
    proposal = Proposal(BASE, with_service(replace(BASE, name="Haven"), cost="1"))
    gone = replace(BASE, services=BASE.services[1:])
    assert without_record(gone, proposal.units) == ((*IN_A, "cost"),)
    assert without_record(BASE, proposal.units) == ()


def test_an_added_number_goes_where_the_proposal_has_it_among_what_others_added() -> None:
    proposal = Proposal(BASE, with_service(BASE, phones=(ONE, TWO, THREE)))
    entry = with_service(BASE, phones=(ONE, FOUR, TWO))
    assert outcome(proposal, entry, proposal.units).services[0].phones == (ONE, FOUR, TWO, THREE)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("name",), "Harbour"),
        ((*IN_A, "hours"), ("", "")),
        ((*IN_A, "phone", "999 voice"), ONE),
        ((*IN_A, "phone", "111 voice"), None),
        ((*IN_A, "phones"), ("999 voice", "101 voice")),
        (IN_A, BASE.services[0]),
        (("service", str(PLACE)), None),
        (("service", str(PLACE), "cost"), None),
        (("services",), (str(A), str(B))),
    ],
)
def test_the_value_of_a_unit_is_found_by_its_path(path: Path, value: object) -> None:
    assert value_at(BASE, path) == value
