"""Setting the policy: what it was before is kept, and of two managers at once one wins."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.database import begin_writing
from directory.policy.operations import set_policy
from directory.policy.queries import current_policy, policy_changes, policy_version, true_since
from directory.policy.rules import DEFAULTS, Policy, PolicyDifference, PolicyMovedOn, PolicyRefused

MANAGER = "officer:1"
SLOWER = replace(DEFAULTS, remind_after_days=10, approve_hours=True)


def put(session: Session, policy: Policy, now: datetime, *, seen: int = 0, defaults: Policy = DEFAULTS) -> object:
    return set_policy(session, policy, seen=seen, defaults=defaults, by=MANAGER, now=now)


def test_until_somebody_sets_it_the_settings_hold(session: Session) -> None:
    defaults = replace(DEFAULTS, link_days=20)
    assert current_policy(session, defaults) == defaults
    assert policy_version(session, defaults).number == 0
    assert policy_changes(session, 10) == ()


def test_what_is_set_holds_whatever_the_settings_say_later(session: Session, now: datetime) -> None:
    put(session, SLOWER, now)
    assert current_policy(session, replace(DEFAULTS, last_after_days=9)) == SLOWER


def test_what_it_was_before_is_kept_with_who_and_when(session: Session, now: datetime) -> None:
    put(session, SLOWER, now)
    put(session, replace(SLOWER, approve_hours=False), now + timedelta(days=1), seen=1)
    newest, first = policy_changes(session, 10)
    assert (newest.number, newest.made_by, newest.made_at) == (2, MANAGER, now + timedelta(days=1))
    assert newest.differences == (PolicyDifference("approve_hours", before=True, after=False),)
    assert first.differences == (
        PolicyDifference("remind_after_days", 7, 10),
        PolicyDifference("approve_hours", before=False, after=True),
    )
    assert policy_changes(session, 1) == (newest,)


def test_each_part_that_changes_is_in_the_audit_trail(session: Session, now: datetime) -> None:
    put(session, SLOWER, now)
    events = session.scalars(select(AuditEventRow).order_by(AuditEventRow.id)).all()
    assert [(event.actor, event.action, event.subject, event.facts) for event in events] == [
        (MANAGER, "policy_changed", "remind_after_days", {"before": 7, "after": 10}),
        (MANAGER, "policy_changed", "approve_hours", {"before": False, "after": True}),
    ]


def test_setting_what_holds_already_changes_nothing(session: Session, now: datetime) -> None:
    assert put(session, DEFAULTS, now) == ()
    assert policy_version(session, DEFAULTS).number == 0


def test_what_cannot_be_is_refused_and_nothing_is_kept(session: Session, now: datetime) -> None:
    with pytest.raises(PolicyRefused):
        put(session, replace(DEFAULTS, remind_after_days=0), now)
    assert policy_version(session, DEFAULTS).number == 0


def test_who_saw_an_older_policy_is_told(session: Session, now: datetime) -> None:
    put(session, SLOWER, now)
    with pytest.raises(PolicyMovedOn):
        put(session, DEFAULTS, now)
    assert current_policy(session, DEFAULTS) == SLOWER


def test_of_managers_at_the_same_moment_one_wins(own_engine: Engine, now: datetime) -> None:
    start = Barrier(4)

    def one(number: int) -> bool:
        with Session(own_engine) as session:
            start.wait(timeout=30)
            begin_writing(session)
            try:
                put(session, replace(DEFAULTS, link_days=10 + number), now)
            except PolicyMovedOn:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(one, range(4))) == [False, False, False, True]
    with Session(own_engine) as session:
        assert len(policy_changes(session, 10)) == 1


def test_since_when_a_switch_is_on(session: Session, now: datetime) -> None:
    assert true_since(session, "hide_unanswered") is None
    on = replace(DEFAULTS, hide_unanswered=True)
    steps = [on, DEFAULTS, on, replace(on, link_days=20)]
    for number, policy in enumerate(steps):
        put(session, policy, now + timedelta(days=number), seen=number)
    assert true_since(session, "hide_unanswered") == now + timedelta(days=2)
    put(session, DEFAULTS, now + timedelta(days=9), seen=4)
    assert true_since(session, "hide_unanswered") is None
