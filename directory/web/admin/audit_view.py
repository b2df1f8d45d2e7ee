"""Events of the audit trail as the page and the file show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.clock import LONDON
from directory.organisations.queries import organisation_names
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.admin.audit_words import act_in_words
from directory.web.admin.policy_words import LABELS, value_in_words
from directory.web.entry_words import date_in_words

FILE_HEAD = ("When", "Actor", "What", "Act", "Entry", "About", "Facts")
PAGES = {"change": ("admin.change", "change_id"), "task": ("admin.task", "task_id")}
"""The pages of what an act was done to, by the first word of the act."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event."""

    when: str
    who: str
    what: str
    url: str
    """The page of what it was done to, where there is one."""
    entry: str
    entry_url: str
    facts: str


def rows_of(session: Session, found: Sequence[AuditEventRow]) -> tuple[Row, ...]:
    """Events in words, in two more queries for all of them."""
    entries = organisation_names(session, {event.organisation_id for event in found if event.organisation_id})
    officers = officer_names(session)
    return tuple(_row(event, entries, officers) for event in found)


def file_row(event: AuditEventRow) -> tuple[str, ...]:
    """An event for a file: people by their ids alone, so that who is erased here is in no copy by name."""
    facts = "; ".join(f"{name}={value}" for name, value in event.facts.items() if value is not None)
    entry = str(event.organisation_id or "")
    what = act_in_words(event.action)
    return event.at.isoformat(), event.actor, what, event.action, entry, event.subject, facts


def _row(event: AuditEventRow, entries: Mapping[str, str], officers: Mapping[str, str]) -> Row:
    local, entry = event.at.astimezone(LONDON), str(event.organisation_id or "")
    return Row(
        when=f"{date_in_words(local.date())}, {local:%H:%M}",
        who=actor_in_words(event.actor, officers),
        what=act_in_words(event.action),
        url=_url(event),
        entry=entries.get(entry, ""),
        entry_url=url_for("admin.entry", organisation_id=event.organisation_id) if entry in entries else "",
        facts="; ".join(_facts(event, officers)),
    )


def _url(event: AuditEventRow) -> str:
    endpoint, name = PAGES.get(event.action.partition("_")[0], ("", ""))
    values: dict[str, Any] = {name: event.subject}
    return url_for(endpoint, **values) if endpoint and _is_id(event.subject) else ""


def _facts(event: AuditEventRow, officers: Mapping[str, str]) -> list[str]:
    """What an event says besides: without ids, which tell a reader nothing, but for officers', who have names."""
    facts = event.facts
    if event.action == "policy_changed" and event.subject in LABELS:
        before, after = (value_in_words(event.subject, facts[side]) for side in ("before", "after"))
        return [f"{LABELS[event.subject].label}: {before} → {after}"]
    officer = f"officer:{event.subject}"
    about = officers.get(officer, "") if officer != event.actor else ""
    subject = "" if _is_id(event.subject) or _is_random(event.subject) else event.subject.replace("_", " ")
    said = [f"{name.replace('_', ' ')}: {_value(value, officers)}" for name, value in facts.items() if _is_said(value)]
    return [text for text in (about, subject, *said) if text]


def _is_said(value: Any) -> bool:
    return value not in (None, "") and not (_is_id(str(value)))


def _value(value: Any, officers: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return officers.get(f"officer:{value}", str(value).replace("_", " "))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _is_random(text: str) -> bool:
    """Whether it is the id of a link or a session, which are no words."""
    return any(sign.isdigit() or sign.isupper() for sign in text)
