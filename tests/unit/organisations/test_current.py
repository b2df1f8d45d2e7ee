"""What an entry says now is the same in its newest revision, which is read, and in its tables, which are searched."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from directory.changes.queries import load_entries, load_entry
from directory.organisations import operations as organisations
from directory.organisations.current import with_details
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import OrganisationRow
from directory.organisations.provenance import Provenance
from directory.organisations.queries import organisation_records, public_organisation, public_organisations
from directory.organisations.rows import details_of
from directory.organisations.rules import ConfirmedBy, State, is_publishable
from directory.organisations.term_changes import merge, retire
from directory.taxonomy.terms import TermKind
from tests.factories import NOW, details, full_details, published, put_taxonomy, saved, service
from tests.strategies import few_examples, well_formed

DIRECTORY = Path(__file__).parents[3] / "directory"
Operation = Callable[[Session, UUID, OrganisationDetails], object]


def in_tables(session: Session) -> dict[UUID, OrganisationDetails]:
    """What the tables say of every entry, read anew."""
    session.flush()
    session.expire_all()
    rows = session.scalars(select(OrganisationRow).order_by(OrganisationRow.id).options(*with_details()))
    return {row.id: details_of(row) for row in rows}


def says(session: Session) -> dict[UUID, OrganisationDetails]:
    """What is read of every entry, by each way of reading it."""
    held = {record.id: record.details for record in organisation_records(session)}
    assert {entry.id: entry.details for entry in load_entries(session, list(held)).values()} == held
    return held


def publish(session: Session, identity: UUID, new: OrganisationDetails) -> None:
    organisations.publish(session, identity, new, by="officer", why="checked", now=NOW)


def save_draft(session: Session, identity: UUID, new: OrganisationDetails) -> None:
    if load_entry(session, identity).state is State.DRAFT:
        organisations.save_draft(session, identity, new, by="officer", now=NOW)


def set_aside(session: Session, identity: UUID, _new: OrganisationDetails) -> None:
    if load_entry(session, identity).state is State.DRAFT:
        organisations.set_aside(session, identity, joined_into=None, by="officer", now=NOW)


def hide(session: Session, identity: UUID, _new: OrganisationDetails) -> None:
    if load_entry(session, identity).state is State.PUBLIC:
        organisations.hide(session, identity, by="officer", now=NOW)


OPERATIONS: Sequence[Operation] = (
    publish,
    save_draft,
    set_aside,
    hide,
    lambda session, one, new: organisations.rename_slug(session, one, f"h-{len(new.name)}", by="officer", now=NOW),
    lambda session, one, new: organisations.add_note(session, one, new.name, by="officer", now=NOW),
    lambda session, one, new: organisations.set_provenance(
        session, one, Provenance(notes=(new.name,)), by="seed", now=NOW
    ),
    lambda session, one, _: organisations.confirm(session, one, at=NOW, by=ConfirmedBy.ORGANISATION, now=NOW),
    lambda session, one, _: organisations.unconfirm(session, one),
    lambda session, one, _: organisations.mark_overdue(session, one, since=date(2026, 1, 1)),
    lambda session, one, _: organisations.mark_told_changed(session, one, on=date(2026, 1, 1)),
    lambda session, one, _: organisations.mark_told_closed(session, one, on=date(2026, 1, 1)),
)

acts = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), well_formed.filter(is_publishable), st.booleans()), min_size=1, max_size=6
)


@given(acts=acts)
@settings(parent=few_examples, max_examples=8)
def test_whatever_happens_to_entries_revision_and_tables_say_the_same(
    engine: Engine, acts: list[tuple[Operation, OrganisationDetails, bool]]
) -> None:
    with engine.connect() as connection, Session(connection, join_transaction_mode="create_savepoint") as session:
        outer = connection.begin()
        put_taxonomy(session)
        entries = saved(session), published(session, slug="port")
        for act, new, which in acts:
            act(session, entries[which], with_own_ids(new) if which else new)
            assert says(session) == in_tables(session)
        outer.rollback()


def with_own_ids(held: OrganisationDetails) -> OrganisationDetails:
    """The same with other services and places: no two entries have one in common."""
    other = {part.id: uuid5(part.id, "other") for part in (*held.services, *held.locations)}
    return replace(
        held,
        locations=tuple(replace(place, id=other[place.id]) for place in held.locations),
        services=tuple(
            replace(each, id=other[each.id], locations=tuple(other[place] for place in each.locations))
            for each in held.services
        ),
    )


def test_what_becomes_of_terms_is_said_in_both(session: Session) -> None:
    put_taxonomy(session)
    for slug in ("harbour", "port"):
        published(session, full_details(), slug=slug)
    merge(session, TermKind.GROUND, "race.turkish", into="race", by="officer", now=NOW)
    assert says(session) == in_tables(session)
    retire(session, TermKind.ACCESS, "hearing_loop", entries_keep_it=False, by="officer", now=NOW)
    assert says(session) == in_tables(session)


def test_every_operation_on_an_entry_is_tried() -> None:
    held = {
        name
        for name, value in vars(organisations).items()
        if getattr(value, "__module__", "") == organisations.__name__
    }
    tried = {name for act in OPERATIONS for name in act.__code__.co_names} & held
    reads = {"check_entry", "lock_directory", "raise_directory_revision"}
    parts = {"keep_revision"}
    errors = {"SlugTaken", "UnknownCodes"}
    assert {name for name in held if not name.startswith("_")} - reads - parts - errors - {"add_organisation"} == tried


def test_only_the_operations_of_organisations_write_what_an_entry_says() -> None:
    writers = [
        path.relative_to(DIRECTORY).as_posix()
        for path in DIRECTORY.rglob("*.py")
        if "write_details" in path.read_text(encoding="utf-8")
    ]
    in_memory_for_nobody_to_read = ["checks/simulation.py"]
    assert sorted(writers) == [
        *in_memory_for_nobody_to_read,
        "organisations/operations.py",
        "organisations/rows.py",
        "organisations/term_changes.py",
    ]


def test_a_draft_is_read_as_it_was_saved_last(session: Session) -> None:
    put_taxonomy(session)
    identity = saved(session)
    new = replace(details(service(id=uuid4())), name="Haven")
    save_draft(session, identity, new)
    assert load_entry(session, identity).details == new


@pytest.mark.parametrize("read", [load_entry, lambda s, _: public_organisation(s, "harbour")])
def test_an_entry_that_was_ever_public_is_read_in_two_questions_at_most(
    session: Session, engine: Engine, read: Callable[[Session, UUID], object]
) -> None:
    put_taxonomy(session)
    identity = published(session)
    session.flush()
    assert counted(engine, lambda: read(session, identity)) <= 2


def test_all_public_entries_are_read_in_two_questions(session: Session, engine: Engine) -> None:
    put_taxonomy(session)
    for number in range(3):
        published(session, slug=f"harbour-{number}")
    session.flush()
    assert counted(engine, lambda: public_organisations(session)) == 2


def counted(engine: Engine, act: Callable[[], object]) -> int:
    """How many questions the database is asked."""
    asked = []

    def note(*given: object) -> None:
        asked.append(given[2])

    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)
