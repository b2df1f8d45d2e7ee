"""Passphrases: hashed with Argon2id, and refused when they are easy to guess."""

from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from zxcvbn import zxcvbn

from directory.accounts.rules import LONGEST_PASSPHRASE, SHORTEST_PASSPHRASE, PassphraseFault, PassphraseRefused

_HASHER = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
"""More than the 19 MiB and two rounds that OWASP asks for at least."""
_JUDGED = 72
"""So many characters are looked at in the lists; judging takes long for more, and a longer one is no worse."""
_LEAST_SCORE = 3
"""Of zxcvbn: at least a hundred million guesses."""
_WORDS_OF_THE_SITE = ("haringey", "directory", "support", "council", "community", "safety", "officer")


def check_passphrase(passphrase: str, own_words: Iterable[str] = ()) -> None:
    """Raises PassphraseRefused unless it is long enough and no list or pattern leads to it.

    `own_words` are what is known of the person: name and address. Any character may be in it, spaces too.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseRefused(PassphraseFault.SHORT)
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise PassphraseRefused(PassphraseFault.LONG)
    words = [part for word in own_words for part in (word, *word.replace("@", " ").replace(".", " ").split())]
    judged = zxcvbn(passphrase[:_JUDGED], user_inputs=[*words, *_WORDS_OF_THE_SITE])
    if judged["score"] < _LEAST_SCORE:
        raise PassphraseRefused(PassphraseFault.GUESSABLE)


def hash_passphrase(passphrase: str) -> str:
    """What is stored of it."""
    return _HASHER.hash(passphrase)


def is_passphrase(stored: str, passphrase: str) -> bool:
    """Whether it is the one that was stored; takes the same time where nothing is (`stored` is empty)."""
    if len(passphrase) > LONGEST_PASSPHRASE:
        passphrase = ""
    try:
        return _HASHER.verify(stored or _nobodys(), passphrase) and bool(stored)
    except VerificationError:
        return False


def is_outdated(stored: str) -> bool:
    """Whether it was hashed in an older way than one is now."""
    return _HASHER.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    return _HASHER.hash("the passphrase of nobody")
