"""Looks at the links of public entries: weekly, daily while one fails; three failing days make a task."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.clock import LONDON
from directory.database import begin_writing
from directory.organisations.rules import State
from directory.signals.fetching import Fetched
from directory.signals.models import WebsiteCheckRow
from directory.signals.queries import known_organisations
from directory.signals.rules import FAILURES_FOR_A_TASK, failing_days, is_due
from directory.tasks.operations import open_task
from directory.tasks.queries import last_finished
from directory.tasks.rules import TaskKind

Look = Callable[[str], Fetched]
AT_ONCE = 8
"""Websites that are looked at side by side."""


@dataclass(frozen=True, slots=True)
class DueLinks:
    """Links to look at, a link that was fine last time, and links that no entry has any more."""

    urls: tuple[str, ...]
    witness: str
    gone: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """How links answered, and those that no entry has any more."""

    found: Mapping[str, Fetched]
    gone: tuple[tuple[UUID, str], ...]


def check_websites(session: Session, now: datetime, look: Look, *, most: int) -> Mapping[str, Fetched]:
    """Look at the links that are due, at most so many, and record how they answered; returns that."""
    seen = look_at_due(session, now, look, most=most)
    begin_writing(session)
    record_looks(session, seen, now)
    return seen.found


def look_at_due(session: Session, now: datetime, look: Look, *, most: int) -> Seen:
    """Look at the links that are due, and record nothing. The database is let go before websites are waited for.

    If nothing at all is heard, not even from a link that was fine last time, our own line is cut: nothing was seen.
    """
    due = due_links(session, now, most)
    session.rollback()  # ends the read
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = dict(zip(due.urls, pool.map(look, due.urls), strict=True))
    if _is_silence(found.values()) and (not due.witness or look(due.witness).status.is_silence):
        return Seen({}, due.gone)
    return Seen(found, due.gone)


def due_links(session: Session, now: datetime, most: int) -> DueLinks:
    """What is to be looked at: never seen first, then the longest not seen."""
    rows = {(row.organisation_id, row.url): row for row in session.scalars(select(WebsiteCheckRow))}
    linked = _links(session)
    due: dict[str, str] = {}
    for organisation_id, url in linked:
        row = rows.get((organisation_id, url))
        if row is None:
            due[url] = ""
        elif is_due(row.last_at, row.status, now):
            due.setdefault(url, row.last_at.isoformat())
    urls = tuple(sorted(due, key=lambda url: (due[url], url))[:most])
    fine = [(row.last_at, url) for (_, url), row in rows.items() if not row.status.is_failure and url not in urls]
    gone = tuple(sorted(set(rows) - set(linked), key=str))
    return DueLinks(urls, max(fine)[1] if fine else "", gone)


def record_looks(session: Session, seen: Seen, now: datetime) -> None:
    """Keep how each link answered, for every public entry that has it, and open the tasks that follow."""
    for organisation_id, url in _links(session):
        if url in seen.found:
            _record(session, organisation_id, url, seen.found[url], now)
    for organisation_id, url in seen.gone:
        session.execute(delete(WebsiteCheckRow).filter_by(organisation_id=organisation_id, url=url))


def _record(session: Session, organisation_id: UUID, url: str, fetched: Fetched, now: datetime) -> None:
    today = now.astimezone(LONDON).date()
    row = session.get(WebsiteCheckRow, (organisation_id, url), with_for_update=True)
    if row is None:
        row = WebsiteCheckRow(organisation_id=organisation_id, url=url, failed_on=[], moved_to="")
        session.add(row)
    row.last_at, row.status = now, fetched.status
    if fetched.moved_to or not fetched.status.is_failure:
        row.moved_to = fetched.moved_to  # what is silent today may have said yesterday where it was going
    key = f"{organisation_id} {url}"
    done = last_finished(session, TaskKind.WEBSITE_FAILING, key)
    seen = done.done_at.astimezone(LONDON).date().isoformat() if done and done.done_at else ""
    row.failed_on = failing_days((day for day in row.failed_on if day > seen), fetched.status, today)
    if len(row.failed_on) >= FAILURES_FOR_A_TASK:
        open_task(
            session,
            kind=TaskKind.WEBSITE_FAILING,
            key=key,
            due_on=today,
            now=now,
            organisation_id=organisation_id,
            url=url,
            status=fetched.status.value,
            moved_to=row.moved_to,
            failing_since=row.failed_on[0],
        )


def _links(session: Session) -> Sequence[tuple[UUID, str]]:
    return [
        (known.id, url) for known in known_organisations(session) if known.state is State.PUBLIC for url in known.links
    ]


def _is_silence(found: Collection[Fetched]) -> bool:
    return bool(found) and all(fetched.status.is_silence for fetched in found)
