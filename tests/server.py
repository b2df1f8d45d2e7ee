"""The site as readers meet it: served by gunicorn on a free port, with an index and a key of its own."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import environ
from pathlib import Path
from urllib.request import urlopen

from directory import create_app
from directory.config import ROOT, Settings
from directory.web.extensions import db
from directory.web.searching import search_engine

HOST = "127.0.0.1"
KEY = "a key that only this server of the tests knows"
WORKERS = ("--worker-class", "gthread", "--threads", "4", "--workers")
"""Browsers open connections before they need them; threads keep one that says nothing from blocking the rest."""

FIRST_ANSWER_WITHIN = 60
"""Seconds; a busy machine takes some."""


@dataclass(frozen=True, slots=True)
class Server:
    """A site that is being served, and the files that it leaves behind."""

    origin: str
    log: Path
    index: Path


@contextmanager
def served(database_url: str, folder: Path) -> Iterator[Server]:
    """The site over this database; its index and its log stand in `folder`. It ends with the block."""
    index, log = folder / "index", folder / "server.log"
    with socket.create_server((HOST, 0)) as listener:  # what asks before gunicorn is ready waits in its queue
        origin = f"http://{HOST}:{listener.getsockname()[1]}"
        settings = Settings(
            secret_key=KEY,
            database_url=database_url,
            search_index=index,
            public_origin=origin,
        )
        build_index(settings)
        with log.open("wb") as output:
            process = start(settings, listener.fileno(), output.fileno())
        try:
            wait_for_the_first_answer(origin, process, log)
            yield Server(origin, log, index)
        finally:
            process.terminate()
            process.wait(timeout=30)


def start(settings: Settings, listener: int, output: int, *, workers: int = 1) -> "subprocess.Popen[bytes]":
    """Start it, at the head of a group of processes of its own."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener}", *WORKERS, str(workers), "wsgi:app"]
    variables = {
        "PATH": environ["PATH"],
        "SECRET_KEY": settings.secret_key,
        "LINK_KEYS": KEY,
        "DATABASE_URL": settings.database_url,
        "SEARCH_INDEX": str(settings.search_index),
        "PUBLIC_ORIGIN": settings.public_origin,
    }
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=variables,
        pass_fds=(listener,),
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def wait_for_the_first_answer(origin: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns when the site answers; raises at once, with what the log says, if it does not start."""
    for _ in range(FIRST_ANSWER_WITHIN):
        with suppress(TimeoutError), urlopen(f"{origin}/robots.txt", timeout=1):
            return
        if process.poll() is not None:
            break
    raise RuntimeError(log.read_text(encoding="utf-8"))


def build_index(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        search_engine().catch_up(db.session())
        db.session.remove()
        db.engine.dispose()
