"""Processes that write all at once wait for each other, and nobody is turned away: `SOAK=1` runs it at full size."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.database import begin_writing, make_engine
from directory.directory_revision import directory_revision, raise_directory_revision
from tests.conftest import MEASURED

SOAK = bool(os.environ.get("SOAK"))
PROCESSES = 4
WRITES = 1_000 if SOAK else 25


def test_processes_that_write_at_once_wait_for_each_other(
    own_engine: Engine, record_property: Callable[[str, object], None]
) -> None:
    url = own_engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("forkserver")) as processes:
        longest = max(processes.map(write, [url] * PROCESSES))
    with Session(own_engine) as session:
        assert directory_revision(session) == PROCESSES * WRITES
    record_property(
        MEASURED,
        f"{own_engine.dialect.name}: {PROCESSES} processes with {WRITES} writes each, 0 refused, 0 lost, "
        f"the longest took {longest:.2f} s",
    )


def write(url: str) -> float:
    """Read and then write, as a view does, again and again; the seconds that the longest one took."""
    engine, longest = make_engine(url), 0.0
    for _ in range(WRITES):
        start = perf_counter()
        with Session(engine) as session:
            directory_revision(session)
            begin_writing(session)
            raise_directory_revision(session)
            session.commit()
        longest = max(longest, perf_counter() - start)
    engine.dispose()
    return longest
