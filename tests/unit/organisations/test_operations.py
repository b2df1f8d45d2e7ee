"""What may happen to an entry, and what the public sees of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from directory.directory_revision import directory_revision
from directory.organisations import stored
from directory.organisations.models import NoteRow, RevisionRow
from directory.organisations.operations import (
    SlugTaken,
    UnknownCodes,
    add_note,
    add_organisation,
    hide,
    publish,
    rename_slug,
    save_draft,
    set_provenance,
)
from directory.organisations.provenance import Provenance, Source
from directory.organisations.queries import (
    OrganisationGone,
    OrganisationMoved,
    OrganisationNotFound,
    organisation_records,
    public_organisation,
    public_organisations,
    public_versions,
)
from directory.organisations.rules import Confidence, NoWayToReach, State, StateRefused
from directory.organisations.standing import Standing
from directory.organisations.validity import DetailsInvalid
from tests.factories import NOW, details, full_details, published, put_taxonomy, saved, service, with_service

BASE = details(service(id=UUID(int=1)))
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def terms(session: Session) -> None:
    put_taxonomy(session)


def test_a_draft_is_not_found_by_the_public(session: Session) -> None:
    saved(session, BASE)
    assert public_organisations(session) == ()
    assert public_versions(session) == {}
    with pytest.raises(OrganisationNotFound):
        public_organisation(session, "harbour")


def test_a_published_entry_is_seen_and_has_a_revision(session: Session) -> None:
    identity = saved(session, BASE)
    assert publish(session, identity, BASE, by="officer", why="checked", now=NOW) == 1
    seen = public_organisation(session, "harbour")
    assert (seen.id, seen.slug, seen.revision, seen.details) == (identity, "harbour", 1, BASE)
    assert seen.standing == Standing()
    assert public_organisations(session) == (seen,)
    assert public_versions(session) == {identity: Standing().version(1)}


def test_every_publishing_keeps_what_was_before(session: Session) -> None:
    identity = published(session, BASE)
    new = replace(BASE, name="Haven")
    assert publish(session, identity, new, by="officer", why="renamed", now=LATER) == 2
    revisions = session.scalars(select(RevisionRow).order_by(RevisionRow.number)).all()
    assert [stored.load(revision.details) for revision in revisions] == [BASE, new]
    assert [(revision.made_by, revision.made_at) for revision in revisions] == [("seed", NOW), ("officer", LATER)]


def test_whatever_the_public_sees_of_it_raises_the_directory_revision_by_one(session: Session) -> None:
    counted = [directory_revision(session)]
    identity = saved(session, BASE)
    counted.append(directory_revision(session))
    for change in (
        lambda: publish(session, identity, BASE, by="officer", why="checked", now=NOW),
        lambda: rename_slug(session, identity, "haven", by="officer", now=NOW),
        lambda: hide(session, identity, by="officer", now=NOW),
    ):
        change()
        counted.append(directory_revision(session))
    assert [number - counted[0] for number in counted] == [0, 0, 1, 2, 3]


def test_a_hidden_entry_is_gone_and_can_come_back(session: Session) -> None:
    identity = published(session, BASE)
    hide(session, identity, by="officer", now=NOW)
    assert public_organisations(session) == ()
    with pytest.raises(OrganisationGone):
        public_organisation(session, "harbour")
    assert publish(session, identity, BASE, by="officer", why="open again", now=LATER) == 2
    assert public_organisation(session, "harbour").revision == 2


def test_only_a_public_entry_can_be_hidden(session: Session) -> None:
    identity = saved(session, BASE)
    with pytest.raises(StateRefused):
        hide(session, identity, by="officer", now=NOW)


def test_a_public_entry_is_not_edited_as_a_draft(session: Session) -> None:
    identity = published(session, BASE)
    with pytest.raises(StateRefused):
        save_draft(session, identity, BASE, by="officer", now=NOW)


def test_an_entry_that_nobody_can_reach_is_not_published(session: Session) -> None:
    identity = saved(session, BASE)
    with pytest.raises(NoWayToReach):
        publish(session, identity, with_service(BASE, phones=()), by="officer", why="x", now=NOW)
    with pytest.raises(OrganisationNotFound):
        public_organisation(session, "harbour")


def test_malformed_details_are_refused(session: Session) -> None:
    identity = saved(session, BASE)
    with pytest.raises(DetailsInvalid):
        publish(session, identity, replace(BASE, name=""), by="officer", why="x", now=NOW)


def test_codes_that_the_taxonomy_lacks_are_refused_by_name(session: Session) -> None:
    with pytest.raises(UnknownCodes, match="area narnia, kind magic"):
        saved(session, with_service(BASE, areas=("narnia",), kinds=("magic",)))


def test_an_entry_is_part_of_one_that_there_is(session: Session) -> None:
    with pytest.raises(OrganisationNotFound):
        saved(session, replace(BASE, part_of=uuid4()))


def test_an_unknown_entry_is_not_found(session: Session) -> None:
    with pytest.raises(OrganisationNotFound):
        publish(session, uuid4(), BASE, by="officer", why="x", now=NOW)


def test_an_old_slug_leads_to_the_new_one(session: Session) -> None:
    identity = published(session, BASE)
    rename_slug(session, identity, "haven", by="officer", now=NOW)
    rename_slug(session, identity, "port", by="officer", now=NOW)
    assert public_organisation(session, "port").details == BASE
    for old in ("harbour", "haven"):
        with pytest.raises(OrganisationMoved) as moved:
            public_organisation(session, old)
        assert moved.value.slug == "port"
    assert [organisation.slug for organisation in public_organisations(session)] == ["port"]


def test_a_renamed_public_entry_has_a_new_revision_so_that_the_index_learns_of_it(session: Session) -> None:
    identity = published(session, BASE)
    rename_slug(session, identity, "haven", by="officer", now=NOW)
    assert public_versions(session) == {identity: Standing().version(2)}


def test_an_entry_can_have_an_old_slug_of_its_own_back(session: Session) -> None:
    identity = published(session, BASE)
    rename_slug(session, identity, "haven", by="officer", now=NOW)
    rename_slug(session, identity, "harbour", by="officer", now=NOW)
    assert public_organisation(session, "harbour").id == identity


def test_a_slug_that_another_entry_has_or_had_is_taken(session: Session) -> None:
    identity = published(session, BASE)
    rename_slug(session, identity, "haven", by="officer", now=NOW)
    other = saved(session, details(), slug="other")
    for slug in ("harbour", "haven"):
        with pytest.raises(SlugTaken):
            rename_slug(session, other, slug, by="officer", now=NOW)
        with pytest.raises(SlugTaken):
            add_organisation(session, organisation_id=uuid4(), slug=slug, details=details(), by="officer", now=NOW)


def test_notes_are_added_and_those_of_others_stay(session: Session) -> None:
    identity = saved(session, BASE)
    add_note(session, identity, "Rang them.", by="officer", now=NOW)
    source = Source(url="https://example.org/", date="2026-01", what="their page")
    for notes in (("One.", "Two."), ("Three.",)):
        held = Provenance(confidence=Confidence.MEDIUM, sources=(source,), notes=notes)
        set_provenance(session, identity, held, by="seed", now=LATER)
    written = session.scalars(select(NoteRow).filter_by(organisation_id=identity).order_by(NoteRow.number)).all()
    assert [(note.text, note.written_by, note.written_at) for note in written] == [
        ("Rang them.", "officer", NOW),
        ("Three.", "seed", LATER),
    ]
    (record,) = organisation_records(session)
    assert record.provenance == Provenance(
        confidence=Confidence.MEDIUM, sources=(source,), notes=("Rang them.", "Three.")
    )
    assert record.state is State.DRAFT


def test_more_entries_need_no_more_queries(session: Session) -> None:
    def queries() -> int:
        asked = []
        listener = lambda *statement: asked.append(statement[2])  # noqa: E731
        session.flush()
        session.expunge_all()
        event.listen(session.get_bind(), "before_cursor_execute", listener)
        public_organisations(session)
        event.remove(session.get_bind(), "before_cursor_execute", listener)
        return len(asked)

    published(session, full_details(), slug="one")
    with_one = queries()
    for number in range(5):
        published(session, full_details(), slug=f"more-{number}")
    assert queries() == with_one <= 15
