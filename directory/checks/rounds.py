"""A round of everything due: each entry takes the one step whose day has come. Nothing here commits."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.checks.cases import Case, due_cases
from directory.checks.keeping import day_of, enrol, set_next_after
from directory.checks.mailing import KINDS, send_waiting
from directory.checks.models import CheckMailRow, CheckRow, CheckStepRow, ContactRow, KeepingRow
from directory.checks.queries import served
from directory.checks.rules import CheckOutcome, Ladder, Step, Way, default_period, step_due
from directory.directory_revision import lock_directory
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import mark_overdue
from directory.organisations.rules import State
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind
from directory.tasks.working_days import is_working_time

PART = 200
"""Entries in one part of a round, so that others can write between two parts."""
TASKS = {
    Step.FIND_KEEPER: TaskKind.FIND_KEEPER,
    Step.RING: TaskKind.RING,
    Step.RING_AGAIN: TaskKind.RING_AGAIN,
    Step.CHECK_SOURCE: TaskKind.CHECK_SOURCE,
    Step.CHECK_SOURCE_AGAIN: TaskKind.CHECK_SOURCE,
    Step.DECIDE: TaskKind.DECIDE_ENTRY,
}
FINDING = frozenset({TaskKind.FIND_KEEPER, TaskKind.BOUNCED, TaskKind.WRONG_PERSON})
"""Tasks that have somebody ring the organisation anyway: while one is open, there is none to ring it besides."""


@dataclass(slots=True)
class RoundReport:
    """What a round did."""

    enrolled: int = 0
    looked_at: int = 0
    mails: int = 0
    steps: Counter[Step] = field(default_factory=Counter)
    is_done: bool = False
    """Whether nothing is left to do."""

    def add(self, more: "RoundReport") -> None:
        """Count another part in."""
        self.enrolled += more.enrolled
        self.looked_at += more.looked_at
        self.mails += more.mails
        self.steps.update(more.steps)
        self.is_done = more.is_done


def do_round(session: Session, now: datetime, *, ladder: Ladder) -> RoundReport:
    """Do everything due, part by part, in the caller's transaction."""
    report = RoundReport()
    while not report.is_done:
        report.add(do_part(session, now, ladder=ladder))
    return report


def do_part(session: Session, now: datetime, *, ladder: Ladder, most: int = PART) -> RoundReport:
    """Do a part of what is due: enrol entries, take steps, send mails, of each at most so many.

    Steps fall on working days from 9 to 17. Several machines may do this at once: they wait for each other.
    """
    lock_directory(session)
    report = RoundReport(enrolled=_enrol_some(session, now, ladder, most))
    if ladder.at_any_time or is_working_time(now):
        cases = due_cases(session, day_of(now), most)
        report.looked_at = len(cases)
        if cases:
            _Stepping(session, now, ladder, report).take(cases)
        report.mails = send_waiting(session, now, ladder, most)
    report.is_done = max(report.enrolled, report.looked_at, report.mails) < most
    return report


def _enrol_some(session: Session, now: datetime, ladder: Ladder, most: int) -> int:
    """Begin to keep entries that have become public."""
    new = session.scalars(
        select(OrganisationRow.id)
        .outerjoin(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)
        .where(OrganisationRow.state == State.PUBLIC, KeepingRow.organisation_id.is_(None))
        .order_by(OrganisationRow.id)
        .limit(most)
    ).all()
    enrol(session, new, now, ladder)
    return len(new)


