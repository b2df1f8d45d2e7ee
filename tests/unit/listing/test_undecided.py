"""Hiding what nobody has decided about: off at first, slow, never the only match, and undone like any other hiding."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.changes.operations import propose
from directory.changes.rules import Origin
from directory.checks.operations import log_phone_check, pause
from directory.listing.hiding import refuse_hiding, show_again
from directory.listing.queries import hidings_of
from directory.listing.undecided import MOST_A_DAY, REASON, Undecided, hide_undecided
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.policy.operations import set_policy
from directory.policy.rules import DEFAULTS
from directory.tasks.operations import open_task, snooze_task
from directory.tasks.queries import open_tasks
from directory.tasks.rules import TaskKind
from tests.factories import details
from tests.unit.checks.made import NOW, OFFICER, day, entry, rounds

ON = replace(DEFAULTS, hide_unanswered=True, hide_after_days=30)
DECIDE = 90
"""The day, counted from `NOW`, on which an officer is to decide: a working day."""
HIDES = DECIDE + 30


def turn_on(session: Session, at: datetime = NOW) -> None:
    set_policy(session, ON, seen=0, defaults=DEFAULTS, by=OFFICER, now=at)


def silent(session: Session, count: int = 1, **facts: object) -> list[UUID]:
    """Entries about which an officer is to decide since day `DECIDE`."""
    made = [entry(session, f"office{n}@harbour.example", slug=f"harbour-{n}", **facts) for n in range(count)]
    for identity in made:
        at = day(DECIDE)
        kind, key = TaskKind.DECIDE_ENTRY, str(identity)
        open_task(session, kind=kind, key=key, due_on=at.date(), now=at, organisation_id=identity)
    return made


def states(session: Session, made: list[UUID]) -> list[State]:
    session.expire_all()
    return [session.get_one(OrganisationRow, identity).state for identity in made]


def hidden(session: Session, number: int, policy=ON) -> Undecided:
    session.flush()
    return hide_undecided(session, day(number), policy)


def test_until_it_is_turned_on_nothing_is_hidden(session: Session) -> None:
    made = silent(session)
    assert hidden(session, HIDES + 300, DEFAULTS) == Undecided()
    assert states(session, made) == [State.PUBLIC]


def test_an_entry_is_hidden_once_the_days_are_over_with_its_reason_and_an_audit_event(session: Session) -> None:
    turn_on(session)
    (harbour,) = silent(session)
    assert hidden(session, HIDES - 1) == Undecided()
    assert hidden(session, HIDES) == Undecided(hidden=(harbour,))
    assert states(session, [harbour]) == [State.HIDDEN]
    assert open_tasks(session, organisation_id=harbour) == []
    events = session.scalars(select(AuditEventRow).where(AuditEventRow.action == "entry_hidden")).all()
    assert [(event.actor, event.organisation_id) for event in events] == [("policy", harbour)]
    assert hidings_of(session, harbour)[0].reason == REASON
    assert hidden(session, HIDES + 1) == Undecided()


def test_it_can_be_shown_again_and_is_not_hidden_again_for_the_same(session: Session) -> None:
    turn_on(session)
    made = silent(session)
    hidden(session, HIDES)
    show_again(session, made[0], by=OFFICER, now=day(HIDES))
    assert hidden(session, HIDES + 1) == Undecided()
    assert states(session, made) == [State.PUBLIC]


def test_the_days_begin_anew_when_it_is_turned_on_late(session: Session) -> None:
    made = silent(session)
    turn_on(session, day(HIDES + 50))
    assert hidden(session, HIDES + 79) == Undecided()
    assert hidden(session, HIDES + 80) == Undecided(hidden=tuple(made))


def test_an_answer_or_a_pause_keeps_the_entry(session: Session) -> None:
    turn_on(session)
    answered, paused = silent(session, 2)
    log_phone_check(session, answered, by=OFFICER, now=day(DECIDE + 1))
    pause(session, paused, until=day(HIDES + 2).date(), reason="Moving house.", by=OFFICER, now=day(DECIDE + 1))
    assert hidden(session, HIDES) == Undecided()
    assert hidden(session, HIDES + 2) == Undecided(hidden=(paused,))


def test_a_decision_that_was_put_off_counts_from_then(session: Session) -> None:
    turn_on(session)
    (harbour,) = silent(session)
    (task,) = open_tasks(session, organisation_id=harbour)
    until = day(DECIDE + 7).date()
    snooze_task(session, task.id, until=until, reason="They move house.", by=OFFICER, now=day(DECIDE))
    assert hidden(session, HIDES) == Undecided()
    assert hidden(session, HIDES + 7) == Undecided(hidden=(harbour,))


def test_an_entry_with_a_change_that_waits_is_left_to_the_officer(session: Session) -> None:
    turn_on(session)
    (harbour,) = silent(session)
    propose(
        session,
        harbour,
        base_revision=1,
        proposed=details(name="Harbour!"),
        origin=Origin.SUGGESTION,
        by="public",
        now=day(DECIDE),
    )
    assert hidden(session, HIDES) == Undecided()


def test_the_only_match_stays_public_and_becomes_a_task(session: Session) -> None:
    turn_on(session)
    (harbour,) = silent(session, languages=("kmr",))
    assert hidden(session, HIDES) == Undecided(asked=(harbour,))
    assert states(session, [harbour]) == [State.PUBLIC]
    assert TaskKind.CONFIRM_HIDING in {task.kind for task in open_tasks(session, organisation_id=harbour)}
    refuse_hiding(session, hidings_of(session, harbour)[0].id, by=OFFICER, now=day(HIDES + 1))
    assert hidden(session, HIDES + 2) == Undecided(), "who said no is not asked again for the same"


def test_of_two_that_are_the_last_for_a_language_one_stays(session: Session) -> None:
    turn_on(session)
    silent(session, 2, languages=("kmr",))
    done = hidden(session, HIDES)
    assert (len(done.hidden), len(done.asked)) == (1, 1)


def test_only_a_few_go_on_one_day(session: Session) -> None:
    turn_on(session)
    silent(session, MOST_A_DAY + 2)
    assert len(hidden(session, HIDES).hidden) == MOST_A_DAY
    assert len(hidden(session, HIDES + 1).hidden) == 2


def test_an_entry_about_which_nothing_is_to_be_decided_stays(session: Session) -> None:
    turn_on(session)
    overdue = entry(session, "office@harbour.example")
    rounds(session, 0, 5)
    assert hidden(session, HIDES) == Undecided()
    assert states(session, [overdue]) == [State.PUBLIC]


def test_whoever_stays_silent_is_asked_rung_and_hidden_last(session: Session) -> None:
    turn_on(session)
    overdue = entry(session, "office@harbour.example")
    rounds(session, 0, 100)
    (task,) = [task for task in open_tasks(session) if task.kind is TaskKind.DECIDE_ENTRY]
    since = (task.due_on - NOW.date()).days
    assert hidden(session, since + 29) == Undecided()
    assert hidden(session, since + 30) == Undecided(hidden=(overdue,))
