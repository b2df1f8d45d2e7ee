"""Mails in a folder, as `MAIL_TRANSPORT=file` writes them: read for showing, whatever stands in them."""

import re
import unicodedata
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

MOST = 200
"""So many mails are listed, the newest first."""
SHOWN = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Return-Path", "Content-Language")
_REFERENCE = re.compile(r"[0-9a-f]{32}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LINK = re.compile(r"https?://\S+")


class LetterNotFound(Exception):
    """The folder has no such mail."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; `path` is where it leads, if it is a link of ours."""

    text: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLetter:
    """A mail as a reader and as a program sees it."""

    reference: str
    headers: dict[str, str]
    language: str
    paragraphs: tuple[tuple[Line, ...], ...]
    html: str


def letters(folder: Path, origin: str) -> list[FoundLetter]:
    """The mails of a folder, the newest first."""
    files = [file for file in folder.glob("*.eml") if _REFERENCE.fullmatch(file.stem)]
    newest = sorted(files, key=lambda file: (-file.stat().st_mtime_ns, file.name))[:MOST]
    return [_read(file, origin) for file in newest]


def letter_of(folder: Path, reference: str, origin: str) -> FoundLetter:
    """One mail. Raises LetterNotFound."""
    file = folder / f"{reference}.eml"
    if not _REFERENCE.fullmatch(reference) or not file.is_file():
        raise LetterNotFound(reference)
    return _read(file, origin)


def _read(file: Path, origin: str) -> FoundLetter:
    message = message_from_bytes(file.read_bytes(), policy=default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    language = str(message.get("Content-Language", ""))
    return FoundLetter(
        reference=file.stem,
        headers={name: _seen(str(message[name])) for name in SHOWN if name in message},
        language=language if _LANGUAGE.fullmatch(language) else "en",
        paragraphs=tuple(_paragraphs(_seen(text.get_content()) if text else "", origin)),
        html=_seen(html.get_content()) if html else "",
    )


def _seen(text: str) -> str:
    """The text with a mark for every character that a page may not hold."""
    return "".join(
        "\ufffd" if unicodedata.category(sign) in ("Cc", "Cn", "Cs") and sign not in "\n\t" else sign
        for sign in text.replace("\r\n", "\n")
    )


def _paragraphs(text: str, origin: str) -> list[tuple[Line, ...]]:
    parts = re.split(r"\n\s*\n", text.strip())
    return [tuple(Line(line, _path(line, origin)) for line in part.splitlines()) for part in parts]


def _path(line: str, origin: str) -> str:
    is_ours = _LINK.fullmatch(line) and line.startswith(f"{origin}/")
    return line.removeprefix(origin) if is_ours else ""
