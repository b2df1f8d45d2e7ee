"""What is held about a person, in words: what each kind of record is called, and what its facts say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from directory.checks.keeping import day_of
from directory.privacy.holdings import KnownPerson, Record
from directory.web.admin.audit_words import act_in_words
from directory.web.entry_words import date_in_words

MOST_SHOWN = 20
"""Records of one kind that the page shows; the file holds all."""
KINDS: Mapping[str, str] = {
    "update_contact": "Asked to keep an entry",
    "contact_change": "Named as the mailbox to be asked",
    "link": "Update links",
    "answer": "Answers",
    "named_instead": "Named by somebody as the right person",
    "change": "Changes sent",
    "report": "Problems reported",
    "suggestion": "Organisations suggested",
    "mail": "Emails sent to them",
    "officer": "Officer of the desk",
    "session": "Times signed in to the desk",
    "invitation": "Links to choose what to sign in with",
    "act": "What they did, or was done about them",
    "mention": "Mentioned in words of the team, or in an entry",
}
REFERRED: Mapping[str, str] = {
    "answer.person_id": "answers",
    "answer.right_person_id": "named as the right person",
    "change.submitted_by": "changes sent",
    "contact.person_id": "asked to keep an entry",
    "contact_change.person_id": "named as the mailbox to be asked",
    "officer.person_id": "officer of the desk",
    "outbox.person_id": "emails",
    "problem_report.person_id": "problems reported",
    "suggestion.person_id": "organisations suggested",
}
PLACES: Mapping[str, str] = {
    "ChangeRow.reason": "why a change was declined",
    "ChangeUnitRow.reason": "why a part of a change was declined",
    "HidingRow.reason": "why an entry was hidden",
    "ImportEntryRow.lines": "a row of a spreadsheet that is being brought in",
    "InclusionCheckRow.note": "a note of a check against the policy",
    "KeepingRow.pause_reason": "why asking was paused",
    "NotListedRow.reason": "why an organisation is not listed again",
    "NoteRow.text": "a note",
    "OrganisationRow.email": "the public email address of the entry",
    "ServiceRow.email": "the public email address of a service",
    "TaskRow.note": "what came of a task",
    "TaskRow.snooze_reason": "why a task was put off",
}
FACTS: Mapping[str, str] = {
    "organisation": "",
    "where": "in",
    "decided_at": "decided",
    "ended_at": "ended",
    "expires_at": "good until",
    "is_agreed": "agreed",
    "revoked_at": "taken back",
    "settled_at": "gone",
    "used_at": "used",
    "bounced_at": "came back",
    "how_known": "how they know it",
    "weekly_digest": "weekly email",
}
"""What stands before a fact; a fact that is not here stands after its own name."""
PLAIN = frozenset({"organisation", "action", "text"})
"""The facts that need no name before them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The records of one kind, as they are shown."""

    title: str
    total: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A person in a list."""

    id: str
    name: str
    role: str
    email: str
    since: str
    is_erased: bool
    referred: str


def person_shown(person: KnownPerson) -> Shown:
    """Who somebody is, and where they are known."""
    held = (f"{REFERRED.get(where, where)} ({times})" for where, times in person.referred.items())
    return Shown(
        id=str(person.id),
        name=person.name,
        role=person.role,
        email=person.email,
        since=date_in_words(day_of(person.since)),
        is_erased=person.erased_at is not None,
        referred=", ".join(held),
    )


def kinds_of(records: Iterable[Record]) -> tuple[Kind, ...]:
    """The records kind by kind, as they come."""
    return tuple(_kind(what, list(held)) for what, held in groupby(records, lambda record: record.what))


def _kind(what: str, held: list[Record]) -> Kind:
    return Kind(KINDS.get(what, what), len(held), tuple(map(_line, held[:MOST_SHOWN])))


def _line(record: Record) -> str:
    facts = dict(record.facts)
    parts = [date_in_words(day_of(record.at))] if record.at else []
    parts += [_fact(name, facts[name]) for name in sorted(facts, key=lambda name: name not in PLAIN)]
    return "; ".join(parts)


def _fact(name: str, value: str | int) -> str:
    if name == "action":
        return act_in_words(str(value))
    if name == "where":
        return f"in {PLACES.get(str(value), value)}"
    words = _value(name, value)
    return words if name in PLAIN else f"{FACTS.get(name, name.replace('_', ' '))} {words}"


def _value(name: str, value: str | int) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.endswith("_at"):
        return date_in_words(day_of(datetime.fromisoformat(str(value))))
    return str(value).replace("_", " ") if name in {"kind", "state", "origin", "purpose", "role"} else str(value)
