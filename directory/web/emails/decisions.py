"""What an officer decided about a change, in the lines of the entry that it touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from directory.changes.contact_text import holds_contact
from directory.changes.models import ChangeRow
from directory.changes.queries import load_change, revision_details
from directory.changes.rules import ChangeState
from directory.organisations import stored
from directory.organisations.compare import apply, differences
from directory.organisations.details import OrganisationDetails
from directory.organisations.public_view import public_view
from directory.organisations.units import Path
from directory.web.emails.mail import DecisionInMail
from directory.web.entry_text import changed_lines, entry_text
from directory.web.names import Names
from directory.web.typed_text import plain, short


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and the name of what it is about, where that may be repeated to whoever sent it."""

    name: str
    decision: DecisionInMail


def decision_of(session: Session, facts: Mapping[str, str], names: Names, day: date) -> Decided:
    """The decision that a mail tells of. Raises ChangeUnknown."""
    row = load_change(session, UUID(facts["change"]))
    proposed = stored.load(row.proposed)
    before, after = _states(session, row, facts)
    gone, new = changed_lines(*(entry_text(public_view(state, {}), names, day) for state in (before, after)))
    declined = [unit.reason for unit in row.units if unit.state is ChangeState.DECLINED and unit.reason]
    is_sender = facts.get("to", "sender") == "sender"
    return Decided(
        # A stranger who suggests an organisation may give the address of somebody else: no words of theirs but a name.
        name="" if holds_contact(proposed.name) else short(proposed.name),
        decision=DecisionInMail(
            gone=gone,
            new=new,
            reasons=tuple(map(plain, dict.fromkeys(declined))) if is_sender else (),
            in_part=facts.get("in_part") == "yes",
            is_suggestion=row.base is None,
        ),
    )


def _states(
    session: Session, row: ChangeRow, facts: Mapping[str, str]
) -> tuple[OrganisationDetails, OrganisationDetails]:
    """The entry before and after: as it was published; where nothing was, as was proposed in vain."""
    base = stored.load(row.base or row.proposed)
    if row.organisation_id is None or row.base is None:
        return base, base
    if "revision" in facts:
        return _published(session, row.organisation_id, {int(facts["revision"])})
    revisions = {unit.revision for unit in row.units if unit.revision}
    if row.state is ChangeState.APPROVED:
        return _published(session, row.organisation_id, revisions) if revisions else (base, base)
    return base, _with(base, stored.load(row.proposed), (unit.key for unit in row.units))


def _published(
    session: Session, organisation_id: UUID, revisions: set[int]
) -> tuple[OrganisationDetails, OrganisationDetails]:
    first, last = min(revisions), max(revisions)
    after = revision_details(session, organisation_id, last)
    return (revision_details(session, organisation_id, first - 1) if first > 1 else after), after


def _with(base: OrganisationDetails, proposed: OrganisationDetails, paths: Iterable[Path]) -> OrganisationDetails:
    wanted = set(paths)
    return apply(base, (change for change in differences(base, proposed) if change.path in wanted))
