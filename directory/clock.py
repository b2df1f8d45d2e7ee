"""The only readers of the clock; everything else takes `now` as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in London, where the directory's readers are."""
    return now().astimezone(LONDON).date()
