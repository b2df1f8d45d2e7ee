"""The entry that a link is for: as it is kept, as the public sees it, and what becomes of an answer about it."""

from directory import clock
from directory.changes.queries import Entry, load_entry
from directory.checks.keeping import day_of
from directory.organisations.details import OrganisationDetails
from directory.organisations.public_view import public_view
from directory.web.entry_text import Part, ShownPart, entry_text, shown_parts
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.update.blueprint import current_link


def current_entry() -> Entry:
    """The entry of the link, read now."""
    return load_entry(db.session(), current_link().organisation_id)


def shown(details: OrganisationDetails) -> tuple[ShownPart, ...]:
    """The entry as the public sees it."""
    return shown_parts(text_of(details))


def text_of(details: OrganisationDetails) -> tuple[Part, ...]:
    """The same as lines."""
    return entry_text(public_view(details, {}), current_names(), day_of(clock.now()))
