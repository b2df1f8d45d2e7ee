"""What `flask tick` does about signs: a few websites each time, the searches once a day."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from directory.clock import LONDON
from directory.database import begin_writing
from directory.signals.duplicates import check_duplicates
from directory.signals.fetching import Fetcher, fetch
from directory.signals.numbers import check_numbers
from directory.signals.rounds import claim_day
from directory.signals.websites import Look, check_websites

log = logging.getLogger(__name__)

Job = Callable[[Session, datetime], None]
Search = Callable[[Session, datetime], int]

DAILY: tuple[tuple[str, Search], ...] = (
    ("numbers", check_numbers),
    ("duplicates", check_duplicates),
)


def looker(public_origin: str) -> Look:
    """Looks at websites, and tells them who does."""
    agent = f"HaringeySupportDirectory/1.0 (checks that listed websites still work; +{public_origin}/kept-current)"
    return partial(fetch, fetcher=Fetcher(user_agent=agent))


def signal_jobs(look: Look, *, websites: int) -> tuple[tuple[str, Job], ...]:
    """The jobs by name. `websites` is how many links one tick looks at; with 0 none ever is."""

    def look_at_websites(session: Session, now: datetime) -> None:
        check_websites(session, now, look, most=websites)

    daily = tuple((name, partial(once_a_day, name=name, search=search)) for name, search in DAILY)
    return (*((("websites", look_at_websites),) if websites else ()), *daily)


def once_a_day(session: Session, now: datetime, *, name: str, search: Search) -> None:
    """Do a search unless it was done today, here or on another machine."""
    begin_writing(session)
    if claim_day(session, name, now.astimezone(LONDON).date()):
        found = search(session, now)
        log.info("%s: %s", name, found)
