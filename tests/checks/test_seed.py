"""The seed of this repository: complete, repeatable, and the same when it is written back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from directory.database import Base, begin_writing, make_engine
from directory.exchange.seed_export import export_seed
from directory.exchange.seed_files import SeedEntry, read_entries
from directory.exchange.seed_load import SeedReport, load_seed
from directory.organisations import hours_syntax, phones
from directory.organisations.queries import organisation_records, public_organisations
from directory.organisations.rules import State, first_state
from tests.databases import Databases
from tests.seeding import seed

SEED = Path(__file__).parents[2] / "seed"
ENTRIES = read_entries(SEED)


def everything(session: Session) -> dict[str, list[Any]]:
    """Every row of every table."""
    return {
        table.name: sorted(map(str, session.execute(table.select()).all())) for table in Base.metadata.sorted_tables
    }


@pytest.fixture
def loaded(databases: Databases) -> Iterator[Session]:
    """A session in a database of its own, into which the seed was loaded once."""
    engine = make_engine(databases.filled(seed))
    with Session(engine) as session:
        begin_writing(session)
        yield session
    engine.dispose()


def test_every_entry_is_loaded_and_every_public_one_is_public(loaded: Session) -> None:
    assert {record.slug for record in organisation_records(loaded)} == {entry.slug for entry in ENTRIES}
    wanted = {entry.slug for entry in ENTRIES if entry.status is State.PUBLIC}
    assert {organisation.slug for organisation in public_organisations(loaded)} == wanted


def test_a_second_load_changes_nothing(loaded: Session, now: datetime) -> None:
    before = everything(loaded)
    report = load_seed(loaded, SEED, now + timedelta(days=1))
    assert report == SeedReport(terms=0, words=0, added=(), updated=(), kept=())
    assert everything(loaded) == before


def test_export_gives_the_seed_back_byte_for_byte(loaded: Session, tmp_path: Path) -> None:
    export_seed(loaded, tmp_path)
    for folder in ("taxonomy", "lexicon", "organisations"):
        written = {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()}
        assert written == {path.name: path.read_bytes() for path in (SEED / folder).glob("*.json")}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
def test_an_entry_asks_for_the_state_it_gets(entry: SeedEntry) -> None:
    assert first_state(entry.status, entry.provenance.confidence, entry.details) is entry.status


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
def test_numbers_and_hours_of_an_entry_are_in_the_one_form(entry: SeedEntry) -> None:
    for service in entry.details.services:
        for phone in service.phones:
            assert phones.normalise(phone.number) == phone.number
        for written in (service.opening_hours, *(phone.opening_hours for phone in service.phones)):
            assert not written or hours_syntax.is_readable(written)
