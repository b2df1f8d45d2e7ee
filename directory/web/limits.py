"""How often one address may send something in a while, counted in memory under a hash that nobody can turn back.

Our own few lines, and not an extension: those keep the address itself as the key, or need a store beside the process,
and what is needed is one number. Each process counts for itself; what makes work for officers is bounded in the
database as well (`signals.rules`), and so is guessing what officers sign in with (`accounts.signing_in`).
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from ipaddress import ip_address
from typing import cast

from flask import Flask, current_app, request

from directory import clock

MOST_AN_HOUR = 20
"""An office or a library may share one address."""
MOST_TRIES, TRIES_PERIOD = 10, timedelta(minutes=5)
"""Tries to sign in, of browsers that have not signed in before."""
MOST_KEPT = 50_000
_FORMS, _SIGN_IN = "hourly_limit", "sign_in_limit"


@dataclass
class Limit:
    """Counts until the period ends; then it forgets, and hashes with a new salt."""

    most: int = MOST_AN_HOUR
    period: timedelta = timedelta(hours=1)
    _number: int = -1
    _salt: bytes = b""
    _counts: dict[bytes, int] = field(default_factory=dict)

    def allows(self, address: str, now: datetime) -> bool:
        """Count one more for this address; whether it is still within the limit."""
        number = int(now.timestamp() // self.period.total_seconds())
        if number != self._number or len(self._counts) >= MOST_KEPT:
            self._number, self._salt = number, secrets.token_bytes(32)
            self._counts.clear()
        key = blake2b(_network(address).encode(), key=self._salt, digest_size=16).digest()
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key] <= self.most


def init_limits(app: Flask) -> None:
    """Give the application its counts."""
    app.extensions[_FORMS] = Limit()
    app.extensions[_SIGN_IN] = Limit(MOST_TRIES, TRIES_PERIOD)


def may_send() -> bool:
    """Whether whoever asks may send one more form this hour."""
    return _allows(_FORMS)


def may_try_to_sign_in() -> bool:
    """Whether whoever asks may try once more in these five minutes."""
    return _allows(_SIGN_IN)


def _allows(store: str) -> bool:
    limit = cast(Limit, current_app.extensions[store])
    return limit.allows(request.remote_addr or "", clock.now())


def _network(address: str) -> str:
    """What one household or office has: an IPv4 address, or an IPv6 network."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return parsed.exploded[:19] if parsed.version == 6 else str(parsed)  # noqa: PLR2004 - the first four groups
