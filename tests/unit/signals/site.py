"""A website of a test's own: a real server on this machine that counts who connects, and behaves as the test says."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket, str, threading.Event], None]


@dataclass
class Site:
    """Where it is, how many have connected, and the first lines and Host headers of what they asked."""

    host: str
    port: int
    connections: int = 0
    asked: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", *, host: str = "", scheme: str = "http") -> str:
        return f"{scheme}://{host or self.host}:{self.port}{path}"


def answers(status: str = "200 OK", body: bytes = b"hello", **headers: str) -> Behaviour:
    """Answers every request the same way."""
    named = {"Content-Length": str(len(body)), "Connection": "close", **headers}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())

    def behave(connection: socket.socket, _path: str, _ending: threading.Event) -> None:
        connection.sendall(f"{head}\r\n".encode() + body)

    return behave


@contextmanager
def site(
    behave: Behaviour, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    """A site that behaves so until the block ends."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        made = Site(host, listener.getsockname()[1])
        listener.settimeout(0.05)
        threads = [threading.Thread(target=_serve, args=(listener, made, behave, tls))]
        threads[0].start()
        try:
            yield made
        finally:
            made.ending.set()
            threads[0].join()


def _serve(listener: socket.socket, made: Site, behave: Behaviour, tls: ssl.SSLContext | None) -> None:
    while not made.ending.is_set():
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        made.connections += 1
        connection.settimeout(5)
        try:
            if tls is not None:
                connection = tls.wrap_socket(connection, server_side=True)
            _answer(connection, made, behave)
        except OSError:
            pass  # the visitor has gone, which is what many tests want
        finally:
            connection.close()


def _answer(connection: socket.socket, made: Site, behave: Behaviour) -> None:
    text = b""
    while b"\r\n\r\n" not in text:
        piece = connection.recv(4096)
        if not piece:
            return
        text += piece
    made.requests.append(text.decode())
    path = text.decode().split(" ")[1]
    made.asked.append(path)
    behave(connection, path, made.ending)