class _Stepping:
    """Takes the steps of some cases at one moment."""

    def __init__(self, session: Session, now: datetime, ladder: Ladder, report: RoundReport) -> None:
        self.session, self.now, self.ladder, self.report = session, now, ladder, report
        self.today = day_of(now)

    def take(self, cases: Sequence[Case]) -> None:
        """Take what is due in each case, and note that it was looked at."""
        self._refresh_periods(case for case in cases if case.check is None and not case.keeping.period_is_set)
        due = [(case, step_due(case.the_round, self.ladder, self.today)) for case in cases]
        due = self._without_too_many_calls(due)
        for case, step in due:
            if step is not None and case.check is None:
                self._start(case)
        self.session.flush()  # the database refuses a second open round here; what follows refers to it
        for case, step in due:
            if case.check is not None and step is not None:
                self._step(case, case.check, step)
            elif case.check is not None:
                self._ask_late(case, case.check)
        self.session.flush()  # so that the next line has the last word
        self.session.execute(
            update(KeepingRow)
            .where(KeepingRow.organisation_id.in_([case.keeping.organisation_id for case in cases]))
            .values(looked_on=self.today)
            .execution_options(synchronize_session=False)
        )

    def _without_too_many_calls(self, due: Sequence[tuple[Case, Step | None]]) -> list[tuple[Case, Step | None]]:
        """Without those who would have a keeper found today, when people have enough to ring: they come tomorrow."""
        finding = [case for case, step in due if step is Step.FIND_KEEPER]
        put_off = finding[max(self._find_keepers_left(), 0) :] if finding else []
        return [(case, step) for case, step in due if case not in put_off]

    def _step(self, case: Case, check: CheckRow, step: Step) -> None:
        self.session.add(CheckStepRow(check_id=check.id, step=step, done_at=self.now))
        self.report.steps[step] += 1
        if step in KINDS:
            asked = case.contacts if step is Step.LAST else case.contacts[:1]
            self._mail(check, step, asked)
        if step in TASKS:
            self._open_task(case, check, step)
        if step is Step.MARK:
            mark_overdue(self.session, case.keeping.organisation_id, since=check.due_on)
        if step is Step.DECIDE:
            check.ended_at, check.outcome = self.now, CheckOutcome.UNANSWERED
            set_next_after(case.keeping, self.today)
            case.keeping.first_period_days = None

    def _start(self, case: Case) -> None:
        case.check = CheckRow(
            id=uuid4(),
            organisation_id=case.keeping.organisation_id,
            due_on=case.keeping.due_on,
            started_at=self.now,
            mailing_ended_at=None,
            ended_at=None,
            outcome=None,
        )
        self.session.add(case.check)

    def _ask_late(self, case: Case, check: CheckRow) -> None:
        """Ask a contact who took the first one's place after that one was asked."""
        is_mailing = Step.ASK in case.done and Step.RING not in case.done and case.the_round.may_mail
        if not is_mailing or case.the_round.way is not Way.OWN_LINK:
            return
        if case.contacts and case.contacts[0].id not in case.mailed:
            self._mail(check, Step.ASK, case.contacts[:1])

    def _mail(self, check: CheckRow, step: Step, contacts: Iterable[ContactRow]) -> None:
        for contact in contacts:
            mail = CheckMailRow(
                check_id=check.id,
                step=step,
                contact_id=contact.id,
                due_on=self.today,
                mailed_on=None,
                outbox_id=None,
            )
            self.session.add(mail)

    def _open_task(self, case: Case, check: CheckRow, step: Step) -> None:
        if step in {Step.RING, Step.RING_AGAIN} and case.open_tasks & FINDING:
            return
        open_task(
            self.session,
            kind=TASKS[step],
            key=str(case.keeping.organisation_id),
            due_on=self.today,
            now=self.now,
            organisation_id=case.keeping.organisation_id,
            check=str(check.id),
            step=step.value,
        )

    def _refresh_periods(self, cases: Iterable[Case]) -> None:
        """Where no officer set the period, it follows what the entry holds now, and the settings."""
        by_id = {case.keeping.organisation_id: case for case in cases}
        for organisation_id, facts in served(self.session, by_id).items():
            by_id[organisation_id].keeping.period_days = default_period(facts, self.ladder)

    def _find_keepers_left(self) -> int:
        """How many more tasks to find a keeper may be opened today."""
        since = self.now - timedelta(days=2)
        done = self.session.scalars(
            select(CheckStepRow.done_at)
            .where(CheckStepRow.step == Step.FIND_KEEPER, CheckStepRow.done_at > since)
            .order_by(CheckStepRow.done_at, CheckStepRow.check_id)
        )
        return self.ladder.find_keepers_a_day - sum(day_of(moment) == self.today for moment in done)
