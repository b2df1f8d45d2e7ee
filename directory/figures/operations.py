"""Keeping what was counted. Nothing here commits."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from directory.figures.asked import Count
from directory.figures.models import SearchCountRow

_KEY = ("day", "asked_by", "facet", "code")


def keep_counts(session: Session, counts: Mapping[Count, int]) -> None:
    """Add counts to the rows of their days; what several processes add is the sum."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for count, number in counts.items():
        key = (count.day, count.wish.by, count.wish.facet, count.wish.code)
        row = rows.setdefault(key, {**dict(zip(_KEY, key, strict=True)), "searches": 0, "in_vain": 0})
        row["searches"] += number
        row["in_vain"] += number if count.nothing else 0
    if not rows:
        return
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(SearchCountRow)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=_KEY,
            set_={
                "searches": SearchCountRow.searches + insert.excluded.searches,
                "in_vain": SearchCountRow.in_vain + insert.excluded.in_vain,
            },
        ),
        [rows[key] for key in sorted(rows)],  # in one order, so that no two processes wait for each other
    )
