"""What a new entry is like, in words: entries that there are, and what is not to be listed again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from directory.checks.keeping import day_of
from directory.listing.queries import reminders
from directory.listing.similar import similar_entries
from directory.organisations.details import OrganisationDetails
from directory.web.admin.actors import actor_in_words, officer_names
from directory.web.entry_words import date_in_words

BECAUSE: Mapping[str, str] = {"name": "name", "number": "phone number", "website": "website"}


@dataclass(frozen=True, slots=True)
class Warned:
    """An entry that another is like, and in what."""

    words: str
    because: str
    id: UUID


def like_in_words(session: Session, details: OrganisationDetails, *, but: Collection[UUID] = ()) -> list[Warned]:
    """The entries that these details may be the same as."""
    found = similar_entries(session, details, but=but)
    return [Warned(one.name, _because(one.because), one.id) for one in found]


def not_listed_in_words(session: Session, details: OrganisationDetails) -> list[str]:
    """What is not to be listed again and is like these details: which, why, and who said so."""
    held = reminders(session, details)
    by = officer_names(session) if held else {}
    return [
        f"{one.row.name}: {one.row.reason} ({actor_in_words(one.row.added_by, by)}, "
        f"{date_in_words(day_of(one.row.added_at))}). {_because(one.because)}"
        for one in held
    ]


def _because(reasons: tuple[str, ...]) -> str:
    """`The same or nearly the same name and phone number`."""
    return f"The same or nearly the same {' and '.join(BECAUSE[reason] for reason in reasons)}"
