"""Measures the search: how fast it answers, how soon it knows of a change, what it costs to keep."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, perf_counter, thread_time

from sqlalchemy.orm import Session

from bench.directories import NOW, Directory, imagined, real, rebuild
from bench.fts5 import Fts5
from bench.made_up import SEED
from bench.questions import by_kind
from bench.report import Figure, Table, p50_p95
from directory.config import ROOT
from directory.organisations.operations import publish
from directory.organisations.queries import PublicOrganisation, public_organisation, public_organisations
from directory.search.criteria import SearchCriteria
from directory.search.documents import documents
from directory.search.engine import SearchEngine, rest
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import Taxonomy


class NotFound(Exception):
    """A change was not found by the search."""


LATENCY = ("p50 ms", "p95 ms", "CPU p95 ms")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is measured on one directory. Without `services` it is the real one."""

    services: int = 0
    sentences: int = 40
    rounds: int = 3
    changes: int = 5
    minutes: int = 3


PLANS = (Plan(rounds=5), Plan(services=500), Plan(services=5000, sentences=15, rounds=1, changes=2, minutes=2))


def measure(folder: Path, plans: Iterable[Plan] = PLANS) -> Iterator[Table]:
    """All tables of the search."""
    for plan in plans:
        own = folder / str(plan.services)
        yield from _measure(imagined(own, plan.services) if plan.services else real(own), plan)


def _measure(directory: Directory, plan: Plan) -> Iterator[Table]:
    with directory.session() as session:
        built = rebuild(directory, session)
        entries = public_organisations(session)
        count, changed = len(entries), entries[len(entries) // 2]
        services = sum(len(entry.details.services) for entry in entries)
        del entries  # what only the measuring knows must not weigh on the search
        session.expunge_all()
        session.rollback()
        engine = SearchEngine(directory.index, SEED, rest)
        peer = directory.peer(engine.index.state())
        name = f"{'made-up' if plan.services else 'real'} directory, {count:,} organisations, {services:,} services"
        yield Table(f"Search: {name}; warm", peer.name, LATENCY, tuple(_latencies(engine, peer, plan)))
        start, memory = _processes(directory)
        changes = tuple(_changes(session, engine, peer, changed, plan.changes))
        keeping = (
            Figure("rebuild from the database, s", built[:1], built[1:]),
            Figure("start of a process to its first answer, s", start[:1], start[1:]),
            Figure("memory of a process, MB", memory[:1], memory[1:]),
            *changes,
        )
        yield Table(f"Keeping it: {name}", peer.name, ("value",), keeping)
        peer.close()


def _latencies(engine: SearchEngine, peer: Fts5, plan: Plan) -> Iterator[Figure]:
    asked = by_kind(plan.sentences)
    everything = [criteria for questions in asked.values() for criteria in questions]
    _ask(engine, peer, everything[::5], 1, NOW)  # opens everything
    all_of_them = Times()
    for kind, questions in asked.items():
        times = _ask(engine, peer, questions, plan.rounds, NOW)
        all_of_them.add(times)
        yield times.figure(kind)
    yield all_of_them.figure("all of them")
    first = Times()
    for n in range(1, plan.minutes + 1):
        first.add(_ask(engine, peer, everything[:1], 1, NOW + timedelta(minutes=n)))
    yield first.figure("first of a minute (who is open)")


@dataclass(frozen=True)
class Times:
    """The seconds of answers, ours and the peer's, as they passed and as they were computed."""

    ours: list[tuple[float, float]] = field(default_factory=list)
    theirs: list[tuple[float, float]] = field(default_factory=list)

    def add(self, more: "Times") -> None:
        """Take these in too."""
        self.ours.extend(more.ours)
        self.theirs.extend(more.theirs)

    def figure(self, what: str) -> Figure:
        """The percentiles of both."""
        return Figure(what, *(_percentiles(times) for times in (self.ours, self.theirs)))


def _percentiles(times: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    passed, computed = zip(*times, strict=True)
    return *p50_p95(passed), p50_p95(computed)[1]


def _ask(engine: SearchEngine, peer: Fts5, questions: Sequence[SearchCriteria], rounds: int, now: datetime) -> Times:
    """Time every answer, ours and the peer's by turns, so that what else the machine does hits both."""
    times = Times()
    for _ in range(rounds):
        for criteria in questions:
            times.ours.append(_timed(lambda criteria=criteria: engine.search(criteria, now)))
            times.theirs.append(_timed(lambda criteria=criteria: peer.search(criteria)))
    return times


def _changes(
    session: Session, engine: SearchEngine, peer: Fts5, entry: PublicOrganisation, changes: int
) -> Iterator[Figure]:
    """How long it takes until an approved change is found, without and with its own transaction."""
    published, ours, theirs = [], [], []
    taxonomy = load_taxonomy(session)
    for n in range(changes):
        word = f"quillormere{'abcdefghij'[n % 10]}"
        asked = SearchCriteria(words=word, literal=True)
        published.append(_timed(lambda word=word: _approve(session, entry, word))[0])
        ours.append(_timed(lambda asked=asked: _catch_up(session, engine, asked, entry.slug))[0])
        theirs.append(_timed(lambda asked=asked: _catch_up_peer(session, peer, asked, entry, taxonomy))[0])
    yield _median("a change found, after its commit, ms", ours, theirs)
    yield _median("a change published and found, ms", *(_sums(published, times) for times in (ours, theirs)))


def _catch_up(session: Session, engine: SearchEngine, asked: SearchCriteria, slug: str) -> None:
    engine.catch_up(session)
    found = engine.search(asked, NOW)
    session.rollback()
    if slug not in [hit.slug for hit in found.hits]:
        raise NotFound(asked.words)


def _catch_up_peer(
    session: Session, peer: Fts5, asked: SearchCriteria, entry: PublicOrganisation, taxonomy: Taxonomy
) -> None:
    peer.replace(str(entry.id), documents(public_organisation(session, entry.slug), taxonomy))
    session.rollback()
    if not peer.search(asked).total:
        raise NotFound(asked.words)


def _approve(session: Session, entry: PublicOrganisation, word: str) -> None:
    details = replace(entry.details, description=f"{entry.details.description} {word}")
    publish(session, entry.id, details, by="bench", why="measured", now=NOW)
    session.commit()


def _processes(directory: Directory) -> tuple[tuple[float, float], tuple[float, float]]:
    """Seconds to the first answer and megabytes of a new process, ours and the peer's."""
    start, memory = zip(*(_process(directory, which) for which in ("ours", "peer")), strict=True)
    return start, memory


def _process(directory: Directory, which: str) -> tuple[float, float]:
    started = monotonic()
    command = [sys.executable, "-m", "bench.first_answer", which, str(directory.folder)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)
    told = json.loads(said.stdout)
    return told["answered"] - started, told["megabytes"]


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """The seconds that passed, and those that this thread computed."""
    start, computed = perf_counter(), thread_time()
    act()
    return perf_counter() - start, thread_time() - computed


def _sums(*columns: Iterable[float]) -> list[float]:
    return [sum(values) for values in zip(*columns, strict=True)]


def _median(what: str, ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    return Figure(what, p50_p95(ours)[:1], p50_p95(theirs)[:1])
