"""Why a passphrase is not taken, in words."""

from collections.abc import Iterable

from directory.accounts.passphrases import check_passphrase
from directory.accounts.rules import LONGEST_PASSPHRASE, SHORTEST_PASSPHRASE, PassphraseFault, PassphraseRefused

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
