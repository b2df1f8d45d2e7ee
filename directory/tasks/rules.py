"""The kinds and states of tasks."""

from collections.abc import Mapping
from enum import StrEnum

from directory.errors import DomainError


class TaskKind(StrEnum):
    """What is to be done."""

    FIND_KEEPER = "find_keeper"
    RING = "ring"
    RING_AGAIN = "ring_again"
    DECIDE_ENTRY = "decide_entry"
    CHECK_SOURCE = "check_source"
    REVIEW_CHANGE = "review_change"
    TOLD_OF_CHANGE = "told_of_change"
    TOLD_OF_CLOSING = "told_of_closing"
    WRONG_PERSON = "wrong_person"
    CONTACT_CHANGE = "contact_change"
    BOUNCED = "bounced"
    MAIL_REFUSED = "mail_refused"
    WEBSITE_FAILING = "website_failing"
    NUMBER_INVALID = "number_invalid"
    DUPLICATE = "duplicate"
    PROBLEM_REPORT = "problem_report"
    NO_ANSWER = "no_answer"
    REGISTER_CHANGED = "register_changed"
    CONFIRM_HIDING = "confirm_hiding"
    CHANGE_LATE = "change_late"


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"


class Outcome(StrEnum):
    """What came of a task that an officer ends by hand; what is decided elsewhere has outcomes of its own."""

    NO_ANSWER = "no_answer"
    NOBODY_FOUND = "nobody_found"
    STILL_THERE = "still_there"
    ENTRY_CHANGED = "entry_changed"
    ENTRY_KEPT = "entry_kept"
    ENTRY_HIDDEN = "entry_hidden"
    NOTHING_WRONG = "nothing_wrong"
    SOURCE_GONE = "source_gone"
    WEBSITE_WORKS = "website_works"
    NUMBER_WORKS = "number_works"
    """It was rung, and it works. This is remembered: the number is no task again."""
    NOT_A_DUPLICATE = "not_a_duplicate"
    """These two are two. This is remembered: they are no task again."""
    OTHER = "other"
    """Something else, which the note says."""


LONGEST_SNOOZE = 90
"""Days for which a task may be put off at most."""
LONGEST_NOTE = 2_000

_PUT_RIGHT = (Outcome.ENTRY_CHANGED, Outcome.NOTHING_WRONG)
BY_HAND: Mapping[TaskKind, tuple[Outcome, ...]] = {
    TaskKind.FIND_KEEPER: (Outcome.NOBODY_FOUND,),
    TaskKind.RING: (Outcome.NO_ANSWER,),
    TaskKind.RING_AGAIN: (Outcome.NO_ANSWER,),
    TaskKind.DECIDE_ENTRY: (Outcome.ENTRY_KEPT, Outcome.ENTRY_HIDDEN),
    TaskKind.CHECK_SOURCE: (Outcome.SOURCE_GONE, Outcome.ENTRY_CHANGED),
    TaskKind.TOLD_OF_CLOSING: (Outcome.STILL_THERE, Outcome.ENTRY_HIDDEN),
    TaskKind.WRONG_PERSON: (Outcome.NOBODY_FOUND,),
    TaskKind.BOUNCED: (Outcome.NOBODY_FOUND,),
    TaskKind.MAIL_REFUSED: (),
    TaskKind.WEBSITE_FAILING: (Outcome.WEBSITE_WORKS, Outcome.ENTRY_CHANGED),
    TaskKind.NUMBER_INVALID: (Outcome.NUMBER_WORKS, Outcome.ENTRY_CHANGED),
    TaskKind.DUPLICATE: (Outcome.NOT_A_DUPLICATE,),
    TaskKind.PROBLEM_REPORT: _PUT_RIGHT,
    TaskKind.NO_ANSWER: (Outcome.STILL_THERE, Outcome.ENTRY_CHANGED),
    TaskKind.REGISTER_CHANGED: _PUT_RIGHT,
}
"""How an officer may end a task of a kind by hand, beside `OTHER`. Kinds that are missing end elsewhere alone."""

URGENCY: tuple[TaskKind, ...] = (
    TaskKind.TOLD_OF_CLOSING,
    TaskKind.TOLD_OF_CHANGE,
    TaskKind.CONFIRM_HIDING,
    TaskKind.CHANGE_LATE,
    TaskKind.CONTACT_CHANGE,
    TaskKind.NUMBER_INVALID,
    TaskKind.PROBLEM_REPORT,
    TaskKind.NO_ANSWER,
    TaskKind.MAIL_REFUSED,
    TaskKind.BOUNCED,
    TaskKind.WRONG_PERSON,
    TaskKind.WEBSITE_FAILING,
    TaskKind.REGISTER_CHANGED,
    TaskKind.DUPLICATE,
    TaskKind.DECIDE_ENTRY,
    TaskKind.REVIEW_CHANGE,
    TaskKind.RING_AGAIN,
    TaskKind.RING,
    TaskKind.CHECK_SOURCE,
    TaskKind.FIND_KEEPER,
)
"""What is done first: where the public may be misled now, then where nobody can be asked, then the rest."""


def outcomes_of(kind: TaskKind) -> tuple[Outcome, ...]:
    """How an officer may end a task of this kind by hand; none where it ends by what it asks for."""
    return (*BY_HAND[kind], Outcome.OTHER) if kind in BY_HAND else ()


class TaskUnknown(DomainError):
    """There is no such task."""


class TaskDone(DomainError):
    """Somebody has done the task already."""


class OutcomeRefused(DomainError):
    """A task of this kind does not end so: it ends by what it asks for, or the note is missing."""


class OutcomeUntrue(DomainError):
    """It says that the entry was hidden or corrected, and the entry shows that it was not."""


class SnoozeRefused(DomainError):
    """A task is put off to a later day within 90 days, and with a reason."""
