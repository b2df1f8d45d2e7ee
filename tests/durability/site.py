"""The real site under gunicorn, which may be killed at any moment and started again on the same port."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from directory.config import Settings
from tests.server import FIRST_ANSWER_WITHIN, HOST, KEY, build_index, start, wait_for_the_first_answer

WORKERS = 2
BOOTING = re.compile(r"Booting worker with pid: (\d+)")


class Site:
    """A site with two workers. Its socket is held here, so that whoever asks while nothing runs waits."""

    def __init__(self, settings: Settings, listener: socket.socket, log: Path) -> None:
        self.settings, self.origin = settings, settings.public_origin
        self._listener, self._log = listener, log
        self._killed: set[int] = set()
        self._process = self._started()

    def workers(self) -> list[int]:
        """The workers that run, as far as known."""
        said = map(int, BOOTING.findall(self._log.read_text(encoding="utf-8")))
        return [pid for pid in said if pid not in self._killed and self._is_ours(pid)]

    def all_workers(self) -> list[int]:
        """The workers once all of them run: the first may answer before another one is there."""
        for _ in range(FIRST_ANSWER_WITHIN * 10):
            if len(workers := self.workers()) == WORKERS:
                return workers
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=0.1)
        raise RuntimeError(self._log.read_text(encoding="utf-8"))

    def kill_worker(self, pid: int) -> None:
        """Kill a worker; gunicorn starts another one."""
        self._killed.add(pid)
        os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        """Kill all of it at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def start_again(self) -> None:
        """Start it after it was killed."""
        self._process = self._started()

    def stop(self) -> None:
        """End it as one does."""
        self._process.terminate()
        self._process.wait(timeout=60)

    def _started(self) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as output:
            process = start(self.settings, self._listener.fileno(), output.fileno(), workers=WORKERS)
        wait_for_the_first_answer(self.origin, process, self._log)
        return process

    def _is_ours(self, pid: int) -> bool:
        """Whether a process of this number is still one of this site: numbers are given out again."""
        with suppress(ProcessLookupError):
            return os.getpgid(pid) == self._process.pid
        return False


@contextmanager
def site_of(database_url: str, folder: Path) -> Iterator[Site]:
    """A site over this database, with its index and its log in `folder`."""
    with socket.create_server((HOST, 0)) as listener:
        settings = Settings(
            secret_key=KEY,
            link_keys=(KEY,),
            database_url=database_url,
            search_index=folder / "index",
            public_origin=f"http://{HOST}:{listener.getsockname()[1]}",
        )
        build_index(settings)
        site = Site(settings, listener, folder / "server.log")
        try:
            yield site
        finally:
            site.stop()
