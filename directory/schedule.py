"""The jobs of one `flask tick`, in order, each in a transaction of its own; one failing does not stop the rest."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from directory.changes.late import open_late_tasks
from directory.checks.keeping import day_of
from directory.checks.ladder import ladder_of
from directory.checks.operations import do_part
from directory.config import Settings
from directory.database import begin_writing
from directory.figures.digest import send_digests
from directory.listing.undecided import hide_undecided
from directory.policy.defaults import defaults_of
from directory.policy.queries import current_policy
from directory.privacy.nightly import keep_no_longer
from directory.search.engine import SearchEngine
from directory.signals.rounds import claim_day
from directory.tasks.working_days import is_working_time

log = logging.getLogger(__name__)

Job = Callable[[Session, datetime], None]


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs by name, in the order in which they are done."""

    named: Sequence[tuple[str, Job]]

    def run(self, session: Session, now: datetime) -> tuple[str, ...]:
        """Do every job, committing after each; the names of those that failed, which are logged."""
        failed = []
        for name, job in self.named:
            try:
                job(session, now)
                session.commit()
            except Exception:  # whatever is wrong with one job, the others are due too
                session.rollback()
                log.exception("job failed: %s", name)
                failed.append(name)
        return tuple(failed)


def jobs(search: SearchEngine, settings: Settings, more: Sequence[tuple[str, Job]] = ()) -> Jobs:
    """What is to be done regularly; `more` are the jobs that need something from outside, such as the internet."""

    def catch_up(session: Session, _now: datetime) -> None:
        search.catch_up(session)

    own = (
        ("checks", partial(_checks, settings=settings)),
        ("late changes", _late_changes),
        ("weekly mail", partial(_weekly_mail, settings=settings)),
        ("undecided entries", partial(_undecided_entries, settings=settings)),
        ("search index", catch_up),
        ("keeping", partial(_keeping, settings=settings)),
    )
    return Jobs((*own, *more))


def _checks(session: Session, now: datetime, *, settings: Settings) -> None:
    """Ask, remind and mark, a part at a time, so that those who answer meanwhile need not wait."""
    policy = current_policy(session, defaults_of(settings))
    ladder, is_done = ladder_of(policy, at_any_time=settings.development), False
    while not is_done:
        begin_writing(session)
        is_done = do_part(session, now, ladder=ladder).is_done
        session.commit()


def _weekly_mail(session: Session, now: datetime, *, settings: Settings) -> None:
    begin_writing(session)
    send_digests(session, now, at_any_time=settings.development)


def _late_changes(session: Session, now: datetime) -> None:
    begin_writing(session)
    open_late_tasks(session, now)


def _undecided_entries(session: Session, now: datetime, *, settings: Settings) -> None:
    """Hide what nobody has decided about, if managers have turned that on: once on a working day."""
    policy = current_policy(session, defaults_of(settings))
    if not policy.hide_unanswered or not is_working_time(now):
        return
    begin_writing(session)
    if claim_day(session, "undecided", day_of(now)):
        done = hide_undecided(session, now, policy)
        log.info("undecided entries: %s hidden, %s asked about", len(done.hidden), len(done.asked))


def _keeping(session: Session, now: datetime, *, settings: Settings) -> None:
    begin_writing(session)
    keep_no_longer(session, now, current_policy(session, defaults_of(settings)))
