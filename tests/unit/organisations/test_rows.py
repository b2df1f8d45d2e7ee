"""Details in the database: every field comes back, and ids stay."""

from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import RevisionRow
from directory.organisations.operations import add_organisation, publish, save_draft
from directory.organisations.queries import organisation_records
from directory.organisations.validity import violations
from tests.factories import NOW, full_details, published, put_taxonomy, saved
from tests.strategies import few_examples, well_formed


def held_in(session: Session) -> OrganisationDetails:
    """What the database holds, read anew."""
    session.flush()
    session.expire_all()
    return organisation_records(session)[-1].details


def empty_fields(record: Any) -> list[str]:
    """The fields of the first record of each kind that hold nothing."""
    found = []
    for field in fields(record):
        value = getattr(record, field.name)
        if field.default is not MISSING and value == field.default:
            found.append(f"{type(record).__name__}.{field.name}")
        inner = value[0] if isinstance(value, tuple) and value else value
        if is_dataclass(inner):
            found += empty_fields(inner)
    return found


@pytest.fixture
def terms(session: Session) -> None:
    put_taxonomy(session)


def test_the_full_example_leaves_no_field_empty() -> None:
    withheld_is_false_in_the_first_location = ["LocationDetails.withheld"]
    voice_is_the_default = ["Phone.kind"]
    assert empty_fields(full_details(part_of=uuid4())) == [
        *voice_is_the_default,
        *withheld_is_false_in_the_first_location,
    ]
    assert violations(full_details()) == ()


@pytest.mark.usefixtures("terms")
def test_every_field_comes_back(session: Session) -> None:
    whole = published(session, slug="a-whole")
    details = full_details(part_of=whole)
    saved(session, details, slug="harbour")
    assert held_in(session) == details


@pytest.mark.usefixtures("terms")
def test_an_entry_can_be_emptied_and_filled_again(session: Session) -> None:
    details = full_details()
    bare = OrganisationDetails(name="Bare", kind=details.kind)
    identity = saved(session, details)
    for state in (bare, details, replace(details, services=details.services[::-1], locations=details.locations[::-1])):
        save_draft(session, identity, state, by="officer", now=NOW)
        assert held_in(session) == state


@given(one=well_formed, other=well_formed)
@few_examples
def test_any_entry_comes_back_and_can_become_any_other(
    engine: Engine, one: OrganisationDetails, other: OrganisationDetails
) -> None:
    with engine.connect() as connection, Session(connection, join_transaction_mode="create_savepoint") as session:
        outer = connection.begin() if not connection.in_transaction() else connection.get_transaction()
        put_taxonomy(session)
        identity = saved(session, one)
        assert held_in(session) == one
        save_draft(session, identity, other, by="officer", now=NOW)
        assert held_in(session) == other
        assert outer is not None
        outer.rollback()


@pytest.mark.usefixtures("terms")
def test_a_revision_holds_the_same_as_the_rows(session: Session) -> None:
    identity = uuid4()
    details = full_details()
    add_organisation(session, organisation_id=identity, slug="harbour", details=details, by="officer", now=NOW)
    publish(session, identity, details, by="officer", why="checked", now=NOW)
    revision = session.scalars(select(RevisionRow).filter_by(organisation_id=identity)).one()
    assert stored.load(revision.details) == details == held_in(session)
    assert (revision.number, revision.made_at, revision.made_by, revision.why) == (1, NOW, "officer", "checked")
