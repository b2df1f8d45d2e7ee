"""What the templates of the mails are given: plain values, in the reader's language where they are words."""

from dataclasses import dataclass

from directory.checks.rules import AnswerKind
from directory.web.emails.digest import DigestInMail
from directory.web.entry_text import Line, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryInMail:
    """One organisation that a mail is about."""

    name: str
    link: str = ""
    """Its update link, where it has one in this mail."""
    text: tuple[Part, ...] = ()
    tell_us: str = ""
    """Where to say what is wrong with it, where the public can; for one that is not listed, where to suggest it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The days that a mail names, in words; empty where it names none."""

    expires: str = ""
    """Until when its links work."""
    reminder: str = ""
    """When we write again, if nobody answers."""
    call: str = ""
    """When we ring."""
    marked: str = ""
    """From when the public is told that the entry is not confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInMail:
    """An answer that came by a link."""

    kind: AnswerKind
    on: str
    is_public: bool = False
    """Whether all that it changed is public already."""
    signed: str = ""
    """Name and role of who gave it, as they typed it; empty where that could lead somebody astray."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInMail:
    """What an officer decided about a change."""

    gone: tuple[Line, ...] = ()
    new: tuple[Line, ...] = ()
    """How the lines of the entry differ: after it, where it was approved; as was proposed, where declined."""
    reasons: tuple[str, ...] = ()
    in_part: bool = False
    """Whether some of it was approved and some declined."""
    is_suggestion: bool = False
    """Whether it was to add an organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Everything that a mail says."""

    entries: tuple[EntryInMail, ...]
    is_first: bool
    """Whether it is the first to this mailbox, and so the notice of what we hold about its reader."""
    reply: bool
    """Whether somebody reads answers to it."""
    site: str
    privacy: str
    dates: Dates
    answer: AnswerInMail | None = None
    decision: DecisionInMail | None = None
    address: str = ""
    """The address that somebody wants us to ask instead."""
    is_contact: bool = False
    """Whether its reader is, from now on, the update contact that it is about."""
    has_other_address_failed: bool = False
    """Whether it is sent because mail to the other update contact came back."""
    link: str = ""
    """Where it leads its reader, if not to an entry."""
    digest: DigestInMail | None = None
    """The figures of the week, in the mail that officers get."""

    @property
    def entry(self) -> EntryInMail:
        """The first of the entries, which is the only one of most mails."""
        return self.entries[0]

    @property
    def is_many(self) -> bool:
        """Whether it is about several entries, each with a link of its own."""
        return len(self.entries) > 1
