"""Signing in: one refusal for everything, a code that counts once, tries that are counted whatever comes at once."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from directory.accounts.invitations import issue_invitation, join
from directory.accounts.models import OfficerRow, OfficerSessionRow, SignInTriesRow
from directory.accounts.operations import make_recovery_codes
from directory.accounts.passphrases import hash_passphrase
from directory.accounts.queries import credentials_at, recovery_codes_left, signed_in
from directory.accounts.rules import OfficerState, Purpose, SignInRefused, TooManyTries
from directory.accounts.signing_in import count_try, renew_hash, sign_in
from directory.audit import AuditEventRow
from tests.at_once import at_once
from tests.factories import NOW
from tests.officers import CODE_SECRET, KEYS, PASSPHRASE, add_officer, code_at

ADDRESS = "ada@council.example"
DIGEST = KEYS.tries_digest(ADDRESS)
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture
def ada(session):
    add_officer(session, name="ada")
    return credentials_at(session, ADDRESS)


def enter(session, found, code, now=NOW):
    return sign_in(session, found, code, digest=DIGEST, keys=KEYS, now=now)


def tried(session, number, *, start=NOW, every=timedelta(seconds=1), found=None):
    """So many tries one after the other; when the last one was."""
    at = start
    for _ in range(number):
        count_try(session, DIGEST, whose=found, now=at)
        at += every
    return at - every


def test_a_right_code_begins_a_session(session, ada):
    session_id = enter(session, ada, code_at(NOW))
    session.flush()
    assert signed_in(session, session_id, NOW).id == ada.officer_id


def test_trust_22_a_code_works_once_and_so_do_those_before_it(session, ada):
    enter(session, ada, code_at(NOW))
    for code in (code_at(NOW), code_at(NOW - HALF_A_MINUTE)):
        with pytest.raises(SignInRefused):
            enter(session, ada, code)
    assert enter(session, ada, code_at(NOW + HALF_A_MINUTE), NOW + HALF_A_MINUTE)


@pytest.mark.parametrize("code", ["", "000000", "ABCD-EFGH-JKMN", "9" * 5_000])
def test_a_wrong_code_and_nobody_are_refused_alike(session, ada, code):
    for found in (ada, None):
        with pytest.raises(SignInRefused):
            enter(session, found, code)


@pytest.mark.parametrize("state", [OfficerState.INVITED, OfficerState.DISABLED])
def test_who_may_not_sign_in_is_refused_with_a_right_code(session, state):
    add_officer(session, name="ada", state=state)
    with pytest.raises(SignInRefused):
        enter(session, credentials_at(session, ADDRESS), code_at(NOW))


def test_trust_22_a_recovery_code_works_once_however_it_is_typed(session, ada):
    code, *others = make_recovery_codes(session, ada.officer_id, KEYS, by="test", now=NOW)
    session.flush()
    assert enter(session, ada, code.lower().replace("-", " "))
    with pytest.raises(SignInRefused):
        enter(session, ada, code)
    assert recovery_codes_left(session, ada.officer_id) == len(others) == 9
    used = select(AuditEventRow.action).where(AuditEventRow.action == "recovery_code_used")
    assert len(session.scalars(used).all()) == 1


def test_trust_22_ten_tries_and_then_each_waits_longer(session):
    at = tried(session, 10)
    waits = []
    for _ in range(6):
        with pytest.raises(TooManyTries) as refused:
            count_try(session, DIGEST, whose=None, now=at)
        waits.append((refused.value.free_at - at).total_seconds() / 60)
        at = refused.value.free_at
        count_try(session, DIGEST, whose=None, now=at)
    assert waits == [5, 10, 20, 40, 60, 60]


def test_trust_22_whoever_waits_does_not_wait_longer_for_asking(session):
    at = tried(session, 10)
    for second in range(1, 299):
        with pytest.raises(TooManyTries):
            count_try(session, DIGEST, whose=None, now=at + timedelta(seconds=second))
    count_try(session, DIGEST, whose=None, now=at + timedelta(minutes=5))


def test_trust_22_tries_are_forgotten_after_a_day_or_a_right_one(session, ada):
    at = tried(session, 12, every=timedelta(hours=2))
    tried(session, 10, start=at + timedelta(hours=24, seconds=1))
    enter(session, ada, code_at(NOW))
    tried(session, 10)


def test_trust_22_others_do_not_wait(session):
    tried(session, 10)
    count_try(session, KEYS.tries_digest("another@council.example"), whose=None, now=NOW)


def test_what_is_counted_holds_no_address(session):
    tried(session, 1)
    (row,) = session.scalars(select(SignInTriesRow))
    assert "ada" not in row.digest


def test_slowing_down_is_one_event_however_long_it_goes_on(session, ada):
    at = tried(session, 10, found=ada)
    tried(session, 3, start=at + timedelta(hours=1), every=timedelta(hours=1), found=ada)
    slowed = select(func.count()).select_from(AuditEventRow).where(AuditEventRow.action == "sign_in_slowed")
    assert session.scalars(slowed).one() == 1


def test_a_passphrase_that_was_hashed_in_an_older_way_is_hashed_anew(session, ada):
    row = session.get(OfficerRow, ada.officer_id)
    renew_hash(session, ada, PASSPHRASE)
    session.refresh(row)
    assert row.password_hash == ada.password_hash
    row.password_hash = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$VHWVr7tWRwZpDIYB5lVhZdjAwvyCBwxVTjNoVfnZoF0"
    session.flush()
    renew_hash(session, credentials_at(session, ADDRESS), PASSPHRASE)
    session.refresh(row)
    assert row.password_hash.split("$")[3] == hash_passphrase("x").split("$")[3]


def test_trust_22_of_two_requests_with_one_code_at_once_one_is_let_in(own_engine: Engine):
    own_engine.pool._max_overflow = 12
    with Session(own_engine) as session:
        add_officer(session, name="ada")
        found = credentials_at(session, ADDRESS)
        session.commit()
    assert at_once(own_engine, 12, lambda session: enter(session, found, code_at(NOW))) == {
        "done": 1,
        "SignInRefused": 11,
    }
    with Session(own_engine) as session:
        assert session.scalars(select(func.count()).select_from(OfficerSessionRow)).one() == 1


def test_trust_22_of_many_tries_at_once_ten_are_looked_at(own_engine: Engine):
    own_engine.pool._max_overflow = 16
    came = at_once(own_engine, 16, lambda session: count_try(session, DIGEST, whose=None, now=NOW))
    assert came == {"done": 10, "TooManyTries": 6}


def test_of_many_who_join_by_one_link_at_once_one_does(own_engine: Engine):
    own_engine.pool._max_overflow = 8
    with Session(own_engine) as session:
        officer_id = add_officer(session, name="ada", state=OfficerState.INVITED)
        invitation_id = issue_invitation(session, officer_id, Purpose.INVITE, now=NOW)
        session.commit()
    given = {"password_hash": "hash", "code_secret": CODE_SECRET, "code": code_at(NOW), "keys": KEYS, "now": NOW}
    came = at_once(own_engine, 8, lambda session: join(session, invitation_id, **given))
    assert came == {"done": 1, "InvitationOver": 7}
    with Session(own_engine) as session:
        assert recovery_codes_left(session, officer_id) == 10
