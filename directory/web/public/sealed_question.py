"""What a reader typed, sealed for a link: only this site can read it, and only for an hour.

The link then holds nothing that a history, a log or the next person at the device could read.
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from directory.errors import DomainError

READABLE_FOR = timedelta(hours=1)
_PURPOSE = b"sealed search question"


class QuestionUnreadable(DomainError):
    """The sealed question is too old, or was not sealed here."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader typed, and which meanings of it they took away."""

    words: str = ""
    near: str = ""
    ignored: tuple[str, ...] = ()


def seal(question: Question, secret_key: str, now: datetime) -> str:
    """A text for a link, made of letters, digits, `-`, `_` and `=`."""
    stored = json.dumps([question.words, question.near, question.ignored], ensure_ascii=False)
    return _fernet(secret_key).encrypt_at_time(stored.encode(), int(now.timestamp())).decode()


def unseal(sealed: str, secret_key: str, now: datetime) -> Question:
    """The question. Raises QuestionUnreadable if it was sealed over an hour ago, or not here."""
    try:
        stored = _fernet(secret_key).decrypt_at_time(
            sealed.encode(), int(READABLE_FOR.total_seconds()), int(now.timestamp())
        )
    except (InvalidToken, ValueError) as error:
        raise QuestionUnreadable from error
    words, near, ignored = json.loads(stored)
    return Question(words, near, tuple(ignored))


@lru_cache(maxsize=4)
def _fernet(secret_key: str) -> Fernet:
    """A key of its own: what is sealed here can be read for no other purpose, and the other way round."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret_key.encode())
    return Fernet(urlsafe_b64encode(derived))
