from time import thread_time

import pytest

from directory.accounts.passphrases import check_passphrase, hash_passphrase, is_outdated, is_passphrase
from directory.accounts.rules import PassphraseFault, PassphraseRefused
from tests.officers import PASSPHRASE


@pytest.mark.parametrize(
    ("passphrase", "fault"),
    [
        ("", PassphraseFault.SHORT),
        ("fourteen chars", PassphraseFault.SHORT),
        ("x" * 201, PassphraseFault.LONG),
        ("password1234567", PassphraseFault.GUESSABLE),
        ("passwordpassword", PassphraseFault.GUESSABLE),
        ("qwertyuiopasdfgh", PassphraseFault.GUESSABLE),
        ("aaaaaaaaaaaaaaaaaaaa", PassphraseFault.GUESSABLE),
        ("123456789012345", PassphraseFault.GUESSABLE),
        ("haringey council", PassphraseFault.GUESSABLE),
        ("zubaydahzubaydah", PassphraseFault.GUESSABLE),
        ("zubaydah.okonkwo", PassphraseFault.GUESSABLE),
    ],
)
def test_trust_22_what_is_short_stolen_elsewhere_or_about_oneself_is_refused(passphrase, fault):
    with pytest.raises(PassphraseRefused) as refused:
        check_passphrase(passphrase, ("Zubaydah Okonkwo", "zubaydah.okonkwo@council.example"))
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    "passphrase",
    [
        PASSPHRASE,
        "correct horse battery staple",
        "günaydın dört yeşil kaşık",
        "🦊 sits on 7 quiet roofs",
        " ".join(f"{word} {number}" for number, word in enumerate(["otter", "lamp", "fig", "sail", "drum"] * 4)),
    ],
)
def test_trust_22_long_ones_of_any_characters_are_taken(passphrase):
    check_passphrase(passphrase, ("Ayşe Demir", "ayse@council.example"))
    assert is_passphrase(hash_passphrase(passphrase), passphrase)


def test_trust_22_a_hash_is_argon2id_with_more_than_19_mib_and_two_rounds():
    kind, _, parameters = hash_passphrase(PASSPHRASE).split("$")[1:4]
    held = dict(part.split("=") for part in parameters.split(","))
    assert kind == "argon2id"
    assert int(held["m"]) >= 19 * 1024
    assert int(held["t"]) >= 2


def test_nothing_else_matches_and_nothing_matches_nobody():
    stored = hash_passphrase(PASSPHRASE)
    assert not is_passphrase(stored, PASSPHRASE + " ")
    assert not is_passphrase(stored, "x" * 1_000_000)
    assert not is_passphrase("", PASSPHRASE)
    assert not is_passphrase("", "the passphrase of nobody")


def seconds(stored: str) -> float:
    """How long a wrong passphrase takes the processor, at best."""
    times = []
    for _ in range(5):
        begun = thread_time()
        is_passphrase(stored, "a wrong one that is long enough")
        times.append(thread_time() - begun)
    return min(times)


def test_trust_22_nobody_takes_as_long_as_somebody():
    seconds("")  # the first time, a hash for nobody is made
    assert 0.5 < seconds("") / seconds(hash_passphrase(PASSPHRASE)) < 2


def test_an_older_hash_is_known_as_such():
    old = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$VHWVr7tWRwZpDIYB5lVhZdjAwvyCBwxVTjNoVfnZoF0"
    assert is_outdated(old)
    assert not is_outdated(hash_passphrase(PASSPHRASE))
