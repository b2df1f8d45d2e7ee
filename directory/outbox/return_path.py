"""The signed return path: one address for each mail, by which what comes back tells which mail it was."""

import base64
import binascii
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from itsdangerous import Signer

PREFIX = "r-"
SALT = "mail-return-path"
_ID_LENGTH, _SIGNATURE_BYTES = 26, 12
_LOCAL_PART = re.compile(rf"{PREFIX}([a-z2-7]{{{_ID_LENGTH}}})-([a-z2-7]{{20}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReturnPaths:
    """Makes and reads return paths.

    The last key signs, all are accepted. Letters may lose their case on the way, as some servers have it, so that
    both id and signature are written in 32 signs; 96 bits of the signature are kept, to stay within a local part.
    """

    domain: str
    keys: Sequence[str]

    def address(self, mail_id: UUID) -> str:
        """Where a mail comes back to."""
        return f"{PREFIX}{_base32(mail_id.bytes)}-{self._signature(self.keys[-1], mail_id)}@{self.domain}"

    def mail_id(self, address: str) -> UUID | None:
        """The mail that went out with this return path; None if it is not one of ours."""
        local, _, domain = address.strip().rpartition("@")
        found = _LOCAL_PART.fullmatch(local)
        if found is None or domain.lower() != self.domain.lower():
            return None
        encoded, signature = found[1].upper() + "======", found[2].lower()
        try:
            mail_id = UUID(bytes=base64.b32decode(encoded))
        except (binascii.Error, ValueError):
            return None
        genuine = [hmac.compare_digest(signature, self._signature(key, mail_id)) for key in self.keys]
        return mail_id if any(genuine) else None

    def _signature(self, key: str, mail_id: UUID) -> str:
        whole = Signer(key, salt=SALT, digest_method=sha256).get_signature(mail_id.bytes)
        return _base32(base64.urlsafe_b64decode(whole + b"=")[:_SIGNATURE_BYTES])


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").rstrip("=").lower()
