"""An entry that was joined into another: its addresses lead there, and nobody publishes it as a draft."""

from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.organisations.models import OrganisationRow
from directory.organisations.operations import hide, publish, set_aside
from directory.organisations.queries import OrganisationGone, OrganisationMoved, public_front, public_organisation
from directory.organisations.rules import StateRefused
from tests.factories import NOW, details, published, put_taxonomy, saved


@pytest.fixture
def two(session: Session) -> tuple[UUID, UUID]:
    """Two public entries: `harbour`, and `quay`, which was joined into it."""
    put_taxonomy(session)
    harbour, quay = published(session), published(session, slug="quay")
    hide(session, quay, by="test", now=NOW, joined_into=harbour)
    return harbour, quay


def test_its_address_leads_to_the_other(session: Session, two: tuple[UUID, UUID]) -> None:
    with pytest.raises(OrganisationMoved) as moved:
        public_organisation(session, "quay")
    assert moved.value.slug == "harbour"
    assert public_front(session, two[1]) == ("harbour", "Harbour")


def test_it_leads_on_through_several(session: Session, two: tuple[UUID, UUID]) -> None:
    third = published(session, slug="third")
    hide(session, two[0], by="test", now=NOW, joined_into=third)
    for slug in ("quay", "harbour"):
        with pytest.raises(OrganisationMoved) as moved:
            public_organisation(session, slug)
        assert moved.value.slug == "third"


def test_it_is_gone_where_the_other_is_hidden(session: Session, two: tuple[UUID, UUID]) -> None:
    hide(session, two[0], by="test", now=NOW)
    with pytest.raises(OrganisationGone):
        public_organisation(session, "quay")
    assert public_front(session, two[1]) is None


def test_shown_again_it_is_its_own(session: Session, two: tuple[UUID, UUID]) -> None:
    publish(session, two[1], details(), by="test", why="again", now=NOW)
    assert public_organisation(session, "quay").id == two[1]


def test_a_draft_that_is_a_duplicate_is_not_published(session: Session, two: tuple[UUID, UUID]) -> None:
    draft = saved(session, slug="draft")
    set_aside(session, draft, joined_into=two[0], by="test", now=NOW)
    with pytest.raises(StateRefused):
        publish(session, draft, details(), by="test", why="first", now=NOW)
    set_aside(session, draft, joined_into=None, by="test", now=NOW)
    assert publish(session, draft, details(), by="test", why="first", now=NOW) == 1


def test_only_a_draft_is_set_aside(session: Session, two: tuple[UUID, UUID]) -> None:
    with pytest.raises(StateRefused):
        set_aside(session, two[0], joined_into=two[1], by="test", now=NOW)


def test_the_database_refuses_a_public_entry_that_is_joined(session: Session, two: tuple[UUID, UUID]) -> None:
    session.get_one(OrganisationRow, two[0]).joined_into = two[1]
    with pytest.raises(IntegrityError):
        session.flush()
