"""What managers may do with officers, and what officers may do with what is their own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.accounts import operations
from directory.accounts.codes import tidy_code
from directory.accounts.invitations import open_invitation
from directory.accounts.models import InvitationRow, OfficerRow
from directory.accounts.queries import officer_of, officers, recovery_codes_left, signed_in
from directory.accounts.rules import (
    InvitationOver,
    LastManager,
    OfficerState,
    OfficerStateRefused,
    OfficerUnknown,
    Role,
)
from directory.accounts.sessions import begin_session, end_session, end_sessions
from directory.audit import AuditEventRow
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.people.operations import erase_person
from tests.factories import NOW
from tests.officers import KEYS, OFFICERS, add_officer

BY = "officer:1"
NOBODY = OFFICERS[Role.VIEWER]


@pytest.fixture
def officer_id(session):
    return add_officer(session, name="ada")


def actions(session, officer_id):
    query = select(AuditEventRow.action).where(AuditEventRow.subject == str(officer_id)).order_by(AuditEventRow.id)
    return session.scalars(query).all()


def signed_in_twice(session, officer_id):
    held = [begin_session(session, officer_id, NOW) for _ in range(2)]
    session.flush()
    return held


def are_good(session, session_ids, now=NOW):
    return [signed_in(session, session_id, now) is not None for session_id in session_ids]


def test_trust_23_signing_out_ends_that_session_alone(session, officer_id):
    held = signed_in_twice(session, officer_id)
    end_session(session, held[0], by=BY, now=NOW)
    assert are_good(session, held) == [False, True]
    end_session(session, held[0], by=BY, now=NOW)
    assert actions(session, officer_id) == ["signed_in", "signed_in", "signed_out"]


def test_trust_23_a_session_ends_after_eight_hours_whatever_the_cookie_says(session, officer_id):
    (held, _) = signed_in_twice(session, officer_id)
    assert are_good(session, [held], NOW + timedelta(hours=7, minutes=59)) == [True]
    assert are_good(session, [held], NOW + timedelta(hours=8)) == [False]


def test_trust_23_disabling_ends_every_session_and_enabling_brings_none_back(session, officer_id):
    held = signed_in_twice(session, officer_id)
    operations.disable(session, officer_id, by=BY, now=NOW)
    assert are_good(session, held) == [False, False]
    operations.enable(session, officer_id, by=BY, now=NOW)
    assert are_good(session, held) == [False, False]
    assert officer_of(session, officer_id).state is OfficerState.ACTIVE


def test_trust_23_a_new_passphrase_ends_every_session(session, officer_id):
    held = signed_in_twice(session, officer_id)
    operations.change_passphrase(session, officer_id, "new hash", by=BY, now=NOW)
    assert are_good(session, held) == [False, False]
    assert session.get(OfficerRow, officer_id).password_hash == "new hash"


def test_all_sessions_but_one_can_be_ended(session, officer_id):
    held = signed_in_twice(session, officer_id)
    assert end_sessions(session, officer_id, by=BY, now=NOW, but=held[1]) == 1
    assert are_good(session, held) == [False, True]


def test_a_session_of_an_officer_with_less_to_do_has_less_to_do_at_once(session, officer_id):
    (held, _) = signed_in_twice(session, officer_id)
    operations.change_role(session, officer_id, Role.VIEWER, by=BY, now=NOW)
    session.flush()
    assert signed_in(session, held, NOW).role is Role.VIEWER


def test_a_new_start_takes_everything_away_and_mails_a_link(session, officer_id):
    held = signed_in_twice(session, officer_id)
    operations.reset(session, officer_id, by=BY, now=NOW)
    session.flush()
    row = session.get(OfficerRow, officer_id)
    assert (row.state, row.password_hash, row.sealed_secret) == (OfficerState.INVITED, "", "")
    assert are_good(session, held) == [False, False]
    mail = session.scalars(select(OutboxRow).where(OutboxRow.kind == MailKind.OFFICER_RESET)).one()
    assert open_invitation(session, mail.link_ids[0], NOW).officer.id == officer_id


def test_a_disabled_officer_has_no_link_and_gets_none(session):
    officer_id = operations.invite(session, name="B", email="b@council.example", role=Role.OFFICER, by=BY, now=NOW)
    (invitation_id,) = session.scalars(select(InvitationRow.id).where(InvitationRow.officer_id == officer_id))
    operations.disable(session, officer_id, by=BY, now=NOW)
    with pytest.raises(InvitationOver):
        open_invitation(session, invitation_id, NOW)
    for act in (operations.reset, operations.send_invitation):
        with pytest.raises(OfficerStateRefused):
            act(session, officer_id, by=BY, now=NOW)
    operations.enable(session, officer_id, by=BY, now=NOW)
    assert officer_of(session, officer_id).state is OfficerState.INVITED
    assert len(session.scalars(select(OutboxRow).where(OutboxRow.kind == MailKind.OFFICER_INVITED)).all()) == 2


def test_who_was_erased_is_neither_let_in_again_nor_named(session, officer_id):
    operations.disable(session, officer_id, by=BY, now=NOW)
    erase_person(session, officer_of(session, officer_id).person_id, by=BY, now=NOW)
    with pytest.raises(OfficerStateRefused):
        operations.enable(session, officer_id, by=BY, now=NOW)
    with pytest.raises(OfficerStateRefused):
        operations.rename(session, officer_id, "Ayla", by=BY, now=NOW)


def test_only_who_has_not_joined_is_invited_again(session, officer_id):
    with pytest.raises(OfficerStateRefused):
        operations.send_invitation(session, officer_id, by=BY, now=NOW)


@pytest.mark.parametrize(
    "act",
    [
        operations.disable,
        operations.reset,
        lambda session, officer_id, **done: operations.change_role(session, officer_id, Role.OFFICER, **done),
    ],
)
def test_the_last_manager_who_can_sign_in_stays_one(session, act):
    manager = add_officer(session, Role.MANAGER)
    add_officer(session, Role.MANAGER, name="away", state=OfficerState.DISABLED)
    with pytest.raises(LastManager):
        act(session, manager, by=BY, now=NOW)
    add_officer(session, Role.MANAGER, name="second")
    act(session, manager, by=BY, now=NOW)


def test_a_command_may_give_the_last_manager_a_new_start(session):
    manager = add_officer(session, Role.MANAGER)
    invitation_id = operations.reset(session, manager, by="command", now=NOW, is_mailed=False)
    session.flush()
    assert open_invitation(session, invitation_id, NOW).officer.id == manager
    assert not session.scalars(select(OutboxRow)).all()


def test_doing_what_is_so_already_is_no_event(session, officer_id):
    operations.change_role(session, officer_id, Role.OFFICER, by=BY, now=NOW)
    operations.enable(session, officer_id, by=BY, now=NOW)
    assert actions(session, officer_id) == []


def test_each_thing_that_is_done_is_an_event(session, officer_id):
    operations.change_role(session, officer_id, Role.VIEWER, by=BY, now=NOW)
    operations.set_weekly_digest(session, officer_id, is_wanted=True, by=BY, now=NOW)
    operations.make_recovery_codes(session, officer_id, KEYS, by=BY, now=NOW)
    operations.disable(session, officer_id, by=BY, now=NOW)
    operations.enable(session, officer_id, by=BY, now=NOW)
    assert actions(session, officer_id) == [
        "officer_role_changed",
        "weekly_digest_set",
        "recovery_codes_made",
        "officer_disabled",
        "officer_enabled",
    ]


def test_new_recovery_codes_take_the_place_of_the_old_ones(session, officer_id):
    first = operations.make_recovery_codes(session, officer_id, KEYS, by=BY, now=NOW)
    second = operations.make_recovery_codes(session, officer_id, KEYS, by=BY, now=NOW)
    session.flush()
    assert not {tidy_code(code) for code in first} & {tidy_code(code) for code in second}
    assert recovery_codes_left(session, officer_id) == 10


def test_officers_are_listed_by_name_with_when_they_signed_in_last(session, officer_id):
    add_officer(session, name="zoe")
    begin_session(session, officer_id, NOW)
    begin_session(session, officer_id, NOW + timedelta(days=1))
    session.flush()
    held = [(officer.name, officer.last_signed_in_at) for officer in officers(session)]
    assert held == [("Ada", NOW + timedelta(days=1)), ("Zoe", None)]


def test_nobody_is_named_as_such(session):
    for act in (operations.disable, operations.enable, operations.reset):
        with pytest.raises(OfficerUnknown):
            act(session, NOBODY, by=BY, now=NOW)
    with pytest.raises(OfficerUnknown):
        officer_of(session, NOBODY)
