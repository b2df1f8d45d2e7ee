"""Searches that are done once a day, however often and on however many machines `flask tick` runs."""

from datetime import date

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.signals.models import SignalRoundRow


def claim_day(session: Session, name: str, today: date) -> bool:
    """Whether the caller is the one who does this search today; if its transaction fails, another may."""
    newer = update(SignalRoundRow).where(SignalRoundRow.name == name, SignalRoundRow.day < today)
    if session.execute(newer.values(day=today).returning(SignalRoundRow.name)).one_or_none():
        return True
    try:
        with session.begin_nested():
            session.execute(insert(SignalRoundRow).values(name=name, day=today))
    except IntegrityError:
        return False
    return True
