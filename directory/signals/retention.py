"""Deletes what people wrote, and forgets who they were, when it has been kept long enough."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.people.operations import erase_person
from directory.signals.models import ProblemReportRow, SuggestionRow
from directory.signals.rules import KEPT_FOR


def purge_reports(session: Session, now: datetime) -> int:
    """Delete reports and suggestions older than `KEPT_FOR`, with the addresses given in them; how many there were.

    What a suggestion said of the organisation itself stays in the proposed change, without who said it.
    """
    kept_since = now - KEPT_FOR
    reports = session.scalars(select(ProblemReportRow).where(ProblemReportRow.at < kept_since)).all()
    suggestions = session.scalars(select(SuggestionRow).where(SuggestionRow.at < kept_since)).all()
    gone: list[ProblemReportRow | SuggestionRow] = [*reports, *suggestions]
    for row in gone:
        person_id = row.person_id
        session.delete(row)
        if person_id is not None:
            erase_person(session, person_id, by="system", now=now)
    session.flush()
    return len(gone)
