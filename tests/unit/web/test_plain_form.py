"""The stamp of a form, what is left of what was typed, and the count that knows nobody."""

from datetime import timedelta

import pytest

from directory.web.limits import Limit
from directory.web.plain_form import one_line, opened_at, stamp, tidy
from tests.factories import NOW

KEY = "a key that only the tests know, long enough"


def test_a_stamp_says_when_its_form_was_opened():
    assert opened_at("suggest", stamp("suggest", KEY, NOW), KEY) == NOW


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "1780000000",
        "1780000000.",
        "x.y",
        "1780000000.\u00e9",
        stamp("problem", KEY, NOW),
        stamp("suggest", "k" * 40, NOW),
    ],
)
def test_a_stamp_of_another_form_or_key_or_none_says_nothing(sent):
    assert opened_at("suggest", sent, KEY) is None


def test_what_nobody_types_is_left_out():
    assert tidy(" a\x00b\r\nc\rd\te\u2028\x7f\ud800 ") == "ab\nc\nd e"
    assert one_line("  a \n b ") == "a b"


def test_so_many_an_hour_and_then_no_more_until_the_next():
    limit = Limit(most=2)
    assert [limit.allows("192.0.2.1", NOW) for _ in range(3)] == [True, True, False]
    assert limit.allows("192.0.2.2", NOW)
    assert limit.allows("192.0.2.1", NOW + timedelta(minutes=30))


def test_one_household_has_one_network_of_the_newer_kind():
    limit = Limit(most=1)
    assert limit.allows("2001:db8:1:2::1", NOW)
    assert not limit.allows("2001:db8:1:2:ffff::9", NOW)
    assert limit.allows("2001:db8:1:3::1", NOW)


def test_the_count_holds_no_address_and_no_two_hours_alike():
    limit = Limit()
    limit.allows("192.0.2.1", NOW)
    first = dict(limit._counts)
    assert "192.0.2.1" not in repr(limit)
    limit.allows("192.0.2.1", NOW + timedelta(hours=1))
    assert len(limit._counts) == 1
    assert limit._counts.keys() != first.keys()
