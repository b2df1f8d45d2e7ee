"""What a mail is about, read from the database when it is sent: who reads it, entries, links, answers and decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes.contact_text import holds_contact
from directory.changes.queries import load_entry
from directory.checks.keeping import day_of
from directory.checks.links import LinkSigner
from directory.checks.models import AnswerRow, ContactChangeRow, ContactRow, LinkRow
from directory.checks.queries import answer_for
from directory.checks.rules import Ladder
from directory.organisations.public_view import public_view
from directory.organisations.queries import OrganisationNotFound
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.outbox.rules import OutboxState
from directory.people.models import PersonRow
from directory.web.emails.decisions import Decided, decision_of
from directory.web.emails.entry_text import entry_text
from directory.web.emails.mail import AnswerInMail, Dates, EntryInMail, Mail
from directory.web.emails.plain import short
from directory.web.entry_words import date_in_words
from directory.web.names import Names

ASKING = frozenset({MailKind.PLEASE_CHECK, MailKind.REMINDER, MailKind.LAST_EMAIL, MailKind.YOUR_LINK})
"""The mails whose link is there to be used: without one that can be, there is nothing to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """What the addresses in a mail are made of: the settings alone, never a request."""

    origin: str
    privacy: str
    update: LinkSigner
    contact_change: LinkSigner

    def update_link(self, link_id: str) -> str:
        """The address of an update link."""
        return f"{self.origin}/u/{self.update.token(link_id)}"

    def contact_change_link(self, change_id: str) -> str:
        """The address at which an update contact agrees to be replaced, or does not."""
        return f"{self.origin}/c/{self.contact_change.token(change_id)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loader:
    """Reads what one mail says. The names are in the language of its reader."""

    session: Session
    row: OutboxRow
    names: Names
    addresses: Addresses
    ladder: Ladder
    reply: bool

    def mail(self) -> Mail | None:
        """The mail, or None where there is nothing to say any more."""
        decided = self._decided()
        entries = tuple(self._entries()) or ((EntryInMail(name=decided.name),) if decided else ())
        if not entries:
            return None
        return Mail(
            entries=entries,
            is_first=self._is_first(),
            reply=self.reply,
            site=self.addresses.origin,
            privacy=self.addresses.privacy,
            dates=self._dates(),
            answer=self._answer(),
            decision=decided.decision if decided else None,
            address=self._address(),
            is_new_contact=self._is_new_contact(),
        )

    def _entries(self) -> Iterator[EntryInMail]:
        message = self.row.message
        is_single = len(message.organisation_ids) == 1
        for organisation_id, link_id in zip_longest(message.organisation_ids, message.link_ids, fillvalue=""):
            link = self._link(str(link_id)) if link_id else ""
            if link is None or not isinstance(organisation_id, UUID):
                continue
            try:
                details = public_view(load_entry(self.session, organisation_id).details, {})
            except OrganisationNotFound:
                continue
            text = entry_text(details, self.names, self._day) if is_single else ()
            yield EntryInMail(name=short(details.name), link=link, text=text)

    def _link(self, link_id: str) -> str | None:
        """The address of a link; None where it was to be used, and cannot be any more."""
        if self.row.kind is MailKind.CONTACT_CHANGE_ASKED:
            return self.addresses.contact_change_link(link_id)
        if self.row.kind in ASKING and not self._is_open(link_id):
            return None
        return self.addresses.update_link(link_id)

    def _is_open(self, link_id: str) -> bool:
        link = self.session.get(LinkRow, link_id)
        return link is not None and link.revoked_at is None and answer_for(self.session, link) is None

    def _is_first(self) -> bool:
        """Whether it is the first mail to somebody who is an update contact."""
        is_contact = select(ContactRow.id).where(ContactRow.person_id == self.row.person_id).limit(1)
        earlier = (
            select(OutboxRow.id)
            .where(
                OutboxRow.person_id == self.row.person_id,
                OutboxRow.id != self.row.id,
                OutboxRow.state == OutboxState.SENT,
                OutboxRow.created_at <= self.row.created_at,
            )
            .limit(1)
        )
        return self.session.scalar(is_contact) is not None and self.session.scalar(earlier) is None

    @property
    def _day(self) -> date:
        return day_of(self.row.created_at)

    def _dates(self) -> Dates:
        links = self.row.message.link_ids
        expires = self.session.scalars(
            select(LinkRow.expires_at).where(LinkRow.id.in_(links)).order_by(LinkRow.expires_at, LinkRow.id).limit(1)
        ).one_or_none()
        until = date_in_words(day_of(expires)) if expires else ""
        asked = {MailKind.PLEASE_CHECK: 0, MailKind.REMINDER: self.ladder.remind, MailKind.LAST_EMAIL: self.ladder.last}
        if self.row.kind not in asked:
            return Dates(expires=until)
        after = {MailKind.PLEASE_CHECK: self.ladder.remind, MailKind.REMINDER: self.ladder.last}
        return Dates(
            expires=until,
            reminder=self._in(after[self.row.kind] - asked[self.row.kind]) if self.row.kind in after else "",
            call=self._in(self.ladder.ring - asked[self.row.kind]),
            marked=self._in(self.ladder.mark - asked[self.row.kind]),
        )

    def _in(self, days: int) -> str:
        return date_in_words(self._day + timedelta(days=days))

    def _answer(self) -> AnswerInMail | None:
        answer_id = self.row.message.facts.get("answer")
        answer = self.session.get(AnswerRow, UUID(answer_id)) if answer_id else None
        if answer is None:
            return None
        person = self.session.get(PersonRow, answer.person_id) if answer.person_id else None
        signed = ", ".join(filter(None, (person.name, person.role))) if person else ""
        return AnswerInMail(
            kind=answer.kind,
            on=date_in_words(day_of(answer.at)),
            signed="" if holds_contact(signed) else short(signed),
        )

    def _decided(self) -> Decided | None:
        facts = self.row.message.facts
        return decision_of(self.session, facts, self.names, self._day) if "change" in facts else None

    def _address(self) -> str:
        """The address of the person who is to be asked instead."""
        if self.row.kind is not MailKind.CONTACT_CHANGE_ASKED:
            return ""
        asked = (self.session.get(ContactChangeRow, link_id) for link_id in self.row.message.link_ids)
        people = (self.session.get(PersonRow, change.person_id) for change in asked if change is not None)
        return next((person.email for person in people if person is not None), "")

    def _is_new_contact(self) -> bool:
        contact_id = self.row.message.facts.get("contact")
        contact = self.session.get(ContactRow, UUID(contact_id)) if contact_id else None
        return contact is not None and contact.person_id == self.row.person_id
