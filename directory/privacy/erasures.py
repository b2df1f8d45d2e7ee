"""The list of erasures: a file outside the database and its backups, so that a restore does not bring anybody back."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from directory.errors import DomainError


class ErasuresUnwritable(DomainError):
    """The list of erasures cannot be written, so that nothing may be erased now."""


def list_erasures(path: Path, ids: Iterable[UUID], now: datetime) -> None:
    """Add ids to the list, on the disk before this returns. It holds no name and no address.

    It is done before the erasure is committed: whoever is listed in vain is erased by a replay, as they asked. Raises
    ErasuresUnwritable.
    """
    lines = "".join(f"{now.isoformat()} {one}\n" for one in ids)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(held, lines.encode("ascii"))
            os.fsync(held)
        finally:
            os.close(held)
    except OSError as error:
        raise ErasuresUnwritable(str(error.strerror)) from error


def listed_erasures(path: Path) -> tuple[UUID, ...]:
    """The ids that are listed, in their order; none where there is no list. A line that was cut off is left out."""
    if not path.exists():
        return ()
    found = []
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            found.append(UUID(line.rpartition(" ")[2]))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))
