"""The public entries at a moment of the past, as far as what is stored tells: who was public, and confirmed when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.changes.rules import ChangeState
from directory.checks.models import AnswerRow, KeepingRow
from directory.checks.rules import LONGEST_PERIOD, AnswerKind
from directory.figures.freshness import Confirmation
from directory.listing.models import HidingRow
from directory.listing.rules import HidingState
from directory.organisations.models import OrganisationRow, RevisionRow
from directory.organisations.rules import ConfirmedBy, State

_CONFIRMING = (AnswerKind.ALL_CORRECT, AnswerKind.PHONE, AnswerKind.SOURCE)


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which something was so: from a moment up to, not with, another; None: it is so still."""

    start: datetime
    end: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.start < moment and (self.end is None or moment <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEntry:
    """What is known of one entry that was ever public."""

    published_at: datetime
    hidden: Sequence[Span]
    last: Confirmation
    """The last confirmation of ours that counts, whenever it was."""
    earlier: Sequence[datetime | None]
    """The last answer that confirmed it before each of the moments asked for, where there was one."""

    def is_public(self, moment: datetime) -> bool:
        """Whether the public saw it just before a moment."""
        return self.published_at < moment and not any(span.holds(moment) for span in self.hidden)

    def confirmation(self, place: int, moment: datetime) -> Confirmation:
        """Its confirmation as it stood just before a moment, the one of that place. The period is that of today."""
        if self.last.at is not None and self.last.at < moment:
            return self.last
        return Confirmation(self.earlier[place], self.last.period)


def past_entries(session: Session, moments: Sequence[datetime]) -> tuple[PastEntry, ...]:
    """All entries that were ever public, with their confirmations before some moments."""
    first = (
        select(RevisionRow.organisation_id, func.min(RevisionRow.made_at).label("at"))
        .group_by(RevisionRow.organisation_id)
        .subquery()
    )
    answered = _answers(moments).subquery()
    found = session.execute(
        select(
            OrganisationRow.id,
            OrganisationRow.state,
            OrganisationRow.edited_at,
            OrganisationRow.confirmed_at,
            OrganisationRow.confirmed_by,
            func.coalesce(KeepingRow.period_days, LONGEST_PERIOD),
            first.c.at,
            *(answered.c[f"before_{place}"] for place in range(len(moments))),
        )
        .join(first, first.c.organisation_id == OrganisationRow.id)
        .outerjoin(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)
        .outerjoin(answered, answered.c.organisation_id == OrganisationRow.id)
        .order_by(OrganisationRow.id)
    )
    hidings = _hidings(session)
    return tuple(
        PastEntry(
            published_at=published_at,
            hidden=_hidden(hidings.get(identity, []), edited_at if state is State.HIDDEN else None),
            last=Confirmation(None if by is ConfirmedBy.ANOTHER_DIRECTORY else at, period),
            earlier=earlier,
        )
        for identity, state, edited_at, at, by, period, published_at, *earlier in found
    )


def _answers(moments: Sequence[datetime]) -> Select[UUID, *tuple[datetime | None, ...]]:
    before = (
        func.max(case((AnswerRow.at < moment, AnswerRow.at))).label(f"before_{place}")
        for place, moment in enumerate(moments)
    )
    return select(AnswerRow.organisation_id, *before).where(_confirms()).group_by(AnswerRow.organisation_id)


def _confirms() -> ColumnElement[bool]:
    """An answer confirms the entry by itself, or when all that came with it was approved."""
    of_answer = ChangeRow.answer_id == AnswerRow.id
    not_approved = (
        select(ChangeUnitRow.change_id)
        .join(ChangeRow, ChangeRow.id == ChangeUnitRow.change_id)
        .where(of_answer, ChangeUnitRow.state != ChangeState.APPROVED)
        .exists()
    )
    changed = select(ChangeRow.id).where(of_answer).exists()
    return or_(AnswerRow.kind.in_(_CONFIRMING), and_(AnswerRow.kind == AnswerKind.CHANGED, changed, ~not_approved))


def _hidings(session: Session) -> dict[UUID, list[Span]]:
    found = session.execute(
        select(HidingRow.organisation_id, HidingRow.decided_at, HidingRow.ended_at)
        .where(HidingRow.state.in_((HidingState.HIDDEN, HidingState.ENDED)), HidingRow.decided_at.is_not(None))
        .order_by(HidingRow.decided_at, HidingRow.id)
    )
    spans: dict[UUID, list[Span]] = defaultdict(list)
    for identity, decided_at, ended_at in found:
        if decided_at is not None:
            spans[identity].append(Span(decided_at, ended_at))
    return spans


def _hidden(known: list[Span], edited_at: datetime | None) -> Sequence[Span]:
    """When an entry was hidden; one that is so without a record of it is hidden since it was last touched."""
    is_told = edited_at is None or any(span.end is None for span in known)
    return known if is_told or edited_at is None else [*known, Span(edited_at, None)]
