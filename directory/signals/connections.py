"""Connections to addresses that a guard lets through, and to no other, none of which outlasts its time.

A name is resolved once, each address is judged, and the connection goes to exactly the address that was judged; TLS
still asks for the name and checks the certificate for it.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from typing import Any

import httpcore

from directory.errors import DomainError
from directory.signals.addresses import Address, literal_address

Guard = Callable[[Address, int], bool]
Resolver = Callable[[str, int], Sequence[str]]
SocketOptions = Iterable[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]]

MOST_ADDRESSES = 3
"""Of a name with many addresses only so many are tried."""


class AddressRefused(DomainError):
    """The checker does not go there: not a web address, or not a public one."""


class NameUnknown(DomainError):
    """There is no such name."""


class OutOfTime(DomainError):
    """All in all it took too long."""


def system_addresses(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the machine's resolver gives them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections, and is the only part that can; its clock runs from when it is made."""

    def __init__(self, guard: Guard, resolve: Resolver, seconds: float) -> None:
        self._guard = guard
        self._resolve = resolve
        self._deadline = time.monotonic() + seconds
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to an address of this name that the guard lets through. Raises AddressRefused or NameUnknown."""
        allowed = [address for address in self._addresses(host, port) if self._guard(address, port)]
        if not allowed:
            raise AddressRefused(host)
        allowed = sorted(dict.fromkeys(allowed), key=lambda address: address.version)[:MOST_ADDRESSES]
        for address in allowed:
            try:
                within = _left(self._deadline, timeout) / len(allowed)
                stream = self._sockets.connect_tcp(str(address), port, within, local_address, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if address == allowed[-1]:
                    raise
        raise AddressRefused(host)

    def _addresses(self, host: str, port: int) -> list[Address]:
        literal = literal_address(host)
        if literal is not None:
            return [literal]
        found = _within(lambda: self._resolve(host, port), _left(self._deadline))
        return [ip_address(address) for address in found]


class _TimedStream(httpcore.NetworkStream):
    """A connection on which nothing lasts longer than what is left of the time for all."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read."""
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write."""
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        """Close."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on encrypted, with the certificate checked for the name that was asked for."""
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)


def _left(deadline: float, most: float | None = None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutOfTime
    return left if most is None else min(left, most)


def _within(look_up: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """What `look_up` finds, waited for no longer than so many seconds. Raises NameUnknown or OutOfTime."""
    answers: SimpleQueue[Sequence[str] | None] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(look_up())
        except (OSError, UnicodeError):
            answers.put(None)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except Empty as error:
        raise OutOfTime from error
    if not found:
        raise NameUnknown
    return found
