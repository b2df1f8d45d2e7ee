import pytest
from cryptography.fernet import InvalidToken

from directory.accounts.keys import AccountKeys
from tests.officers import CODE_SECRET, KEYS

OTHER = AccountKeys("o" * 40)


def test_what_is_sealed_is_read_with_the_same_key_alone():
    sealed = KEYS.seal(CODE_SECRET)
    assert CODE_SECRET not in sealed
    assert KEYS.unseal(sealed) == CODE_SECRET
    with pytest.raises(InvalidToken):
        OTHER.unseal(sealed)


def test_an_invitation_offers_each_browser_the_same_secret_each_time():
    offered = KEYS.code_secret("abc", "one browser")
    assert offered == KEYS.code_secret("abc", "one browser")
    others = (
        KEYS.code_secret("abd", "one browser"),
        KEYS.code_secret("abc", "another"),
        OTHER.code_secret("abc", "one browser"),
    )
    assert offered not in others
    assert len(offered) == 32


def test_a_hash_needs_the_key_and_belongs_to_one_purpose_and_officer():
    hashes = {
        KEYS.recovery_digest(1, "A"),
        KEYS.recovery_digest(2, "A"),
        KEYS.tries_digest("1 A"),
        OTHER.recovery_digest(1, "A"),
    }
    assert len(hashes) == 4


def test_the_key_is_in_no_representation():
    assert KEYS.secret_key not in repr(KEYS)
