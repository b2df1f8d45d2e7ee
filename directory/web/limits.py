"""How often one address may send a form within an hour, counted in memory under a hash that nobody can turn back.

Our own few lines, and not an extension: those keep the address itself as the key, or need a store beside the process,
and what is needed is one number. Each process counts for itself; what makes work for officers is bounded in the
database as well (`signals.rules`).
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from ipaddress import ip_address
from typing import cast

from flask import Flask, current_app, request

from directory import clock

MOST_AN_HOUR = 20
"""An office or a library may share one address."""
MOST_KEPT = 50_000
_STORE = "hourly_limit"


@dataclass
class HourlyLimit:
    """Counts until the hour ends; then it forgets, and hashes with a new salt."""

    most: int = MOST_AN_HOUR
    _hour: str = ""
    _salt: bytes = b""
    _counts: dict[bytes, int] = field(default_factory=dict)

    def allows(self, address: str, now: datetime) -> bool:
        """Count one more for this address; whether it is still within the limit."""
        hour = f"{now:%Y-%m-%d %H}"
        if hour != self._hour or len(self._counts) >= MOST_KEPT:
            self._hour, self._salt = hour, secrets.token_bytes(32)
            self._counts.clear()
        key = blake2b(_network(address).encode(), key=self._salt, digest_size=16).digest()
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key] <= self.most


def init_limits(app: Flask) -> None:
    """Give the application its count."""
    app.extensions[_STORE] = HourlyLimit()


def may_send() -> bool:
    """Whether whoever asks may send one more form this hour."""
    limit = cast(HourlyLimit, current_app.extensions[_STORE])
    return limit.allows(request.remote_addr or "", clock.now())


def _network(address: str) -> str:
    """What one household or office has: an IPv4 address, or an IPv6 network."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return parsed.exploded[:19] if parsed.version == 6 else str(parsed)  # noqa: PLR2004 - the first four groups
