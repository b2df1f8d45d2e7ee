"""The table of mails to send and sent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base, enumeration
from directory.outbox.message import MailKind, Message
from directory.outbox.rules import OutboxState


class OutboxRow(Base):
    """A mail as an intent. It holds no words, no link and no address: these are made when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("(state = 'leased') = (leased_by <> '')", name="leased_by"),
        CheckConstraint("(state = 'leased') = (lease_until IS NOT NULL)", name="lease"),
        CheckConstraint("(state IN ('waiting', 'leased')) = (settled_at IS NULL)", name="settled"),
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_outbox_due", "state", "next_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[MailKind] = mapped_column(enumeration(MailKind, "kind"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(Text)
    organisation_ids: Mapped[list[str]] = mapped_column(JSON)
    link_ids: Mapped[list[str]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    key: Mapped[str | None] = mapped_column(Text, unique=True)
    """What the mail is, where it may be asked for twice: of one key there is one mail."""
    message_id: Mapped[str] = mapped_column(Text, unique=True)
    """The left part of its Message-ID, the same at every try."""
    created_at: Mapped[datetime]
    state: Mapped[OutboxState] = mapped_column(enumeration(OutboxState, "state"))
    next_at: Mapped[datetime]
    """When it may be claimed: of a leased one, when the lease ends."""
    leased_by: Mapped[str] = mapped_column(Text)
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int]
    first_tried_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    domain_digest: Mapped[str] = mapped_column(Text, index=True)
    """Tells mails to the same domain of recipients, without telling the domain."""
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    bounced_at: Mapped[datetime | None]
    outcome_code: Mapped[str] = mapped_column(Text)
    """The code that the other side gave last."""
    counts_as_bounce: Mapped[bool]
    """Whether it bounced hard and nobody has looked into it since."""

    @property
    def message(self) -> Message:
        """What was asked to be sent."""
        return Message(
            kind=self.kind,
            person_id=self.person_id,
            language=self.language,
            organisation_ids=tuple(UUID(identity) for identity in self.organisation_ids),
            link_ids=tuple(self.link_ids),
            facts=self.facts,
        )
