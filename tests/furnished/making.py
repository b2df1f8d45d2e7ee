"""What fills a furnished directory: a session, the time, who does it, and the words for whatever somebody may type."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from directory.accounts.rules import Role
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.issuing import issue_link
from directory.checks.keeping import day_of
from directory.checks.models import ContactRow
from directory.checks.rules import Ladder
from directory.organisations.details import OrganisationDetails, Phone, ServiceDetails
from directory.organisations.validity import PARAGRAPHS
from tests.factories import details, published, saved, service
from tests.officers import OFFICERS

Words = Callable[[str], str]
"""Gives the words to be typed where somebody plain would type these."""
Value = TypeVar("Value")
ONE_LINE = frozenset({"name", "other_names", "label", "tenants_of"})
"""Texts of an entry that hold one line of whatever somebody typed."""
LADDER = Ladder()
OFFICER, MANAGER = (f"officer:{OFFICERS[role]}" for role in (Role.OFFICER, Role.MANAGER))
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Making:
    """What every part of the filling needs."""

    session: Session
    now: datetime
    words: Words
    numbers: Any
    """Counts, so that slugs and addresses differ."""

    @property
    def today(self) -> date:
        """The day on which everything is made."""
        return day_of(self.now)

    def public(self, *services: ServiceDetails, **given: Any) -> UUID:
        """A new public entry with one service that offers nothing special, unless others are given."""
        held = self.worded(details(*(services or (self.plain_service(),)), **given))
        return published(self.session, held, slug=f"entry-{next(self.numbers)}", by=OFFICER)

    def draft(self, **given: Any) -> UUID:
        """A new draft."""
        held = self.worded(details(self.plain_service(), **given))
        return saved(self.session, held, slug=f"entry-{next(self.numbers)}", by=OFFICER)

    def plain_service(self, **given: Any) -> ServiceDetails:
        """A service whose hiding takes nothing away that others have not."""
        return service(**{"phones": (Phone(number=f"+44208489{2000 + next(self.numbers)}"),), **given})

    def worded(self, held: OrganisationDetails) -> OrganisationDetails:
        """The details with these words in every text that somebody may type; withheld addresses stay."""
        return _worded(held, self.words)

    def contact(self, organisation_id: UUID, language: str = "en") -> ContactRow:
        """A new update contact of an entry."""
        mailbox = Mailbox(
            email=f"keeper-{next(self.numbers)}@harbour.example",
            language=language,
            name=self.words("Ayla Demir"),
            role=self.words("Manager"),
        )
        return add_contact(self.session, organisation_id, mailbox, by=OFFICER, now=self.now)

    def link(self, contact: ContactRow) -> str:
        """The id of a new link."""
        row = issue_link(self.session, contact_id=contact.id, check_id=None, now=self.now, ladder=LADDER)
        self.session.flush()
        return row.id


def making(session: Session, now: datetime, words: Words) -> Making:
    return Making(session, now, words, count())


def _worded(value: Value, words: Words) -> Value:
    changed: dict[str, Any] = {}
    for field in fields(value):  # type: ignore[arg-type]
        held = getattr(value, field.name)
        if field.name in PARAGRAPHS | ONE_LINE and held:
            changed[field.name] = tuple(map(words, held)) if isinstance(held, tuple) else words(held)
        elif isinstance(held, tuple) and held and is_dataclass(held[0]):
            changed[field.name] = tuple(_worded(item, words) for item in held)
        elif is_dataclass(held):
            changed[field.name] = _worded(held, words)
    return replace(value, **changed)  # type: ignore[type-var]
