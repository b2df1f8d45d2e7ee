"""Trying the loop out on paper: the real ladder and made people without a database, for an answer within a second.

What each person may do is less than in `simulation.py`, which runs the real operations; a test holds the two together.
"""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from directory.checks.rules import (
    LONGEST_PERIOD,
    AnswerKind,
    Ladder,
    Round,
    Step,
    Way,
    first_due,
    first_period,
    next_step,
    step_due,
)
from directory.checks.simulation import ANSWERS, Outcome, Plan, Point, end_of
from directory.tasks.working_days import same_or_next_working_day

FRONT_LINE_EACH = 10
"""One entry in so many takes calls."""
MEASURED_EVERY = 28
MAILS = {Step.ASK, Step.REMIND, Step.LAST}
CALLS = {Step.FIND_KEEPER, Step.RING, Step.RING_AGAIN}


@dataclass(slots=True, eq=False)
class Entry:
    """One made entry, and where it stands."""

    way: Way
    period: int
    contacts: int
    """How many can be asked by email."""
    due_on: date
    first_period: int | None
    """Days to the second check; None once the first is done with."""
    done: dict[Step, date] = field(default_factory=dict)
    may_mail: bool = True
    number_of_round: int = 0
    is_being_rung: bool = False
    """Whether somebody has to ring them anyway, to find who keeps the entry."""
    confirmed: date | None = None
    is_marked: bool = False

    @property
    def the_round(self) -> Round:
        """What the rules need to know."""
        return Round(
            way=self.way,
            due_on=self.due_on,
            is_reachable=self.contacts > 0,
            may_mail=self.may_mail,
            done=self.done,
        )


Act = Callable[[Entry, date], None]


def sketch(plan: Plan, ladder: Ladder) -> Outcome:
    """What a plan would come to, roughly: the same figures as `simulate` gives, made by the same chances."""
    return _Sketch(plan, ladder).run()


