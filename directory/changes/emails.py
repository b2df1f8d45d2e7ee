"""The mails about a decided change: facts to messages."""

from uuid import UUID

from directory.changes.models import ChangeRow
from directory.changes.rules import ChangeState
from directory.outbox.message import MailKind, Message


def decided(row: ChangeRow, *, person_id: UUID, language: str) -> Message:
    """Tells whoever sent a change what became of it; the words are made from the change itself."""
    approved = row.state is ChangeState.APPROVED
    in_part = approved and any(unit.state is ChangeState.DECLINED for unit in row.units)
    return Message(
        kind=MailKind.APPROVED if approved else MailKind.DECLINED,
        person_id=person_id,
        language=language,
        organisation_ids=(row.organisation_id,) if row.organisation_id else (),
        link_ids=(row.link_id,) if row.link_id else (),
        facts={"change": str(row.id), "to": "sender", "in_part": "yes" if in_part else "no"},
    )


def entry_changed(
    change_id: UUID, organisation_id: UUID, revision: int, *, to: str, person_id: UUID, language: str
) -> Message:
    """Tells somebody else who knows the organisation that its number, address or the like is another one now."""
    return Message(
        kind=MailKind.APPROVED,
        person_id=person_id,
        language=language,
        organisation_ids=(organisation_id,),
        facts={"change": str(change_id), "to": to, "revision": str(revision)},
    )
