from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.checks.models import CheckMailRow, KeepingRow
from directory.config import ROOT, Settings
from directory.policy.defaults import defaults_of
from directory.policy.operations import set_policy
from directory.schedule import Jobs, jobs
from directory.search.criteria import SearchCriteria
from directory.search.engine import SearchEngine
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind
from tests.unit.checks.made import NOW, day, entry

SETTINGS = Settings(secret_key="k" * 40)


def tick(engine: Engine, search: SearchEngine, now: datetime) -> tuple[str, ...]:
    with Session(engine) as session:
        return jobs(search, SETTINGS).run(session, now)


def test_a_tick_asks_and_what_the_public_is_told_reaches_the_search(own_engine: Engine, tmp_path: Path) -> None:
    search = SearchEngine(tmp_path / "index", ROOT / "seed")
    with Session(own_engine) as session:
        entry(session, "info@harbour.example")
        session.commit()
    for number in range(65):
        assert tick(own_engine, search, day(number)) == ()
    with Session(own_engine) as session:
        assert len(session.scalars(select(CheckMailRow)).all()) == 3
    (hit,) = search.search(SearchCriteria(), NOW).hits
    assert hit.services[0].card["overdue_since"] == "2026-06-03"


def test_a_part_that_is_done_stays_when_a_later_job_fails(own_engine: Engine, tmp_path: Path) -> None:
    def broken(_session: Session, _now: datetime) -> None:
        raise ValueError("broken")

    with Session(own_engine) as session:
        entry(session, "info@harbour.example")
        session.commit()
        (checks, *_) = jobs(SearchEngine(tmp_path / "index", ROOT / "seed"), SETTINGS).named
        assert Jobs((("broken first", broken), checks, ("broken last", broken))).run(session, NOW) == (
            "broken first",
            "broken last",
        )
    with Session(own_engine) as session:
        assert session.scalars(select(KeepingRow.looked_on)).all() == [NOW.date()]


def test_what_nobody_has_decided_about_is_hidden_once_managers_say_so(own_engine: Engine, tmp_path: Path) -> None:
    search = SearchEngine(tmp_path / "index", ROOT / "seed")
    on = replace(defaults_of(SETTINGS), hide_unanswered=True)
    with Session(own_engine) as session:
        organisation_id = entry(session, "info@harbour.example")
        key, kind = str(organisation_id), TaskKind.DECIDE_ENTRY
        open_task(session, kind=kind, key=key, due_on=NOW.date(), now=NOW, organisation_id=organisation_id)
        session.commit()
    tick(own_engine, search, day(40))
    assert search.search(SearchCriteria(), day(40)).hits
    with Session(own_engine) as session:
        set_policy(session, on, seen=0, defaults=defaults_of(SETTINGS), by="test", now=NOW)
        session.commit()
    tick(own_engine, search, day(38))
    assert search.search(SearchCriteria(), day(38)).hits, "a Saturday"
    tick(own_engine, search, day(41))
    assert not search.search(SearchCriteria(), day(41)).hits
