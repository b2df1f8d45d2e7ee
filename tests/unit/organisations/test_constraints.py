"""What the database itself refuses, whoever writes to it."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.directory_revision import DirectoryRevisionRow
from directory.organisations.models import OrganisationRow, RevisionRow, SlugRow
from directory.organisations.rules import State
from directory.organisations.service_models import (
    LocationAccessRow,
    LocationRow,
    PhoneLanguageRow,
    PhoneRow,
    ServiceLocationRow,
    ServiceRow,
    ServiceTermRow,
)
from directory.taxonomy.models import TermRow
from directory.taxonomy.terms import TermKind
from tests.factories import details, full_details, published, put_taxonomy, saved


@pytest.fixture(autouse=True)
def entry(session: Session) -> None:
    put_taxonomy(session)
    published(session, full_details())
    session.flush()


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (OrganisationRow, {"name": ""}),
        (OrganisationRow, {"website": "javascript:alert(1)"}),
        (OrganisationRow, {"notice_text": ""}),
        (OrganisationRow, {"revision": 0}),
        (OrganisationRow, {"confirmed_by": "organisation"}),
        (OrganisationRow, {"part_of": OrganisationRow.id}),
        (OrganisationRow, {"last_seen": 1066}),
        (SlugRow, {"slug": "Not a slug"}),
        (SlugRow, {"slug": ""}),
        (ServiceRow, {"name": ""}),
        (ServiceRow, {"minimum_age": 26}),
        (ServiceRow, {"maximum_age": -1}),
        (ServiceRow, {"form": "mailto:a@example.org"}),
        (LocationRow, {"latitude": 91.0}),
        (LocationRow, {"longitude": None}),
        (LocationRow, {"area": "narnia"}),
        (LocationRow, {"area_kind": TermKind.ACCESS}),
        (LocationAccessRow, {"code": "magic"}),
        (PhoneRow, {"number": "020 8489 1000"}),
        (PhoneRow, {"number": "+0208489"}),
        (PhoneRow, {"number": "12"}),
        (PhoneRow, {"number": "+44208489100012345"}),
        (PhoneLanguageRow, {"code": "race"}),
        (ServiceTermRow, {"code": "magic"}),
        (RevisionRow, {"number": 0}),
        (DirectoryRevisionRow, {"id": 2}),
        (TermRow, {"parent": TermRow.code}),
        (TermRow, {"latitude": 51.0, "longitude": None}),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(session: Session, table: Any, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        session.execute(update(table).values(values))


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (OrganisationRow, "state"),
        (OrganisationRow, "kind"),
        (OrganisationRow, "confidence"),
        (ServiceRow, "referral"),
        (ServiceRow, "taking_new_people"),
        (ServiceRow, "passes_to_police"),
        (PhoneRow, "kind"),
        (TermRow, "kind"),
    ],
)
def test_a_value_that_is_not_on_the_list_is_refused(session: Session, table: Any, column: str) -> None:
    with pytest.raises(IntegrityError):
        session.connection().exec_driver_sql(f"UPDATE {table.__tablename__} SET {column} = 'other'")


def test_a_service_is_not_given_at_a_location_of_another_organisation(session: Session) -> None:
    saved(session, details(), slug="other")
    other = session.scalars(select(ServiceRow).order_by(ServiceRow.position, ServiceRow.name)).first()
    place = session.scalars(select(LocationRow.id)).first()
    assert other is not None
    with pytest.raises(IntegrityError):
        session.execute(
            insert(ServiceLocationRow).values(
                organisation_id=other.organisation_id, service_id=other.id, location_id=place, position=0
            )
        )


def test_an_entry_has_one_current_slug(session: Session) -> None:
    identity = session.scalars(select(OrganisationRow.id)).one()
    with pytest.raises(IntegrityError):
        session.execute(insert(SlugRow).values(slug="second", organisation_id=identity, is_current=True))


def test_a_term_that_is_used_is_not_removed(session: Session) -> None:
    with pytest.raises(IntegrityError):
        session.execute(delete(TermRow).where(TermRow.code == "report"))


def test_an_entry_with_revisions_is_not_removed(session: Session) -> None:
    with pytest.raises(IntegrityError):
        session.execute(delete(OrganisationRow))


def test_a_renamed_term_stays_with_what_it_describes(session: Session) -> None:
    session.execute(update(TermRow).where(TermRow.code == "report").values(code="reporting"))
    codes = session.scalars(select(ServiceTermRow.code).where(ServiceTermRow.kind == TermKind.KIND)).all()
    assert set(codes) == {"helpline", "reporting"}


def test_a_public_entry_has_a_revision(session: Session) -> None:
    saved(session, details(), slug="other")
    with pytest.raises(IntegrityError):
        session.execute(update(OrganisationRow).values(state=State.PUBLIC))
