"""The public entries at moments of the past, as far as what is stored tells: who was public, and confirmed when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.changes.rules import ChangeState
from directory.checks.models import AnswerRow, KeepingRow
from directory.checks.rules import AnswerKind
from directory.figures.freshness import age, confirmed_by_us, period_of, seconds
from directory.listing.models import HidingRow
from directory.listing.rules import HidingState
from directory.organisations.models import OrganisationRow, RevisionRow
from directory.organisations.rules import State

_CONFIRMING = (AnswerKind.ALL_CORRECT, AnswerKind.PHONE, AnswerKind.SOURCE)
Span = tuple[float, float | None]
"""A time in which an entry was hidden, in seconds; None: it is so still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of the entries that were ever public, before and between moments."""

    ages: Sequence[Sequence[tuple[float | None, int]]]
    """For each moment, of each entry that was public then: the days since it was confirmed, and its period of today."""
    added: int
    """Entries that became public for the first time between the first moment and the last."""
    hidden: int
    """How often one was hidden in that time."""


def first_published(session: Session) -> datetime | None:
    """When the first entry became public; None if none ever was."""
    return session.scalars(select(func.min(RevisionRow.made_at)).where(RevisionRow.number == 1)).one()


def past(session: Session, moments: Sequence[datetime]) -> Past:
    """Look at all entries that were ever public, by two questions."""
    hidings = _hidings(session)
    times = [moment.timestamp() for moment in moments]
    ages: list[list[tuple[float | None, int]]] = [[] for _ in times]
    start, end = times[0], times[-1]
    added = hidden = 0
    for identity, hidden_since, at, period, published, *earlier in session.execute(_entries(moments)):
        spans = _spans(hidings.get(identity, ()), hidden_since)
        added += start <= published < end
        hidden += sum(start <= since < end for since, _ in spans)
        for place, moment in enumerate(times):
            if _is_public(published, spans, moment):
                is_last = at is not None and at < moment
                ages[place].append((age(at if is_last else earlier[place], moment), period))
    return Past(ages=ages, added=added, hidden=hidden)


def _entries(moments: Sequence[datetime]) -> Select[*tuple[Any, ...]]:
    """A row for each entry that was ever public. The first revision is the one with which it became so."""
    answered = _answers(moments).subquery()
    return (
        select(
            cast(OrganisationRow.id, String),
            case((OrganisationRow.state == State.HIDDEN, seconds(OrganisationRow.edited_at))),
            confirmed_by_us(),
            period_of(),
            seconds(RevisionRow.made_at),
            *(answered.c[f"before_{place}"] for place in range(len(moments))),
        )
        .join(RevisionRow, and_(RevisionRow.organisation_id == OrganisationRow.id, RevisionRow.number == 1))
        .outerjoin(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)
        .outerjoin(answered, answered.c.organisation_id == OrganisationRow.id)
        .order_by(OrganisationRow.id)
    )


def _answers(moments: Sequence[datetime]) -> Select[*tuple[Any, ...]]:
    """For each entry the last answer before each moment that confirmed it: the entry itself knows the last of all."""
    before = (
        seconds(func.max(case((AnswerRow.at < moment, AnswerRow.at)))).label(f"before_{place}")
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


def _hidings(session: Session) -> dict[str, list[Span]]:
    found = session.execute(
        select(cast(HidingRow.organisation_id, String), HidingRow.decided_at, HidingRow.ended_at)
        .where(HidingRow.state.in_((HidingState.HIDDEN, HidingState.ENDED)), HidingRow.decided_at.is_not(None))
        .order_by(HidingRow.decided_at, HidingRow.id)
    )
    spans: dict[str, list[Span]] = defaultdict(list)
    for identity, decided_at, ended_at in found:
        if decided_at is not None:
            spans[identity].append((decided_at.timestamp(), ended_at.timestamp() if ended_at else None))
    return spans


def _spans(known: Sequence[Span], hidden_since: int | None) -> Sequence[Span]:
    """When an entry was hidden; one that is so without a record of it is hidden since it was last touched."""
    is_told = hidden_since is None or any(end is None for _, end in known)
    return known if is_told or hidden_since is None else [*known, (hidden_since, None)]


def _is_public(published: float, spans: Sequence[Span], moment: float) -> bool:
    """Whether the public saw it just before a moment."""
    return published < moment and not any(since < moment and (end is None or moment <= end) for since, end in spans)
