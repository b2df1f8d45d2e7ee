"""An answer that was shown as received survives whatever is killed: `SOAK=1` kills at full size."""

import os
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine, delete, update
from sqlalchemy.orm import Session

from directory import clock
from directory.changes.answers import answer_with_changes
from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.changes.queries import load_entry
from directory.checks.models import AnswerRow
from directory.checks.operations import record_answer
from directory.checks.rules import AnswerKind
from directory.database import Base, make_engine
from directory.outbox.models import OutboxRow
from directory.people.models import PersonRow
from directory.schema import upgrade_schema
from directory.tasks.models import TaskRow
from tests.conftest import MEASURED
from tests.databases import postgres_server
from tests.durability.crowd import Crowd
from tests.durability.made import (
    ROLE,
    asked_directory,
    check_answers_are_whole,
    documents,
    is_a_change,
    name_of,
    new_words_of,
)
from tests.durability.site import Site, site_of
from tests.server import KEY

SOAK = bool(os.environ.get("SOAK"))
KILLS = 200 if SOAK else 4
CLIENTS = 8 if SOAK else 3
ORGANISATIONS = 5
SERVER_KILLS = 50 if SOAK else 2
LINKS = 40 * KILLS
"""More than are answered meanwhile: a crowd without a link left would say so."""


def test_an_answer_shown_as_received_survives_being_killed(
    own_engine: Engine, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    asked = asked_directory(own_engine, organisations=ORGANISATIONS, links=LINKS)
    with site_of(own_engine.url.render_as_string(hide_password=False), tmp_path) as site:
        crowd = Crowd(site.origin, (KEY,), asked.links)
        with crowd.answering(CLIENTS):
            random = Random(29)
            for _ in range(KILLS):
                kill_in_the_middle(site, crowd, random)
        site.kill()
        site.start_again()
        assert crowd.look(min(crowd.received)) == 200
        kept = check_answers_are_whole(own_engine, crowd.received)
        assert documents(own_engine, site.settings.search_index) == documents(own_engine, tmp_path / "anew")
    record_property(MEASURED, f"{own_engine.dialect.name}: {KILLS} kills, {told(crowd, kept)}")


def told(crowd: Crowd, kept: int) -> str:
    """What came of it, for the page of promises."""
    return (
        f"{CLIENTS} clients, {len(crowd.received)} answers shown as received of {kept} kept, "
        f"{sum(map(is_a_change, crowd.received))} of them with a change, {crowd.pages_seen} receipts seen, "
        f"{crowd.broken_off} requests broken off, {crowd.turned_away} turned away, 0 lost, 0 half-applied, 0 doubled"
    )


def test_an_answer_shown_as_received_survives_the_database_server_being_killed(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """PostgreSQL, with all its processes at once; it is started again on what it had written."""
    with (
        tempfile.TemporaryDirectory(prefix="killed-") as folder,  # short: its socket stands there
        postgres_server(Path(folder), durable=True) as server,
    ):
        engine = make_engine(str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1))
        upgrade_schema(engine)
        asked = asked_directory(engine, organisations=ORGANISATIONS, links=LINKS)
        with site_of(engine.url.render_as_string(hide_password=False), tmp_path) as site:
            crowd, random = Crowd(site.origin, (KEY,), asked.links), Random(31)
            with crowd.answering(CLIENTS):
                for _ in range(SERVER_KILLS):
                    crowd.wait_for_more(random.randint(1, 4))
                    Event().wait(random.uniform(0, 0.1))  # anywhere within an answer
                    kill_server(server)
                    server.ensure_postgres_running()
                crowd.wait_for_more(1)
            engine.dispose()
            kept = check_answers_are_whole(engine, crowd.received)
            assert documents(engine, site.settings.search_index) == documents(engine, tmp_path / "anew")
        engine.dispose()
    record_property(MEASURED, f"the server of postgresql: {SERVER_KILLS} kills, {told(crowd, kept)}")


def kill_server(server: Any) -> None:
    """Kill the first process of the server and all that it has started."""
    first = server.get_postmaster_info().process
    all_of_it = [first, *first.children(recursive=True)]
    for process in all_of_it:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    for process in all_of_it:
        process.wait(timeout=30)


@pytest.mark.parametrize("lost", [ChangeUnitRow, ChangeRow, TaskRow], ids=lambda table: table.__tablename__)
def test_a_change_that_is_not_whole_is_found(own_engine: Engine, lost: type[Base]) -> None:
    asked = asked_directory(own_engine, organisations=1, links=30)
    link = next(filter(is_a_change, asked.links))
    with Session(own_engine) as session:
        entry = load_entry(session, asked.organisations[0])
        wanted = replace(entry.details, description=new_words_of(link))
        given = {"name": name_of(link), "role": ROLE, "base_revision": entry.revision}
        answer_with_changes(session, link, details=wanted, now=clock.now(), **given)
        session.commit()
        assert check_answers_are_whole(own_engine, {link}) == 1
        if lost is ChangeRow:
            session.execute(delete(ChangeUnitRow))
        session.execute(delete(lost))
        session.commit()
    with pytest.raises(AssertionError):
        check_answers_are_whole(own_engine, {link})


@pytest.mark.parametrize("lost", [AnswerRow, OutboxRow, PersonRow], ids=lambda table: table.__tablename__)
def test_an_answer_that_is_not_whole_is_found(own_engine: Engine, lost: type[Base]) -> None:
    link = asked_directory(own_engine, organisations=1, links=1).links[0]
    with Session(own_engine) as session:
        at = clock.now()
        record_answer(session, link, kind=AnswerKind.ALL_CORRECT, name=name_of(link), role=ROLE, now=at)
        session.commit()
        assert check_answers_are_whole(own_engine, {link}) == 1
        if lost is PersonRow:
            session.execute(update(PersonRow).where(PersonRow.role == ROLE).values(role=""))
        else:
            session.execute(delete(lost))
        session.commit()
    with pytest.raises(AssertionError):
        check_answers_are_whole(own_engine, {link})


def kill_in_the_middle(site: Site, crowd: Crowd, random: Random) -> None:
    """Kill a worker, or now and then everything, while some are answering."""
    crowd.wait_for_more(random.randint(1, 4))
    Event().wait(random.uniform(0, 0.1))  # anywhere within an answer
    workers = site.workers()
    if workers and random.random() < 0.7:
        site.kill_worker(random.choice(workers))
    else:
        site.kill()
        site.start_again()
