"""Update links: issued, opened, used once, taken back, sent anew. Nothing here commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from directory import audit
from directory.checks.keeping import day_of
from directory.checks.links import SKEW, new_link_id
from directory.checks.models import AnswerRow, ContactRow, DraftRow, LinkRow
from directory.checks.queries import (
    Signature,
    answer_for,
    contact,
    last_signature,
    link_of,
    open_check,
    reachable_contacts,
)
from directory.checks.rules import (
    AnswerKind,
    Ladder,
    LinkExpired,
    LinkReplaced,
    LinkRevoked,
    LinkUsed,
)
from directory.organisations.models import SlugRow
from directory.outbox.message import MailKind, Message
from directory.outbox.operations import enqueue
from directory.people.addresses import AddressInvalid, normalise_email
from directory.people.models import PersonRow

PUBLIC = "public"
"""The actor, where somebody who is not signed in asks for a link."""
MOST_A_DAY = 3
"""New links that a contact may be sent on one day."""


class LinkState(StrEnum):
    """What a link that opens is good for."""

    FRESH = "fresh"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer that was given. What became of a change, the changes know by its id."""

    answer_id: UUID
    kind: AnswerKind
    at: datetime
    is_by_this_link: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLink:
    """What opening a link shows. Opening changes nothing."""

    link_id: str
    organisation_id: UUID
    contact_id: UUID
    check_id: UUID | None
    language: str
    expires_at: datetime
    state: LinkState
    answer: Given | None
    signature: Signature | None
    """Who answered last by a link of this contact, to be filled in."""


def issue_link(
    session: Session,
    *,
    contact_id: UUID,
    check_id: UUID | None,
    now: datetime,
    ladder: Ladder,
    was_asked_for: bool = False,
) -> LinkRow:
    """Make a new link for one contact and its organisation; others stay as they are. Raises ContactUnknown."""
    held = contact(session, contact_id)
    row = LinkRow(
        id=new_link_id(),
        organisation_id=held.organisation_id,
        contact_id=contact_id,
        check_id=check_id,
        language=held.language,
        issued_at=now,
        expires_at=now + timedelta(days=ladder.link_days),
        was_asked_for=was_asked_for,
        used_at=None,
        revoked_at=None,
        replaced_by=None,
    )
    session.add(row)
    return row


def open_link(session: Session, link_id: str, now: datetime) -> OpenLink:
    """What a link is good for; reads only.

    Raises LinkUnknown, LinkReplaced, LinkRevoked or LinkExpired. A used one, and every other of a round that was
    answered, opens as answered.
    """
    row = link_of(session, link_id)
    given = answer_for(session, row)
    if given is None or given.link_id != row.id:
        _check_standing(row)
    if given is None:
        _check_expiry(row, now)
    last = last_signature(session, row.contact_id)
    return OpenLink(
        link_id=row.id,
        organisation_id=row.organisation_id,
        contact_id=row.contact_id,
        check_id=row.check_id,
        language=row.language,
        expires_at=row.expires_at,
        state=LinkState.FRESH if given is None else LinkState.ANSWERED,
        answer=None if given is None else _given(given, row),
        signature=None if last is None else last[1],
    )


