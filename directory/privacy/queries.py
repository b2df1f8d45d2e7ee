"""Reading what was deleted when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.privacy.models import RetentionRow

LATELY = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRun:
    """When a rule was last applied, with what result, and how much it has removed within a year."""

    at: datetime
    removed: int | None
    """None if it failed."""
    in_a_year: int


def last_runs(session: Session, today: date) -> Mapping[str, RetentionRun]:
    """The last run of each rule that was ever applied, by the rule's name."""
    lately = select(
        RetentionRow.rule,
        func.max(RetentionRow.day).label("day"),
        func.coalesce(func.sum(RetentionRow.removed).filter(RetentionRow.day > today - LATELY), 0).label("removed"),
    ).group_by(RetentionRow.rule)
    sums = lately.subquery()
    found = session.execute(
        select(RetentionRow.rule, RetentionRow.at, RetentionRow.removed, sums.c.removed.label("in_a_year"))
        .join(sums, (sums.c.rule == RetentionRow.rule) & (sums.c.day == RetentionRow.day))
        .order_by(RetentionRow.rule)
    )
    return {row.rule: RetentionRun(at=row.at, removed=row.removed, in_a_year=row.in_a_year) for row in found}
