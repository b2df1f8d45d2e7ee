"""What a new entry may be the same as: a number, a website or a name in common."""

from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from directory.listing.adding import add_draft
from directory.listing.similar import similar_entries
from directory.organisations.details import OrganisationDetails, Phone
from directory.organisations.queries import current_slug
from tests.factories import NOW, details, published, put_taxonomy, saved, service

OTHER = Phone(number="+442079460000")


@pytest.fixture
def harbour(session: Session) -> UUID:
    put_taxonomy(session)
    saved(session, details(service(phones=(OTHER,)), name="Mill Lane Nursery"), slug="mill")
    held = details(name="Harbour Advice", other_names=("Liman",), website="https://www.harbour.example/")
    return published(session, held)


def new(**given: object) -> OrganisationDetails:
    return details(service(phones=(Phone(number="+442079460999"),)), **{"name": "Quayside Kitchen", **given})


@pytest.mark.parametrize(
    ("held", "because"),
    [
        (new(), None),
        (new(name="The Harbour Advice Trust"), ("name",)),
        (new(name="Harbur Advice"), ("name",)),
        (new(name="Liman"), ("name",)),
        (new(website="http://harbour.example/about", name="Harbour Kitchen Club"), None),
        (new(website="http://harbour.example/about", name="Harbour Advise Group"), ("name", "website")),
        (details(name="Quayside Kitchen"), ("number",)),
    ],
)
def test_what_it_has_in_common_is_told(
    session: Session, harbour: UUID, held: OrganisationDetails, because: tuple[str, ...] | None
) -> None:
    found = similar_entries(session, held)
    assert [(one.id, one.because) for one in found] == ([(harbour, because)] if because else [])
    assert not similar_entries(session, held, but=[harbour])


def test_a_draft_has_a_slug_of_its_own(session: Session, harbour: UUID) -> None:
    first = add_draft(session, new(), by="officer:1", now=NOW)
    second = add_draft(session, new(), by="officer:1", now=NOW)
    assert [current_slug(session, one) for one in (first, second)] == ["quayside-kitchen", "quayside-kitchen-2"]