def use_link(session: Session, link_id: str, now: datetime) -> LinkRow:
    """Use a link up: of any number who try at once, one succeeds.

    Raises LinkUsed for the others, and LinkUnknown, LinkReplaced, LinkRevoked or LinkExpired.
    """
    used = session.scalars(
        update(LinkRow)
        .where(
            LinkRow.id == link_id,
            LinkRow.used_at.is_(None),
            LinkRow.revoked_at.is_(None),
            LinkRow.expires_at >= now - SKEW,
        )
        .values(used_at=now)
        .returning(LinkRow)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if used is not None:
        return used
    row = link_of(session, link_id)
    if row.used_at is not None:
        raise LinkUsed(link_id)
    _check_standing(row)
    _check_expiry(row, now)
    raise LinkUsed(link_id)


def revoke_links(session: Session, contact_id: UUID, now: datetime, *, but: str | None = None) -> None:
    """Take back all unused links of a contact; with `but`, that one has replaced them."""
    session.execute(
        update(LinkRow)
        .where(
            LinkRow.contact_id == contact_id,
            LinkRow.id != (but or ""),
            LinkRow.used_at.is_(None),
            LinkRow.revoked_at.is_(None),
        )
        .values(revoked_at=now, replaced_by=but)
    )


def send_new_link(session: Session, asked: str, *, now: datetime, ladder: Ladder) -> None:
    """Somebody asks for a new link to an entry, by its slug or by the address on file.

    It goes to the address on file alone, at most three times a day; what was asked and whether it matched, nobody is
    told. By address there is one mail with a link for each of its entries.
    """
    _send_new(session, _contacts_by(session, asked), now, ladder)


def renew_link(session: Session, link_id: str, *, now: datetime, ladder: Ladder) -> None:
    """The same, from the page of a link that is too old. Raises LinkUnknown."""
    contact_id = link_of(session, link_id).contact_id
    _send_new(session, session.scalars(reachable_contacts().where(ContactRow.id == contact_id)).all(), now, ladder)


def _contacts_by(session: Session, asked: str) -> Iterable[ContactRow]:
    query = reachable_contacts()
    if "@" not in asked:
        slugs = select(SlugRow.organisation_id).where(SlugRow.slug == asked.strip())
        return session.scalars(query.where(ContactRow.organisation_id.in_(slugs))).all()
    try:
        address = normalise_email(asked)
    except AddressInvalid:
        return ()
    return session.scalars(query.where(func.lower(PersonRow.email) == address.lower())).all()


def _send_new(session: Session, contacts: Iterable[ContactRow], now: datetime, ladder: Ladder) -> None:
    """One mail for each address, with a link for each of its entries that has not had its three today."""
    by_address: dict[str, list[tuple[ContactRow, LinkRow]]] = {}
    for held in contacts:
        if _sent_today(session, held.id, now) < MOST_A_DAY:
            address = session.scalars(select(PersonRow.email).where(PersonRow.id == held.person_id)).one().lower()
            by_address.setdefault(address, []).append((held, replace_link(session, held, now, ladder, by=PUBLIC)))
    for pairs in by_address.values():
        mail_links(session, pairs, now)


def mail_links(session: Session, pairs: Sequence[tuple[ContactRow, LinkRow]], now: datetime) -> None:
    """One mail with the links of the contacts that share an address."""
    first = pairs[0][0]
    message = Message(
        kind=MailKind.YOUR_LINK,
        person_id=first.person_id,
        language=first.language,
        organisation_ids=tuple(held.organisation_id for held, _ in pairs),
        link_ids=tuple(link.id for _, link in pairs),
    )
    enqueue(session, message, now=now)


def _sent_today(session: Session, contact_id: UUID, now: datetime) -> int:
    """How many links this contact asked for today; whoever asks at the same moment waits for the lock."""
    session.execute(select(ContactRow.id).where(ContactRow.id == contact_id).with_for_update())
    asked_for = session.scalars(
        select(LinkRow.issued_at)
        .where(LinkRow.contact_id == contact_id, LinkRow.was_asked_for, LinkRow.issued_at > now - timedelta(days=2))
        .order_by(LinkRow.issued_at, LinkRow.id)
    )
    return sum(day_of(moment) == day_of(now) for moment in asked_for)


def replace_link(session: Session, held: ContactRow, now: datetime, ladder: Ladder, *, by: str) -> LinkRow:
    """A new link in the place of the contact's others; a half-done edit goes over to it."""
    check = open_check(session, held.organisation_id)
    check_id, is_asked_for = None if check is None else check.id, by == PUBLIC
    link = issue_link(
        session, contact_id=held.id, check_id=check_id, now=now, ladder=ladder, was_asked_for=is_asked_for
    )
    session.flush()  # the others refer to it
    drafts = (
        select(DraftRow.link_id)
        .join(LinkRow, LinkRow.id == DraftRow.link_id)
        .where(LinkRow.contact_id == held.id, LinkRow.used_at.is_(None), LinkRow.revoked_at.is_(None))
        .order_by(DraftRow.saved_at.desc(), DraftRow.link_id)
    )
    latest = session.scalars(drafts.limit(1)).one_or_none()
    if latest is not None:
        session.execute(update(DraftRow).where(DraftRow.link_id == latest).values(link_id=link.id))
    revoke_links(session, held.id, now, but=link.id)
    audit.record(
        session, actor=by, action="new_link_sent", now=now, organisation_id=held.organisation_id, subject=link.id
    )
    return link


def _check_standing(row: LinkRow) -> None:
    if row.replaced_by is not None:
        raise LinkReplaced(row.id)
    if row.revoked_at is not None:
        raise LinkRevoked(row.id)


def _check_expiry(row: LinkRow, now: datetime) -> None:
    if now > row.expires_at + SKEW:
        raise LinkExpired(row.id)


def _given(answer: AnswerRow, row: LinkRow) -> Given:
    return Given(answer_id=answer.id, kind=answer.kind, at=answer.at, is_by_this_link=answer.link_id == row.id)
