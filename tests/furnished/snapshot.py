"""A database as it was: gone back to after each try, so that one try says nothing about the next."""

import re
import sqlite3
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select

from directory.web.extensions import db
from tests.web.admin.desk import Desk

Row = tuple[str, str]
"""A table, and what stands in one row of it."""
SHORTEST = 6
"""Letters of something that was said, by which it is known within a word."""
WORD = re.compile(r"[\w+/$:.@-]{10,}")


class Snapshot:
    """What a desk has in its database now. Only on SQLite, where going back takes some milliseconds."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        with desk.app.app_context():
            self._engine = db.engine
        if self._engine.dialect.name != "sqlite":
            pytest.skip("a form is the same on every database")
        self._app = desk.app
        self._tables = MetaData()
        self._tables.reflect(self._engine)
        self._live, self._kept = str(self._engine.url.database), str(folder / "kept.db")
        _copy(self._live, self._kept)
        self._before = Counter(self._rows())
        self._words = {word for _, row in self._before for word in WORD.findall(row)}

    def restore(self) -> None:
        """Go back, and have the application read anew what it has kept."""
        _copy(self._kept, self._live)
        self._app.extensions["kept_by_revision"].clear()

    def changes(self, said: Collection[str]) -> Counter[Row]:
        """The rows that are new or other than they were, and those that are gone.

        What chance and the time have made reads the same each time: any long word that was not there and was not said.
        """
        now = Counter(self._rows())
        found = Counter({(f"+{table}", self._plain(row, said)): n for (table, row), n in (now - self._before).items()})
        found.update({(f"-{table}", row): n for (table, row), n in (self._before - now).items()})
        return found

    def _rows(self) -> list[Row]:
        with self._engine.connect() as connection:
            return [
                (table.name, ", ".join(f"{name}={value}" for name, value in row._mapping.items()))
                for table in self._tables.sorted_tables
                for row in connection.execute(select(table))
            ]

    def _plain(self, row: str, said: Collection[str]) -> str:
        long = [one for one in said if len(one) >= SHORTEST]

        def word(found: re.Match[str]) -> str:
            text = found.group()
            return text if text in self._words or any(one in text for one in long) else "?"

        return WORD.sub(word, row)


def _copy(source: str, target: str) -> None:
    with sqlite3.connect(source) as held, sqlite3.connect(target) as into:
        held.backup(into)
    held.close()
    into.close()
