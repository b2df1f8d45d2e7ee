"""Settings are read from the environment alone, and a missing or wrong one stops the start with a clear sentence."""

from dataclasses import fields
from pathlib import Path

import pytest

from directory.config import LOOPBACK_HOSTS, Settings, SettingsError

KEY = "k" * 40


def test_the_key_alone_is_enough() -> None:
    settings = Settings.from_environment({"SECRET_KEY": KEY})
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


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "short"}, "too short"),
        ({"SECRET_KEY": KEY, "PROXY_HOPS": "one"}, "PROXY_HOPS must be a whole number"),
        ({"SECRET_KEY": KEY, "PUBLIC_ORIGIN": "support.example.org"}, "PUBLIC_ORIGIN must be like"),
        ({"SECRET_KEY": KEY, "PUBLIC_ORIGIN": "https://support.example.org/"}, "PUBLIC_ORIGIN must be like"),
    ],
)
def test_what_is_missing_or_wrong_is_named(given: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        Settings.from_environment(given)


def test_settings_are_shown_without_the_key() -> None:
    assert KEY not in repr(Settings.from_environment({"SECRET_KEY": KEY}))
