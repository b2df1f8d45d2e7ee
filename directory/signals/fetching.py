"""Fetches one public web page, and can reach nothing else.

All of it ends in time: looking up names, redirects, headers, body. The body is read as it comes and never unpacked.
"""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import Self

import httpcore
import httpx

from directory.errors import DomainError
from directory.signals.addresses import is_public_website
from directory.signals.connections import (
    AddressRefused,
    Guard,
    GuardedBackend,
    NameUnknown,
    OutOfTime,
    Resolver,
    system_addresses,
)
from directory.signals.rules import WebsiteStatus

SCHEMES = frozenset({"http", "https"})
PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
RESTRICTED = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.NOT_ACCEPTABLE,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
    }
)
LONGEST_ADDRESS = 2000
FAULTS = (
    DomainError,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    OSError,
    ValueError,
)


@lru_cache(maxsize=1)
def _system_certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """How websites are looked at. The defaults are right for use; tests let it reach one port of their own."""

    user_agent: str
    guard: Guard = is_public_website
    resolve: Resolver = system_addresses
    tls: ssl.SSLContext = field(default_factory=_system_certificates)
    seconds: float = 10
    most_bytes: int = 64 * 1024
    most_redirects: int = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of it: how the website answered, and where it says that it has moved for good, if it does."""

    status: WebsiteStatus
    moved_to: str = ""


def fetch(url: str, fetcher: Fetcher) -> Fetched:
    """Look at a website. Raises nothing: whatever goes wrong is an answer too."""
    moved_to, for_good = "", True
    try:
        with _Looking(fetcher) as looking:
            for _ in range(fetcher.most_redirects + 1):
                status, next_url = looking.at(url)
                if not next_url:
                    return Fetched(_meaning(status), moved_to)
                for_good = for_good and status in PERMANENT
                if for_good and len(next_url) <= LONGEST_ADDRESS:
                    moved_to = next_url
                url = next_url
    except FAULTS as error:
        return Fetched(_fault(error))
    return Fetched(WebsiteStatus.TOO_MANY_REDIRECTS)


class _Looking:
    """One look at one website, redirects included; the clock runs from its beginning."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        backend = GuardedBackend(fetcher.guard, fetcher.resolve, fetcher.seconds)
        self._client = httpx.Client(
            transport=_Transport(httpcore.ConnectionPool(ssl_context=fetcher.tls, network_backend=backend)),
            headers={"User-Agent": fetcher.user_agent, "Accept": "text/html, */*;q=0.5", "Accept-Encoding": "identity"},
            follow_redirects=False,
            trust_env=False,
            timeout=fetcher.seconds,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def at(self, url: str) -> tuple[int, str]:
        """The status of the answer, and where it leads on to, if it does."""
        _check(url)
        with self._client.stream("GET", url) as answer:
            if answer.next_request is not None:
                return answer.status_code, str(answer.next_request.url)
            taken = 0
            for piece in answer.iter_raw():  # as it comes, never unpacked: a small bomb stays small
                taken += len(piece)
                if taken >= self._fetcher.most_bytes:
                    break
            return answer.status_code, ""


class _Transport(httpx.BaseTransport):
    """Lets httpx send through a pool whose connections are guarded."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request without a body."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer, piece by piece."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        """Give the connection back."""
        self._answer.close()


def _check(url: str) -> None:
    """Raise AddressRefused for what is no plain web address, before any name is looked up."""
    parts = httpx.URL(url)
    if parts.scheme not in SCHEMES or not parts.host or parts.userinfo:
        raise AddressRefused(url)


def _meaning(status: int) -> WebsiteStatus:
    if status in RESTRICTED:
        return WebsiteStatus.RESTRICTED
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return WebsiteStatus.SERVER_ERROR
    return WebsiteStatus.NOT_FOUND if status >= HTTPStatus.BAD_REQUEST else WebsiteStatus.FINE


def _fault(error: Exception) -> WebsiteStatus:
    """What an error says about the website."""
    if isinstance(error, AddressRefused | httpx.InvalidURL | httpx.UnsupportedProtocol | ValueError):
        return WebsiteStatus.REFUSED
    if isinstance(error, NameUnknown):
        return WebsiteStatus.NO_NAME
    if isinstance(error, OutOfTime | httpcore.TimeoutException | httpx.TimeoutException):
        return WebsiteStatus.TOO_SLOW
    if any(isinstance(cause, ssl.SSLError) for cause in (error, error.__cause__, error.__context__)):
        return WebsiteStatus.BAD_CERTIFICATE
    return WebsiteStatus.NO_ANSWER
