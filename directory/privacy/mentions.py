"""Where officers have written somebody's name or address into words of their own, and taking it out of there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, literal, or_, select, union, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.checks.models import KeepingRow
from directory.exchange.imports.models import ImportEntryRow
from directory.listing.models import HidingRow, InclusionCheckRow, NotListedRow
from directory.organisations.models import NoteRow, OrganisationRow
from directory.organisations.service_models import ServiceRow
from directory.tasks.models import TaskRow

ERASED = "(erased)"
"""What stands in the place of a name or an address that was taken out."""
Written = InstrumentedAttribute[str]
Known = Collection[tuple[str, str]]
"""Names and addresses of people."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A text that holds a name or an address: the column it stands in, and the name of the organisation it is about."""

    where: str
    organisation: str


_About = aliased(OrganisationRow)
WRITTEN: tuple[tuple[Written, Any], ...] = (
    (NoteRow.text, NoteRow.organisation_id),
    (KeepingRow.pause_reason, KeepingRow.organisation_id),
    (ChangeRow.reason, ChangeRow.organisation_id),
    (ChangeUnitRow.reason, ChangeRow.organisation_id),
    (HidingRow.reason, HidingRow.organisation_id),
    (InclusionCheckRow.note, InclusionCheckRow.organisation_id),
    (NotListedRow.reason, NotListedRow.organisation_id),
    (TaskRow.note, TaskRow.organisation_id),
    (TaskRow.snooze_reason, TaskRow.organisation_id),
)
"""The texts that officers write, each with the organisation it is about."""
PUBLISHED: tuple[tuple[Written, Any], ...] = (
    (OrganisationRow.email, OrganisationRow.id),
    (ServiceRow.email, ServiceRow.organisation_id),
)
"""The addresses that entries show to the public. They are an organisation's: taking one out is an edit of the entry."""


BROUGHT_IN = cast(ImportEntryRow.lines, Text())
"""Rows of spreadsheets that somebody is bringing in. They are emptied when that ends, or after two weeks."""


def mentions(session: Session, known: Known) -> tuple[Mention, ...]:
    """The texts that mention one of these people, by name or address; and the entries that show the address."""
    words, addresses = _words(known), {email.lower() for _, email in known if email}
    found: list[Select[str, str]] = []
    for column, organisation in WRITTEN if words else ():
        found.append(_found(str(column), column.class_, organisation, _holds(column, words)))
    for column, organisation in PUBLISHED if addresses else ():
        found.append(_found(str(column), column.class_, organisation, func.lower(column).in_(addresses)))
    if addresses:
        is_held = _holds(BROUGHT_IN, [word for word in words if "@" in word])
        found.append(_found("ImportEntryRow.lines", ImportEntryRow, ImportEntryRow.organisation_id, is_held))
    if not found:
        return ()
    return tuple(sorted(Mention(where, organisation) for where, organisation in session.execute(union(*found))))


def take_out(session: Session, known: Known) -> None:
    """Put `(erased)` in the place of these people's addresses and full names in what officers have written."""
    for word in _words(known):
        for column, _ in WRITTEN:
            session.execute(
                update(column.class_)
                .where(column.contains(word, autoescape=True))
                .values({column.key: func.replace(column, word, ERASED)})
                .execution_options(synchronize_session=False)
            )


def _words(known: Known) -> list[str]:
    """What to look for, the longest first: addresses, and names of more than one word: one alone could be anybody."""
    words = {email for _, email in known if email} | {name for name, _ in known if len(name.split()) > 1}
    return sorted(words, key=lambda word: (-len(word), word))


def _holds(column: ColumnElement[str] | Written, words: Collection[str]) -> ColumnElement[bool]:
    return or_(*(column.contains(word, autoescape=True) for word in words))


def _found(where: str, table: Any, organisation: Any, holds: ColumnElement[bool]) -> Select[str, str]:
    query = select(literal(where), func.coalesce(_About.name, "")).select_from(table)
    if table is ChangeUnitRow:
        query = query.join(ChangeRow, ChangeRow.id == ChangeUnitRow.change_id)
    return query.outerjoin(_About, _About.id == organisation).where(holds)
