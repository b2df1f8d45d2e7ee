"""Reading the policy, as it is and as it was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from directory.policy.models import PolicyRow
from directory.policy.rules import Policy, PolicyDifference, policy_from


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """The policy that holds, and its number; 0 where it is still that of the settings."""

    number: int
    policy: Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange:
    """When the policy was changed, by whom (as the audit trail names actors), and in which parts."""

    number: int
    made_at: datetime
    made_by: str
    differences: tuple[PolicyDifference, ...]


def policy_version(session: Session, defaults: Policy) -> PolicyVersion:
    """The policy that holds, with its number."""
    row = session.scalars(_newest_first().limit(1)).one_or_none()
    return PolicyVersion(0, defaults) if row is None else PolicyVersion(row.number, policy_from(row.parts, defaults))


def current_policy(session: Session, defaults: Policy) -> Policy:
    """The policy that holds: what managers set last, else the defaults."""
    return policy_version(session, defaults).policy


def policy_changes(session: Session, most: int) -> tuple[PolicyChange, ...]:
    """The latest changes of the policy, the newest first."""
    return tuple(
        PolicyChange(
            number=row.number,
            made_at=row.made_at,
            made_by=row.made_by,
            differences=tuple(PolicyDifference(name, *both) for name, both in row.changed.items()),
        )
        for row in session.scalars(_newest_first().limit(most))
    )


def true_since(session: Session, name: str) -> datetime | None:
    """Since when a part that is yes or no has been yes without a break; None if it is not."""
    since = None
    for row in session.scalars(_newest_first()):
        if not row.parts.get(name):
            return since
        since = row.made_at
    return since


def _newest_first() -> Select[PolicyRow]:
    return select(PolicyRow).order_by(PolicyRow.number.desc())
