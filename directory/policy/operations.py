"""Setting the policy. Nothing here commits."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory import audit
from directory.policy.models import PolicyRow
from directory.policy.queries import policy_version
from directory.policy.rules import (
    Policy,
    PolicyDifference,
    PolicyMovedOn,
    check_policy,
    differences_of,
    values_of,
)


def set_policy(
    session: Session, policy: Policy, *, seen: int, defaults: Policy, by: str, now: datetime
) -> tuple[PolicyDifference, ...]:
    """Have this be the policy from now on; the parts in which it differs from the one before, none if it is the same.

    `seen` is the number of the policy that the manager saw. Raises PolicyRefused or PolicyMovedOn.
    """
    check_policy(policy)
    held = policy_version(session, defaults)
    if held.number != seen:
        raise PolicyMovedOn(str(held.number))
    changed = differences_of(held.policy, policy)
    if changed:
        _keep(session, seen + 1, policy, changed, by=by, now=now)
    return changed


def _keep(
    session: Session, number: int, policy: Policy, changed: tuple[PolicyDifference, ...], *, by: str, now: datetime
) -> None:
    row = PolicyRow(
        number=number,
        parts=values_of(policy),
        changed={part.name: [part.before, part.after] for part in changed},
        made_at=now,
        made_by=by,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:  # somebody else has set it at the same moment
        raise PolicyMovedOn(str(number)) from error
    for part in changed:
        audit.record(
            session,
            actor=by,
            action="policy_changed",
            now=now,
            subject=part.name,
            before=part.before,
            after=part.after,
        )
