"""Invitations: good once, for some days, until a newer one; and what joining leaves behind."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.accounts.codes import current_code, tidy_code
from directory.accounts.demo import demo_link, sign_in_by_link
from directory.accounts.invitations import issue_invitation, join, open_invitation, revoke_invitations
from directory.accounts.models import InvitationRow, OfficerRow, RecoveryCodeRow
from directory.accounts.operations import add_officer, invite
from directory.accounts.queries import officer_of, signed_in
from directory.accounts.rules import (
    CodeRefused,
    InvitationOver,
    InvitationUnknown,
    OfficerExists,
    OfficerState,
    Purpose,
    Role,
)
from directory.audit import AuditEventRow
from directory.outbox.message import MailKind
from directory.outbox.models import OutboxRow
from directory.people.addresses import AddressInvalid
from tests.factories import NOW
from tests.officers import CODE_SECRET, KEYS, code_at

BY = "officer:1"
WEEK = timedelta(days=7)


@pytest.fixture
def officer_id(session):
    return add_officer(session, name=" Ayşe Demir ", email="Ayse@Council.example", role=Role.OFFICER, by=BY, now=NOW)


@pytest.fixture
def invitation_id(session, officer_id):
    held = issue_invitation(session, officer_id, Purpose.INVITE, now=NOW)
    session.flush()
    return held


def joined(session, invitation_id, *, code=None, now=NOW):
    code = code_at(now) if code is None else code
    return join(session, invitation_id, password_hash="hash", code_secret=CODE_SECRET, code=code, keys=KEYS, now=now)


def test_an_invited_officer_is_somebody_who_cannot_sign_in_yet(session, officer_id):
    officer = officer_of(session, officer_id)
    assert (officer.name, officer.email, officer.state) == ("Ayşe Demir", "ayse@council.example", OfficerState.INVITED)
    assert officer.actor == f"officer:{officer_id}"


def test_an_address_is_one_officers_however_it_is_typed(session, officer_id):
    with pytest.raises(OfficerExists):
        add_officer(session, name="B", email="AYSE@council.example", role=Role.VIEWER, by=BY, now=NOW)
    with pytest.raises(AddressInvalid):
        add_officer(
            session, name="B", email="ayse@council.example, b@council.example", role=Role.VIEWER, by=BY, now=NOW
        )


def test_inviting_puts_one_mail_of_ids_into_the_outbox(session):
    officer_id = invite(session, name="Bo", email="bo@council.example", role=Role.VIEWER, by=BY, now=NOW)
    mail = session.scalars(select(OutboxRow).where(OutboxRow.kind == MailKind.OFFICER_INVITED)).one()
    link = session.scalars(select(InvitationRow).where(InvitationRow.officer_id == officer_id)).one()
    assert (mail.person_id, mail.link_ids, mail.facts) == (officer_of(session, officer_id).person_id, [link.id], {})


def test_joining_makes_an_officer_active_with_ten_codes_of_which_hashes_are_kept(session, officer_id, invitation_id):
    codes = joined(session, invitation_id)
    session.flush()
    row = session.get(OfficerRow, officer_id)
    assert (row.state, row.password_hash, KEYS.unseal(row.sealed_secret)) == (OfficerState.ACTIVE, "hash", CODE_SECRET)
    assert len(set(codes)) == 10
    kept = session.scalars(select(RecoveryCodeRow.digest).where(RecoveryCodeRow.officer_id == officer_id)).all()
    assert set(kept) == {KEYS.recovery_digest(officer_id, tidy_code(code)) for code in codes}
    events = session.scalars(select(AuditEventRow).where(AuditEventRow.subject == str(officer_id))).all()
    assert [(event.action, event.actor) for event in events] == [
        ("officer_added", BY),
        ("officer_joined", f"officer:{officer_id}"),
    ]


def test_without_a_right_code_nobody_joins(session, officer_id, invitation_id):
    for code in ("", "000000", current_code(KEYS.code_secret("x", "y"), NOW)):
        with pytest.raises(CodeRefused):
            joined(session, invitation_id, code=code)
    assert officer_of(session, officer_id).state is OfficerState.INVITED
    assert open_invitation(session, invitation_id, NOW)


def test_an_invitation_is_used_once(session, invitation_id):
    joined(session, invitation_id)
    with pytest.raises(InvitationOver):
        joined(session, invitation_id)


def test_an_invitation_is_good_for_a_week_and_two_minutes_for_clocks(session, invitation_id):
    assert open_invitation(session, invitation_id, NOW + WEEK + timedelta(seconds=119))
    with pytest.raises(InvitationOver):
        open_invitation(session, invitation_id, NOW + WEEK + timedelta(seconds=121))


def test_a_newer_invitation_ends_the_older_one_and_taking_back_ends_all(session, officer_id, invitation_id):
    newer = issue_invitation(session, officer_id, Purpose.INVITE, now=NOW)
    session.flush()
    with pytest.raises(InvitationOver):
        open_invitation(session, invitation_id, NOW)
    assert open_invitation(session, newer, NOW).officer.id == officer_id
    revoke_invitations(session, officer_id, NOW)
    with pytest.raises(InvitationOver):
        open_invitation(session, newer, NOW)


def test_what_was_never_issued_is_unknown(session):
    with pytest.raises(InvitationUnknown):
        open_invitation(session, "x", NOW)


def test_a_demo_link_signs_a_made_up_manager_in_once_and_no_other_link_does(session, invitation_id):
    link_id = demo_link(session, keys=KEYS, by="command", now=NOW)
    session.flush()
    officer = signed_in(session, sign_in_by_link(session, link_id, NOW), NOW)
    assert (officer.role, officer.email) == (Role.MANAGER, "demo@council.example")
    with pytest.raises(InvitationOver):
        sign_in_by_link(session, link_id, NOW)
    with pytest.raises(InvitationUnknown):
        sign_in_by_link(session, invitation_id, NOW)
    again = demo_link(session, keys=KEYS, by="command", now=NOW)
    session.flush()
    assert signed_in(session, sign_in_by_link(session, again, NOW), NOW).id == officer.id
