"""Settings are read from the environment alone, and a missing or wrong one stops the start with a clear sentence."""

from dataclasses import fields
from pathlib import Path

import pytest

from directory.config import LOOPBACK_HOSTS, Settings, SettingsError

KEY, LINK_KEY = "k" * 40, "l" * 40
KEYS = {"SECRET_KEY": KEY, "LINK_KEYS": LINK_KEY}


def test_the_keys_alone_are_enough() -> None:
    settings = Settings.from_environment(KEYS)
    assert settings.database_url.startswith("sqlite:///")
    assert settings.proxy_hops == 0


def test_every_setting_has_a_line_of_help() -> None:
    for setting in fields(Settings):
        assert setting.metadata["help"].endswith(".")
        assert "\n" not in setting.metadata["help"]


def test_all_are_read() -> None:
    settings = Settings.from_environment(
        {
            "SECRET_KEY": KEY,
            "LINK_KEYS": f"{LINK_KEY},{KEY}",
            "DEVELOPMENT": "1",
            "DATABASE_URL": "postgresql+psycopg://directory@db/directory",
            "SEARCH_INDEX": "/var/index",
            "PUBLIC_ORIGIN": "https://support.example.org",
            "TRUSTED_HOSTS": "a.example.org, b.example.org",
            "PROXY_HOPS": "1",
        }
    )
    assert settings.search_index == Path("/var/index")
    assert settings.hosts == ("support.example.org", *LOOPBACK_HOSTS, "a.example.org", "b.example.org")
    assert settings.proxy_hops == 1
    assert settings.link_keys == (LINK_KEY, KEY)
    assert settings.development is True


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "SECRET_KEY, LINK_KEYS must be set"),
        ({"SECRET_KEY": "", "LINK_KEYS": LINK_KEY}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "short", "LINK_KEYS": LINK_KEY}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": KEY}, "LINK_KEYS must be set"),
        ({"SECRET_KEY": KEY, "LINK_KEYS": f"{LINK_KEY},short"}, "LINK_KEYS has a key that is too short"),
        ({**KEYS, "REMIND_AFTER_DAYS": "21"}, "The days of asking must rise"),
        ({**KEYS, "CHECK_EVERY_DAYS": "366"}, "that not than 365"),
        ({**KEYS, "CHECK_HELPLINES_EVERY_DAYS": "200"}, "may not be longer"),
        ({**KEYS, "LINK_DAYS": "0"}, "at least 1"),
        ({**KEYS, "DEVELOPMENT": "yes"}, "DEVELOPMENT must be 1 or 0"),
        ({**KEYS, "PROXY_HOPS": "one"}, "PROXY_HOPS must be a whole number"),
        ({**KEYS, "PUBLIC_ORIGIN": "support.example.org"}, "PUBLIC_ORIGIN must be like"),
        ({**KEYS, "PUBLIC_ORIGIN": "https://support.example.org/"}, "PUBLIC_ORIGIN must be like"),
    ],
)
def test_what_is_missing_or_wrong_is_named(given: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        Settings.from_environment(given)


def test_settings_are_shown_without_the_key() -> None:
    shown = repr(Settings.from_environment(KEYS))
    assert KEY not in shown
    assert LINK_KEY not in shown
