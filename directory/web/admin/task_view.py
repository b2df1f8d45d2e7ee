"""One task as its page shows it, with what it is about: reports, another entry, another mailbox."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from directory import clock
from directory.checks.contact_changes import asked_change
from directory.checks.keeping import day_of
from directory.organisations import phones
from directory.organisations.queries import organisation_names
from directory.people.models import PersonRow
from directory.people.queries import emails_of
from directory.signals.queries import problem_reports
from directory.signals.rules import ProblemKind
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind, TaskState
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.admin.task_words import (
    ACTS,
    CALL_SCRIPT,
    FACTS,
    ON_THE_PHONE,
    OUTCOMES,
    TITLES,
    WHAT_TO_DO,
    due_in_words,
)
from directory.web.entry_words import date_in_words

PROBLEMS: Mapping[ProblemKind, str] = {
    ProblemKind.NUMBER_DEAD: "The number does not work",
    ProblemKind.WRONG_NUMBER: "Somebody else answers the number",
    ProblemKind.MOVED: "They have moved",
    ProblemKind.CLOSED: "They have closed",
    ProblemKind.NO_ANSWER: "Nobody answers",
    ProblemKind.OTHER: "Something else",
}
DECIDED_ON_THE_CHANGE = frozenset({TaskKind.REVIEW_CHANGE, TaskKind.TOLD_OF_CHANGE, TaskKind.CHANGE_LATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry that a task is about."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutTask:
    """A task, in words."""

    id: UUID
    kind: TaskKind
    title: str
    what_to_do: str
    script: tuple[str, ...]
    entries: tuple[Entry, ...]
    facts: tuple[tuple[str, str], ...]
    reports: tuple[str, ...]
    change_id: str
    act: tuple[str, str] | None
    """The endpoint of the page on which it is done, and the words of the link to it."""
    is_open: bool
    due: str
    put_off: str
    assigned_to: UUID | None
    ended: str
    note: str


def about_task(session: Session, row: TaskRow) -> AboutTask:
    """All that helps an officer to do it."""
    by = officer_names(session)
    is_open = row.state is TaskState.OPEN
    return AboutTask(
        id=row.id,
        kind=row.kind,
        title=TITLES[row.kind],
        what_to_do=WHAT_TO_DO[row.kind] if is_open else "",
        script=CALL_SCRIPT if is_open and row.kind in ON_THE_PHONE else (),
        entries=_entries(session, row),
        facts=tuple(_facts(session, row)),
        reports=tuple(_reports(session, row)),
        change_id=row.key if row.kind in DECIDED_ON_THE_CHANGE else "",
        act=ACTS.get(row.kind) if is_open and row.organisation_id else None,
        is_open=is_open,
        due=due_in_words(row.snoozed_until or row.due_on, clock.today()) if is_open else "",
        put_off=row.snooze_reason,
        assigned_to=row.assigned_to,
        ended=_ended(row, by),
        note=row.note,
    )


def _ended(row: TaskRow, by: Mapping[str, str]) -> str:
    if row.done_at is None:
        return ""
    outcome = OUTCOMES.get(row.outcome, row.outcome.replace("_", " "))  # type: ignore[call-overload]
    return f"{outcome}. Ended by {actor_in_words(row.done_by, by)} on {date_in_words(day_of(row.done_at))}."


def _entries(session: Session, row: TaskRow) -> tuple[Entry, ...]:
    ids = [row.organisation_id] if row.organisation_id else []
    if row.kind is TaskKind.DUPLICATE:
        ids = [UUID(row.facts["first"]), UUID(row.facts["second"])]
    names = organisation_names(session, ids)
    return tuple(Entry(id=one, name=names[str(one)]) for one in ids)


def _facts(session: Session, row: TaskRow) -> Iterator[tuple[str, str]]:
    for fact, words in FACTS.items():
        value = row.facts.get(fact)
        if value not in (None, "", 0):
            text = phones.shown(str(value)) if fact == "number" else str(value)
            yield words, text.replace("_", " ") if fact in {"status", "fault", "mail_kind", "outcome"} else text
    if row.kind is TaskKind.CONTACT_CHANGE:
        asked = asked_change(session, row.key, clock.now())
        yield "New mailbox", ", ".join(filter(None, (asked.name, asked.role, asked.email)))
    person_id = row.facts.get("right_person")
    person = session.get(PersonRow, UUID(str(person_id))) if person_id else None
    if person is not None:
        yield "They named instead", ", ".join(filter(None, (person.name, person.role, person.email)))


def _reports(session: Session, row: TaskRow) -> Iterator[str]:
    if row.kind in {TaskKind.PROBLEM_REPORT, TaskKind.NO_ANSWER}:
        reports = problem_reports(session, row.id)
        emails = emails_of(session, [report.person_id for report in reports if report.person_id])
        for report in reports:
            said = f": {report.text}" if report.text else ""
            email = emails.get(report.person_id) if report.person_id else None
            answer = f" (they would like to hear back: {email})" if email else ""
            yield f"{date_in_words(day_of(report.at))}. {PROBLEMS[report.kind]}{said}{answer}"
