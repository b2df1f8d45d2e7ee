"""What organisations change through their links: most of it waits, a little is public at once. Never commits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import audit
from directory.changes.decisions import approve
from directory.changes.models import ChangeRow
from directory.changes.outcome import Fit, Proposal, fits, outcome
from directory.changes.proposals import propose
from directory.changes.queries import Entry, load_entry, own_changes, seen_details
from directory.changes.rules import (
    POLICY,
    CheckNeeded,
    NotAllCorrect,
    NothingChanged,
    Origin,
    UnitsCollide,
    UnitUnknown,
    is_at_once,
    is_by_policy,
    risk_of,
)
from directory.checks.answers import AnswerReceipt, acknowledge_notice, record_answer
from directory.checks.issuing import LinkState, open_link
from directory.checks.keeping import confirm
from directory.checks.rules import AnswerKind, LinkUsed
from directory.directory_revision import lock_directory
from directory.organisations.details import Notice, OrganisationDetails, TakingNewPeople
from directory.organisations.models import OrganisationRow
from directory.organisations.operations import check_entry, publish, save_draft
from directory.organisations.rules import ConfirmedBy, State
from directory.organisations.units import Path
from directory.policy.rules import DEFAULTS, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became at once of what an organisation told us: units that are public, and the change that waits."""

    at_once: tuple[Path, ...]
    change_id: UUID | None
    answer: AnswerReceipt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """Whether a service takes new people, and until when that is so."""

    taking_new_people: TakingNewPeople | None
    until: date | None = None


def answer_with_changes(
    session: Session,
    link_id: str,
    *,
    name: str,
    role: str,
    base_revision: int,
    details: OrganisationDetails,
    now: datetime,
    sections: Sequence[str] = (),
    policy: Policy = DEFAULTS,
) -> Told:
    """Take an answer that the entry should say something else: the link is used, asking stops, the change waits.

    `base_revision` is the one that the form began with; `sections` names what was checked if that was not all. A
    temporary notice and whether new people are taken are public at once; if there is nothing else in a whole answer,
    it confirms the entry. New hours alone need no officer where the policy says so. Raises NothingChanged,
    DetailsInvalid, UnknownCodes, RevisionUnknown, and what `record_answer` raises.
    """
    kind = AnswerKind.PART if sections else AnswerKind.CHANGED
    receipt = record_answer(session, link_id, kind=kind, name=name, role=role, sections=sections, now=now)
    check_entry(session, details)
    entry = load_entry(session, receipt.organisation_id)
    proposal = Proposal(seen_details(session, entry, base_revision), details)
    if not proposal.units:
        raise NothingChanged
    by = f"link:{link_id}"
    at_once = _publish_at_once(session, entry, proposal, by=by, now=now)
    change = _propose_rest(session, entry, proposal, at_once, base_revision, link_id, receipt, now)
    if change is None and kind is AnswerKind.CHANGED:
        confirm(session, entry.id, at=now, by=ConfirmedBy.ORGANISATION, now=now)
    if change is not None and policy.approve_hours:
        _approve_hours(session, change, now)
    return Told(at_once=at_once, change_id=change.id if change else None, answer=receipt)


def answer_all_correct(session: Session, link_id: str, *, name: str, role: str, now: datetime) -> AnswerReceipt:
    """Take the answer that all of the entry is correct as it is.

    Raises NotAllCorrect while an answer of theirs waits that says otherwise, and what `record_answer` raises.
    """
    receipt = record_answer(session, link_id, kind=AnswerKind.ALL_CORRECT, name=name, role=role, now=now)
    waiting = own_changes(session, receipt.organisation_id, answers_alone=True)
    if waiting:
        raise NotAllCorrect(waiting[0].sent_at)
    return receipt


def needs_no_officer(entry: Entry, proposal: Proposal, policy: Policy) -> bool:
    """Whether all that an organisation proposes would be public as soon as it is sent."""
    if entry.state is not State.PUBLIC or Fit.COLLIDES in fits(proposal, entry.details).values():
        return False
    rest = [unit for unit in proposal.units.values() if not is_at_once(unit)]
    return not rest or (policy.approve_hours and all(is_by_policy(unit.path, risk_of(unit)) for unit in rest))


