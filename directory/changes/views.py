"""Changes as people see them: one that waits or is decided, what became of an answer, a revision in the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from directory.changes.outcome import Fit
from directory.changes.rules import ChangeState, HowChecked, Origin, Risk
from directory.organisations.compare import Difference
from directory.organisations.details import OrganisationDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who proposed a change, as far as known; empty for who was erased."""

    name: str
    role: str
    has_email: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    """One unit of a change: what it was, what it is now, what it is to be, and what was decided."""

    number: int
    """Counted from 1, the same for ever."""
    difference: Difference
    now: Any
    """What the entry has now, in the form of `difference.old`."""
    fit: Fit
    risk: Risk
    is_warning: bool
    state: ChangeState
    decided_at: datetime | None
    decided_by: str
    reason: str
    how_checked: HowChecked | None
    is_edited: bool
    revision: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One change with all that an officer needs to decide it; its units in the order of risk."""

    id: UUID
    organisation_id: UUID | None
    name: str
    slug: str | None
    origin: Origin
    state: ChangeState
    risk: Risk
    """The worst of what still waits, or of all of it when nothing does."""
    submitted_at: datetime
    age: int
    """Working days since."""
    sender: Sender | None
    through: str
    """The actor: `link:<id>`, `officer:<id>`, `public` …"""
    base_revision: int
    revision: int
    """The entry's revision now: what an approval must name."""
    units: tuple[UnitView, ...]
    records: Mapping[str, str]
    """The names of all services and places that a unit may speak of, by their ids."""
    reason: str


class Became(StrEnum):
    """What became of what an organisation told us."""

    WAITING = "waiting"
    APPROVED = "approved"
    APPROVED_WITH_EDITS = "approved_with_edits"
    IN_PART = "in_part"
    DECLINED = "declined"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOutcome:
    """What became of the changes of one answer, for the page of its link."""

    change_id: UUID
    became: Became
    decided_at: datetime | None
    reasons: tuple[str, ...]
    approved: tuple[Difference, ...]
    declined: tuple[Difference, ...]
    waiting: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChange:
    """What of a change that an organisation sent still waits, for the first page of its links."""

    sent_at: datetime
    base: OrganisationDetails
    waiting: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """One revision of an entry, with what it changed in the one before."""

    number: int
    made_at: datetime
    made_by: str
    why: str
    differences: tuple[Difference, ...]
