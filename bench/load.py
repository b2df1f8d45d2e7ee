"""A small load generator: a few clients that ask one page after another, for a bounded time and number of pages."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from time import perf_counter

ANSWERED = b"HTTP/1.1 200 "


class NotAnswered(Exception):
    """A page was not answered with 200."""


@dataclass(frozen=True)
class Load:
    """What a load was answered: the seconds of every page, and how long it all took."""

    seconds: tuple[float, ...]
    took: float

    def __add__(self, more: "Load") -> "Load":
        return Load(self.seconds + more.seconds, self.took + more.took)

    @property
    def a_second(self) -> float:
        """Pages a second."""
        return len(self.seconds) / self.took


NO_LOAD = Load((), 0.0)


def put_load(port: int, paths: Iterator[str], *, clients: int, for_seconds: float, most: int) -> Load:
    """Ask for `paths` by so many clients at a time, until the time is over or `most` pages are answered."""
    start, lock = perf_counter(), Lock()

    def ask_on(share: int) -> list[float]:
        times: list[float] = []
        while len(times) < share and (asked := perf_counter()) - start < for_seconds:
            with lock:
                path = next(paths)
            fetch(port, path)
            times.append(perf_counter() - asked)
        return times

    with ThreadPoolExecutor(clients) as pool:
        answered = [seconds for times in pool.map(ask_on, [max(1, most // clients)] * clients) for seconds in times]
    return Load(tuple(answered), perf_counter() - start)


def fetch(port: int, path: str) -> bytes:
    """The whole answer of one page. Raises NotAnswered unless it is 200.

    Plain sockets, since the generator shares the machine with the server and must cost little.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode("ascii"))
        pieces = []
        with suppress(ConnectionResetError):
            while piece := connection.recv(262_144):
                pieces.append(piece)
    answer = b"".join(pieces)
    if not answer.startswith(ANSWERED):
        raise NotAnswered(f"{path}: {answer[:60]!r}")
    return answer
