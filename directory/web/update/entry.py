"""The entry that a link is for: as it is kept, as the public sees it, and what becomes of an answer about it."""

from dataclasses import dataclass

from directory import clock
from directory.changes.queries import Entry, load_entry
from directory.checks.keeping import day_of
from directory.organisations.details import OrganisationDetails
from directory.organisations.public_view import public_view
from directory.web.emails.entry_text import Line, Part, entry_text
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.update.blueprint import current_link


@dataclass(frozen=True, slots=True)
class ShownPart:
    """The organisation or a service, as rows: what each is about, and its lines."""

    heading: str
    rows: tuple[tuple[str, tuple[Line, ...]], ...]
    """The lines that are sentences by themselves come last, under an empty label."""


def current_entry() -> Entry:
    """The entry of the link, read now."""
    return load_entry(db.session(), current_link().organisation_id)


def shown(details: OrganisationDetails) -> tuple[ShownPart, ...]:
    """The entry as the public sees it."""
    return tuple(ShownPart(part.heading, _rows(part)) for part in text_of(details))


def text_of(details: OrganisationDetails) -> tuple[Part, ...]:
    """The same as lines."""
    return entry_text(public_view(details, {}), current_names(), day_of(clock.now()))


def _rows(part: Part) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    rows: dict[str, list[Line]] = {}
    for line in part.lines:
        rows.setdefault(line.label, []).append(line)
    sentences = rows.pop("", [])
    return (*((label, tuple(lines)) for label, lines in rows.items()), *([("", tuple(sentences))] if sentences else []))
