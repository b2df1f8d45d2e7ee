"""Measures the pages: the real site under gunicorn, each page beside a bare one with the same layout."""

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from random import Random
from typing import IO
from urllib.parse import urlencode

from bench.directories import Directory, real, rebuild
from bench.load import NO_LOAD, Load, fetch, put_load
from bench.questions import BROWSED, sentences
from bench.report import Figure, Table, p50_p95
from directory.config import ROOT
from directory.organisations.queries import public_organisations

WORKERS = 2
CLIENTS = 4
LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")
BOOTING = re.compile(r"Booting worker with pid: (\d+)")
OWN_FILES = re.compile(rb'(?:src|href)="(/static/[^"]+)"')
BARE = "bare page"


@dataclass(frozen=True)
class Site:
    """A running site: its port and its worker processes."""

    port: int
    workers: tuple[int, ...]

    def cpu_seconds(self) -> float:
        """The time that its workers have computed so far."""
        return sum(map(_cpu_seconds, self.workers))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is measured: turns of each page, and for how long and how often it is asked for in each."""

    turns: int = 3
    seconds: float = 2.0
    most: int = 3000
    warm_up: int = 100


PLAN = Plan()


@dataclass
class Measured:
    """One page under load, and asked by one client alone."""

    loaded: Load = NO_LOAD
    alone: Load = NO_LOAD
    computed: float = 0.0

    def rates(self) -> tuple[float, float]:
        """Pages a second, and the milliseconds that the server computes for one."""
        return self.loaded.a_second, self.computed * 1000 / len(self.loaded.seconds)


def measure(folder: Path, plan: Plan = PLAN) -> Iterator[Table]:
    """All tables of the pages."""
    directory = real(folder / "site")
    with directory.session() as session:
        rebuild(directory, session)
        slugs = [entry.slug for entry in public_organisations(session)]
    with serving(directory) as site:
        measured = _measure(site, _pages(slugs), plan)
        weight = Figure("home page with its own files", _weight(site, "/"), _weight(site, "/bare"))
    bare = measured.pop(BARE)
    title = f"Pages: real directory, {len(slugs)} organisations, {WORKERS} gunicorn workers, {CLIENTS} clients"
    rates = [Figure(what, page.rates(), bare.rates()) for what, page in measured.items()]
    yield Table(title, "bare", ("a second", "CPU ms"), tuple(rates))
    loaded = [_latency(f"{what}, under load", page.loaded, bare.loaded) for what, page in measured.items()]
    alone = [_latency(f"{what}, one client", page.alone, bare.alone) for what, page in measured.items()]
    yield Table("Latency of the same pages", "bare", ("p50 ms", "p95 ms"), (*loaded, *alone))
    yield Table("Over the wire, first visit", "bare", ("requests", "KB", "KB gzipped"), (weight,))


@contextmanager
def serving(directory: Directory) -> Iterator[Site]:
    """The site of a directory under gunicorn, on a free port of this machine."""
    environment = {
        **os.environ,
        "SECRET_KEY": "only-for-measuring-and-known-to-all-of-us",
        "LINK_KEYS": "only-for-measuring-and-known-to-all-of-us",
        "DATABASE_URL": directory.url,
        "SEARCH_INDEX": str(directory.index),
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "--workers", str(WORKERS)]
    command.append("bench.server:create()")
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield _started(server.stderr)
        finally:
            server.terminate()
            server.communicate()


def _started(said: IO[str] | None) -> Site:
    """The site, once all its workers are there."""
    port, workers, heard = 0, [], []
    for line in said or ():
        heard.append(line)
        if match := LISTENING.search(line):
            port = int(match[1])
        if match := BOOTING.search(line):
            workers.append(int(match[1]))
        if len(workers) == WORKERS:
            return Site(port, tuple(workers))
    raise RuntimeError("gunicorn did not start:\n" + "".join(heard))


def _pages(slugs: list[str]) -> dict[str, Iterator[str]]:
    """The addresses of each kind of page."""
    told = sentences(2)
    return {
        BARE: cycle(["/bare"]),
        "results, every question another": (f"/search?{urlencode({'q': next(told)})}" for _ in count()),
        "results by filters alone": cycle([f"/search?{urlencode(chosen, doseq=True)}" for chosen in BROWSED]),
        "entry": cycle(Random(1).sample([f"/organisations/{slug}" for slug in slugs], len(slugs))),
        "home": cycle(["/"]),
    }


def _measure(site: Site, pages: dict[str, Iterator[str]], plan: Plan) -> dict[str, Measured]:
    """Every page by turns, so that what else the machine does hits all of them."""
    measured = {what: Measured() for what in pages}
    for paths in pages.values():
        put_load(site.port, paths, clients=CLIENTS, for_seconds=30, most=plan.warm_up)
    for _ in range(plan.turns):
        for what, paths in pages.items():
            page, before = measured[what], site.cpu_seconds()
            page.loaded += put_load(site.port, paths, clients=CLIENTS, for_seconds=plan.seconds, most=plan.most)
            page.computed += site.cpu_seconds() - before
            page.alone += put_load(site.port, paths, clients=1, for_seconds=plan.seconds / 3, most=plan.most)
    return measured


def _latency(what: str, page: Load, bare: Load) -> Figure:
    return Figure(what, p50_p95(page.seconds), p50_p95(bare.seconds))


def _weight(site: Site, path: str) -> tuple[float, float, float]:
    """Requests and bytes of a first visit: the page, and every file of ours that it names."""
    answers = [fetch(site.port, path)]
    files = sorted(set(OWN_FILES.findall(answers[0])))
    answers += [fetch(site.port, file.decode("ascii")) for file in files]
    bodies = [answer.partition(b"\r\n\r\n")[2] for answer in answers]
    return len(bodies), sum(map(len, bodies)) / 1024, sum(len(gzip.compress(body)) for body in bodies) / 1024


def _cpu_seconds(process: int) -> float:
    """The time that a process has computed so far, for itself and for the system's work on its behalf."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
