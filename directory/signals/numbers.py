"""Looks through the public numbers for those that cannot be rung (any more)."""

from datetime import datetime

import phonenumbers
from phonenumbers import NumberParseException
from sqlalchemy.orm import Session

from directory.clock import LONDON
from directory.organisations import phones
from directory.organisations.rules import State
from directory.signals.queries import known_organisations
from directory.signals.rules import NUMBER_WORKS, NumberFault
from directory.tasks.operations import open_task
from directory.tasks.queries import keys_finished_as
from directory.tasks.rules import TaskKind


def check_numbers(session: Session, now: datetime) -> int:
    """Open a task for every public number that cannot be rung; how many there are.

    A number of which an officer has found that it works is left in peace: number plans change faster than their lists.
    """
    works = keys_finished_as(session, TaskKind.NUMBER_INVALID, NUMBER_WORKS)
    found = 0
    for known in known_organisations(session):
        for number in known.numbers if known.state is State.PUBLIC else ():
            key, fault = f"{known.id} {number}", fault_of(number)
            if fault is None or key in works:
                continue
            found += 1
            open_task(
                session,
                kind=TaskKind.NUMBER_INVALID,
                key=key,
                due_on=now.astimezone(LONDON).date(),
                now=now,
                organisation_id=known.id,
                number=number,
                fault=fault.value,
            )
    return found


def fault_of(number: str) -> NumberFault | None:
    """Why a stored number cannot be rung from the United Kingdom; None if it can."""
    try:
        phones.normalise(number)
    except phones.UnreadableNumber:
        return NumberFault.NOT_VALID if _is_possible(number) else NumberFault.NOT_POSSIBLE
    return None


def _is_possible(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, "GB"))
    except NumberParseException:
        return False
