"""One entry in words, for its page on the desk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from directory.checks.keeping import day_of
from directory.checks.queries import last_answers
from directory.listing.models import HidingRow, InclusionCheckRow
from directory.listing.overview import ChangeWaiting, ContactView, Kept, LinkView, Overview, last_links, notes_of
from directory.listing.queries import hidings_of, inclusion_checks
from directory.listing.rules import HidingState
from directory.organisations.rules import State
from directory.tasks.models import TaskRow
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from directory.web.admin.actors import actor_in_words
from directory.web.admin.change_context import ANSWERS
from directory.web.admin.entries.words import CONTACT_STATES, STATES, WAYS
from directory.web.admin.task_words import TITLES, due_in_words
from directory.web.entry_words import confirmed_in_words, date_in_words, doubts_in_words
from directory.web.names import Names

MOST_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """Something that leads somewhere, or was said by somebody."""

    words: str
    more: str = ""
    id: UUID | None = None


def standing_in_words(entry: Overview, today: date) -> Iterator[str]:
    """How far the entry can be trusted, as the public reads it, and whose last edit it is."""
    if entry.state is State.DRAFT:
        yield "The public does not see it yet."
    if entry.state is State.HIDDEN:
        yield "The public does not see it any more."
    yield confirmed_in_words(entry.standing.confirmed_at, entry.standing.confirmed_by)
    yield from doubts_in_words(entry.standing)
    kept = entry.kept
    if entry.state is State.PUBLIC and kept and kept.due_on <= today and not entry.standing.overdue_since:
        yield f"Due since {date_in_words(kept.due_on)}."


def kept_in_words(kept: Kept | None, today: date) -> Iterator[tuple[str, str]]:
    """How it is kept: what is set, and to what."""
    if kept is None:
        yield "How", "Kept from the next round on"
        return
    yield "How", WAYS[kept.way]
    if kept.source_to_check:
        yield "Compared with", kept.source_to_check
    yield "How often", f"Every {kept.period_days} days{'' if kept.period_is_set else ', as the policy says'}"
    yield "Next check", date_in_words(kept.due_on)
    if kept.asked_since:
        yield "Asked", f"They are being asked since {date_in_words(day_of(kept.asked_since))}"
    if kept.paused_until and kept.paused_until > today:
        yield "Paused", f"Until {date_in_words(kept.paused_until)}: {kept.pause_reason}"
    if kept.do_not_email:
        yield "Email", "They are not emailed. Officers ring them"


def contact_lines(contacts: Sequence[ContactView], names: Names) -> list[Line]:
    """Each update contact: the address, and what is known of it."""
    return [
        Line(
            contact.email or "erased",
            ", ".join(
                filter(
                    None,
                    (
                        "First contact" if contact.position == 1 else "Second contact",
                        contact.name,
                        contact.role,
                        f"in {names.spoken(contact.language)}",
                        CONTACT_STATES[contact.state].lower(),
                    ),
                )
            ),
            contact.id,
        )
        for contact in contacts
    ]


def link_lines(links: Sequence[LinkView], now: datetime) -> list[Line]:
    """Each link that was sent: when, to whom, and what became of it."""
    return [
        Line(
            f"{date_in_words(day_of(link.issued_at))}, to {link.email or 'somebody who was erased'}", _became(link, now)
        )
        for link in links
    ]


def change_lines(changes: Sequence[ChangeWaiting]) -> list[Line]:
    """Each change that waits: from which day it is and, of several, which of them."""
    return [
        Line(
            f"Decide about {f'change {number} of {len(changes)},' if len(changes) > 1 else 'the change'} "
            f"sent on {date_in_words(day_of(change.submitted_at))}",
            id=change.id,
        )
        for number, change in enumerate(changes, start=1)
    ]


def _became(link: LinkView, now: datetime) -> str:
    if link.used_at:
        return f"answered on {date_in_words(day_of(link.used_at))}"
    if link.is_revoked:
        return "replaced or taken back"
    return "too old" if link.expires_at < now else f"good until {date_in_words(day_of(link.expires_at))}"


@dataclass(frozen=True, slots=True)
class Said:
    """What was done and said about an entry."""

    tasks: list[Line]
    answers: list[Line]
    links: list[Line]
    notes: list[Line]
    inclusion: Line | None
    hiding: Line | None
    """What the last request to hide it was, and how it stands."""


def said_about(session: Session, organisation_id: UUID, by: Mapping[str, str], now: datetime) -> Said:
    """All of it, the newest first."""
    checks, hidings = inclusion_checks(session, organisation_id), hidings_of(session, organisation_id)
    return Said(
        tasks=[
            _task(row, day_of(now))
            for row in open_tasks(session, organisation_id=organisation_id)
            if row.kind is not TaskKind.REVIEW_CHANGE  # the change itself is named
        ],
        answers=[
            Line(
                f"{date_in_words(day_of(answer.at))}: {ANSWERS[answer.kind]}",
                ", ".join(filter(None, (answer.name, answer.role))),
            )
            for answer in last_answers(session, organisation_id, MOST_ANSWERS)
        ],
        links=link_lines(last_links(session, organisation_id), now),
        notes=[
            Line(note.text, f"{actor_in_words(note.by, by)}, {date_in_words(day_of(note.at))}")
            for note in notes_of(session, organisation_id)
        ],
        inclusion=inclusion_line(checks[0], by) if checks else None,
        hiding=hiding_line(hidings[0], by) if hidings else None,
    )


def hiding_line(row: HidingRow, by: Mapping[str, str]) -> Line:
    """A request to hide an entry: what became of it, and why it was made."""
    asked = f"{actor_in_words(row.asked_by, by)} on {date_in_words(day_of(row.asked_at))}"
    decided = actor_in_words(row.decided_by, by)
    words = {
        HidingState.WAITING: f"To be hidden: asked by {asked}. A second officer has to agree",
        HidingState.HIDDEN: f"Hidden: asked by {asked}, agreed by {decided}"
        if row.decided_by != row.asked_by
        else f"Hidden by {asked}",
        HidingState.REFUSED: f"Not hidden: asked by {asked}, refused by {decided}",
        HidingState.ENDED: f"Was hidden by {asked}, shown again by {actor_in_words(row.ended_by, by)}",
    }
    return Line(words[row.state], row.reason, row.id if row.state is HidingState.WAITING else None)


def state_in_words(entry: Overview) -> str:
    """The word of its tag."""
    return "Joined with another" if entry.joined_into else STATES[entry.state]


def _task(row: TaskRow, today: date) -> Line:
    return Line(TITLES[row.kind], due_in_words(row.snoozed_until or row.due_on, today), row.id)


def inclusion_line(row: InclusionCheckRow, by: Mapping[str, str]) -> Line:
    """A check against the policy: what was found, by whom, and when."""
    result = "It meets the policy" if row.is_met else "It does not meet all of the policy"
    return Line(f"{result}: {actor_in_words(row.checked_by, by)}, {date_in_words(day_of(row.checked_at))}", row.note)
