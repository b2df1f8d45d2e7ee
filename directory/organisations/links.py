"""Links as people read them."""

import unicodedata
from urllib.parse import urlsplit

_WRITTEN_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
"""Scripts that one language mixes."""


def shown(link: str) -> str:
    """The link; where its host mixes scripts, with the host in the ASCII form that gives a look-alike away.

    `https://paypal.com` with a Cyrillic first "a" reads as `https://xn--pypal-4ve.com`.
    """
    host = urlsplit(link).netloc
    return link.replace(host, _in_ascii(host), 1) if _mixes_scripts(host) else link


def bare(link: str) -> str:
    """A link as people say it: without its scheme and its last stroke."""
    return shown(link).partition("://")[2].rstrip("/") or link


def _mixes_scripts(host: str) -> bool:
    scripts = {_script(sign) for sign in host if sign.isalpha()}
    return len(scripts - _WRITTEN_TOGETHER) + bool(scripts & _WRITTEN_TOGETHER) > 1


def _script(letter: str) -> str:
    """The first word of its name, which names its script (`LATIN SMALL LETTER A`)."""
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0].partition("-")[0]


def _in_ascii(host: str) -> str:
    return ".".join(label if label.isascii() else f"xn--{_punycode(label)}" for label in host.split("."))


def _punycode(label: str) -> str:
    return unicodedata.normalize("NFKC", label).lower().encode("punycode").decode("ascii")
