"""A large list on its way in: how long it takes, how long others wait for it, and that its progress is seen."""

from collections.abc import Iterator
from itertools import islice
from os import environ
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from bench.made_up import made_up, store
from directory import clock
from directory.config import ROOT
from directory.database import begin_writing, make_engine, writing
from directory.exchange.cells import Manner
from directory.exchange.columns import Use, written_slots
from directory.exchange.csv_files import csv_lines
from directory.exchange.imports import work
from directory.exchange.imports.operations import Columns, choose_columns, upload
from directory.exchange.imports.queries import count_states, load_import, term_words
from directory.exchange.imports.rules import EntryState, ImportState
from directory.exchange.lines import WrittenEntry, lines_of
from directory.exchange.record_cells import Mode
from directory.exchange.seed_files import read_terms
from directory.schema import upgrade_schema
from directory.taxonomy.loading import put_terms
from tests.conftest import MEASURED
from tests.databases import Databases

FULL_SIZE = "SOAK" in environ
HELD, BROUGHT = (5_000, 1_000) if FULL_SIZE else (40, 60)
SERVICE_ID = "service.id"
SECONDS = 30
LONGEST_WAIT = 3.0
"""Seconds that somebody else may have to wait to write."""


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """A directory of made-up entries."""
    engine = make_engine(databases.new())
    upgrade_schema(engine)
    with Session(engine) as session:
        begin_writing(session)
        put_terms(session, read_terms(ROOT / "seed"))
        store(session, islice(made_up(10 * HELD, 1), HELD), clock.now())
        session.commit()
    yield engine
    engine.dispose()


def list_of_others(engine: Engine) -> bytes:
    """As many organisations that the directory does not have, in all our columns; ids tell services of one name apart."""
    slots = [
        slot for slot in written_slots(for_officers=False) if slot.column.use is Use.BOTH or slot.key == SERVICE_ID
    ]
    with Session(engine) as session:
        manner = Manner(term_words(session, {}))
    rows = [tuple(slot.heading for slot in slots)]
    for number, entry in enumerate(islice(made_up(10 * BROUGHT, 7), BROUGHT)):
        held = WrittenEntry(id=entry.id, slug=entry.slug, state="", revision=0, details=entry.details)
        rows += [(f"{row[0]} {number}", *row[1:]) for row in lines_of(held, slots, manner)]
    return "".join(csv_lines(rows)).encode()


def test_a_thousand_organisations_are_checked_in_half_a_minute(
    engine: Engine, record_property: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "CHECKED_AT_A_TIME", 50 if FULL_SIZE else 7)
    sessions = sessionmaker(engine)
    content = list_of_others(engine)
    began = perf_counter()
    with writing(sessions) as session:
        import_id = upload(session, content, file_name="list.csv", by="command", now=clock.now())
        row = load_import(session, import_id)
        columns = Columns(matching=row.matching, mode=Mode.ADDS, day_first=True, source="Another directory")
        choose_columns(session, import_id, columns, by="command", now=clock.now())
    seen, waits = [], []
    while True:
        step = perf_counter()
        goes_on = work._do_batch(sessions, import_id, "me", clock.now)
        waits.append(perf_counter() - step)
        if not goes_on:
            break
        with sessions() as session:
            seen.append(load_import(session, import_id).done)
    took = perf_counter() - began
    with sessions() as session:
        assert load_import(session, import_id).state is ImportState.CHECKED
        assert count_states(session, import_id) == {EntryState.NEW: BROUGHT}
    assert len(set(seen)) > 5
    assert seen == sorted(seen)
    assert took < SECONDS
    assert max(waits[:-1]) < LONGEST_WAIT  # the last one compares with all that we have, while others may write
    record_property(MEASURED, f"{BROUGHT} of {HELD}: {took:.1f} s, longest batch {max(waits[:-1]):.2f} s")
