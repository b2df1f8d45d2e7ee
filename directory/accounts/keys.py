"""Keys of the accounts: each purpose has one of its own, derived from the site's secret."""

from base64 import b32encode, urlsafe_b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from hmac import digest

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 20
"""The length of a code secret that every authenticator takes."""


@dataclass(frozen=True, slots=True)
class AccountKeys:
    """Seals what must be read again, and hashes what must only be recognised; a copy of the database tells neither."""

    secret_key: str = field(repr=False)

    def seal(self, code_secret: str) -> str:
        """The secret of somebody's codes, as it is stored."""
        return self._sealer().encrypt(code_secret.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """The secret again. Raises InvalidToken of `cryptography` if it was sealed with another key."""
        return self._sealer().decrypt(sealed.encode()).decode()

    def code_secret(self, invitation_id: str, nonce: str) -> str:
        """The secret that an invitation offers to one browser: the same each time, so showing it stores nothing."""
        made = digest(_derived(self.secret_key, "offered code secret"), f"{invitation_id} {nonce}".encode(), "sha256")
        return b32encode(made[:SECRET_BYTES]).decode()

    def recovery_digest(self, officer_id: object, code: str) -> str:
        """What of a recovery code is stored."""
        return self._digest("recovery code", f"{officer_id} {code}")

    def tries_digest(self, whose: str) -> str:
        """Under what tries are counted: an address that somebody typed, or a browser that is known."""
        return self._digest("tries", whose)

    def _sealer(self) -> Fernet:
        return Fernet(urlsafe_b64encode(_derived(self.secret_key, "code secret")))

    def _digest(self, purpose: str, text: str) -> str:
        return digest(_derived(self.secret_key, purpose), text.encode(), "sha256").hex()


@lru_cache(maxsize=16)
def _derived(secret_key: str, purpose: str) -> bytes:
    info = f"accounts: {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret_key.encode())
