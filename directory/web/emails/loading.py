"""What a mail is about, read from the database when it is sent: who reads it, entries, links, answers and decisions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import MapAdapter

from directory.accounts.invitations import MAILS, open_invitation
from directory.accounts.rules import InvitationOver
from directory.changes.contact_text import holds_contact
from directory.changes.queries import answer_outcome, load_entries
from directory.changes.views import Became
from directory.checks.keeping import day_of
from directory.checks.links import LinkSigner
from directory.checks.mailing import KINDS
from directory.checks.models import AnswerRow, ContactChangeRow, ContactRow, LinkRow
from directory.checks.queries import answer_for
from directory.checks.rules import AnswerKind, Ladder, Step
from directory.checks.unreached import Why
from directory.organisations.public_view import public_view
from directory.organisations.queries import public_front
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.outbox.rules import OutboxState
from directory.people.models import PersonRow
from directory.web.desk_sessions import DESK
from directory.web.emails.decisions import Decided, decision_of
from directory.web.emails.digest import digest_of
from directory.web.emails.mail import AnswerInMail, Dates, EntryInMail, Mail
from directory.web.entry_text import entry_text
from directory.web.entry_words import date_in_words
from directory.web.locale import PART
from directory.web.names import Names
from directory.web.typed_text import short

ASKING = frozenset(
    {MailKind.PLEASE_CHECK, MailKind.REMINDER, MailKind.LAST_EMAIL, MailKind.YOUR_LINK, MailKind.COULD_NOT_REACH}
)
"""The mails whose link is there to be used: without one that can be, there is nothing to say."""
DAY_OF: Mapping[MailKind, Callable[[Ladder], int]] = {
    MailKind.PLEASE_CHECK: lambda _: 0,
    MailKind.REMINDER: lambda ladder: ladder.remind,
    MailKind.LAST_EMAIL: lambda ladder: ladder.last,
}
"""The mails of a round, with the day of the ladder on which each is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """What the addresses in a mail are made of: the settings alone, never a request."""

    origin: str
    pages: MapAdapter
    language: str
    update: LinkSigner
    contact_change: LinkSigner
    join: LinkSigner

    def page(self, endpoint: str, **values: str) -> str:
        """The address of a page for everybody, in the language of the mail."""
        return self.origin + self.pages.build(endpoint, {PART: self.language, **values})

    def update_link(self, link_id: str) -> str:
        """The address of an update link."""
        return f"{self.origin}/u/{self.update.token(link_id)}"

    def contact_change_link(self, change_id: str) -> str:
        """The address at which an update contact agrees to be replaced, or does not."""
        return f"{self.origin}/c/{self.contact_change.token(change_id)}"

    def invitation_link(self, invitation_id: str) -> str:
        """The address at which an officer chooses what to sign in with."""
        return f"{self.origin}/j/{self.join.token(invitation_id)}"


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
        if self.row.kind in MAILS.values():
            return self._invitation()
        if self.row.kind is MailKind.WEEKLY_DIGEST:
            return self._digest()
        decided = self._decided()
        links = self._links()
        entries = tuple(self._entries(links)) or ((self._suggested(decided.name),) if decided else ())
        if not entries:
            return None
        return Mail(
            entries=entries,
            is_first=self._is_first(),
            reply=self.reply,
            site=self.addresses.origin,
            privacy=self.addresses.page("public.privacy"),
            dates=self._dates(links),
            answer=self._answer(),
            decision=decided.decision if decided else None,
            address=self._address(),
            is_contact=self._is_contact(),
            has_other_address_failed=self.row.message.facts.get("why") == Why.OTHER_CONTACT,
        )

    def _invitation(self) -> Mail | None:
        """The mail to an officer who has not joined; a link that is good no more is not sent."""
        try:
            (invitation_id,) = self.row.message.link_ids
            opened = open_invitation(self.session, invitation_id, self.row.created_at)
        except InvitationOver:
            return None
        return Mail(
            entries=(),
            is_first=False,
            reply=self.reply,
            site=self.addresses.origin,
            privacy=self.addresses.page("public.privacy"),
            dates=Dates(expires=date_in_words(day_of(opened.expires_at))),
            link=self.addresses.invitation_link(invitation_id),
        )

    def _digest(self) -> Mail:
        """The week's figures, as they were when the mail was asked for as far as time counts in them."""
        return Mail(
            entries=(),
            is_first=False,
            reply=self.reply,
            site=self.addresses.origin,
            privacy=self.addresses.page("public.privacy"),
            dates=Dates(),
            link=self.addresses.origin + DESK,
            digest=digest_of(self.session, self.row.created_at),
        )

    def _links(self) -> dict[UUID, str]:
        """The ids of the links by organisation; none that was to be used and cannot be any more, "" where none is."""
        message = self.row.message
        pairs = zip_longest(message.organisation_ids, message.link_ids[: len(message.organisation_ids)], fillvalue="")
        must_open = self.row.kind in ASKING
        return {UUID(str(one)): str(link) for one, link in pairs if not must_open or self._is_open(str(link))}

    def _entries(self, links: Mapping[UUID, str]) -> Iterator[EntryInMail]:
        held = load_entries(self.session, links.keys())
        for organisation_id, link_id in links.items():
            if organisation_id not in held:
                continue
            details = public_view(held[organisation_id].details, {})
            text = entry_text(details, self.names, self._day) if len(links) == 1 else ()
            yield EntryInMail(
                name=short(details.name),
                link=self._address_of(link_id) if link_id else "",
                text=text,
                tell_us=self._telling_of(organisation_id),
            )

    def _suggested(self, name: str) -> EntryInMail:
        """An organisation that has no entry."""
        return EntryInMail(name=name, tell_us=self.addresses.page("public.suggest"))

    def _telling_of(self, organisation_id: UUID) -> str:
        front = public_front(self.session, organisation_id)
        return self.addresses.page("public.problem", slug=front[0]) if front else ""

    def _address_of(self, link_id: str) -> str:
        if self.row.kind is MailKind.CONTACT_CHANGE_ASKED:
            return self.addresses.contact_change_link(link_id)
        return self.addresses.update_link(link_id)

    def _is_open(self, link_id: str) -> bool:
        link = self.session.get(LinkRow, link_id)
        return link is not None and link.revoked_at is None and answer_for(self.session, link) is None

    def _is_first(self) -> bool:
        """Whether it is the first mail to somebody who is an update contact."""
        facts = self.row.message.facts
        if self.row.kind in DAY_OF:
            return facts.get("is_first") == "yes"
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

    def _dates(self, links: Mapping[UUID, str]) -> Dates:
        """The days that follow if nobody answers; where entries differ in them, the first."""
        expires = self.session.scalars(
            select(LinkRow.expires_at)
            .where(LinkRow.id.in_(links.values()))
            .order_by(LinkRow.expires_at, LinkRow.id)
            .limit(1)
        ).one_or_none()
        until = date_in_words(day_of(expires)) if expires else ""
        if self.row.kind not in DAY_OF:
            return Dates(expires=until)
        now = [self._day_of_step(link_id) for link_id in links.values()]
        mails = sorted(DAY_OF[kind](self.ladder) for kind in DAY_OF)
        after = [later - day for day in now for later in mails if later > day]
        return Dates(
            expires=until,
            reminder=self._in(min(after)) if after else "",
            call=self._in(self.ladder.ring - max(now)),
            marked=self._in(self.ladder.mark - max(now)),
        )

    def _day_of_step(self, link_id: str) -> int:
        """The day of the ladder on which this link is mailed: one mail may hold several steps."""
        step = self.row.message.facts.get(f"{link_id}.step")
        kind = KINDS[Step(step)] if step else self.row.kind
        return DAY_OF[kind](self.ladder)

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
            is_public=self._is_public(answer),
            signed="" if holds_contact(signed) else short(signed),
        )

    def _is_public(self, answer: AnswerRow) -> bool:
        if answer.kind is not AnswerKind.CHANGED or public_front(self.session, answer.organisation_id) is None:
            return False
        outcome = answer_outcome(self.session, answer.id)
        return outcome is None or outcome.became is Became.APPROVED

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

    def _is_contact(self) -> bool:
        contact_id = self.row.message.facts.get("contact")
        contact = self.session.get(ContactRow, UUID(contact_id)) if contact_id else None
        return contact is not None and contact.person_id == self.row.person_id
