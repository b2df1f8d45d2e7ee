"""The face for developers: the mails that a machine of one's own has written. It is there only in development."""

from directory.web.development.blueprint import development
from directory.web.development.mailbox import letter, mailbox

__all__ = ["development", "letter", "mailbox"]
