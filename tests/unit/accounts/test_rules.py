from datetime import timedelta

import pytest

from directory.accounts.rules import LONGEST_WAIT, Role, is_last_manager, is_session_over, wait_after
from tests.factories import NOW


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.VIEWER, {Role.VIEWER}),
        (Role.OFFICER, {Role.VIEWER, Role.OFFICER}),
        (Role.MANAGER, {Role.VIEWER, Role.OFFICER, Role.MANAGER}),
    ],
)
def test_each_role_may_do_what_those_before_it_may(role, may):
    assert {least for least in Role if role.may(least)} == may


def test_trust_22_waiting_grows_and_ends():
    minutes = [wait_after(tries).total_seconds() / 60 for tries in range(1, 16)]
    assert minutes == [0] * 9 + [5, 10, 20, 40, 60, 60]
    assert wait_after(10_000) == LONGEST_WAIT


@pytest.mark.parametrize(
    ("age", "is_ended", "is_over"),
    [
        (timedelta(hours=7, minutes=59, seconds=59), False, False),
        (timedelta(hours=8), False, True),
        (timedelta(), True, True),
    ],
)
def test_trust_23_a_session_lasts_eight_hours_at_most(age, is_ended, is_over):
    assert is_session_over(started_at=NOW - age, ended_at=NOW if is_ended else None, now=NOW) is is_over


def test_a_manager_is_the_last_where_no_other_one_is_active():
    assert is_last_manager(1, [1])
    assert not is_last_manager(1, [1, 2])
