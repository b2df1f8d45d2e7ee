"""The mails of rounds: those due to one address on one day go out as one. Nothing here commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.checks.issuing import issue_link
from directory.checks.keeping import day_of
from directory.checks.models import CheckMailRow, CheckRow, ContactRow, LinkRow
from directory.checks.rules import ContactState, Ladder, Step
from directory.outbox.message import MailKind, Message
from directory.outbox.operations import enqueue
from directory.people.models import PersonRow

KINDS = {Step.ASK: MailKind.PLEASE_CHECK, Step.REMIND: MailKind.REMINDER, Step.LAST: MailKind.LAST_EMAIL}
"""Which mail a step sends. One that holds several steps is of the first kind here that it holds."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail of a round that waits to go out."""

    address: str
    mail: CheckMailRow
    check: CheckRow
    contact: ContactRow


def send_waiting(session: Session, now: datetime, ladder: Ladder, most: int) -> int:
    """Send what waits to at most so many addresses, one mail to each, with a link for each entry; how many went.

    An address that was mailed today already waits until tomorrow.
    """
    waiting = _waiting(session)
    had = addresses_mailed_on(session, day_of(now)) if waiting else ()
    by_address = [list(group) for address, group in groupby(waiting, lambda one: one.address) if address not in had]
    groups = by_address[:most]
    if groups:
        _Sending(session, now, ladder, [one for group in groups for one in group]).send(groups)
    return len(groups)


def _waiting(session: Session) -> Sequence[Waiting]:
    """What waits, by address; not where somebody has answered meanwhile, or the contact cannot be asked any more."""
    found = session.execute(
        select(func.lower(PersonRow.email), CheckMailRow, CheckRow, ContactRow)
        .join(CheckRow, CheckRow.id == CheckMailRow.check_id)
        .join(ContactRow, ContactRow.id == CheckMailRow.contact_id)
        .join(PersonRow, PersonRow.id == ContactRow.person_id)
        .where(
            CheckMailRow.mailed_on.is_(None),
            CheckRow.ended_at.is_(None),
            CheckRow.mailing_ended_at.is_(None),
            ContactRow.ended_at.is_(None),
            ContactRow.state == ContactState.ACTIVE,
            PersonRow.email != "",
        )
        .order_by(
            func.lower(PersonRow.email), CheckRow.due_on, CheckRow.organisation_id, ContactRow.position, ContactRow.id
        )
    )
    return [Waiting(*row) for row in found]


def addresses_mailed_on(session: Session, day: date) -> frozenset[str]:
    """The addresses to which a mail of a round went out on a day."""
    found = session.scalars(
        select(func.lower(PersonRow.email))
        .join(ContactRow, ContactRow.person_id == PersonRow.id)
        .join(CheckMailRow, CheckMailRow.contact_id == ContactRow.id)
        .where(CheckMailRow.mailed_on == day)
        .order_by(PersonRow.id)
    )
    return frozenset(found)


class _Sending:
    """Makes the mails of some groups at one moment; what is stored about all of them is read at once."""

    def __init__(self, session: Session, now: datetime, ladder: Ladder, waiting: Sequence[Waiting]) -> None:
        self.session, self.now, self.ladder = session, now, ladder
        contacts = [one.contact.id for one in waiting]
        self.links = {
            (link.check_id, link.contact_id): link
            for link in session.scalars(
                select(LinkRow)
                .where(
                    LinkRow.contact_id.in_(contacts),
                    LinkRow.used_at.is_(None),
                    LinkRow.revoked_at.is_(None),
                    LinkRow.expires_at > now,
                )
                .order_by(LinkRow.issued_at, LinkRow.id)
            )
        }
        self.mailed = frozenset(
            session.scalars(
                select(CheckMailRow.contact_id)
                .where(CheckMailRow.contact_id.in_(contacts), CheckMailRow.mailed_on.is_not(None))
                .order_by(CheckMailRow.contact_id)
            )
        )

    def send(self, groups: Iterable[Sequence[Waiting]]) -> None:
        """One mail for each group."""
        for group in groups:
            self._send(group)

    def _send(self, group: Sequence[Waiting]) -> None:
        links = [self._link(one) for one in group]
        first = group[0]
        message = Message(
            kind=next(kind for step, kind in KINDS.items() if any(one.mail.step is step for one in group)),
            person_id=first.contact.person_id,
            language=first.contact.language,
            organisation_ids=tuple(one.check.organisation_id for one in group),
            link_ids=tuple(link.id for link in links),
            facts=self._facts(group, links),
        )
        key = f"check:{first.mail.check_id}:{first.mail.step.value}:{first.mail.contact_id}"
        outbox_id = enqueue(self.session, message, now=self.now, key=key)
        for one in group:
            one.mail.mailed_on, one.mail.outbox_id = day_of(self.now), outbox_id

    def _link(self, one: Waiting) -> LinkRow:
        """The link of this contact in this round: the same in each of its mails, while it is good."""
        held = self.links.get((one.check.id, one.contact.id))
        return held or issue_link(
            self.session, contact_id=one.contact.id, check_id=one.check.id, now=self.now, ladder=self.ladder
        )

    def _facts(self, group: Sequence[Waiting], links: Sequence[LinkRow]) -> dict[str, str]:
        """By link, which step it is and when the public is told if nobody answers; and whether it is the first mail."""
        facts = {}
        for one, link in zip(group, links, strict=True):
            facts[f"{link.id}.step"] = one.mail.step.value
            facts[f"{link.id}.marked_on"] = (one.check.due_on + timedelta(days=self.ladder.mark)).isoformat()
        if self.mailed.isdisjoint(one.contact.id for one in group):
            facts["is_first"] = "yes"
        return facts
