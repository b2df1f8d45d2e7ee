"""Going back to an earlier revision takes back what was confirmed since."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from directory.changes.operations import restore
from directory.checks.keeping import confirm, day_of
from directory.checks.queries import keeping_of
from directory.directory_revision import directory_revision
from directory.organisations.operations import publish
from directory.organisations.queries import public_organisation
from directory.organisations.rules import ConfirmedBy
from tests.factories import NOW, details, published, put_taxonomy, service

BASE = details(service(id=UUID(int=1), areas=("haringey",)), website="https://harbour.example.org/")
NEWER = replace(BASE, description="Stands by you.")
LATER = NOW + timedelta(days=1)
OFFICER = "officer:1"


@pytest.fixture
def entry(session: Session) -> UUID:
    """An entry with two revisions, the newer one confirmed."""
    put_taxonomy(session)
    identity = published(session, BASE)
    publish(session, identity, NEWER, by=OFFICER, why="edit", now=NOW)
    confirm(session, identity, at=NOW, by=ConfirmedBy.ORGANISATION, now=NOW)
    return identity


def test_what_they_confirmed_is_not_said_of_what_it_said_before(session: Session, entry: UUID) -> None:
    before = directory_revision(session)
    restore(session, entry, 1, revision=2, by=OFFICER, now=LATER)
    standing = public_organisation(session, "harbour").standing
    assert (standing.confirmed_at, standing.confirmed_by) == (None, None)
    assert directory_revision(session) > before


def test_they_are_asked_soon_whether_it_is_right(session: Session, entry: UUID) -> None:
    restore(session, entry, 1, revision=2, by=OFFICER, now=LATER)
    kept = keeping_of(session, entry)
    assert kept is not None
    assert kept.due_on == day_of(LATER) + timedelta(days=7)