class _Sketch:
    def __init__(self, plan: Plan, ladder: Ladder) -> None:
        self.plan, self.ladder = plan, ladder
        dice, self.dice = random.Random(plan.seed), random.Random(plan.seed + 1)  # noqa: S311 - nothing secret is drawn
        self.outcome = Outcome(plan=plan)
        self.entries = [self._entry(number, dice) for number in range(plan.organisations)]
        self._acts: list[tuple[date, int, Act, Entry, int]] = []
        self._number = count()
        self._found_on: tuple[date, int] = (plan.start, 0)

    def run(self) -> Outcome:
        """Go through all that happens in the order of its days, and measure every four weeks."""
        for entry in self.entries:
            self._plan(entry, entry.due_on, self._step)
        measured, end = self.plan.start, end_of(self.plan)
        while self._acts and self._acts[0][0] < end:
            day, _, act, entry, number = heapq.heappop(self._acts)
            while measured <= day:
                self._measure(measured)
                measured += timedelta(days=MEASURED_EVERY)
            if number == entry.number_of_round:
                act(entry, day)
        while measured < end:
            self._measure(measured)
            measured += timedelta(days=MEASURED_EVERY)
        self._measure(end)
        return self.outcome

    def _entry(self, number: int, dice: random.Random) -> Entry:
        """One entry, drawn as `simulation.populate` draws it."""
        identity, is_national = UUID(int=dice.getrandbits(128), version=4), dice.random() < self.plan.national
        dice.getrandbits(128)  # the id of its service
        has_contact = not is_national and dice.random() >= self.plan.without_contact
        is_front_line = number % FRONT_LINE_EACH == 0 and not is_national
        period = self.ladder.period_front_line if is_front_line else self.ladder.period
        return Entry(
            way=Way.OFFICER_CHECK if is_national else Way.OWN_LINK,
            period=period,
            contacts=(2 if dice.random() < 1 / 3 else 1) if has_contact else 0,
            due_on=same_or_next_working_day(first_due(identity, self.plan.start, self.ladder)),
            first_period=first_period(identity, period, self.ladder),
        )

    def _plan(self, entry: Entry, day: date, act: Act) -> None:
        heapq.heappush(
            self._acts, (same_or_next_working_day(day), next(self._number), act, entry, entry.number_of_round)
        )

    def _step(self, entry: Entry, day: date) -> None:
        """Take the step that is due, if it still is, and come back for the next one."""
        step = step_due(entry.the_round, self.ladder, day)
        if step is Step.FIND_KEEPER and self._enough_to_find(day):
            self._plan(entry, day + timedelta(days=1), self._step)
            return
        if step is not None:
            entry.done[step] = day
            self._take(entry, step, day)
        following = next_step(entry.the_round, self.ladder)
        if following is not None and step is not Step.DECIDE:
            self._plan(entry, max(following[1], day + timedelta(days=1)), self._step)

    def _enough_to_find(self, day: date) -> bool:
        """Whether people have enough to ring today; if not, one more is counted."""
        number = self._found_on[1] if self._found_on[0] == day else 0
        self._found_on = day, number + (number < self.ladder.find_keepers_a_day)
        return number >= self.ladder.find_keepers_a_day

    def _take(self, entry: Entry, step: Step, day: date) -> None:
        if step in MAILS:
            self._mail(entry, day, entry.contacts if step is Step.LAST else 1)
        elif step in CALLS and (step is Step.FIND_KEEPER or not entry.is_being_rung):
            self._call(entry, day, is_finding=step is Step.FIND_KEEPER)
        elif step in {Step.CHECK_SOURCE, Step.CHECK_SOURCE_AGAIN}:
            self.outcome.source_tasks[self._week(day)] += 1
            self._plan(entry, day + timedelta(days=self.dice.randint(0, 6)), self._confirm)
        elif step is Step.MARK:
            entry.is_marked = True
        elif step is Step.DECIDE:
            self._begin(entry, day)
            self._ring(entry, day)

    def _mail(self, entry: Entry, day: date, mails: int) -> None:
        self.outcome.emails[self._week(day)] += mails
        for _ in range(mails):
            self._react(entry, day)

    def _react(self, entry: Entry, day: date) -> None:
        if self.dice.random() < self.plan.bounce_rate:
            self._plan(entry, day + timedelta(days=1), self._bounce)
        elif self.dice.random() < self.plan.answer_rate:
            (kind,) = self.dice.choices(list(ANSWERS), weights=list(ANSWERS.values()))
            acts = {AnswerKind.PART: self._answer_in_part, AnswerKind.WRONG_PERSON: self._lose_contact}
            self._plan(entry, day + timedelta(days=self.dice.randint(0, 5)), acts.get(kind, self._confirm))

    def _call(self, entry: Entry, day: date, *, is_finding: bool) -> None:
        self.outcome.phone_tasks[self._week(day)] += 1
        entry.is_being_rung = is_finding
        self._ring(entry, day)

    def _ring(self, entry: Entry, day: date) -> None:
        is_reached = self.dice.random() < self.plan.phone_rate
        act = self._reach if is_reached else self._miss
        self._plan(entry, day + timedelta(days=self.dice.randint(0, 6)), act)

    def _reach(self, entry: Entry, day: date) -> None:
        entry.contacts = max(entry.contacts, 1)
        self._confirm(entry, day)

    def _miss(self, entry: Entry, day: date) -> None:
        """Nobody answers the phone: whoever can be mailed is told."""
        entry.is_being_rung = False
        self._mail(entry, day, entry.contacts)

    def _bounce(self, entry: Entry, day: date) -> None:
        """A mail comes back: the other contact is told."""
        self._lose_contact(entry, day)
        self._mail(entry, day, entry.contacts)

    def _lose_contact(self, entry: Entry, day: date) -> None:
        entry.contacts = max(entry.contacts - 1, 0)
        self._call(entry, day, is_finding=True)

    def _answer_in_part(self, entry: Entry, _day: date) -> None:
        entry.may_mail = False

    def _confirm(self, entry: Entry, day: date) -> None:
        entry.confirmed, entry.is_marked = day, False
        self._begin(entry, day)
        entry.first_period = None

    def _begin(self, entry: Entry, day: date) -> None:
        """End the round, and let the next one begin a period after this day; what was planned before is void."""
        entry.number_of_round += 1
        due_on = day + timedelta(days=min(entry.first_period or entry.period, entry.period))
        entry.due_on, entry.done, entry.may_mail, entry.is_being_rung = due_on, {}, True, False
        self._plan(entry, due_on, self._step)

    def _week(self, day: date) -> int:
        return (day - self.plan.start).days // 7

    def _measure(self, day: date) -> None:
        ages = [(day - entry.confirmed).days if entry.confirmed else None for entry in self.entries]
        in_period = [age is not None and age <= entry.period for age, entry in zip(ages, self.entries, strict=True)]
        self.outcome.points.append(
            Point(
                day=day,
                share_in_period=sum(in_period) / len(ages),
                share_in_year=sum(age is not None and age <= LONGEST_PERIOD for age in ages) / len(ages),
                share_marked=sum(entry.is_marked for entry in self.entries) / len(ages),
            )
        )
