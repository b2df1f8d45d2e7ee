"""The mailbox that undelivered mail comes back to, read by IMAP."""

from collections.abc import Callable
from email.message import Message

from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from directory.config import MailSecurity, Settings
from directory.outbox.returns import Returned

TIMEOUT = 30.0


class MailboxUnreachable(Exception):
    """The mailbox cannot be opened; its words say what the server said."""


def open_mailbox(settings: Settings) -> BaseMailBox:
    """The mailbox that the settings name, signed in. Raises MailboxUnreachable."""
    kinds: dict[MailSecurity, Callable[..., BaseMailBox]] = {
        MailSecurity.TLS: MailBox,
        MailSecurity.STARTTLS: MailBoxStartTls,
        MailSecurity.NONE: MailBoxUnencrypted,
    }
    try:
        box = kinds[settings.imap_security](settings.imap_host, settings.imap_port, timeout=TIMEOUT)
    except OSError as error:
        raise MailboxUnreachable(type(error).__name__) from error
    try:
        return box.login(settings.imap_user, settings.imap_password, settings.imap_folder)
    except (ImapToolsError, OSError) as error:
        box.client.shutdown()
        raise MailboxUnreachable(type(error).__name__) from error


def read_mailbox(box: BaseMailBox, handle: Callable[[Message], Returned]) -> list[Returned]:
    """Hand every unread mail to `handle`, one by one, and close the mailbox.

    What a mail of ours came back as is deleted once it is handled, since it holds somebody's address; anything else is
    marked as read and left for a person. If `handle` fails, its mail and all after it stay unread.
    """
    results = []
    with box:
        for uid in box.uids(AND(seen=False)):
            for mail in box.fetch(AND(uid=uid), mark_seen=False):  # none, if another machine has just taken it in
                found = handle(mail.obj)
                if found.mail_id is None:
                    box.flag([uid], MailMessageFlags.SEEN, value=True)
                else:
                    box.delete([uid])
                results.append(found)
    return results
