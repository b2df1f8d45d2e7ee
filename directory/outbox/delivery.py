"""Delivering what is due: one mail after another, each claimed, made, sent and settled in short transactions."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from sqlalchemy.orm import Session

from directory.database import Sessions, writing
from directory.outbox.letter import AddressUnusable, Letter, Letterhead, letter
from directory.outbox.message import Email
from directory.outbox.models import OutboxRow
from directory.outbox.operations import (
    claim,
    mark_dropped,
    mark_refused,
    mark_sent,
    reserve_domain,
    try_again_or_give_up,
)
from directory.outbox.queries import mail, sending_is_stopped
from directory.outbox.rules import OutboxState, Outcome, Verdict
from directory.outbox.transports.transport import Refused, Transport, TryLater, Unreachable

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Render = Callable[[Session, OutboxRow], Email | None]
"""Makes the words of a mail; None if there is nobody to send it to any more, or nothing to say."""


class OnFailure(Protocol):
    """Told in the transaction that settles a mail, once, that somebody did not get it."""

    def __call__(self, session: Session, row: OutboxRow, verdict: Verdict, now: datetime) -> None:
        """Open a task, mark the contact."""


@dataclass(slots=True)
class Report:
    """What a round of delivering did."""

    done: Counter[OutboxState] = field(default_factory=Counter)
    """How many mails it left where; those put back are WAITING."""
    stopped_by_bounces: bool = False
    unreachable: str = ""
    """Why the round ended early, if the transport takes nothing: a code."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What delivering needs: who makes the words, who carries them, and who is told of failures."""

    sessions: Sessions
    transport: Transport
    render: Render
    letterhead: Letterhead
    on_failure: OnFailure
    clock: Clock

    def run(self) -> Report:
        """Deliver all that is due when it begins or comes due meanwhile, until nothing is or nothing can leave."""
        report, sender, sent = Report(), uuid4().hex, None
        try:
            while not report.unreachable:
                row = self._claimed(sender, report, sent)
                if row is None:
                    return report
                state = self._one(row, report)
                report.done[state] += 1
                sent = row if state is OutboxState.SENT else None
        finally:
            self.transport.close()
        return report

    def _claimed(self, sender: str, report: Report, sent: OutboxRow | None) -> OutboxRow | None:
        """Settle what was sent just now and claim the next, in one transaction: each waits for the disk."""
        with writing(self.sessions) as session:
            if sent is not None:
                mark_sent(session, sent, self.clock())
            report.stopped_by_bounces = sending_is_stopped(session)
            row = None if report.stopped_by_bounces else claim(session, by=sender, now=self.clock())
            if row is not None:
                session.expunge(row)  # it is a value from here on
        return row

    def _one(self, row: OutboxRow, report: Report) -> OutboxState:
        """Make and send one mail, and settle it unless it was sent."""
        try:
            made = self._letter(row)
            if made is None:
                with writing(self.sessions) as session:
                    mark_dropped(session, row, self.clock())
                return OutboxState.DROPPED
            with writing(self.sessions) as session:
                may_go = reserve_domain(session, row, made.to.rpartition("@")[2], self.clock())
            if not may_go:
                return OutboxState.WAITING
            self.transport.send(made)
        except (Refused, AddressUnusable) as error:
            return self._refused(row, error.code if isinstance(error, Refused) else "address")
        except TryLater as error:
            report.unreachable = error.code if isinstance(error, Unreachable) else ""
            return self._not_now(row, error.code)
        return OutboxState.SENT

    def _letter(self, row: OutboxRow) -> Letter | None:
        """The mail in words. A fault in making it must not stop the others: it is logged, and tried again."""
        try:
            with self.sessions() as session:
                email = self.render(session, row)
            return None if email is None else letter(row, email, self.letterhead, self.clock())
        except AddressUnusable:
            raise
        except Exception as error:
            log.exception("mail %s could not be made", row.id)
            raise TryLater("not made") from error

    def _refused(self, row: OutboxRow, code: str) -> OutboxState:
        verdict, now = Verdict(Outcome.REFUSED, code), self.clock()
        with writing(self.sessions) as session:
            if mark_refused(session, row, verdict, now):
                self.on_failure(session, mail(session, row.id), verdict, now)
        return OutboxState.REFUSED

    def _not_now(self, row: OutboxRow, code: str) -> OutboxState:
        now = self.clock()
        with writing(self.sessions) as session:
            state = try_again_or_give_up(session, row, code, now)
            if state is OutboxState.FAILED:
                self.on_failure(session, mail(session, row.id), Verdict(Outcome.GAVE_UP, code), now)
        return state


def deliver(
    sessions: Sessions,
    transport: Transport,
    render: Render,
    clock: Clock,
    *,
    letterhead: Letterhead,
    on_failure: OnFailure,
) -> Report:
    """Deliver all that is due, at least once each, whatever dies in between.

    Who is killed leaves at most one mail in doubt. It is sent again when its lease ends, with the same Message-ID and
    the same links. Any number of senders may deliver at once: a mail belongs to the one that claimed it.
    """
    return Delivery(sessions, transport, render, letterhead, on_failure, clock).run()
