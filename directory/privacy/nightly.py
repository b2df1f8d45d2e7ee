"""What is done every night about what is kept. Nothing here commits."""

import logging
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from directory import audit
from directory.checks.keeping import day_of
from directory.policy.rules import Policy
from directory.privacy.models import RetentionRow
from directory.privacy.retention import RULES, Rule
from directory.signals.rounds import claim_day

log = logging.getLogger(__name__)


def keep_no_longer(session: Session, now: datetime, policy: Policy) -> bool:
    """Delete and blank what has been kept long enough, unless that was done today, here or on another machine.

    A rule that fails is logged and shown as failed; the others are done all the same. Says whether it was done now.
    """
    if not claim_day(session, "retention", day_of(now)):
        return False
    for rule in RULES:
        removed = _applied(session, rule, policy, now)
        session.add(RetentionRow(rule=rule.name, day=day_of(now), at=now, removed=removed))
        if removed:
            audit.record(session, actor="policy", action="kept_no_longer", now=now, subject=rule.name, removed=removed)
    session.flush()  # so that a night that cannot be noted is not done
    return True


def _applied(session: Session, rule: Rule, policy: Policy, now: datetime) -> int | None:
    try:
        with session.begin_nested():
            return rule.apply(session, policy, now)
    except SQLAlchemyError:
        log.exception("a rule of keeping failed: %s", rule.name)
        return None
