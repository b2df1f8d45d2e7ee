from datetime import timedelta

import pytest

from directory.accounts.codes import app_address, new_recovery_code, step_of, tidy_code
from tests.factories import NOW
from tests.officers import CODE_SECRET, code_at

HALF_A_MINUTE = timedelta(seconds=30)


@pytest.mark.parametrize("late", range(-3, 4))
def test_a_code_is_right_within_one_half_minute(late):
    step = step_of(CODE_SECRET, code_at(NOW + late * HALF_A_MINUTE), NOW)
    assert step == (int(NOW.timestamp()) // 30 + late if abs(late) <= 1 else None)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "000000 OR 1"])
def test_anything_else_is_no_code(code):
    assert step_of(CODE_SECRET, tidy_code(code), NOW) is None


def test_a_code_may_be_typed_with_spaces_hyphens_and_small_letters():
    assert tidy_code(" 123 456 ") == "123456"
    assert tidy_code("abcd-efgh jkmn") == "ABCDEFGHJKMN"


def test_recovery_codes_are_long_different_and_hard_to_misread():
    codes = {new_recovery_code() for _ in range(100)}
    assert len(codes) == 100
    assert not set("".join(codes)) & set("ILO01")
    assert {len(tidy_code(code)) for code in codes} == {12}


def test_the_picture_holds_no_word_that_gives_anything_away():
    address = app_address(CODE_SECRET, "ayse@council.example")
    assert address.startswith("otpauth://totp/Haringey%20directory%20desk%3Aayse%40council.example?secret=")
