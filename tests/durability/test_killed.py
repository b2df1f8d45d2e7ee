"""An answer that was shown as received survives whatever is killed: `SOAK=1` kills at full size."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Event

import pytest
from sqlalchemy import Engine, delete, update
from sqlalchemy.orm import Session

from directory import clock
from directory.checks.models import AnswerRow
from directory.checks.operations import record_answer
from directory.checks.rules import AnswerKind
from directory.database import Base
from directory.outbox.models import OutboxRow
from directory.people.models import PersonRow
from tests.conftest import MEASURED
from tests.durability.crowd import Crowd
from tests.durability.made import ROLE, asked_directory, check_answers_are_whole, documents, name_of
from tests.durability.site import Site, site_of
from tests.server import KEY

SOAK = bool(os.environ.get("SOAK"))
KILLS = 200 if SOAK else 4
CLIENTS = 8 if SOAK else 3
ORGANISATIONS = 5
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
    record_property(
        MEASURED,
        f"{own_engine.dialect.name}: {KILLS} kills, {CLIENTS} clients, {len(crowd.received)} answers shown as received "
        f"of {kept} kept, {crowd.pages_seen} receipts seen, {crowd.broken_off} requests broken off, "
        f"{crowd.turned_away} turned away, 0 lost, 0 half-applied, 0 doubled",
    )


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
