"""Why a secret is not taken, in words: a new passphrase that is not good, or a try that has to wait."""

from collections.abc import Iterable
from math import ceil

from directory import clock
from directory.accounts.passphrases import check_passphrase
from directory.accounts.rules import (
    LONGEST_PASSPHRASE,
    SHORTEST_PASSPHRASE,
    PassphraseFault,
    PassphraseRefused,
    TooManyTries,
)

FAULTS = {
    PassphraseFault.SHORT: f"Use at least {SHORTEST_PASSPHRASE} characters. Four or five words do well",
    PassphraseFault.LONG: f"Use at most {LONGEST_PASSPHRASE} characters",
    PassphraseFault.GUESSABLE: "This is easy to guess. Use words that do not belong together, and not your name",
}


def passphrase_fault(passphrase: str, own_words: Iterable[str]) -> str:
    """What is wrong with a new passphrase; empty if nothing is."""
    try:
        check_passphrase(passphrase, own_words)
    except PassphraseRefused as error:
        return FAULTS[error.fault]
    return ""


def waiting(error: TooManyTries) -> str:
    """How long to wait for the next try."""
    minutes = max(1, ceil((error.free_at - clock.now()).total_seconds() / 60))
    return f"That was tried too often. Wait {minutes} minute{'s' if minutes > 1 else ''}, then try again"
