"""Ids of links, and their signatures: what stands in a mail is an id and a proof that we made it."""

import re
import secrets
import string
from collections.abc import Sequence
from datetime import timedelta

from itsdangerous import BadSignature, Signer

from directory.errors import DomainError

UPDATE = "update-link"
"""The purpose, and so the salt, of links by which an organisation keeps its entry."""
CONTACT_CHANGE = "contact-change"
"""The purpose of links by which an update contact agrees to be replaced."""

ID_LENGTH = 10
"""With the signature a token has 38 signs: at an origin of 35, the line of the link has 76, as mail allows."""
SKEW = timedelta(seconds=120)
"""By how much the clocks of two machines may differ."""
_SIGNS = string.ascii_letters + string.digits
_ID = re.compile(rf"[A-Za-z0-9]{{{ID_LENGTH}}}")


class BadToken(DomainError):
    """This is not a link that we made for this purpose."""


def new_link_id() -> str:
    """Make a random id (60 bits) of letters and digits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(ID_LENGTH))


class LinkSigner:
    """Makes tokens of link ids and reads them back, for one purpose.

    The last key signs, all are accepted: a new key is added, and the old one leaves when its links have expired.
    A signature has several spellings as text, so nothing may be keyed on a token: only on the id in it. It always
    ends in a letter or digit, since its last sign holds four bits of 160.
    """

    def __init__(self, keys: Sequence[str], purpose: str = UPDATE) -> None:
        if not keys or not all(keys):
            raise ValueError("links need a key")
        self._signer = Signer(list(keys), salt=purpose, key_derivation="hmac")

    def token(self, link_id: str) -> str:
        """The token of a link: the same each time, while the keys are the same."""
        return self._signer.sign(link_id).decode("ascii")

    def link_id(self, token: str) -> str:
        """The id in a token. Raises BadToken; whether the link is still good, its row says."""
        try:
            link_id = self._signer.unsign(token).decode("ascii")
        except (BadSignature, UnicodeError) as error:
            raise BadToken from error
        if not _ID.fullmatch(link_id):
            raise BadToken
        return link_id
