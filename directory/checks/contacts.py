"""Update contacts: added, removed, replaced with a yes from the old address. Nothing here commits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory import audit
from directory.checks.issuing import revoke_links
from directory.checks.keeping import day_of, locked_keeping, restart, settle_tasks
from directory.checks.links import SKEW, new_link_id
from directory.checks.models import CheckStepRow, ContactChangeRow, ContactRow, KeepingRow
from directory.checks.queries import contact, contacts_of, open_check
from directory.checks.rules import (
    ContactChangeDecided,
    ContactEnded,
    ContactState,
    Ladder,
    Step,
    TooManyContacts,
)
from directory.outbox.message import MailKind, Message
from directory.outbox.operations import enqueue
from directory.people.operations import remember_person
from directory.tasks.operations import finish_task, open_task
from directory.tasks.queries import open_task_of
from directory.tasks.rules import TaskDone, TaskKind

MOST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A mailbox to be asked, with who reads it as far as known."""

    email: str
    language: str
    name: str = ""
    role: str = ""


def add_contact(
    session: Session, organisation_id: UUID, mailbox: Mailbox, *, by: str, now: datetime, position: int | None = None
) -> ContactRow:
    """An officer adds an update contact, first or second. Raises TooManyContacts or AddressInvalid.

    Where nobody could be asked before, asking begins anew.
    """
    keeping = locked_keeping(session, organisation_id, now)
    free = {*range(1, MOST + 1)} - {held.position for held in contacts_of(session, organisation_id)}
    if not free or position not in {None, *free}:
        raise TooManyContacts(str(organisation_id))
    row = _add(session, organisation_id, position or min(free), _person(session, mailbox, now), mailbox.language, now)
    _audit(session, row, "contact_added", by, now)
    _ask_anew(session, row, now)
    keeping.looked_on = None
    settle_tasks(
        session, organisation_id, outcome="contact_added", now=now, kinds=frozenset({TaskKind.FIND_KEEPER}), by=by
    )
    return row


def ask_contact_change(
    session: Session, contact_id: UUID, mailbox: Mailbox, *, by: str, now: datetime, ladder: Ladder
) -> ContactChangeRow:
    """Somebody wants another mailbox to be asked: the old address is asked to agree, or an officer decides.

    Raises ContactUnknown or AddressInvalid.
    """
    old = contact(session, contact_id)
    row = ContactChangeRow(
        id=new_link_id(),
        contact_id=contact_id,
        person_id=_person(session, mailbox, now),
        language=mailbox.language,
        asked_at=now,
        asked_by=by,
        expires_at=now + timedelta(days=ladder.link_days),
        decided_at=None,
        decided_by="",
        is_agreed=None,
    )
    session.add(row)
    _tell(session, MailKind.CONTACT_CHANGE_ASKED, old, old.person_id, old.language, now, link_ids=(row.id,))
    open_task(
        session,
        kind=TaskKind.CONTACT_CHANGE,
        key=row.id,
        due_on=day_of(now),
        now=now,
        organisation_id=old.organisation_id,
        contact=str(contact_id),
        change=row.id,
    )
    _audit(session, old, "contact_change_asked", by, now)
    return row


def contact_change(session: Session, change_id: str, now: datetime) -> ContactChangeRow:
    """A change that waits for a yes; reads only. Raises ContactChangeDecided if it does not."""
    row = session.get(ContactChangeRow, change_id, populate_existing=True)
    if row is None or row.decided_at is not None or now > row.expires_at + SKEW:
        raise ContactChangeDecided(change_id)
    return row


def decide_contact_change(session: Session, change_id: str, *, is_agreed: bool, by: str, now: datetime) -> None:
    """The old address or an officer says yes or no; of several at once the first counts. Raises ContactChangeDecided.

    With a yes the new mailbox takes the old one's place, its links end, and both are told. With a no, too, both are
    told: whoever asked reads one of them.
    """
    row = contact_change(session, change_id, now)
    old, _ = _locked(session, row.contact_id, now)
    decided = session.scalars(
        update(ContactChangeRow)
        .where(ContactChangeRow.id == change_id, ContactChangeRow.decided_at.is_(None))
        .values(decided_at=now, decided_by=by, is_agreed=is_agreed)
        .returning(ContactChangeRow.id)
    ).one_or_none()
    if decided is None:
        raise ContactChangeDecided(change_id)
    _settle(session, TaskKind.CONTACT_CHANGE, change_id, "agreed" if is_agreed else "refused", by, now)
    _audit(session, old, "contact_change_agreed" if is_agreed else "contact_change_refused", by, now)
    if is_agreed and old.ended_at is None:
        _replace(session, old, row.person_id, row.language, by, now)
    elif not is_agreed:
        concerned = {row.person_id: row.language} | ({} if old.ended_at else {old.person_id: old.language})
        for person_id, language in concerned.items():
            _tell(session, MailKind.CONTACT_CHANGED, old, person_id, language, now, agreed="no")


def replace_contact(session: Session, contact_id: UUID, mailbox: Mailbox, *, by: str, now: datetime) -> ContactRow:
    """An officer puts another mailbox in the place of a contact; both addresses are told.

    Raises ContactUnknown, ContactEnded or AddressInvalid.
    """
    old, _ = _current(session, contact_id, now)
    return _replace(session, old, _person(session, mailbox, now), mailbox.language, by, now)


