"""Passphrases: hashed with Argon2id, and refused when they are easy to guess."""

import re
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
_LEAST_SCORE = 4
"""Of zxcvbn, its highest: at least ten thousand million guesses."""
_SHORTEST_REST = 8
"""What is left of a passphrase without the words that anybody knows of its owner."""
_WORDS_OF_THE_SITE = ("haringey", "directory", "support", "council", "community", "safety", "officer")


def check_passphrase(passphrase: str, own_words: Iterable[str] = ()) -> None:
    """Raises PassphraseRefused unless it is long enough and no list or pattern leads to it.

    `own_words` are what is known of the person: name and address. Any character may be in it, spaces too.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseRefused(PassphraseFault.SHORT)
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise PassphraseRefused(PassphraseFault.LONG)
    known = {*_WORDS_OF_THE_SITE, *(part for word in own_words for part in _parts(word))}
    judged = zxcvbn(passphrase[:_JUDGED], user_inputs=sorted(known))
    if judged["score"] < _LEAST_SCORE or len(_without(known, passphrase)) < _SHORTEST_REST:
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


def _parts(word: str) -> list[str]:
    """A name or an address, and the words in it that are more than letters between others."""
    return [part for part in (word.lower(), *re.split(r"\W+", word.lower())) if len(part) > 2]  # noqa: PLR2004


def _without(known: Iterable[str], passphrase: str) -> str:
    rest = passphrase.lower()
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest.strip()


@cache
def _nobodys() -> str:
    return _HASHER.hash("the passphrase of nobody")
