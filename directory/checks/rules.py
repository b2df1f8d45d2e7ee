"""The ladder: what is due for an entry, from what is stored and the day; states, and the errors of checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from directory.errors import DomainError

LONGEST_PERIOD = 365
"""Days that may pass at most between two confirmations."""


class Way(StrEnum):
    """How an entry is kept: who is asked, and how."""

    OWN_LINK = "own_link"
    PHONE = "phone"
    OFFICER_CHECK = "officer_check"


class ContactState(StrEnum):
    """Whether an update contact can be asked by email."""

    ACTIVE = "active"
    BOUNCING = "bouncing"
    DO_NOT_EMAIL = "do_not_email"
    WRONG_PERSON = "wrong_person"


class Step(StrEnum):
    """What one round of asking does, each at most once."""

    FIND_KEEPER = "find_keeper"
    ASK = "ask"
    REMIND = "remind"
    LAST = "last"
    RING = "ring"
    RING_AGAIN = "ring_again"
    CHECK_SOURCE = "check_source"
    CHECK_SOURCE_AGAIN = "check_source_again"
    MARK = "mark"
    DECIDE = "decide"


MAILS = frozenset({Step.ASK, Step.REMIND, Step.LAST})


class CheckOutcome(StrEnum):
    """How a round of asking ended."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    CLOSED = "closed"
    UNANSWERED = "unanswered"
    RESTARTED = "restarted"
    """A new round took its place, since who or how to ask has changed."""
    HIDDEN = "hidden"
    """The entry was taken away from the public."""


class AnswerKind(StrEnum):
    """What an organisation, or an officer for it, says of its entry."""

    ALL_CORRECT = "all_correct"
    CHANGED = "changed"
    PART = "part"
    CLOSED = "closed"
    WRONG_PERSON = "wrong_person"
    PHONE = "phone"
    SOURCE = "source"


FINAL = frozenset({AnswerKind.ALL_CORRECT, AnswerKind.CHANGED, AnswerKind.CLOSED, AnswerKind.PHONE, AnswerKind.SOURCE})
"""The answers after which nobody is asked any more in that round."""


class LinkUnknown(DomainError):
    """There is no such update link."""


class LinkExpired(DomainError):
    """The update link is too old."""


class LinkReplaced(DomainError):
    """A newer update link has taken the place of this one."""


class LinkRevoked(DomainError):
    """The update link was taken back."""


class LinkUsed(DomainError):
    """The update link has been used already."""


class AnswerIncomplete(DomainError):
    """An answer needs the name and the role of who gives it."""


class ContactUnknown(DomainError):
    """There is no such update contact."""


class ContactEnded(DomainError):
    """The update contact was replaced or removed meanwhile."""


class NobodyToMail(DomainError):
    """The entry has no update contact that may be mailed."""


class TooManyContacts(DomainError):
    """The organisation has two update contacts already."""


class ContactChangeDecided(DomainError):
    """The change of the update contact is unknown, too old, or was decided already."""


class DateRefused(DomainError):
    """A check may not be put off so far, or into the past."""


class ReasonMissing(DomainError):
    """This needs a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The days of the ladder, counted from the day a check is due, and the cadences and limits around it."""

    remind: int = 7
    last: int = 21
    ring: int = 28
    ring_again: int = 42
    mark: int = 60
    decide: int = 90
    period: int = 180
    period_front_line: int = 90
    """For a local helpline or reporting route."""
    link_days: int = 30
    spread_weeks: int = 12
    find_keepers_a_day: int = 5
    at_any_time: bool = False
    """Whether steps may fall outside working hours: for trying it out, not for use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of asking, as it stands."""

    way: Way
    due_on: date
    is_reachable: bool
    """Whether there is a contact that can be asked by email."""
    may_mail: bool = True
    """False once somebody has answered in part: a person asks for the rest."""
    done: Mapping[Step, date] = field(default_factory=dict)
    """The steps done, with the day on which each was done."""


