"""What is to be mailed: a message of ids and codes, and the email that the web layer makes of it at delivery."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

_CODE = re.compile(r"[A-Za-z0-9._:+-]{0,80}")


class MailKind(StrEnum):
    """What a mail is about; each kind has its words in every language."""

    PLEASE_CHECK = "please_check"
    REMINDER = "reminder"
    LAST_EMAIL = "last_email"
    YOUR_LINK = "your_link"
    ANSWER_RECEIVED = "answer_received"
    APPROVED = "approved"
    DECLINED = "declined"
    CONTACT_CHANGED = "contact_changed"
    CONTACT_CHANGE_ASKED = "contact_change_asked"
    COULD_NOT_REACH = "could_not_reach"
    OFFICER_INVITED = "officer_invited"
    OFFICER_RESET = "officer_reset"
    WEEKLY_DIGEST = "weekly_digest"


@dataclass(frozen=True, slots=True)
class Message:
    """Who is to be told what, in ids, codes and dates: no words, no link, no address can be in it."""

    kind: MailKind
    person_id: UUID
    language: str
    organisation_ids: tuple[UUID, ...] = ()
    link_ids: tuple[str, ...] = ()
    """The ids of update links, in the order of the organisations."""
    facts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse anything that could be words, a link or an address: it belongs in a table of its own."""
        for text in (self.language, *self.link_ids, *self.facts, *self.facts.values()):
            if not _CODE.fullmatch(text):
                raise ValueError("a message holds ids, codes and dates alone")


@dataclass(frozen=True, slots=True)
class Email:
    """A mail in words, made at delivery and never stored."""

    subject: str
    text: str
    html: str
    to: str
    language: str
    headers: Mapping[str, str] = field(default_factory=dict)
    """More headers: `X-…`, `In-Reply-To` or `References`, nothing else."""
