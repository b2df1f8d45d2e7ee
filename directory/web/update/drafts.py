"""A half-done answer: what was typed so far, by whom, and over which revision of the entry it was begun."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from directory import clock
from directory.changes.queries import Entry, seen_details
from directory.checks.answers import save_draft
from directory.checks.queries import draft_of
from directory.organisations.details import OrganisationDetails
from directory.web.extensions import db
from directory.web.transaction import transaction
from directory.web.update.blueprint import current_link, link_id
from directory.web.update.entry import current_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A half-done answer, as it is kept until the link is used or expires."""

    typed: Mapping[str, list[str]] = field(default_factory=dict)
    name: str = ""
    role: str = ""
    revision: int = 0
    """The revision that the form began with; 0 where the entry had none yet."""
    checked: tuple[str, ...] = ()
    """The sections that were looked at, where somebody said that it was not all."""


def current_draft(entry: Entry) -> Draft:
    """The half-done answer of the link; a new one, over the entry as it is now, where there is none."""
    row = draft_of(db.session(), link_id())
    if row is None:
        last = _last_signature()
        return Draft(name=last["name"], role=last["role"], revision=entry.revision)
    marks = row.marks
    return Draft(
        typed=row.details,
        name=marks["name"],
        role=marks["role"],
        revision=marks["revision"],
        checked=tuple(marks.get("checked", ())),
    )


def base_of(entry: Entry, draft: Draft) -> OrganisationDetails:
    """The details that whoever types saw."""
    return seen_details(db.session(), entry, draft.revision)


def keep_draft(draft: Draft) -> None:
    """Keep a half-done answer in the place of the one before. Raises what `save_draft` raises."""
    with transaction() as session:
        _save(session, draft)


def signed() -> dict[str, str]:
    """Name and role to be filled in: as in the half-done answer, or as they were last time."""
    row = draft_of(db.session(), link_id())
    return {"name": row.marks["name"], "role": row.marks["role"]} if row else _last_signature()


def put_signature(*, name: str, role: str, checked: tuple[str, ...] = ()) -> None:
    """Keep who answers, and what they looked at if not all of it, with whatever was typed so far."""
    keep_draft(replace(current_draft(current_entry()), name=name, role=role, checked=checked))


def _last_signature() -> dict[str, str]:
    last = current_link().signature
    return {"name": last.name, "role": last.role} if last else {"name": "", "role": ""}


def _save(session: Session, draft: Draft) -> None:
    marks = {"name": draft.name, "role": draft.role, "revision": draft.revision, "checked": list(draft.checked)}
    save_draft(session, link_id(), details=dict(draft.typed), marks=marks, now=clock.now())
