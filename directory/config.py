"""Every setting of the site: read once from the environment, never from anywhere else."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_KEY = 32
LARGEST_FORM = 256 * 1024


class SettingsError(Exception):
    """A setting is missing or cannot be read; its words say which, and what to do."""


def _setting(what: str, default: Any = MISSING, *, private: bool = False) -> Any:
    return field(default=default, repr=not private, metadata={"help": what})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings. Each is read from the variable of the same name in capitals; the defaults are right for use."""

    secret_key: str = _setting(
        "Signs and seals what the site hands out; at least 32 characters, kept private.", private=True
    )
    database_url: str = _setting(
        "The database, as SQLAlchemy writes it; SQLite or PostgreSQL.",
        f"sqlite:///{ROOT}/instance/directory.sqlite",
        private=True,
    )
    search_index: Path = _setting(  # noqa: RUF009 - a field like the others
        "The folder of the search index, this application's alone.", ROOT / "instance/index"
    )
    public_origin: str = _setting("Where readers find the site, with its scheme.", "http://127.0.0.1:8000")
    trusted_hosts: tuple[str, ...] = _setting(
        "More host names that the site answers to, with commas between; others get 400.", ()
    )
    proxy_hops: int = _setting("How many proxies of yours stand in front; their forwarded headers are believed.", 0)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings that `environment` holds. Raises SettingsError for one that is missing or unreadable."""
        given: dict[str, Any] = {
            f.name: _read(f, environment[f.name.upper()]) for f in fields(cls) if environment.get(f.name.upper())
        }
        missing = [f.name.upper() for f in fields(cls) if f.default is MISSING and f.name not in given]
        if missing:
            raise SettingsError(
                f"{', '.join(missing)} must be set in the environment (`make setup` writes it to .env)."
            )
        settings = cls(**given)
        settings._check()
        return settings

    def _check(self) -> None:
        if len(self.secret_key) < SHORTEST_KEY:
            raise SettingsError(f"SECRET_KEY is too short: it needs at least {SHORTEST_KEY} characters.")
        origin = urlsplit(self.public_origin)
        if origin.scheme not in ("http", "https") or not origin.hostname or origin.path or origin.query:
            raise SettingsError("PUBLIC_ORIGIN must be like https://example.org: a scheme and a host, no path.")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that the site answers to."""
        own = urlsplit(self.public_origin).hostname or ""
        return tuple(dict.fromkeys((own, *LOOPBACK_HOSTS, *self.trusted_hosts)))

    def for_flask(self) -> dict[str, object]:
        """The same, in the words of Flask and its extensions."""
        return {
            "SECRET_KEY": self.secret_key,
            "TRUSTED_HOSTS": list(self.hosts),
            "MAX_CONTENT_LENGTH": LARGEST_FORM,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        }


def _read(setting: Field[Any], text: str) -> object:
    if setting.type is int:
        if not text.isdecimal():
            raise SettingsError(f"{setting.name.upper()} must be a whole number, not {text!r}.")
        return int(text)
    if setting.type is Path:
        return Path(text)
    if setting.type == tuple[str, ...]:
        return tuple(name.strip() for name in text.split(",") if name.strip())
    return text
