"""A sender that kills itself, for a process of its own: `deliver` as it is, with parts passed in that die."""

import os
import signal
from collections.abc import Callable
from enum import StrEnum
from itertools import count
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from directory.config import MailSecurity
from directory.database import make_engine
from directory.outbox.delivery import deliver
from directory.outbox.transports import SmtpTransport
from tests.unit.outbox.made import HEAD, SetClock, Told, plain

COMMITS_OF_A_MAIL = 2
"""Claimed, its place at the domain taken; it is settled with the claim of the next."""


class Point(StrEnum):
    """Where around sending it dies."""

    CLAIM_NOT_STORED = "the claim is not yet stored"
    CLAIMED = "claimed, and about to be made"
    ABOUT_TO_SEND = "made, and about to be sent"
    SERVER_HAS_IT = "the server has it, and its answer is under way"
    TAKEN_NOT_STORED = "taken, and not yet stored as sent"
    STORED = "stored as sent"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """A transport that dies before it sends the letter of a number."""

    def __init__(self, transport: SmtpTransport, number: int) -> None:
        self._transport, self._number, self._letters = transport, number, count(1)

    def send(self, letter: Any) -> None:
        if next(self._letters) == self._number:
            die()
        self._transport.send(letter)

    def close(self) -> None:
        self._transport.close()


def at(number: int, then: Callable[..., Any]) -> Callable[..., Any]:
    """Call it, and die when it is called for that time."""
    numbers = count(1)

    def called(*given: Any) -> Any:
        if next(numbers) == number:
            die()
        return then(*given)

    return called


def send_and_die(url: str, port: int, at_time: Any, point: Point, number: int) -> None:
    """Deliver until the mail of this number is at this point, and be killed there."""
    engine = make_engine(url)
    sessions = sessionmaker(engine)
    transport: Any = SmtpTransport(host="127.0.0.1", port=port, security=MailSecurity.NONE)
    render: Any = plain
    commits_before = COMMITS_OF_A_MAIL * (number - 1)
    match point:
        case Point.CLAIM_NOT_STORED:
            event.listen(Session, "before_commit", at(commits_before + 1, lambda _session: None))
        case Point.CLAIMED:
            render = at(number, plain)
        case Point.ABOUT_TO_SEND:
            transport = Dying(transport, number)
        case Point.SERVER_HAS_IT:
            pass  # the server kills it
        case Point.TAKEN_NOT_STORED:
            event.listen(Session, "before_commit", at(commits_before + COMMITS_OF_A_MAIL + 1, lambda _session: None))
        case Point.STORED:
            event.listen(Session, "after_commit", at(commits_before + COMMITS_OF_A_MAIL + 1, lambda _session: None))
    deliver(sessions, transport, render, SetClock(at_time), letterhead=HEAD, on_failure=Told())
