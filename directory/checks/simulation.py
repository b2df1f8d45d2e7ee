"""Trying the loop out: the real rules and operations on a made directory in memory, with a made clock and people."""

import heapq
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.checks.contacts import Mailbox, add_contact
from directory.checks.keeping import day_of
from directory.checks.mailing import KINDS
from directory.checks.models import ContactRow, KeepingRow, LinkRow
from directory.checks.rounds import do_round
from directory.checks.rules import LONGEST_PERIOD, AnswerKind, Ladder, LinkExpired, LinkReplaced, LinkRevoked, LinkUsed
from directory.checks.simulated_people import OFFICER, Answering, Bouncing, Event, Working
from directory.clock import LONDON
from directory.database import Base, make_engine
from directory.directory_revision import DirectoryRevisionRow
from directory.organisations.details import OrganisationDetails, OrganisationKind, Phone, ServiceDetails
from directory.organisations.models import OrganisationRow, SlugRow
from directory.organisations.rows import write_details
from directory.organisations.rules import State
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind
from directory.tasks.working_days import same_or_next_working_day
from directory.taxonomy.loading import put_terms
from directory.taxonomy.terms import Term, TermKind

PHONE_TASKS = frozenset(
    {TaskKind.FIND_KEEPER, TaskKind.RING, TaskKind.RING_AGAIN, TaskKind.BOUNCED, TaskKind.WRONG_PERSON}
)
"""The tasks for which somebody takes up the phone."""
ASKING = (*KINDS.values(), MailKind.COULD_NOT_REACH)
"""The mails whose link may be answered."""
ANSWERS = {AnswerKind.ALL_CORRECT: 80, AnswerKind.CHANGED: 16, AnswerKind.PART: 3, AnswerKind.WRONG_PERSON: 1}
"""What those who answer say, by weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is tried: how many entries, for how long, and how people behave."""

    organisations: int = 500
    years: int = 3
    answer_rate: float = 0.5
    """The chance that one email is answered."""
    phone_rate: float = 0.7
    """The chance that somebody is reached when an officer rings."""
    without_contact: float = 0.2
    """The share of entries that begin with nobody to ask."""
    national: float = 0.25
    """The share of entries that officers check by a website."""
    bounce_rate: float = 0.01
    """The chance that one email comes back."""
    missed: float = 0.0
    """The chance that a day's round is missed; one that is missed is often followed by more."""
    start: date = date(2026, 1, 5)
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """How the directory stood on one day."""

    day: date
    share_in_period: float
    """The share of entries confirmed within their own period."""
    share_in_year: float
    share_marked: float
    """The share of which the public is told that they are overdue."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of it."""

    plan: Plan
    emails: Counter[int] = field(default_factory=Counter)
    """By week, from 0."""
    phone_tasks: Counter[int] = field(default_factory=Counter)
    source_tasks: Counter[int] = field(default_factory=Counter)
    points: list[Point] = field(default_factory=list)
    """One for every four weeks, and the last day."""

    @property
    def weeks(self) -> int:
        """How many weeks it went on, begun ones too."""
        return -(-(end_of(self.plan) - self.plan.start).days // 7)


def end_of(plan: Plan) -> date:
    """The day after the last one."""
    return plan.start.replace(year=plan.start.year + plan.years)


def simulate(plan: Plan, ladder: Ladder) -> Outcome:
    """Try it out, day by day."""
    with made_directory(plan) as session:
        return Simulation(session, plan, ladder).run()


@contextmanager
def made_directory(plan: Plan) -> Iterator[Session]:
    """A directory in memory with as many entries as the plan says, all public; nothing of it stays."""
    engine = make_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(DirectoryRevisionRow(id=1, number=0, lexicon=0))
        put_terms(
            session,
            [
                Term(kind=TermKind.AREA, code="uk", names={"en": "United Kingdom"}),
                Term(kind=TermKind.AREA, code="haringey", names={"en": "Haringey"}),
                Term(kind=TermKind.KIND, code="helpline", names={"en": "Helpline"}),
            ],
        )
        populate(session, plan)
        session.commit()
        yield session
    engine.dispose()


def populate(session: Session, plan: Plan) -> None:
    """Make the entries of a plan, and those who keep them: one in ten takes calls, one in three has two contacts."""
    dice, now = random.Random(plan.seed), noon(plan.start)  # noqa: S311 - nothing secret is drawn
    for number in range(plan.organisations):
        organisation_id = UUID(int=dice.getrandbits(128), version=4)
        is_national = dice.random() < plan.national
        details = OrganisationDetails(
            name=f"Organisation {number}",
            kind=OrganisationKind.VOLUNTARY,
            website=f"https://organisation-{number}.example/",
            services=(
                ServiceDetails(
                    id=UUID(int=dice.getrandbits(128), version=4),
                    name="Advice",
                    phones=(Phone(number="+442084891000"),),
                    areas=("uk",) if is_national else ("haringey",),
                    kinds=("helpline",) if number % 10 == 0 else (),
                ),
            ),
        )
        session.add(_public_row(organisation_id, details, now))
        if not is_national and dice.random() >= plan.without_contact:
            session.flush()  # contacts refer to it
            for position in range(1, 3 if dice.random() < 1 / 3 else 2):
                mailbox = Mailbox(email=f"keeper-{number}-{position}@example.org", language="en")
                add_contact(session, organisation_id, mailbox, by=OFFICER, now=now)


def _public_row(organisation_id: UUID, details: OrganisationDetails, now: datetime) -> OrganisationRow:
    row = OrganisationRow(
        id=organisation_id,
        state=State.PUBLIC,
        revision=1,
        edited_at=now,
        edited_by="seed",
        slugs=[SlugRow(slug=f"organisation-{organisation_id}", is_current=True)],
        other_names=[],
        translations=[],
        services=[],
        locations=[],
        sources=[],
        notes=[],
    )
    write_details(row, details)
    return row


def noon(day: date) -> datetime:
    """Twelve o'clock in London."""
    return datetime.combine(day, time(12), tzinfo=LONDON)


class Simulation:
    """One run over a made directory."""

    def __init__(self, session: Session, plan: Plan, ladder: Ladder) -> None:
        self.session, self.plan, self.ladder = session, plan, ladder
        self.dice = random.Random(plan.seed + 1)  # noqa: S311 - nothing secret is drawn
        self.outcome = Outcome(plan=plan)
        self._events: list[tuple[date, int, Event]] = []
        self._number = count()
        self._is_down = False

    def run(self) -> Outcome:
        """Go through all days: people do what they had in mind, then the round is done."""
        for number in range((end_of(self.plan) - self.plan.start).days):
            self.live(self.plan.start + timedelta(days=number), number)
        self._measure(end_of(self.plan))
        return self.outcome

    def live(self, day: date, number: int) -> None:
        """One day: people do what they had in mind, the round is done, people notice."""
        now = noon(day)
        while self._events and self._events[0][0] <= day:
            self._act(heapq.heappop(self._events)[2], now)
        if number % 28 == 0:
            self._measure(day)
        if not self._misses_the_round():
            do_round(self.session, now, ladder=self.ladder)
        self._notice(now, week=number // 7)
        self.session.commit()

    def _act(self, event: Event, now: datetime) -> None:
        """Do what somebody had in mind, unless it has become pointless, such as answering twice."""
        try:
            with self.session.begin_nested():
                then = event(self.session, now)
            if then is not None:
                self._plan_for(day_of(now) + timedelta(days=3), then)
        except (LinkUsed, LinkRevoked, LinkReplaced, LinkExpired):
            return

    def _misses_the_round(self) -> bool:
        self._is_down = self.dice.random() < (0.8 if self._is_down and self.plan.missed else self.plan.missed)
        return self._is_down

    def _notice(self, now: datetime, week: int) -> None:
        """Have people notice what the round did: mails to answer, tasks to do."""
        today = day_of(now)
        mails = self.session.scalars(
            select(OutboxRow).where(OutboxRow.created_at == now, OutboxRow.kind.in_(ASKING)).order_by(OutboxRow.id)
        ).all()
        self.outcome.emails[week] += len(mails)
        links = (
            select(LinkRow)
            .join(ContactRow, ContactRow.id == LinkRow.contact_id)
            .where(LinkRow.id.in_([link_id for mail in mails for link_id in mail.link_ids]))
            .order_by(LinkRow.organisation_id, ContactRow.position, LinkRow.contact_id)
        )
        for link in self.session.scalars(links):
            self._react(link, today)
        tasks = self.session.scalars(
            select(TaskRow)
            .where(TaskRow.created_at == now)
            .order_by(TaskRow.organisation_id, TaskRow.kind, TaskRow.key)
        ).all()
        for task in tasks:
            self.outcome.phone_tasks[week] += task.kind in PHONE_TASKS
            self.outcome.source_tasks[week] += task.kind is TaskKind.CHECK_SOURCE
            done_on = same_or_next_working_day(today + timedelta(days=self.dice.randint(0, 6)))
            is_reached = self.dice.random() < self.plan.phone_rate
            self._plan_for(done_on, Working(task.id, is_reached, self.ladder))

    def _react(self, link: LinkRow, today: date) -> None:
        if self.dice.random() < self.plan.bounce_rate:
            self._plan_for(today + timedelta(days=1), Bouncing(link.contact_id, self.ladder))
        elif self.dice.random() < self.plan.answer_rate:
            (kind,) = self.dice.choices(list(ANSWERS), weights=list(ANSWERS.values()))
            self._plan_for(today + timedelta(days=self.dice.randint(0, 5)), Answering(link.id, kind))

    def _plan_for(self, day: date, event: Event) -> None:
        heapq.heappush(self._events, (day, next(self._number), event))

    def _measure(self, day: date) -> None:
        found = self.session.execute(
            select(OrganisationRow.confirmed_at, OrganisationRow.overdue_since, KeepingRow.period_days)
            .outerjoin(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)
            .order_by(OrganisationRow.id)
        ).all()
        ages = [(day - day_of(row.confirmed_at)).days if row.confirmed_at else None for row in found]
        in_period = [age is not None and age <= row.period_days for age, row in zip(ages, found, strict=True)]
        self.outcome.points.append(
            Point(
                day=day,
                share_in_period=sum(in_period) / len(found),
                share_in_year=sum(age is not None and age <= LONGEST_PERIOD for age in ages) / len(found),
                share_marked=sum(row.overdue_since is not None for row in found) / len(found),
            )
        )