def steps(the_round: Round, ladder: Ladder) -> tuple[tuple[Step, int], ...]:
    """The steps of a round from first to last, each with its day counted from the day it is due."""
    again = ladder.ring_again - ladder.ring
    end = ((Step.MARK, ladder.mark), (Step.DECIDE, ladder.decide))
    if the_round.way is Way.PHONE:
        return ((Step.RING, 0), (Step.RING_AGAIN, again), *end)
    if the_round.way is Way.OFFICER_CHECK:
        return ((Step.CHECK_SOURCE, 0), (Step.CHECK_SOURCE_AGAIN, again), *end)
    mails = ((Step.ASK, 0), (Step.REMIND, ladder.remind), (Step.LAST, ladder.last))
    calls = ((Step.RING, ladder.ring), (Step.RING_AGAIN, ladder.ring_again), *end)
    if the_round.is_reachable and the_round.may_mail:
        return (*mails, *calls)
    sent = tuple((step, day) for step, day in mails if step in the_round.done)
    if sent or the_round.is_reachable:
        return (*sent, *calls)
    return ((Step.FIND_KEEPER, 0), *calls)


def next_step(the_round: Round, ladder: Ladder) -> tuple[Step, date] | None:
    """The next step of a round and its day; None when all are done.

    A step that was late moves those after it: between two steps lie the days that the ladder has between them, so
    that after a missed month nobody gets three mails in three days. A step that the way of asking had not, and that
    comes before one already done, is left out.
    """
    path = steps(the_round, ladder)
    last_done = max((place for place, (step, _) in enumerate(path) if step in the_round.done), default=-1)
    if last_done + 1 == len(path):
        return None
    step, day = path[last_done + 1]
    earliest = the_round.due_on + timedelta(days=day)
    if last_done >= 0:
        before, its_day = path[last_done]
        earliest = max(earliest, the_round.done[before] + timedelta(days=max(day - its_day, 1)))
    return step, max(earliest, _day_after(the_round))


def step_due(the_round: Round, ladder: Ladder, today: date) -> Step | None:
    """The step that is due today, at most one: whoever missed many rounds still takes one step at a time."""
    found = next_step(the_round, ladder)
    return found[0] if found and found[1] <= today else None


def _day_after(the_round: Round) -> date:
    """Steps fall on different days, even where a change of way puts two at once."""
    return max((day + timedelta(days=1) for day in the_round.done.values()), default=the_round.due_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What of an entry decides how it is kept."""

    areas: frozenset[str] = frozenset()
    """The areas that its services serve."""
    front_line_areas: frozenset[str] = frozenset()
    """The areas that its helplines and reporting routes serve."""
    website: str = ""


_NATIONAL = frozenset({"uk", "great_britain", "england", "england_wales"})
_LOCAL = ("haringey", "ward.", "place.", "district.")


def default_way(served: Served) -> Way:
    """How an entry is kept until an officer says otherwise: a national body will not answer a borough."""
    is_national = bool(served.areas) and served.areas <= _NATIONAL
    return Way.OFFICER_CHECK if is_national and served.website else Way.OWN_LINK


def default_period(served: Served, ladder: Ladder) -> int:
    """Days between two checks: fewer for a local helpline or reporting route, since somebody in danger may use it."""
    is_front_line = any(area.startswith(_LOCAL) for area in served.front_line_areas)
    return min(ladder.period_front_line if is_front_line else ladder.period, LONGEST_PERIOD)


def first_due(organisation_id: UUID, start: date, ladder: Ladder) -> date:
    """The first day on which an entry is due: each its own within the weeks of the spread, by its id alone."""
    return start + timedelta(days=organisation_id.int % (ladder.spread_weeks * 7)) if ladder.spread_weeks else start


def first_period(organisation_id: UUID, period: int, ladder: Ladder) -> int | None:
    """Days between the first check of an entry and its second, fewer than its period; None where nothing is spread.

    All entries begin within some weeks, and would come back as the same wave after each period. Whoever is due so far
    into those weeks is due again as far into the whole period that follows them, and from then on once in each period.
    """
    weeks = ladder.spread_weeks * 7
    if not 0 < weeks < period:
        return None
    share = (organisation_id.int % weeks) / weeks
    return weeks + round((period - weeks) * share)
