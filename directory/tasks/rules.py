"""The kinds and states of tasks."""

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
    SUGGESTION = "suggestion"
    CONFIRM_HIDING = "confirm_hiding"
    CHANGE_LATE = "change_late"


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"


class TaskUnknown(DomainError):
    """There is no such task."""


class TaskDone(DomainError):
    """Somebody has done the task already."""