def notice_at_once(
    session: Session,
    link_id: str,
    *,
    notice: Notice | None,
    taking_new_people: Mapping[UUID, Taking],
    now: datetime,
) -> Told:
    """Say at once that there is a notice (or none any more), or which services take new people. The link stays good.

    A notice that holds a number, a link or an address waits for an officer. Raises LinkUsed for a link that was
    answered, NothingChanged, UnitUnknown for a service that is not there, DetailsInvalid, and what `open_link` raises.
    """
    lock_directory(session)
    opened = open_link(session, link_id, now)
    if opened.state is not LinkState.FRESH:
        raise LinkUsed(link_id)
    entry = load_entry(session, opened.organisation_id)
    details = _with_notice(entry.details, notice, taking_new_people)
    check_entry(session, details)
    proposal = Proposal(entry.details, details)
    if not proposal.units:
        raise NothingChanged
    by = f"link:{link_id}"
    at_once = _publish_at_once(session, entry, proposal, by=by, now=now)
    change = _propose_rest(session, entry, proposal, at_once, entry.revision, link_id, None, now)
    acknowledge_notice(session, opened, now)
    return Told(at_once=at_once, change_id=change.id if change else None)


def _with_notice(
    details: OrganisationDetails, notice: Notice | None, taking_new_people: Mapping[UUID, Taking]
) -> OrganisationDetails:
    if not {service.id for service in details.services}.issuperset(taking_new_people):
        raise UnitUnknown("a service that is not there")
    services = [
        replace(
            service,
            taking_new_people=taking_new_people[service.id].taking_new_people,
            taking_new_people_until=taking_new_people[service.id].until,
        )
        if service.id in taking_new_people
        else service
        for service in details.services
    ]
    return replace(details, notice=notice, services=tuple(services))


def _propose_rest(
    session: Session,
    entry: Entry,
    proposal: Proposal,
    at_once: Collection[Path],
    base_revision: int,
    link_id: str,
    receipt: AnswerReceipt | None,
    now: datetime,
) -> ChangeRow | None:
    """Have the units that are not public at once wait; the change, None where nothing is left."""
    rest = [path for path in proposal.units if path not in at_once]
    if not rest:
        return None
    return propose(
        session,
        entry.id,
        base_revision=base_revision,
        proposed=outcome(proposal, proposal.base, rest),
        origin=Origin.LINK,
        by=f"link:{link_id}",
        now=now,
        person_id=receipt.person_id if receipt else None,
        link_id=link_id,
        answer_id=receipt.answer_id if receipt else None,
    )


def _approve_hours(session: Session, change: ChangeRow, now: datetime) -> None:
    """Approve a change of hours and nothing else; what an officer would have to look at twice goes on waiting."""
    if not all(is_by_policy(unit.key, unit.risk) for unit in change.units):
        return
    entry = select(OrganisationRow.state, OrganisationRow.revision).where(OrganisationRow.id == change.organisation_id)
    state, revision = session.execute(entry).one()
    if state is State.HIDDEN:
        return
    try:
        approve(session, change.id, revision=revision, by=POLICY, now=now)
    except (UnitsCollide, CheckNeeded):  # raised before anything is written
        return


def _publish_at_once(session: Session, entry: Entry, proposal: Proposal, *, by: str, now: datetime) -> tuple[Path, ...]:
    """Publish what needs no officer, unless the entry has changed there meanwhile; the paths of these units."""
    if entry.state is State.HIDDEN:
        return ()
    how = fits(proposal, entry.details)
    paths = tuple(path for path, unit in proposal.units.items() if is_at_once(unit) and how[path] is not Fit.COLLIDES)
    details = outcome(proposal, entry.details, paths)
    if details != entry.details:
        _write(session, entry, details, paths, by=by, now=now)
    return paths


def _write(
    session: Session, entry: Entry, details: OrganisationDetails, paths: Collection[Path], *, by: str, now: datetime
) -> None:
    if entry.state is State.DRAFT:
        save_draft(session, entry.id, details, by=by, now=now)
    else:
        publish(session, entry.id, details, by=by, why="told by the organisation", now=now)
    audit.record(
        session,
        actor=by,
        action="published_at_once",
        now=now,
        organisation_id=entry.id,
        units=len(paths),
    )