def remove_contact(session: Session, contact_id: UUID, *, by: str, now: datetime) -> None:
    """An officer takes a contact away; its links end. Raises ContactUnknown or ContactEnded."""
    row, keeping = _current(session, contact_id, now)
    keeping.looked_on, row.ended_at = None, now
    revoke_links(session, contact_id, now)
    _settle_about(session, contact_id, "contact_removed", by, now)
    _settle_overtaken(session, contact_id, "contact_removed", by, now)
    _audit(session, row, "contact_removed", by, now)


def set_contact_state(session: Session, contact_id: UUID, state: ContactState, *, by: str, now: datetime) -> None:
    """An officer says whether this contact may be mailed. Raises ContactUnknown or ContactEnded."""
    row, keeping = _current(session, contact_id, now)
    keeping.looked_on, row.state = None, state
    if state is ContactState.ACTIVE:
        _settle_about(session, contact_id, "contact_active", by, now)
        _ask_anew(session, row, now)
    _audit(session, row, f"contact_{state.value}", by, now)


def _locked(session: Session, contact_id: UUID, now: datetime) -> tuple[ContactRow, KeepingRow]:
    """A contact as it is now, with how its entry is kept; whoever else changes contacts of the entry waits."""
    row = contact(session, contact_id)
    keeping = locked_keeping(session, row.organisation_id, now)
    session.refresh(row)
    return row, keeping


def _current(session: Session, contact_id: UUID, now: datetime) -> tuple[ContactRow, KeepingRow]:
    """The same of a contact that is still one."""
    row, keeping = _locked(session, contact_id, now)
    if row.ended_at is not None:
        raise ContactEnded(str(contact_id))
    return row, keeping


def _replace(session: Session, old: ContactRow, person_id: UUID, language: str, by: str, now: datetime) -> ContactRow:
    keeping = locked_keeping(session, old.organisation_id, now)
    old.ended_at = now
    session.flush()  # its position is free again
    revoke_links(session, old.id, now)
    new = _add(session, old.organisation_id, old.position, person_id, language, now)
    keeping.looked_on = None
    _settle_about(session, old.id, "contact_replaced", by, now)
    _settle_overtaken(session, old.id, "contact_replaced", by, now)
    _audit(session, new, "contact_replaced", by, now)
    for told in (old, new):
        _tell(session, MailKind.CONTACT_CHANGED, new, told.person_id, told.language, now)
    _ask_anew(session, new, now)
    return new


def _add(
    session: Session, organisation_id: UUID, position: int, person_id: UUID, language: str, now: datetime
) -> ContactRow:
    row = ContactRow(
        id=uuid4(),
        organisation_id=organisation_id,
        position=position,
        person_id=person_id,
        language=language,
        state=ContactState.ACTIVE,
        since=now,
        ended_at=None,
    )
    session.add(row)
    session.flush()  # the database refuses a third one here
    return row


def _ask_anew(session: Session, new: ContactRow, now: datetime) -> None:
    """Where a round is going on in which nobody was asked by mail, it begins anew with the new contact."""
    check = open_check(session, new.organisation_id)
    if check is not None and session.get(CheckStepRow, (check.id, Step.ASK)) is None:
        restart(session, locked_keeping(session, new.organisation_id, now), now)


def _person(session: Session, mailbox: Mailbox, now: datetime) -> UUID:
    return remember_person(session, name=mailbox.name, role=mailbox.role, email=mailbox.email, now=now)


def _tell(
    session: Session,
    kind: MailKind,
    about: ContactRow,
    person_id: UUID,
    language: str,
    now: datetime,
    link_ids: tuple[str, ...] = (),
    **facts: str,
) -> None:
    message = Message(
        kind=kind,
        person_id=person_id,
        language=language,
        organisation_ids=(about.organisation_id,),
        link_ids=link_ids,
        facts={"contact": str(about.id), **facts},
    )
    enqueue(session, message, now=now)


def _settle_about(session: Session, contact_id: UUID, outcome: str, by: str, now: datetime) -> None:
    for kind in (TaskKind.BOUNCED, TaskKind.WRONG_PERSON):
        _settle(session, kind, str(contact_id), outcome, by, now)


def _settle_overtaken(session: Session, contact_id: UUID, outcome: str, by: str, now: datetime) -> None:
    """Nobody need say any more whether another mailbox may take the place of a contact that is none now."""
    waiting = (
        select(ContactChangeRow.id)
        .where(ContactChangeRow.contact_id == contact_id, ContactChangeRow.decided_at.is_(None))
        .order_by(ContactChangeRow.asked_at, ContactChangeRow.id)
    )
    for change_id in session.scalars(waiting).all():
        _settle(session, TaskKind.CONTACT_CHANGE, change_id, outcome, by, now)


def _settle(session: Session, kind: TaskKind, key: str, outcome: str, by: str, now: datetime) -> None:
    task = open_task_of(session, kind, key)
    if task is None:
        return
    try:
        finish_task(session, task.id, outcome=outcome, by=by, now=now)
    except TaskDone:  # by somebody else, at the same moment
        return


def _audit(session: Session, row: ContactRow, action: str, by: str, now: datetime) -> None:
    audit.record(session, actor=by, action=action, now=now, organisation_id=row.organisation_id, subject=str(row.id))
