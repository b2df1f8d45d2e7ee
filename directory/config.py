"""Every setting of the site: read once from the environment, never from anywhere else."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_KEY = 32
LARGEST_FORM = 256 * 1024
LONGEST_PERIOD = 365
"""Days that may pass at most between two checks of an entry."""


class SettingsError(Exception):
    """A setting is missing or cannot be read; its words say which, and what to do."""


class MailTransport(StrEnum):
    """How mail leaves."""

    OFF = "off"
    SMTP = "smtp"
    NOTIFY = "notify"
    FILE = "file"


class MailSecurity(StrEnum):
    """How a connection to a mail server is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


def _setting(what: str, default: Any = MISSING, *, private: bool = False, required: bool = False) -> Any:
    """A setting; one that is required must stand in the environment even where it has a default for tests."""
    is_required = required or default is MISSING
    return field(default=default, repr=not private, metadata={"help": what, "is_required": is_required})


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
    erasure_log: Path = _setting(  # noqa: RUF009 - a field like the others
        "The file that lists who was erased, by number alone; kept outside the database and its backups.",
        ROOT / "instance/erasures.log",
    )
    public_origin: str = _setting("Where readers find the site, with its scheme.", "http://127.0.0.1:8000")
    trusted_hosts: tuple[str, ...] = _setting(
        "More host names that the site answers to, with commas between; others get 400.", ()
    )
    proxy_hops: int = _setting("How many proxies of yours stand in front; their forwarded headers are believed.", 0)
    team_phone: str = _setting(
        "The Community Safety Team's number as +44…, for readers and organisations; empty: none is shown.", ""
    )
    development: bool = _setting(
        "1 on a developer's own machine alone: asks at any hour, mails only made-up addresses, shows mail at /mailbox.",
        default=False,
    )

    link_keys: tuple[str, ...] = _setting(
        "Sign update links; each at least 32 characters, with commas between; the last signs, all are accepted.",
        (),
        private=True,
        required=True,
    )
    link_days: int = _setting("Days for which an update link is good.", 30)
    check_every_days: int = _setting("Days between two checks of an entry; 365 at most.", 180)
    check_helplines_every_days: int = _setting("The same for local helplines and places that take reports.", 90)
    spread_weeks: int = _setting("Weeks over which the first checks of new entries are spread.", 12)
    find_keepers_a_day: int = _setting("Tasks to find who keeps an entry that are opened on one day at most.", 5)
    remind_after_days: int = _setting("Days after a check was due on which a reminder is sent.", 7)
    last_after_days: int = _setting("Days after which the last email goes to both contacts.", 21)
    ring_after_days: int = _setting("Days after which ringing them is a task.", 28)
    ring_again_after_days: int = _setting("Days after which it is a task again.", 42)
    mark_after_days: int = _setting("Days after which the public is told, and the entry ranks lower.", 60)
    decide_after_days: int = _setting("Days after which deciding about the entry is a task.", 90)

    websites_each_tick: int = _setting("How many links of entries one `tick` looks at; with 0 none ever is.", 8)

    mail_transport: MailTransport = _setting(  # noqa: RUF009
        "How mail leaves: off (it waits), smtp, notify (GOV.UK Notify) or file (a folder).", MailTransport.OFF
    )
    mail_from: str = _setting("Who mail is from: an address, with a name before it in the form `Name <address>`.", "")
    mail_reply_to: str = _setting("Where answers to mail go, if not to the sender.", "")
    mail_return_domain: str = _setting("The domain to which undelivered mail comes back, for signed return paths.", "")
    mail_keys: tuple[str, ...] = _setting(
        "Sign return paths; each at least 32 characters, with commas between; the last signs, all are accepted.",
        (),
        private=True,
    )
    mail_folder: Path = _setting(  # noqa: RUF009 - a field like the others
        "The folder that mail is written to where MAIL_TRANSPORT is file.", ROOT / "instance/mail"
    )
    smtp_host: str = _setting("The mail server that takes our mail.", "")
    smtp_port: int = _setting("The port of the mail server.", 587)
    smtp_security: MailSecurity = _setting(  # noqa: RUF009
        "How the connection to the mail server is encrypted: starttls, tls or none.", MailSecurity.STARTTLS
    )
    smtp_user: str = _setting("The user name at the mail server, if it wants one.", "")
    smtp_password: str = _setting("The password at the mail server.", "", private=True)
    notify_api_key: str = _setting("The key of GOV.UK Notify, as it shows it once.", "", private=True)
    notify_template_id: str = _setting("The template at GOV.UK Notify whose fields are ((subject)) and ((body)).", "")
    notify_reply_to_id: str = _setting("The id of the reply-to address at GOV.UK Notify, if not its default.", "")
    notify_url: str = _setting("Where GOV.UK Notify is.", "https://api.notifications.service.gov.uk")
    imap_host: str = _setting("The server of the mailbox that undelivered mail comes back to, if it is read so.", "")
    imap_port: int = _setting("The port of that server.", 993)
    imap_security: MailSecurity = _setting(  # noqa: RUF009
        "How the connection to it is encrypted: starttls, tls or none.", MailSecurity.TLS
    )
    imap_user: str = _setting("The user name of that mailbox.", "")
    imap_password: str = _setting("The password of that mailbox.", "", private=True)
    imap_folder: str = _setting("The folder of that mailbox.", "INBOX")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings that `environment` holds. Raises SettingsError for one that is missing or unreadable."""
        given: dict[str, Any] = {
            f.name: _read(f, environment[f.name.upper()]) for f in fields(cls) if environment.get(f.name.upper())
        }
        missing = [f.name.upper() for f in fields(cls) if f.metadata["is_required"] and f.name not in given]
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
        for name, keys in (("MAIL_KEYS", self.mail_keys), ("LINK_KEYS", self.link_keys)):
            if any(len(key) < SHORTEST_KEY for key in keys):
                raise SettingsError(
                    f"{name} has a key that is too short: each needs at least {SHORTEST_KEY} characters."
                )
        self._check_ladder()
        origin = urlsplit(self.public_origin)
        if origin.scheme not in ("http", "https") or not origin.hostname or origin.path or origin.query:
            raise SettingsError("PUBLIC_ORIGIN must be like https://example.org: a scheme and a host, no path.")

    def _check_ladder(self) -> None:
        days = (
            self.remind_after_days,
            self.last_after_days,
            self.ring_after_days,
            self.ring_again_after_days,
            self.mark_after_days,
            self.decide_after_days,
        )
        if not all(earlier < later for earlier, later in zip((0, *days), days, strict=False)):
            raise SettingsError(
                "The days of asking must rise: REMIND_AFTER_DAYS, LAST_AFTER_DAYS, RING_AFTER_DAYS,"
                " RING_AGAIN_AFTER_DAYS, MARK_AFTER_DAYS, DECIDE_AFTER_DAYS."
            )
        if not 0 < self.check_helplines_every_days <= self.check_every_days <= LONGEST_PERIOD:
            raise SettingsError(
                "CHECK_HELPLINES_EVERY_DAYS may not be longer than CHECK_EVERY_DAYS, and that not than 365."
            )
        if not self.link_days or not self.find_keepers_a_day:
            raise SettingsError("LINK_DAYS and FIND_KEEPERS_A_DAY must be at least 1.")

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
    if setting.type is bool:
        if text not in {"0", "1"}:
            raise SettingsError(f"{setting.name.upper()} must be 1 or 0, not {text!r}.")
        return text == "1"
    if isinstance(setting.type, type) and issubclass(setting.type, StrEnum):
        if text not in list(setting.type):
            raise SettingsError(f"{setting.name.upper()} must be one of {', '.join(setting.type)}, not {text!r}.")
        return setting.type(text)
    if setting.type is Path:
        return Path(text)
    if setting.type == tuple[str, ...]:
        return tuple(name.strip() for name in text.split(",") if name.strip())
    return text
