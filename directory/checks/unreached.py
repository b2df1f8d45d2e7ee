"""Telling those who can still be mailed that their organisation could not be reached. Nothing here commits."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from directory import audit
from directory.checks.issuing import issue_link
from directory.checks.keeping import day_of, locked_keeping, settle_tasks
from directory.checks.mailing import addresses_mailed_on
from directory.checks.models import CheckMailRow, CheckRow, ContactRow, KeepingRow, LinkRow
from directory.checks.queries import reachable_contacts
from directory.checks.rules import Ladder, Step
from directory.clock import LONDON
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.outbox.message import MailKind, Message
from directory.outbox.operations import enqueue
from directory.people.models import PersonRow
from directory.tasks.operations import end_by_hand
from directory.tasks.queries import task_of
from directory.tasks.rules import Outcome, OutcomeUntrue, TaskKind, TaskState, outcomes_of
from directory.tasks.working_days import same_or_next_working_time

RINGING = frozenset({TaskKind.RING, TaskKind.RING_AGAIN})
LEFT = timedelta(days=7)
"""A link that ends sooner is not sent again: the mail has a new one."""


class Why(StrEnum):
    """What was tried in vain."""

    CALL = "call"
    """Somebody rang, and nobody answered."""
    OTHER_CONTACT = "other_contact"
    """Mail to the other contact came back."""


def log_no_answer(session: Session, organisation_id: UUID, *, by: str, now: datetime, ladder: Ladder) -> None:
    """An officer rang, and nobody answered: whoever can be mailed is told, with a link.

    The task to ring is done with; the ladder goes on, and has them rung again.
    """
    locked_keeping(session, organisation_id, now)
    settle_tasks(session, organisation_id, outcome="no_answer", now=now, kinds=RINGING, by=by)
    audit.record(session, actor=by, action="rang_in_vain", now=now, organisation_id=organisation_id)
    tell_unreached(session, (organisation_id,), Why.CALL, now=now, ladder=ladder)


def end_task_by_hand(
    session: Session, task_id: UUID, *, outcome: Outcome, note: str, by: str, now: datetime, ladder: Ladder
) -> None:
    """An officer says what came of a task; of a call that nobody answered, whoever can be mailed is told.

    Raises OutcomeUntrue for what the entry shows not to have happened, and what `end_by_hand` raises.
    """
    _check_true(session, task_id, outcome)
    end_by_hand(session, task_id, outcome=outcome, note=note, by=by, now=now)
    row = task_of(session, task_id)
    if row.kind in RINGING and outcome is Outcome.NO_ANSWER and row.organisation_id is not None:
        tell_unreached(session, (row.organisation_id,), Why.CALL, now=now, ladder=ladder)


def _check_true(session: Session, task_id: UUID, outcome: Outcome) -> None:
    row = task_of(session, task_id)
    entry = session.get(OrganisationRow, row.organisation_id) if row.organisation_id else None
    if entry is None or outcome not in outcomes_of(row.kind) or row.state is not TaskState.OPEN:
        return
    if outcome is Outcome.ENTRY_HIDDEN and entry.state is State.PUBLIC:
        raise OutcomeUntrue(outcome.value)
    if outcome is Outcome.ENTRY_CHANGED and entry.edited_at < row.created_at:
        raise OutcomeUntrue(outcome.value)


def tell_unreached(
    session: Session, organisation_ids: Collection[UUID], why: Why, *, now: datetime, ladder: Ladder
) -> None:
    """Tell the contacts of public entries that can be mailed, each address once a day, with a link for each entry.

    Not where the organisation does not want mail. The mail leaves in working hours, and tomorrow where the address had
    one of a round today. It asks for an answer too: whoever was not asked in this round has been asked by it.
    """
    found = session.execute(
        reachable_contacts()
        .join(OrganisationRow, OrganisationRow.id == ContactRow.organisation_id)
        .outerjoin(KeepingRow, KeepingRow.organisation_id == ContactRow.organisation_id)
        .outerjoin(CheckRow, (CheckRow.organisation_id == ContactRow.organisation_id) & CheckRow.ended_at.is_(None))
        .where(
            ContactRow.organisation_id.in_(organisation_ids),
            OrganisationRow.state == State.PUBLIC,
            or_(KeepingRow.do_not_email.is_(None), KeepingRow.do_not_email.is_(False)),
        )
        .add_columns(func.lower(PersonRow.email), CheckRow.id)
        .order_by(None)
        .order_by(func.lower(PersonRow.email), ContactRow.organisation_id, ContactRow.position)
    ).all()
    had = addresses_mailed_on(session, day_of(now)) if found else ()
    for address, group in groupby(found, lambda row: row[1]):
        earliest = _tomorrow(now) if address in had else now
        not_before = earliest if ladder.at_any_time else same_or_next_working_time(earliest)
        _tell(session, [(row[0], row[2]) for row in group], why, now, not_before, ladder)


def _tomorrow(now: datetime) -> datetime:
    return datetime.combine(day_of(now) + timedelta(days=1), time(), tzinfo=LONDON)


def _tell(
    session: Session,
    contacts: Iterable[tuple[ContactRow, UUID | None]],
    why: Why,
    now: datetime,
    not_before: datetime,
    ladder: Ladder,
) -> None:
    """One mail to one address."""
    asked = [(held, check_id, _link(session, held, check_id, now, ladder)) for held, check_id in contacts]
    first = asked[0][0]
    message = Message(
        kind=MailKind.COULD_NOT_REACH,
        person_id=first.person_id,
        language=first.language,
        organisation_ids=tuple(held.organisation_id for held, _, _ in asked),
        link_ids=tuple(link.id for _, _, link in asked),
        facts={"why": why.value},
    )
    key = f"unreached:{why.value}:{first.id}:{day_of(now)}"
    outbox_id = enqueue(session, message, now=now, not_before=not_before, key=key)
    for held, check_id, _ in asked:
        if check_id is not None:
            _note_asked(session, held.id, check_id, day_of(not_before), outbox_id)


def _note_asked(session: Session, contact_id: UUID, check_id: UUID, day: date, outbox_id: UUID) -> None:
    mail = session.get(CheckMailRow, (check_id, Step.ASK, contact_id))
    if mail is None:
        mail = CheckMailRow(check_id=check_id, step=Step.ASK, contact_id=contact_id, due_on=day)
        session.add(mail)
    elif mail.mailed_on is not None:
        return
    mail.mailed_on, mail.outbox_id = day, outbox_id


def _link(session: Session, held: ContactRow, check_id: UUID | None, now: datetime, ladder: Ladder) -> LinkRow:
    """The newest link of this contact in this round, while it is good for some days; else a new one."""
    good = session.scalars(
        select(LinkRow)
        .where(
            LinkRow.contact_id == held.id,
            LinkRow.check_id == check_id if check_id else LinkRow.check_id.is_(None),
            LinkRow.used_at.is_(None),
            LinkRow.revoked_at.is_(None),
            LinkRow.expires_at > now + LEFT,
        )
        .order_by(LinkRow.issued_at.desc(), LinkRow.id)
        .limit(1)
    ).one_or_none()
    return good or issue_link(session, contact_id=held.id, check_id=check_id, now=now, ladder=ladder)
