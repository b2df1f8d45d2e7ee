"""Entries whose day has come, with what is stored about each, read in a few queries for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.checks.keeping import day_of
from directory.checks.models import CheckMailRow, CheckRow, CheckStepRow, ContactRow, KeepingRow
from directory.checks.queries import reachable_contacts
from directory.checks.rules import Round, Step, Way
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind, TaskState


@dataclass(slots=True)
class Case:
    """One entry in a round, with what is stored about it."""

    keeping: KeepingRow
    check: CheckRow | None
    done: dict[Step, date]
    contacts: list[ContactRow]
    mailed: set[UUID]
    """The contacts that had a mail of this round."""
    open_tasks: set[TaskKind]

    @property
    def the_round(self) -> Round:
        """What the rules need to know."""
        is_rung = self.keeping.do_not_email and self.keeping.way is Way.OWN_LINK
        return Round(
            way=Way.PHONE if is_rung else self.keeping.way,
            due_on=self.keeping.due_on if self.check is None else self.check.due_on,
            is_reachable=bool(self.contacts),
            may_mail=self.check is None or self.check.mailing_ended_at is None,
            done=self.done,
        )


def due_cases(session: Session, today: date, most: int) -> list[Case]:
    """Public entries whose day has come and that no round has looked at today, those overdue longest first, locked."""
    found = session.execute(
        select(KeepingRow, CheckRow)
        .join(OrganisationRow, OrganisationRow.id == KeepingRow.organisation_id)
        .outerjoin(CheckRow, (CheckRow.organisation_id == KeepingRow.organisation_id) & CheckRow.ended_at.is_(None))
        .where(
            OrganisationRow.state == State.PUBLIC,
            KeepingRow.due_on <= today,
            or_(KeepingRow.looked_on.is_(None), KeepingRow.looked_on < today),
            or_(KeepingRow.paused_until.is_(None), KeepingRow.paused_until <= today),
        )
        .order_by(KeepingRow.due_on, KeepingRow.organisation_id)
        .limit(most)
        .with_for_update(of=KeepingRow),
        execution_options={"populate_existing": True},
    ).all()
    ids = [keeping.organisation_id for keeping, _ in found]
    checks = [check.id for _, check in found if check is not None]
    done, mailed = _steps_done(session, checks), _mailed(session, checks)
    contacts, tasks = _contacts(session, ids), _open_tasks(session, ids)
    return [
        Case(
            keeping=keeping,
            check=check,
            done=done[check.id] if check else {},
            contacts=contacts[keeping.organisation_id],
            mailed=mailed[check.id] if check else set(),
            open_tasks=tasks[keeping.organisation_id],
        )
        for keeping, check in found
    ]


def _steps_done(session: Session, checks: Sequence[UUID]) -> dict[UUID, dict[Step, date]]:
    query = select(CheckStepRow).where(CheckStepRow.check_id.in_(checks))
    done: dict[UUID, dict[Step, date]] = defaultdict(dict)
    for row in session.scalars(query.order_by(CheckStepRow.check_id, CheckStepRow.step)):
        done[row.check_id][row.step] = day_of(row.done_at)
    return done


def _mailed(session: Session, checks: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    query = select(CheckMailRow.check_id, CheckMailRow.contact_id).where(CheckMailRow.check_id.in_(checks))
    mailed: dict[UUID, set[UUID]] = defaultdict(set)
    for check_id, contact_id in session.execute(query.order_by(CheckMailRow.check_id, CheckMailRow.contact_id)):
        mailed[check_id].add(contact_id)
    return mailed


def _contacts(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[ContactRow]]:
    contacts: dict[UUID, list[ContactRow]] = defaultdict(list)
    for row in session.scalars(reachable_contacts().where(ContactRow.organisation_id.in_(ids))):
        contacts[row.organisation_id].append(row)
    return contacts


def _open_tasks(session: Session, ids: Sequence[UUID]) -> dict[UUID, set[TaskKind]]:
    query = select(TaskRow.organisation_id, TaskRow.kind).where(
        TaskRow.state == TaskState.OPEN, TaskRow.organisation_id.in_(ids)
    )
    tasks: dict[UUID, set[TaskKind]] = defaultdict(set)
    for organisation_id, kind in session.execute(query.order_by(TaskRow.organisation_id, TaskRow.id)):
        if organisation_id is not None:
            tasks[organisation_id].add(kind)
    return tasks
