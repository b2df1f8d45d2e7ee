"""What organisations answer by their links, and officers for them, and what follows from it. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory import audit
from directory.checks.issuing import LinkState, OpenLink, open_link, revoke_links, use_link
from directory.checks.keeping import confirm, day_of, end_check, locked_keeping, settle_tasks
from directory.checks.models import AnswerRow, DraftRow, KeepingRow, LinkRow
from directory.checks.queries import Signature, answer_for, contact, last_signature, link_of, open_check
from directory.checks.rules import AnswerIncomplete, AnswerKind, CheckOutcome, ContactState, LinkUsed
from directory.directory_revision import lock_directory
from directory.organisations.operations import mark_told_closed
from directory.organisations.rules import ConfirmedBy
from directory.outbox.message import MailKind, Message
from directory.outbox.operations import enqueue
from directory.people.operations import remember_person
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RightPerson:
    """Whom the wrong person named instead; all of it may be empty."""

    name: str = ""
    role: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReceipt:
    """An answer that is kept, once the caller commits."""

    answer_id: UUID
    organisation_id: UUID
    kind: AnswerKind
    at: datetime
    person_id: UUID | None
    link_id: str | None
    contact_id: UUID | None
    check_id: UUID | None


def save_draft(
    session: Session, link_id: str, *, details: Mapping[str, Any], marks: Mapping[str, Any], now: datetime
) -> None:
    """Keep a half-done edit, until the link expires or is used. Raises what `open_link` raises, and LinkUsed."""
    if open_link(session, link_id, now).state is not LinkState.FRESH:
        raise LinkUsed(link_id)
    session.merge(DraftRow(link_id=link_id, details=dict(details), marks=dict(marks), saved_at=now))


def drop_draft(session: Session, link_id: str) -> None:
    """Forget a half-done edit."""
    session.execute(delete(DraftRow).where(DraftRow.link_id == link_id))


def record_answer(
    session: Session,
    link_id: str,
    *,
    kind: AnswerKind,
    name: str,
    role: str,
    now: datetime,
    sections: Sequence[str] = (),
    right_person: RightPerson | None = None,
) -> AnswerReceipt:
    """Take an answer by a link, which is used up by it, and do what follows from it.

    Raises AnswerIncomplete without name and role; LinkUsed where this link or another of its round was answered; and
    what `use_link` raises. With AnswerKind.CHANGED the caller keeps the change itself, in the same transaction.
    """
    signature = Signature(name=name.strip(), role=role.strip())
    if not signature.name or not signature.role:
        raise AnswerIncomplete
    lock_directory(session)
    asked = link_of(session, link_id)
    keeping = locked_keeping(session, asked.organisation_id, now)
    if answer_for(session, asked) is not None:
        raise LinkUsed(link_id)
    link = use_link(session, link_id, now)
    person_id = _signed_by(session, link.contact_id, signature, now)
    answer = _answer(link, kind, person_id, sections, _named(session, right_person, now), now)
    session.add(answer)
    session.flush()  # what follows refers to it
    _follow(session, keeping, answer, link, now)
    drop_draft(session, link_id)
    _acknowledge(session, answer, link, now)
    return receipt(session, answer, actor=f"link:{link.id}", contact_id=link.contact_id)


def _answer(
    link: LinkRow,
    kind: AnswerKind,
    person_id: UUID,
    sections: Sequence[str],
    right_person_id: UUID | None,
    now: datetime,
) -> AnswerRow:
    return AnswerRow(
        id=uuid4(),
        organisation_id=link.organisation_id,
        link_id=link.id,
        check_id=link.check_id,
        at=now,
        kind=kind,
        person_id=person_id,
        sections=list(sections),
        right_person_id=right_person_id,
    )


def _follow(session: Session, keeping: KeepingRow, answer: AnswerRow, link: LinkRow, now: datetime) -> None:
    """What an answer does at once. A partial one ends the mails of its round; a person asks for the rest."""
    match answer.kind:
        case AnswerKind.ALL_CORRECT:
            confirm(session, answer.organisation_id, at=now, by=ConfirmedBy.ORGANISATION, now=now)
            _take_back_closing(session, answer.organisation_id, link, now)
        case AnswerKind.CHANGED:
            stop_asking(session, keeping, CheckOutcome.CHANGED, now)
            _take_back_closing(session, answer.organisation_id, link, now)
        case AnswerKind.CLOSED:
            stop_asking(session, keeping, CheckOutcome.CLOSED, now)
            mark_told_closed(session, answer.organisation_id, on=day_of(now))
            open_task_about(session, TaskKind.TOLD_OF_CLOSING, str(answer.organisation_id), answer, now)
        case AnswerKind.PART:
            check = open_check(session, answer.organisation_id)
            if check is not None:
                check.mailing_ended_at = check.mailing_ended_at or now
        case AnswerKind.WRONG_PERSON:
            contact(session, link.contact_id).state = ContactState.WRONG_PERSON
            revoke_links(session, link.contact_id, now)
            keeping.looked_on = None
            open_task_about(session, TaskKind.WRONG_PERSON, str(link.contact_id), answer, now)


def _take_back_closing(session: Session, organisation_id: UUID, link: LinkRow, now: datetime) -> None:
    """They answer for the whole entry, so they are there, whatever was said of closing before."""
    mark_told_closed(session, organisation_id, on=None)
    kinds, by = frozenset({TaskKind.TOLD_OF_CLOSING}), f"link:{link.id}"
    settle_tasks(session, organisation_id, outcome="not_closed_after_all", now=now, kinds=kinds, by=by)


def stop_asking(session: Session, keeping: KeepingRow, outcome: CheckOutcome, now: datetime) -> None:
    """End the round that is going on, and the tasks that an answer settles."""
    end_check(session, keeping, outcome, now=now, next_from=day_of(now))
    settle_tasks(session, keeping.organisation_id, outcome="answered", now=now)


def open_task_about(session: Session, kind: TaskKind, key: str, answer: AnswerRow, now: datetime) -> None:
    """Have a person look at an answer on the same day."""
    right_person = str(answer.right_person_id) if answer.right_person_id else None
    open_task(
        session,
        kind=kind,
        key=key,
        due_on=day_of(now),
        now=now,
        organisation_id=answer.organisation_id,
        answer=str(answer.id),
        right_person=right_person,
    )


def _signed_by(session: Session, contact_id: UUID, signature: Signature, now: datetime) -> UUID:
    """The person who answers: the same one as last time, where name and role are the same."""
    last = last_signature(session, contact_id)
    if last is not None and last[1] == signature:
        return last[0]
    return remember_person(session, name=signature.name, role=signature.role, now=now)


def _named(session: Session, person: RightPerson | None, now: datetime) -> UUID | None:
    """Whom the wrong person named, if anybody. Raises AddressInvalid."""
    if person is None or person == RightPerson():
        return None
    return remember_person(session, name=person.name, role=person.role, email=person.email, now=now)


def _acknowledge(session: Session, answer: AnswerRow, link: LinkRow, now: datetime) -> None:
    """Tell the address on file, so that whoever reads it can say: this was not us."""
    message = Message(
        kind=MailKind.ANSWER_RECEIVED,
        person_id=contact(session, link.contact_id).person_id,
        language=link.language,
        organisation_ids=(answer.organisation_id,),
        link_ids=(link.id,),
        facts={"answer": str(answer.id), "kind": answer.kind.value},
    )
    enqueue(session, message, now=now, key=f"answer:{answer.id}")


def acknowledge_notice(session: Session, link: OpenLink, now: datetime) -> None:
    """Tell the same address, at most once a day for a link, that something was told by it that is no answer."""
    message = Message(
        kind=MailKind.ANSWER_RECEIVED,
        person_id=contact(session, link.contact_id).person_id,
        language=link.language,
        organisation_ids=(link.organisation_id,),
        link_ids=(link.link_id,),
        facts={"kind": "notice"},
    )
    enqueue(session, message, now=now, key=f"notice:{link.link_id}:{day_of(now)}")


def receipt(session: Session, answer: AnswerRow, *, actor: str, contact_id: UUID | None) -> AnswerReceipt:
    """Note in the audit trail that an answer was given, and give back what of it others need."""
    audit.record(
        session,
        actor=actor,
        action="answered",
        now=answer.at,
        organisation_id=answer.organisation_id,
        subject=str(answer.id),
        kind=answer.kind.value,
    )
    return AnswerReceipt(
        answer_id=answer.id,
        organisation_id=answer.organisation_id,
        kind=answer.kind,
        at=answer.at,
        person_id=answer.person_id,
        link_id=answer.link_id,
        contact_id=contact_id,
        check_id=answer.check_id,
    )
